package refresh_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/store"
)

// Entries that are passed over because their documents say what they said.

// counting is a library that counts what it is given to save; forgetful, one
// without imprints, for which every entry is read.
type counting struct {
	*store.Library
	forgetful bool
	entries   int
	failed    error
}

func (c *counting) Imprints(f feeds.FeedID) ([]feeds.Imprint, error) {
	if c.forgetful {
		return nil, nil
	}
	return c.Library.Imprints(f)
}

func (c *counting) SaveFetched(batch []feeds.Fetched) ([]feeds.Stored, error) {
	if c.failed != nil {
		return nil, c.failed
	}
	for _, f := range batch {
		c.entries += len(f.Entries)
	}
	return c.Library.SaveFetched(batch)
}

// read runs a refresh by hand and gives how many entries were read.
func (w *world) read() int {
	w.Helper()
	c := &counting{Library: w.library}
	if _, err := w.refresher(c).Run(w.Context(), refresh.Request{Force: true}, func(feeds.Event) {}); err != nil {
		w.Fatal(err)
	}
	return c.entries
}

func TestOnlyWhatADocumentSaysAnewIsRead(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Apples", "Pears", "Plums")}
	w.web.pages[two] = page{body: rss("Two", "Apples", "Pears", "Plums")} // of another feed they are others
	step := func(what, body string, want int) {
		t.Helper()
		w.now = w.now.Add(time.Minute)
		w.web.pages[one] = page{body: body}
		if n := w.read(); n != want {
			t.Errorf("%s: %d entries are read, want %d", what, n, want)
		}
	}
	step("at first", rss("One", "Apples", "Pears", "Plums"), 6)
	step("one new", rss("One", "Apples", "Pears", "Plums", "Cherries"), 1)
	step("one edited", rss("One", "Apples", "Pears and nuts", "Plums", "Cherries"), 1)
	step("edited back", rss("One", "Apples", "Pears", "Plums", "Cherries"), 1)
	step("some gone", rss("One", "Apples", "Pears"), 0)
	step("back again", rss("One", "Apples", "Pears", "Plums", "Cherries"), 2)
	w.now = w.now.AddDate(0, 0, 7)
	step("a week later", rss("One", "Apples", "Pears", "Plums", "Cherries", "Grapes"), 5)
	found, err := w.library.Search("pears", 10)
	if err != nil || len(found) != 2 || found[0].Revisions+found[1].Revisions != 2 {
		t.Errorf("%+v, %v: want both edits of one article kept", found, err)
	}
}

// A feed that is renamed and moves to another house, but still lists what it did.
func TestEntriesThatArePassedOverTellAFeedFromAnother(t *testing.T) {
	w := newWorld(t, one)
	based := strings.NewReplacer("<item>", `<item xml:base="https://all.example/">`)
	w.web.pages[one] = page{body: based.Replace(rss("One", "Apples", "Pears"))}
	w.read()
	renamed := strings.NewReplacer("<title>One", "<title>Uno", "https://one.example/", "https://uno.example/")
	w.web.pages[one] = page{body: renamed.Replace(based.Replace(rss("One", "Apples", "Pears", "Plums")))}
	if n := w.read(); n != 1 || w.total() != 3 {
		t.Errorf("%d entries are read and %d articles there, want 1 and 3: %s", n, w.total(), w.subscription(one).Error)
	}
}

func TestWhatWasNotSavedIsReadAgain(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples")}
	w.read()
	w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
	c := &counting{Library: w.library, failed: fmt.Errorf("the disk is full")}
	if _, err := w.refresher(c).Run(t.Context(), refresh.Request{Force: true}, func(feeds.Event) {}); err == nil {
		t.Fatal("a full disk is no error")
	}
	if n := w.read(); n != 1 || w.total() != 2 {
		t.Errorf("with room again %d entries are read and %d articles there, want 1 and 2", n, w.total())
	}
}

func TestAFeedThatIsAddedAnewIsReadWhole(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
	w.read()
	if err := w.library.RemoveFeed(w.subscription(one).ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.library.AddFeeds([]feeds.Feed{{URL: one}}); err != nil {
		t.Fatal(err)
	}
	if n := w.read(); n != 2 || w.total() != 2 {
		t.Errorf("%d entries are read and %d articles there, want both", n, w.total())
	}
}

// A chancery is a feed whose editors do what feeds do to their entries.
type chancery struct {
	*rand.Rand
	items []item
	made  int
	title string
}

type item struct{ id, link, title, text, date string }

func (c *chancery) item() item {
	c.made++
	n := item{
		id: fmt.Sprint("tag:", c.made), link: fmt.Sprint("/news/", c.made), title: fmt.Sprint("Item ", c.made),
		text: fmt.Sprintf("<p>What is told in item %d, and <a href='more/%d'>more</a>.</p>", c.made, c.made), date: "Wed, 25 Nov 2026 08:00:00 GMT",
	}
	switch c.IntN(12) {
	case 0:
		n.id = ""
	case 1:
		n.link = ""
	case 2:
		n.id, n.link = "", ""
	case 3:
		n.id = "tag:same"
	case 4:
		n.link = "/news/today"
	case 5:
		n.date = ""
	}
	return n
}

// work does some of it.
func (c *chancery) work() {
	for range 1 + c.IntN(4) {
		if len(c.items) < 3 {
			c.items = append([]item{c.item()}, c.items...)
			continue
		}
		at := &c.items[c.IntN(len(c.items))]
		switch c.IntN(14) {
		case 0, 1, 2:
			c.items = append([]item{c.item()}, c.items...)
		case 3, 4:
			at.text += fmt.Sprint("<p>Update ", c.IntN(3), ": ", strings.Repeat("it goes on. ", c.IntN(4)), "</p>")
		case 5:
			at.title += " (corrected)"
		case 6:
			at.date = fmt.Sprintf("Thu, 26 Nov 2026 %02d:00:00 GMT", c.IntN(24))
		case 7:
			at.link += "?page=2"
		case 8:
			at.id += "#1"
		case 9:
			*at = c.items[c.IntN(len(c.items))] // listed twice
		case 10:
			c.items = c.items[:len(c.items)-1]
		case 11:
			c.Shuffle(len(c.items), func(i, j int) { c.items[i], c.items[j] = c.items[j], c.items[i] })
		case 12:
			for i := range c.items { // ids made up anew
				c.items[i].id = fmt.Sprint("loose:", c.Int64())
			}
		case 13:
			c.title = fmt.Sprint("Chancery ", c.IntN(2))
		}
	}
}

func (c *chancery) document() string {
	var b strings.Builder
	language := []string{"en", "de"}[min(c.IntN(20), 1)&c.IntN(2)]
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>%s</title><link>https://one.example/</link><language>%s</language>`, c.title, language)
	for _, i := range c.items {
		fmt.Fprintf(&b, "<item><title>%s</title><guid isPermaLink=\"false\">%s</guid><link>%s</link><pubDate>%s</pubDate><description><![CDATA[%s]]></description></item>",
			i.title, i.id, i.link, i.date, i.text)
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// nobody relates nothing: two libraries may tell stories apart in other ways.
type nobody struct{}

func (nobody) Take([]feeds.Document) bool { return false }
func (nobody) AddUntil(context.Context, []feeds.Document) (r feeds.Relations, c []feeds.IndexChange, err error) {
	return
}
func (nobody) Insert([]feeds.Document) (r feeds.Relations, c []feeds.IndexChange, err error) { return }
func (nobody) Forget([]feeds.ArticleID) (c []feeds.IndexChange, err error)                   { return }
func (nobody) Correct([]feeds.Correction) (r feeds.Relations, c []feeds.IndexChange, err error) {
	return
}
func (nobody) Reset() {}

// state is all that a reader can see of a library.
func (w *world) state() string {
	w.Helper()
	var all strings.Builder
	items, err := w.library.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 10_000, false)
	if err != nil {
		w.Fatal(err)
	}
	for _, i := range items {
		body, err := w.library.Body(i.ID)
		if err != nil {
			w.Fatal(err)
		}
		revisions, err := w.library.Revisions(i.ID)
		if err != nil {
			w.Fatal(err)
		}
		fmt.Fprintf(&all, "%+v\n%+v\n%+v\n", i, body, revisions)
	}
	fmt.Fprintf(&all, "%+v\n", w.subscription(one))
	return all.String()
}

// Whatever the editors do, passing over what is known gives the library that
// reading everything gives.
func TestPassingOverChangesNothing(t *testing.T) {
	passed := 0
	for seed := range uint64(6) {
		c := &chancery{Rand: rand.New(rand.NewPCG(seed, 26)), title: "Chancery"}
		plain, passing := newWorld(t, one), newWorld(t, one)
		for look := range 25 {
			c.work()
			p := page{body: c.document()}
			switch c.IntN(12) {
			case 0:
				p.err = fmt.Errorf("%s broke off", one)
			case 1: // cut in the middle
				p.body = p.body[:len(p.body)*2/3]
				p.answer = fetch.Result{Cut: fmt.Errorf("%s broke off", one)}
			}
			var sums [2]feeds.Summary
			var read [2]int
			for i, w := range []*world{plain, passing} {
				w.now = noon.Add(time.Duration(look) * 3 * time.Hour)
				w.web.pages[one] = p
				lib := &counting{Library: w.library, forgetful: i == 0}
				var err error
				r := refresh.New(refresh.Options{Library: lib, Fetcher: w.web, Relater: nobody{}, Clock: w.clock})
				if sums[i], err = r.Run(t.Context(), refresh.Request{Force: true}, func(feeds.Event) {}); err != nil {
					t.Fatal(err)
				}
				read[i] = lib.entries
			}
			passed += read[0] - read[1]
			if is, want := passing.state(), plain.state(); sums[0] != sums[1] || is != want {
				t.Fatalf("seed %d, look %d: %+v\nis %s\nwant %s\nof %s", seed, look, sums[1], is, want, p.body)
			}
		}
	}
	if passed < 250 {
		t.Errorf("only %d entries were passed over", passed)
	}
}
