package refresh

import (
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/parse"
)

func entriesOf(d parse.Document) []feeds.Entry {
	var got reading
	got.entries(d, "https://example.org/feed.xml", nil)
	return got.fetched.Entries
}

func keys(d parse.Document) []string {
	var out []string
	for _, e := range entriesOf(d) {
		out = append(out, e.Key)
	}
	return out
}

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

func TestIdentity(t *testing.T) {
	const at = "https://example.org/a"
	for name, c := range map[string]struct {
		entries []parse.Entry
		want    []string
	}{
		"the id, where there is one":      {[]parse.Entry{{ID: " tag:1 ", Link: at}}, []string{"id:tag:1"}},
		"else the link, without tracking": {[]parse.Entry{{Link: "/a?utm_source=rss"}}, []string{"link:" + at}},
		"an id shared by different links": {[]parse.Entry{{ID: "x", Link: "/a"}, {ID: "x", Link: "/b"}}, []string{"link:" + at, "link:https://example.org/b"}},
		"an id and a link shared by all": {
			[]parse.Entry{{ID: "x", Link: "/a", Title: "1"}, {ID: "x", Link: "/a", Title: "2"}, {ID: "x", Link: "/a", Title: "3"}},
			[]string{"content:", "content:", "content:"},
		},
		"a link and a title shared by all": {
			[]parse.Entry{{Link: "/a", Title: "Letter", Published: day(1), Content: "1"}, {Link: "/a", Title: "Letter", Published: day(2), Content: "2"}, {Link: "/a", Title: "Letter", Published: day(3), Content: "3"}},
			[]string{"content:", "content:", "content:"},
		},
		"the same item twice is one":         {[]parse.Entry{{ID: "x", Link: "/a", Title: "new"}, {ID: "x", Link: "/a", Title: "old"}}, []string{"id:x"}},
		"an entry that says nothing is none": {[]parse.Entry{{}, {ID: "x"}}, []string{"id:x"}},
		"a counter behind the link is none":  {[]parse.Entry{{ID: at + "#4", Link: at}}, []string{"link:" + at}},
		"a fragment that is not a counter":   {[]parse.Entry{{ID: at + "#part", Link: at}}, []string{"id:" + at + "#part"}},
		"a counter behind another address":   {[]parse.Entry{{ID: at + "#4", Link: "/b"}}, []string{"id:" + at + "#4"}},
		"a link that cannot be opened is no": {[]parse.Entry{{ID: "", Link: "javascript:alert(1)", Title: "T"}}, []string{"content:"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := keys(parse.Document{Entries: c.entries})
			if len(got) != len(c.want) {
				t.Fatalf("keys %q, want %q", got, c.want)
			}
			for i := range got {
				if c.want[i] == "content:" && len(got[i]) > len("content:") && got[i][:8] == "content:" {
					continue
				}
				if got[i] != c.want[i] {
					t.Errorf("key %q, want %q", got[i], c.want[i])
				}
			}
		})
	}
}

func TestContentTellsEntriesWithoutIDAndLinkApart(t *testing.T) {
	got := keys(parse.Document{Entries: []parse.Entry{{Title: "A", Content: "one"}, {Title: "A", Content: "two"}, {Title: "A", Content: "one"}}})
	if len(got) != 2 || got[0] == got[1] {
		t.Errorf("keys %q: want two that differ", got)
	}
}

func TestEntriesAreCleaned(t *testing.T) {
	d := parse.Document{Language: "en_au", Entries: []parse.Entry{{
		ID: "1", Link: "../story?id=7&utm_medium=rss", Base: "https://other.example/x/y",
		Title: "A &amp; B\x1b[31m", Author: "Jo\x07 Doe",
		Summary: "<p>The short of it.</p>", Content: "<p>The long <b>of</b> it.</p><script>alert(1)</script>",
	}}}
	e := entriesOf(d)[0]
	for what, pair := range map[string][2]string{
		"title":    {e.Title, "A & B"},
		"author":   {e.Author, "Jo Doe"},
		"url":      {e.URL, "https://other.example/story?id=7"},
		"language": {e.Language, "en-AU"},
		"excerpt":  {e.Excerpt, "The short of it."},
		"text":     {e.Body.Text, "The long of it."},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, want %q", what, pair[0], pair[1])
		}
	}
	if e.Words != 4 {
		t.Errorf("%d words, want 4", e.Words)
	}
}

func TestLanguageTags(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "EN-us": "en-US", "zh_hans_cn": "zh-Hans-CN", " de ": "de", "english": "", "": "", "e\x1bn": "", "x-": "", "fil-PH": "fil-PH",
	} {
		if got := language(in); got != want {
			t.Errorf("language(%q) = %q, want %q", in, got, want)
		}
	}
}

// Whatever differs makes another hash, and none is 0, which stands for none.
func TestBodyHashTellsDocumentsApart(t *testing.T) {
	seen := map[uint64]string{0: "none"}
	for _, body := range []string{"", "<rss/>", "<rss>", "<rss/> ", " <rss/>", "<ssr/>", "<rss/>\x00", "\x00<rss/>"} {
		h := bodyHash([]byte(body))
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q have the same hash", body, other)
		}
		seen[h] = body
	}
}
