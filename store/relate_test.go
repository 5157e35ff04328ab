package store

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"broadsheet/feeds"
)

// Segments are large, and a commit has hundreds of them: one with room for its
// sum is not copied to get it.
func TestAnIndexRecordWithRoomIsSealedInPlace(t *testing.T) {
	roomy := append(make([]byte, 0, 100+feeds.IndexRoom), bytes.Repeat([]byte("x"), 100)...)
	sealed := sealIndex(roomy)
	if &sealed[0] != &roomy[0] {
		t.Error("a record with room for its sum was copied")
	}
	if !indexIntact(sealed) || !bytes.Equal(openIndex(sealed), roomy) {
		t.Error("a sealed record is not what it was")
	}
	tight := bytes.Repeat([]byte("x"), 100)
	if sealed = sealIndex(tight[:50:50]); !indexIntact(sealed) || tight[50] != 'x' {
		t.Error("sealing a record wrote over what lies behind it")
	}
}

// Bodies lie in many blocks, which several expand at a time; each article gets
// its own text, and one without a body none.
func TestWhatIsToBeRelatedHasItsTexts(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	texts := map[feeds.ArticleID]string{}
	for i := range 60 {
		e := feeds.Entry{Key: fmt.Sprint(i), Title: fmt.Sprint("Title ", i), Published: testNow}
		if i%7 != 3 {
			text := strings.Repeat(fmt.Sprintf("Text %d of many. ", i), blockSize/160)
			e.Body = feeds.Body{Markdown: "**" + text + "**", Text: text}
		}
		stored := l.save(f.ID, e)
		texts[stored.New[0]] = e.Body.Text
	}
	for _, from := range []string{"in hand", "in the file"} {
		docs, err := l.Unrelated(0, 100)
		if err != nil || len(docs) != len(texts) {
			t.Fatalf("%s: %d articles, %v", from, len(docs), err)
		}
		for _, d := range docs {
			if d.Text != texts[d.ID] {
				t.Errorf("%s: %v %q has a text of %d bytes that begins %.20q", from, d.ID, d.Title, len(d.Text), d.Text)
			}
		}
	}
}

// texts are those of the articles that are not related yet.
func (l *testLibrary) texts() (list []string) {
	docs, err := l.Unrelated(0, 100)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, d := range docs {
		list = append(list, d.Text)
	}
	return list
}

// A text that was just saved is in hand until it was asked for. What is edited
// before has its new text, and what finds no room is read from the file.
func TestTextsThatWereJustSavedAreInHand(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	entry := func(key, text string) feeds.Entry {
		return feeds.Entry{Key: key, Title: "Title " + key, Published: testNow, Body: feeds.Body{Markdown: text, Text: text}}
	}
	large := strings.Repeat("Large text. ", handMost*2/5/len("Large text. "))
	l.save(f.ID, entry("b", large+"b"), entry("a", "first a"))
	l.save(f.ID, entry("c", large+"c"))
	l.save(f.ID, entry("d", large+"d"))
	l.save(f.ID, entry("a", "quite another text of a"))
	if n := len(l.hand.list); n != 2 || l.hand.size != 2*len(large)+2 {
		t.Errorf("%d texts of %d bytes are in hand", n, l.hand.size)
	}
	want := []string{"quite another text of a", large + "b", large + "c", large + "d"}
	for _, from := range []string{"in hand", "in the file"} {
		if got := l.texts(); !slices.Equal(got, want) {
			t.Errorf("%s: %.30q", from, got)
		}
		if l.hand.list != nil || l.hand.size != 0 {
			t.Errorf("%s: %d bytes of texts stay in hand", from, l.hand.size)
		}
	}
	l.broken.Store(&pageDamage{})
	if _, err := l.SaveFetched([]feeds.Fetched{{Feed: f, Entries: []feeds.Entry{entry("e", "e")}}}); err == nil || l.hand.list != nil {
		t.Errorf("of what could not be saved (%v) %d texts are in hand", err, len(l.hand.list))
	}
	l.broken.Store(nil)
}
