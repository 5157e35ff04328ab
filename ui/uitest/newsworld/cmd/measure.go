package main

import (
	"cmp"
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
	"broadsheet/feeds/related"
	"broadsheet/store"
)

// runs is how often each thing is done; articles are drawn from the newest
// thousand, as readers read what is new.
const (
	runs   = 200
	newest = 1000
)

// report times what a reader of a library waits for: median and 95th
// percentile, in milliseconds.
func report(w io.Writer, file string) (err error) {
	opening := time.Now()
	library, err := store.Open(file, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	opened := time.Since(opening)
	all := feeds.View{Kind: feeds.ViewAll}
	count, err := library.Count(all)
	if err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d articles, %d bytes an article; opened in %.1f ms\n", count.Total, info.Size()/max(1, int64(count.Total)), opened.Seconds()*1000)

	rows, err := library.Page(all, feeds.Cursor{}, newest, false)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.New("the library has no articles")
	}
	r := rand.New(rand.NewPCG(1, 1))
	draw := func() feeds.Item { return rows[r.IntN(len(rows))] }
	engine := related.New(library, time.Now)
	steps := []struct {
		name string
		do   func() error
	}{
		{"a page of the newest", func() error {
			_, err := library.Page(all, feeds.Cursor{}, 50, false)
			return err
		}},
		{"a page at the other end", func() error {
			_, err := library.Page(all, feeds.Cursor{When: math.MinInt64}, 50, true)
			return err
		}},
		{"a page of a feed", func() error {
			_, err := library.Page(feeds.View{Kind: feeds.ViewFeed, Feed: draw().Feed}, feeds.Cursor{}, 50, false)
			return err
		}},
		{"an article's text", func() error { _, err := library.Body(draw().ID); return err }},
		{"its sidebar", func() error { _, err := engine.Related(draw().ID, 20); return err }},
		{"search: two words of a headline", func() error { _, err := library.Search(twoWords(draw().Title), 50); return err }},
		{"search: a common word", func() error { _, err := library.Search("council", 50); return err }},
		{"marking one read, with its fsync", func() error {
			yes := true
			_, err := library.SetStatus([]feeds.ArticleID{draw().ID}, feeds.StatusChange{Read: &yes})
			return err
		}},
		{"feeds and their counts", func() error { _, err := library.Subscriptions(); return err }},
	}
	for _, s := range steps {
		took := make([]time.Duration, runs)
		for i := range took {
			began := time.Now()
			if err := s.do(); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			took[i] = time.Since(began)
		}
		slices.SortFunc(took, cmp.Compare)
		fmt.Fprintf(w, "%-36s %8.2f %8.2f\n", s.name, ms(took[runs/2]), ms(took[runs*95/100]))
	}
	return nil
}

// twoWords are the longest of a headline, which the fewest articles have.
func twoWords(title string) string {
	words := strings.Fields(title)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return strings.Join(words[:min(2, len(words))], " ")
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
