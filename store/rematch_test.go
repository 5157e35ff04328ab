package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// dispatch is an entry of a feed, under an id of a day of its own.
func dispatch(n int, id string) feeds.Entry {
	text := fmt.Sprintf("The council met for the %dth time and settled what it had left open the week before. ", n)
	return feeds.Entry{
		Key: fmt.Sprint("id:", n, id), Title: fmt.Sprint("Council, session ", n), URL: fmt.Sprint("https://a.example/", n),
		Published: testNow.Add(-time.Duration(n) * time.Hour), Body: feeds.Body{Markdown: text, Text: text},
	}
}

func dispatches(id string, numbers ...int) (list []feeds.Entry) {
	for _, n := range numbers {
		list = append(list, dispatch(n, id))
	}
	return list
}

func (l *testLibrary) looks(f feeds.FeedID, entries []feeds.Entry) feeds.Stored {
	l.t.Helper()
	health := l.subscription(f).Health
	health.LastFetch = l.now
	stored, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: f}, Health: health, Entries: entries}})
	if err != nil {
		l.t.Fatal(err)
	}
	return stored[0]
}

func (l *testLibrary) subscription(f feeds.FeedID) feeds.Subscription {
	l.t.Helper()
	all, err := l.Subscriptions()
	if err != nil {
		l.t.Fatal(err)
	}
	return all[f-1]
}

// A look that finds nothing new costs the same however many articles the feed has.
func TestALookWithoutEntriesReadsNoArticles(t *testing.T) {
	l := newTestLibrary(t)
	small, large := l.feed("https://a.example/feed").ID, l.feed("https://b.example/feed").ID
	var numbers []int
	for n := range rematchRows {
		numbers = append(numbers, n)
	}
	l.looks(small, dispatches("a", 1))
	l.looks(large, dispatches("a", numbers...))
	one := testing.AllocsPerRun(20, func() { l.looks(small, nil) })
	many := testing.AllocsPerRun(20, func() { l.looks(large, nil) })
	if many > one+rematchRows/10 {
		t.Errorf("a look takes %.0f allocations with one article, %.0f with %d", one, many, rematchRows)
	}
}

func TestIdsThatChangeAtEveryLookBringNothingNew(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed").ID
	if s := l.looks(f, dispatches("a", 4, 3, 2)); len(s.New) != 3 || l.subscription(f).LooseIDs {
		t.Fatalf("at first %+v", s)
	}
	if s := l.looks(f, dispatches("b", 5, 4, 3, 2)); len(s.New) != 1 || len(s.Updated) != 0 {
		t.Errorf("with new ids and one new article %+v", s)
	}
	if !l.subscription(f).LooseIDs {
		t.Fatal("the ids do not count as loose")
	}
	// From now on the entries come with their links as keys.
	linked := func(numbers ...int) []feeds.Entry {
		list := dispatches("", numbers...)
		for i := range list {
			list[i].Key = "link:" + list[i].URL
		}
		return list
	}
	if s := l.looks(f, linked(5, 4, 3, 2)); len(s.New) != 0 {
		t.Errorf("by their links %+v", s)
	}
	edited := linked(6, 5, 4)
	edited[2].Body = feeds.Body{Markdown: "Put right.", Text: "Put right."}
	edited[2].Published = testNow
	if s := l.looks(f, edited); len(s.New) != 1 || len(s.Updated) != 1 {
		t.Errorf("one new and one edited: %+v", s)
	}
}

func TestArticlesThatMerelyLookAlikeAreKeptApart(t *testing.T) {
	long := strings.Repeat("The weather stays as it was yesterday and the day before. ", 5)
	for _, c := range []struct {
		name   string
		change func(*feeds.Entry)
	}{
		{"another title", func(e *feeds.Entry) { e.Title += " continued" }},
		{"another text and date", func(e *feeds.Entry) {
			e.Published, e.Body = testNow, feeds.Body{Markdown: "Other.", Text: "Other."}
		}},
		{"a short text, another address and date", func(e *feeds.Entry) { e.Published, e.URL = testNow, "https://a.example/x" }},
		{"no text, another date", func(e *feeds.Entry) { e.Published, e.Body = testNow, feeds.Body{} }},
	} {
		l := newTestLibrary(t)
		f := l.feed("https://a.example/feed").ID
		first := dispatches("a", 1)
		if c.name == "no text, another date" {
			first[0].Body = feeds.Body{}
		}
		l.looks(f, first)
		next := dispatches("b", 1)
		c.change(&next[0])
		if s := l.looks(f, next); len(s.New) != 1 || l.subscription(f).LooseIDs {
			t.Errorf("%s: %+v, want it to be new", c.name, s)
		}
	}

	// One known id shows that ids mean something.
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed").ID
	l.looks(f, dispatches("a", 3, 2, 1))
	again := append(dispatches("b", 3, 2), dispatches("a", 1)...)
	if s := l.looks(f, again); len(s.New) != 2 {
		t.Errorf("beside a known id %+v", s)
	}

	// A long text tells without an address.
	l = newTestLibrary(t)
	f = l.feed("https://a.example/feed").ID
	weather := dispatch(1, "a")
	weather.Body = feeds.Body{Markdown: long, Text: long}
	l.looks(f, []feeds.Entry{weather})
	weather.Key, weather.URL, weather.Published = "id:other", "https://a.example/?session=2", testNow
	if s := l.looks(f, []feeds.Entry{weather}); len(s.New) != 0 {
		t.Errorf("the same long text %+v", s)
	}
}

// Where all have one title each might be any of those that are stored: their texts are
// not all compared with each other, as a document may have thousands.
func TestNotAllTextsAreComparedWithEachOther(t *testing.T) {
	const stored, strange = 50, 2 * rematchTexts / 50
	entry := func(id, says string) feeds.Entry {
		text := strings.Repeat(says+" ", telling)
		return feeds.Entry{Key: "id:" + id, Title: "Bulletin", Body: feeds.Body{Markdown: text, Text: text}}
	}
	for _, c := range []struct{ strange, fresh int }{{0, 0}, {strange, strange + stored}} {
		l := newTestLibrary(t)
		f := l.feed("https://a.example/feed").ID
		var first, next []feeds.Entry
		for n := range stored {
			first = append(first, entry(fmt.Sprint("a", n), fmt.Sprint("number", n)))
		}
		for n := range c.strange {
			next = append(next, entry(fmt.Sprint("b", n), fmt.Sprint("another", n)))
		}
		for n := range stored {
			next = append(next, entry(fmt.Sprint("c", n), fmt.Sprint("number", n)))
		}
		l.looks(f, first)
		if s := l.looks(f, next); len(s.New) != c.fresh {
			t.Errorf("behind %d strange entries, %d of %d are new, want %d", c.strange, len(s.New), len(next), c.fresh)
		}
	}
}

func TestKnownCountsWhatTheFeedHasHad(t *testing.T) {
	l := newTestLibrary(t)
	f, other := l.feed("https://a.example/feed").ID, l.feed("https://b.example/feed").ID
	l.looks(f, dispatches("a", 1, 2))
	for _, c := range []struct {
		feed    feeds.FeedID
		entries []feeds.Entry
		want    int
	}{{f, dispatches("a", 1, 2, 3), 2}, {f, dispatches("b", 1, 2), 0}, {other, dispatches("a", 1, 2), 0}, {f, nil, 0}} {
		if n, err := l.Known(c.feed, c.entries); err != nil || n != c.want {
			t.Errorf("%d of %d are known, %v; want %d", n, len(c.entries), err, c.want)
		}
	}
}
