package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// A newsroom makes articles whose size, vocabulary and compression are like
// those of real feeds with full texts: words drawn by Zipf's law, half of them
// in phrases that come back, 3 KB of text each.
type newsroom struct {
	r       *rand.Rand
	zipf    *rand.Zipf
	phrases []string
	common  *rand.Zipf
	n       int
}

func newNewsroom() *newsroom {
	r := rand.New(rand.NewPCG(7, 7))
	n := &newsroom{r: r, zipf: rand.NewZipf(r, 1.15, 6, 300_000)}
	for range 3000 {
		n.phrases = append(n.phrases, n.words(3+r.IntN(5)))
	}
	n.common = rand.NewZipf(r, 1.1, 20, uint64(len(n.phrases)-1))
	return n
}

// word gives the word of a rank: common words are short.
func word(rank uint64) string {
	syllables := [...]string{
		"e", "ta", "on", "is", "re", "ed", "lo", "ca", "mi", "pu", "vent", "ber", "dol", "gri", "sho", "wen", "kla", "fi", "jo", "qua", "zy", "hu", "ner",
	}
	var b []byte
	for n := rank + 1; n > 0; n /= uint64(len(syllables)) {
		b = append(b, syllables[n%uint64(len(syllables))]...)
	}
	return string(b)
}

func (n *newsroom) words(count int) string {
	var b strings.Builder
	for count > 0 {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if n.common != nil && n.r.IntN(5) < 2 {
			phrase := n.phrases[n.common.Uint64()]
			b.WriteString(phrase)
			count -= strings.Count(phrase, " ") + 1
			continue
		}
		b.WriteString(word(n.zipf.Uint64()))
		count--
	}
	return b.String()
}

func (n *newsroom) entry(now time.Time) feeds.Entry {
	n.n++
	text := n.words(30)
	excerpt := text[:min(len(text), 280)]
	for range 11 {
		text += ".\n" + n.words(40)
	}
	title := n.words(10)
	return feeds.Entry{
		Key: fmt.Sprint("https://outlet.example/articles/", n.n), URL: fmt.Sprint("https://outlet.example/articles/2026/11/", n.n, "-", strings.ReplaceAll(title, " ", "-")),
		Title: title, Author: "Some Author", Published: now.Add(-time.Duration(n.r.IntN(7200)) * time.Second), Language: "en",
		Excerpt: excerpt, Words: 470,
		Body: feeds.Body{Markdown: "[" + title + "](https://outlet.example/)\n\n" + text, Text: text},
	}
}

// fill saves count articles over 200 feeds as refreshes half an hour apart
// would, 1,000 articles to a refresh.
func fill(b testing.TB, l *testLibrary, n *newsroom, count int) {
	b.Helper()
	var list []feeds.Feed
	for i := range 200 {
		list = append(list, feeds.Feed{URL: fmt.Sprint("https://outlet.example/feed/", i), Outlet: fmt.Sprint("Outlet ", i%80), Folder: fmt.Sprint("Folder ", i%2)})
	}
	added, err := l.AddFeeds(list)
	if err != nil {
		b.Fatal(err)
	}
	if len(added) == 0 {
		for i := range 200 {
			added = append(added, feeds.Feed{ID: feeds.FeedID(i + 1)})
		}
	}
	for count > 0 {
		var batch []feeds.Fetched
		for i := range min(200, (count+4)/5) {
			f := feeds.Fetched{Feed: feeds.Feed{ID: added[i].ID}, Health: feeds.Health{Status: feeds.FetchOK, LastFetch: l.now}}
			for range min(5, count) {
				f.Entries = append(f.Entries, n.entry(l.now))
				count--
			}
			batch = append(batch, f)
		}
		if _, err := l.SaveFetched(batch); err != nil {
			b.Fatal(err)
		}
		l.now = l.now.Add(30 * time.Minute)
	}
}

func BenchmarkSave25000(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		l, n := newTestLibrary(b), newNewsroom()
		if _, err := l.AddFeeds([]feeds.Feed{{URL: "https://outlet.example/feed", Outlet: "Outlet"}}); err != nil {
			b.Fatal(err)
		}
		const count = 25_000
		entries := make([]feeds.Entry, count)
		size := 0
		for i := range entries {
			entries[i] = n.entry(l.now)
			size += len(entries[i].Body.Text)
		}
		b.StartTimer()
		began := time.Now()
		for i := 0; i < count; i += 1000 {
			if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: 1}, Entries: entries[i : i+1000]}}); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		b.ReportMetric(float64(count)/time.Since(began).Seconds(), "articles/s")
		b.ReportMetric(float64(size)/count, "textbytes/article")
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(fileSize(b, l.file))/count, "diskbytes/article")
		l.open()
		b.StartTimer()
	}
}

// BenchmarkIndex is the part of a save that search costs.
func BenchmarkIndex(b *testing.B) {
	n := newNewsroom()
	docs := make([]indexedDoc, 1000)
	for i := range docs {
		e := n.entry(testNow)
		docs[i] = indexedDoc{placeOf(e.Published.Unix(), feeds.ArticleID(i+1)), e.Title, e.Body.Text}
	}
	for b.Loop() {
		buildSegment(docs)
	}
	b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

func fileSize(b *testing.B, path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

// BenchmarkLibrary shows what grows with the library, which nothing should. The
// last takes minutes to fill.
func BenchmarkLibrary(b *testing.B) {
	for _, size := range []int{1000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			l := newTestLibrary(b)
			fill(b, l, newNewsroom(), size)
			l.reopen() // so that nothing is being merged behind what is measured
			benchmarkReads(b, l, size)
		})
	}
}

func benchmarkReads(b *testing.B, l *testLibrary, size int) {
	for _, v := range []struct {
		name string
		view feeds.View
	}{
		{"all", feeds.View{Kind: feeds.ViewAll}}, {"feed", feeds.View{Kind: feeds.ViewFeed, Feed: 7}},
		{"folder of 100", feeds.View{Kind: feeds.ViewFolder, Folder: "Folder 1"}},
	} {
		b.Run("page/"+v.name, func(b *testing.B) {
			for b.Loop() {
				if items, err := l.Page(v.view, feeds.Cursor{}, 50, false); err != nil || len(items) != 50 {
					b.Fatal(len(items), err)
				}
			}
		})
	}
	b.Run("page/last", func(b *testing.B) {
		for b.Loop() {
			if items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{When: math.MinInt64}, 50, true); err != nil || len(items) != 50 {
				b.Fatal(len(items), err)
			}
		}
	})
	b.Run("body", func(b *testing.B) {
		r := rand.New(rand.NewPCG(1, 1))
		for b.Loop() {
			if _, err := l.Body(feeds.ArticleID(1 + r.IntN(size))); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, q := range []struct{ name, text string }{
		{"a letter", "q"},
		{"a common word", word(3)},
		{"three common words", word(1) + " " + word(2) + " " + word(3)},
		{"a rare word", word(40_000)},
		{"a rare word and a letter", word(5000) + " s"},
		{"two words", word(300) + " " + word(700)},
		{"a phrase", `"` + word(2) + " " + word(11) + `"`},
	} {
		b.Run("search/"+q.name, func(b *testing.B) {
			found := 0
			for b.Loop() {
				items, err := l.Search(q.text, 50)
				if err != nil {
					b.Fatal(err)
				}
				found = len(items)
			}
			b.ReportMetric(float64(found), "found")
		})
	}
	// Words that very many articles have, in an order in which few have them: the
	// texts of all of them are read.
	nowhere := `"` + word(11) + " " + word(9) + " " + word(13) + `"`
	b.Run("search/a phrase of common words", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.Search(nowhere, 50); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("search/the first of a phrase", func(b *testing.B) {
		for b.Loop() {
			ctx, leave := context.WithCancel(context.Background())
			err := l.SearchEach(ctx, `"`+word(2)+" "+word(11)+`"`, 50, func(some []feeds.Item) {
				if len(some) > 0 {
					leave()
				}
			})
			if leave(); err != nil && !errors.Is(err, context.Canceled) {
				b.Fatal(err)
			}
		}
	})
	b.Run("stories of 3 days", func(b *testing.B) {
		for b.Loop() {
			stories, err := l.Stories(l.now.Add(-3 * time.Hour))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(stories)), "stories")
		}
	})
	b.Run("story sizes of 3 days", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.StorySizes(l.now.Add(-3 * time.Hour)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("subscriptions", func(b *testing.B) {
		for b.Loop() {
			if _, err := l.Subscriptions(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("mark read", func(b *testing.B) {
		r, read := rand.New(rand.NewPCG(1, 1)), false
		for b.Loop() {
			read = !read
			if _, err := l.SetStatus([]feeds.ArticleID{feeds.ArticleID(1 + r.IntN(size))}, feeds.StatusChange{Read: &read}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			l.reopen()
		}
		b.ReportMetric(float64(fileSize(b, l.file))/float64(size), "diskbytes/article")
	})
}
