package store

import (
	"bytes"
	"fmt"
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
	docs, err := l.Unrelated(0, 100)
	if err != nil || len(docs) != len(texts) {
		t.Fatalf("%d articles, %v", len(docs), err)
	}
	for _, d := range docs {
		if d.Text != texts[d.ID] {
			t.Errorf("%v %q has a text of %d bytes that begins %.20q", d.ID, d.Title, len(d.Text), d.Text)
		}
	}
}
