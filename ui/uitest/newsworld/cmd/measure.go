package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui/uitest/newsworld"
)

// runs is how often each thing is done; articles are drawn from the newest
// thousand, as readers read what is new.
const (
	runs   = 200
	newest = 1000
)

// measurement says what to measure.
type measurement struct {
	files   []string
	program string          // the built program, to start; "" for not
	fresh   int             // new articles of each feed in a refresh; 0 for none
	world   newsworld.World // that the libraries were made of; how many articles and until when, the libraries tell
}

// line is a row of the table: what was done, and how it went with each library.
type line struct {
	what  string
	cells []string
}

// report times what a reader of some libraries waits for, and writes it as a
// table in Markdown: median and 95th percentile, in milliseconds.
func report(ctx context.Context, w io.Writer, m measurement) error {
	var table []line
	put := func(what, cell string) {
		if i := slices.IndexFunc(table, func(l line) bool { return l.what == what }); i >= 0 {
			table[i].cells = append(table[i].cells, cell)
			return
		}
		table = append(table, line{what, []string{cell}})
	}
	for _, file := range m.files {
		if err := m.library(ctx, file, put); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	for i, l := range table {
		fmt.Fprintf(w, "| %s | %s |\n", l.what, strings.Join(l.cells, " | "))
		if i == 0 {
			fmt.Fprintf(w, "|%s\n", strings.Repeat("---|", len(l.cells)+1))
		}
	}
	return nil
}

// library measures one.
func (m measurement) library(ctx context.Context, file string, put func(what, cell string)) (err error) {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	now := time.Now()
	open := func() (*store.Library, error) {
		return store.Open(file, store.Options{Clock: func() time.Time { return now }})
	}
	library, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	all := feeds.View{Kind: feeds.ViewAll}
	count, err := library.Count(all)
	if err != nil {
		return err
	}
	rows, err := library.Page(all, feeds.Cursor{}, newest, false)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.New("the library has no articles")
	}
	put("what", fmt.Sprint(count.Total))
	if m.program != "" {
		// The program opens the file, so it is closed meanwhile.
		if err := library.Close(); err != nil {
			return err
		}
		took, err := starts(ctx, m.program, file, rows[0].Published)
		if err != nil {
			return err
		}
		put("from the start of the program to the front page on the screen", spread(took))
		if library, err = open(); err != nil {
			return err
		}
	}
	took, err := repeat(20, func() error {
		return errors.Join(library.Close(), func() (err error) { library, err = open(); return err }())
	})
	if err != nil {
		return err
	}
	put("closing and opening the library", spread(took))
	for _, s := range steps(ctx, library, rows) {
		took, err := repeat(runs, s.do)
		if err != nil {
			return fmt.Errorf("%s: %w", s.what, err)
		}
		put(s.what, spread(took))
	}
	put("bytes on disk an article, all included", fmt.Sprint(info.Size()/max(1, int64(count.Total))))
	if m.fresh > 0 {
		subscriptions, err := library.Subscriptions()
		if err != nil {
			return err
		}
		world := m.world
		world.Feeds, world.Articles, world.End = len(subscriptions), count.Total, rows[0].Published
		world, d := advance(world, m.fresh)
		now = world.End
		took, stored, err := refreshOnce(ctx, library, d, now)
		if err != nil {
			return err
		}
		put(fmt.Sprintf("a refresh of all feeds with %d new articles each, without the network", m.fresh),
			fmt.Sprintf("%.0f (%d new)", ms(took), stored))
	}
	return nil
}

// step is something a reader does.
type step struct {
	what string
	do   func() error
}

// steps are what a reader does, with articles drawn from some.
func steps(ctx context.Context, library *store.Library, rows []feeds.Item) []step {
	all := feeds.View{Kind: feeds.ViewAll}
	r := rand.New(rand.NewPCG(1, 1))
	draw := func() feeds.Item { return rows[r.IntN(len(rows))] }
	engine := related.New(library, time.Now)
	page := func(v feeds.View, from feeds.Cursor, back bool) error {
		_, err := library.Page(v, from, 50, back)
		return err
	}
	search := func(query string) error {
		_, err := library.Search(query, 50)
		return err
	}
	marked := 0
	return []step{
		{"feeds and their counts", func() error { _, err := library.Subscriptions(); return err }},
		{"the stories of the front page, ranked", func() error {
			now := rows[0].Published
			sizes, err := library.StorySizes(now.Add(-rank.Span))
			if err == nil {
				_, err = rank.Best(sizes, 200, now, library.StoriesOf)
			}
			return err
		}},
		{"a page of the newest", func() error { return page(all, feeds.Cursor{}, false) }},
		{"a page at the other end", func() error { return page(all, feeds.Cursor{When: math.MinInt64}, true) }},
		{"a page of a feed", func() error { return page(feeds.View{Kind: feeds.ViewFeed, Feed: draw().Feed}, feeds.Cursor{}, false) }},
		{"an article's text", func() error { _, err := library.Body(draw().ID); return err }},
		{"its sidebar", func() error { _, err := engine.Related(draw().ID, 40); return err }},
		{"search: two words of a headline", func() error { return search(twoWords(draw().Title)) }},
		{"search: a common word", func() error { return search("council") }},
		{"search: a phrase of a headline, the first that is found", func() error {
			ctx, leave := context.WithCancel(ctx)
			defer leave()
			err := library.SearchEach(ctx, phrase(draw().Title), 50, func(some []feeds.Item) {
				if len(some) > 0 {
					leave()
				}
			})
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		}},
		{"search: a phrase of a headline, all that there is", func() error { return search(phrase(draw().Title)) }},
		{"marking one read or unread, with its fsync", func() error {
			it := &rows[marked%len(rows)]
			marked++
			it.Read = !it.Read // as it is, nothing would be stored
			_, err := library.SetStatus([]feeds.ArticleID{it.ID}, feeds.StatusChange{Read: &it.Read})
			return err
		}},
	}
}

func repeat(n int, do func() error) ([]time.Duration, error) {
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		if err := do(); err != nil {
			return nil, err
		}
		took[i] = time.Since(began)
	}
	return took, nil
}

// spread is the median and the 95th percentile.
func spread(took []time.Duration) string {
	slices.SortFunc(took, cmp.Compare)
	return fmt.Sprintf("%s, %s", short(ms(took[len(took)/2])), short(ms(took[len(took)*95/100])))
}

// short is a number with two digits that count.
func short(x float64) string {
	switch {
	case x < 1:
		return fmt.Sprintf("%.2f", x)
	case x < 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// twoWords are the longest of a headline, which the fewest articles have.
func twoWords(title string) string {
	words := strings.Fields(title)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return strings.Join(words[:min(2, len(words))], " ")
}

// phrase is the beginning of a headline as a phrase.
func phrase(title string) string {
	words := strings.Fields(title)
	return `"` + strings.Join(words[:min(3, len(words))], " ") + `"`
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
