package store

import (
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	"broadsheet/feeds"
)

// What strip makes of Markdown is part of the file's format: a line of this
// table may be added, never changed.
var stripped = []struct{ markdown, text string }{
	{"", ""},
	{"One.\n\nTwo.", "One.\nTwo."},
	{"**Osaka** — *a* `b` ~~c~~ ***d***", "Osaka — a b ~~c~~ d"},
	{"See [our explainer](https://e.org/a?b=1&c=2) now.", "See our explainer now."},
	{"See [us](<https://e.org/a_(b)>).", "See us>)."}, // not right, and so for good
	{"![A picture](https://e.org/a.jpg)\n\n*Its words*", "Its words"},
	{"Wow! ![A picture](https://e.org/a.jpg)", "Wow! !A picture"},
	{"> Said\n> \n> > again", "Said\nagain"},
	{"- one\n- two\n  - three", "one\ntwo\nthree"},
	{"1. one\n12. two\n1234. three", "one\ntwo\n1234. three"},
	{"## A heading\n\n\\# none", "A heading\n# none"},
	{"a\\_b\\*c\\", "a_b*c"},
	{"a [b] c", "a b c"},
	{"a](b", "a(b"},
	{"line\\\nline", "line\nline"},
	{"AT&amp;T &#58; é日本", "AT&amp;T &#58; é日本"},
	{"***\n\nend\n", "end\n"},
}

func TestStripNeverChanges(t *testing.T) {
	for _, c := range stripped {
		if got := string(strip(nil, []byte(c.markdown))); got != c.text {
			t.Errorf("%q is stripped to %q, was %q", c.markdown, got, c.text)
		}
	}
}

func comesBack(t *testing.T, body feeds.Body) (room int) {
	t.Helper()
	plain := encodeBlock(block{{7, body}})
	b, ok := decodeBlock(plain)
	if !ok || len(b) != 1 || b[0].id != 7 || b[0].body != body {
		t.Fatalf("%q came back as %+v", body, b)
	}
	return len(plain) - len(body.Markdown)
}

func TestATextTakesNoRoomBesideItsMarkdown(t *testing.T) {
	body := feeds.Body{
		Markdown: "**Osaka** — Sable Museum shows a [lost painting](https://e.org/p).\n\n![It](https://e.org/i.jpg)\n\n> “A beginning,” said *she*.\n\n" +
			"## Next\n\n- Hearings\n- A vote\n\nThe end.",
		Text: "Osaka — Sable Museum shows a lost painting.\n“A beginning,” said she.\nNext\nHearings\nA vote\nThe end.",
	}
	if room := comesBack(t, body); room > 10 {
		t.Errorf("the text takes %d bytes", room)
	}
	body.Text = strings.Replace(body.Text, "A vote", "A vote | in May", 1) // as of a table
	if room := comesBack(t, body); room > 30 {
		t.Errorf("a text that differs in nine bytes takes %d", room)
	}
}

func TestAnyTextComesBack(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, text := range []string{"", "t", "other words altogether", long, "Bold" + long, long + "Bold"} {
		for _, markdown := range []string{"", "**Bold**", long, "[" + long + "](u)"} {
			comesBack(t, feeds.Body{Markdown: markdown, Text: text})
		}
	}
}

// Until schema 6 the texts themselves lay in the blocks.
func oldBlock(b block) []byte {
	out := binary.AppendUvarint(nil, uint64(len(b)))
	var last feeds.ArticleID
	var all []byte
	for _, e := range b {
		out = binary.AppendUvarint(out, uint64(e.id-last))
		out = binary.AppendUvarint(out, uint64(len(e.body.Markdown)))
		last = e.id
		all = append(all, e.body.Markdown...)
		if e.body.Text == e.body.Markdown {
			out = append(out, 0)
			continue
		}
		out = binary.AppendUvarint(out, uint64(len(e.body.Text))+1)
		all = append(all, e.body.Text...)
	}
	return append(out, all...)
}

func TestOldBlocksAreRead(t *testing.T) {
	want := block{{1, feeds.Body{Markdown: "*m*", Text: "m"}}, {3, feeds.Body{Markdown: "s", Text: "s"}}, {9, feeds.Body{Markdown: "![p](u)"}}}
	if got, ok := decodeBlock(oldBlock(want)); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, ok)
	}
}

// FuzzBodies: whatever Markdown and text are, they come back; and no recipe
// makes more than it is made of.
func FuzzBodies(f *testing.F) {
	for _, c := range stripped {
		f.Add(c.markdown, c.text, []byte(c.text))
	}
	f.Fuzz(func(t *testing.T, markdown, text string, recipe []byte) {
		comesBack(t, feeds.Body{Markdown: markdown, Text: text})
		if text, ok := cook(recipe, []byte(markdown)); ok && len(text) > len(markdown)+len(recipe) {
			t.Fatalf("%d bytes of %d", len(text), len(markdown)+len(recipe))
		}
	})
}

func TestTheFirstMarkIsFound(t *testing.T) {
	for c := range 256 {
		for _, other := range []string{"x", " ", "\xff", "+", "_", string([]byte{byte(c) ^ 0x80}), string([]byte{byte(c) ^ 1})} {
			for at := range 20 {
				s := strings.Repeat(other, at) + string([]byte{byte(c)}) + strings.Repeat("*", 20-at)
				want := 0
				for want < len(s) && strings.IndexByte("\\*[]`\n", s[want]) < 0 {
					want++
				}
				if got := unmarked([]byte(s)); got != want {
					t.Fatalf("of %q it is at %d, want %d", s, got, want)
				}
			}
		}
	}
	if got := unmarked([]byte("no mark in it")); got != len("no mark in it") {
		t.Errorf("without one it is at %d", got)
	}
}
