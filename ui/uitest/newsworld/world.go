// Package newsworld makes news that looks like news to a program: any number
// of articles by any number of feeds, most of them about events that other
// feeds report too, some reprinted from an agency. It is for benchmarks and
// for trying what a large library feels like, never part of the program.
//
//	world := newsworld.World{Feeds: 500, PerDay: 2000, Articles: 100_000, End: time.Now()}
//	article := world.Article(0)                // the earliest
//	document := world.Document(7, 120, 50)     // feed 7 after 120 articles of its own, the newest 50
//	http.Handle("/", world.Handler(50, 0))     // all of them, as a server would
//
// The same World gives the same bytes, and an article costs the same whichever
// one is asked for: nothing is kept.
package newsworld

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// World says which news there is.
type World struct {
	Seed     uint64
	Feeds    int
	PerDay   int // articles a day, of all feeds
	Articles int // how many there are
	End      time.Time
}

// Article is one of them.
type Article struct {
	N         int
	Feed      int
	Event     int // the same for all that report it; -1 if nobody else does
	Title     string
	URL       string
	Author    string
	Published time.Time
	HTML      string // about 3 KB
}

// Two articles in three are about events, of which a block of articles in time
// has so many; one in six of those prints the agency's text.
const (
	blockArticles = 48
	blockEvents   = 6
	paragraphs    = 9
)

// FeedArticles is how many articles a feed has.
func (w World) FeedArticles(feed int) int {
	whole := w.Articles / w.Feeds
	if w.number(feed, whole) < w.Articles {
		return whole + 1
	}
	return whole
}

// number of the kth article of a feed. Every round of as many articles as
// there are feeds has one of each, in an order that shifts.
func (w World) number(feed, k int) int { return k*w.Feeds + (feed+7*k)%w.Feeds }

// Article is the nth, in order of time.
func (w World) Article(n int) Article {
	k := n / w.Feeds
	feed := ((n-7*k)%w.Feeds + w.Feeds) % w.Feeds
	r := rand.New(rand.NewPCG(w.Seed, uint64(n)))
	a := Article{N: n, Feed: feed, Event: -1, Published: w.published(n)}
	about := newEvent(w.Seed, uint64(n)<<1|1)
	if r.IntN(3) > 0 {
		a.Event = n/blockArticles*blockEvents + r.IntN(blockEvents)
		about = newEvent(w.Seed, uint64(a.Event)<<1)
	}
	teller := teller{r: r, event: about}
	a.Author = teller.name(uint64(feed)*31+uint64(r.IntN(5))) + " " + teller.name(uint64(feed))
	a.Title = teller.title()
	a.URL = fmt.Sprintf("https://outlet%03d.example/%s/%s-%d", feed, a.Published.Format("2006/01/02"), slug(a.Title), n)
	if a.Event >= 0 && r.IntN(6) == 0 {
		agency := teller
		agency.r = rand.New(rand.NewPCG(w.Seed^0xa9e4c1, uint64(a.Event)))
		a.HTML = agency.html()
	} else {
		a.HTML = teller.html()
	}
	return a
}

func (w World) published(n int) time.Time {
	step := 24 * time.Hour / time.Duration(w.PerDay)
	return w.End.Add(-time.Duration(w.Articles-1-n) * step).UTC().Truncate(time.Second)
}

func slug(title string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, title), "-")
}

// FeedTitle names a feed.
func (w World) FeedTitle(feed int) string {
	t := teller{r: rand.New(rand.NewPCG(w.Seed, 1<<60|uint64(feed)))}
	return "The " + t.name(uint64(feed)+900) + " " + pick(t.r, papers)
}
