package feeds_test

import (
	"testing"
	"time"

	"broadsheet/feeds"
)

func TestAddressIsReadAsAPersonTypesIt(t *testing.T) {
	for typed, want := range map[string]string{
		"https://Example.org/Feed.xml":        "https://example.org/Feed.xml",
		"example.org/feed":                    "https://example.org/feed",
		" feed://example.org/rss ":            "https://example.org/rss",
		"feed:https://example.org/rss":        "https://example.org/rss",
		"HTTP://127.0.0.1:8080/f":             "http://127.0.0.1:8080/f",
		"https://user:secret@example.org/rss": "https://user:secret@example.org/rss",
		"https://example.org/rss#top":         "https://example.org/rss",
	} {
		got, err := feeds.Address(typed)
		if err != nil || got != want {
			t.Errorf("Address(%q) = %q, %v; want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "  ", "file:///etc/passwd", "ftp://example.org/x", "exec:sh://x", "https://", "http://exa mple.org/", "https://example.org/\x1b[2J"} {
		if got, err := feeds.Address(typed); err == nil {
			t.Errorf("Address(%q) = %q, want an error", typed, got)
		}
	}
}

func TestIDsReadBackAndRefuseWhatIsNone(t *testing.T) {
	id := feeds.ArticleID(18446744073709551615)
	if got, err := feeds.ParseArticleID(id.String()); err != nil || got != id {
		t.Errorf("ParseArticleID(%s) = %v, %v", id, got, err)
	}
	for _, s := range []string{"", "0", "-1", "1.5", "x", "18446744073709551616"} {
		if _, err := feeds.ParseFeedID(s); err == nil {
			t.Errorf("ParseFeedID(%q) is no error", s)
		}
	}
}

func TestAnArticleFromTheFutureIsAsOldAsItsFetch(t *testing.T) {
	fetched := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ published, want time.Time }{
		{fetched.Add(-time.Hour), fetched.Add(-time.Hour)},
		{fetched.Add(time.Hour), fetched},
		{time.Time{}, fetched},
	} {
		if got := feeds.When(feeds.Article{Published: c.published, Fetched: fetched}); !got.Equal(c.want) {
			t.Errorf("published %v: When = %v, want %v", c.published, got, c.want)
		}
	}
}

func TestHeadlineIsNeverEmpty(t *testing.T) {
	a := feeds.Article{Title: "T", Excerpt: "E", URL: "U"}
	for _, want := range []string{"T", "E", "U", "(untitled)"} {
		if got := a.Headline(); got != want {
			t.Errorf("Headline = %q, want %q", got, want)
		}
		switch want {
		case "T":
			a.Title = ""
		case "E":
			a.Excerpt = ""
		case "U":
			a.URL = ""
		}
	}
}

func TestSkipTimes(t *testing.T) {
	sunday := time.Date(2026, 11, 22, 12, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		skip feeds.SkipTimes
		want time.Time
	}{
		{"nothing", feeds.SkipTimes{}, sunday},
		{"other hours", feeds.SkipTimes{Hours: 1 << 11, Days: 1 << time.Monday}, sunday},
		{"this hour", feeds.SkipTimes{Hours: 1 << 12}, sunday.Add(30 * time.Minute)},
		{"the rest of the day", feeds.SkipTimes{Hours: 0xfff << 12}, sunday.Add(11*time.Hour + 30*time.Minute)},
		{"this day", feeds.SkipTimes{Days: 1 << time.Sunday}, sunday.Add(11*time.Hour + 30*time.Minute)},
		{"this day and the next morning", feeds.SkipTimes{Hours: 1, Days: 1 << time.Sunday}, sunday.Add(12*time.Hour + 30*time.Minute)},
		{"always", feeds.SkipTimes{Days: 0x7f}, sunday},
	} {
		if got := c.skip.Next(sunday); !got.Equal(c.want) {
			t.Errorf("%s: next at %v, want %v", c.name, got, c.want)
		}
	}
}
