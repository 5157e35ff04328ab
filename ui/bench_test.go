package ui_test

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// large is a library of 20,000 articles of 40 feeds.
func large() *uitest.Library {
	l := &uitest.Library{}
	for i := range 40 {
		name := fmt.Sprintf("Outlet %d", i)
		l.Add(feeds.Feed{Title: name, Outlet: name, Folder: fmt.Sprintf("Folder %d", i/8)})
	}
	for i := range 20_000 {
		at := uitest.Now().Add(-time.Duration(i) * time.Minute)
		l.Publish(feeds.Item{Article: feeds.Article{
			Feed: feeds.FeedID(i%40 + 1), Title: fmt.Sprintf("Headline number %d, of the usual length that headlines have these days", i),
			Published: at, Fetched: at, Excerpt: "Its first sentence.",
		}}, "The text of the article, which is **short**.")
	}
	return l
}

// BenchmarkKey is one key: Update and View, with 20,000 headlines. The aim is
// 0.3 ms and 100 allocations.
func BenchmarkKey(b *testing.B) {
	l := large()
	for _, c := range []struct {
		name          string
		width, height int
		open          []string
		keys          [2]string
	}{
		{"headlines-120x40", 120, 40, []string{"1", "j", "j", "j", "enter"}, [2]string{"j", "k"}},
		{"headlines-200x60", 200, 60, []string{"1", "j", "j", "j", "enter"}, [2]string{"j", "k"}},
		{"feeds-200x60", 200, 60, []string{"1"}, [2]string{"j", "k"}},
		{"article-200x60", 200, 60, []string{"1", "j", "j", "j", "enter", "enter"}, [2]string{"j", "k"}},
		{"focus-200x60", 200, 60, []string{"1", "j", "j", "j", "enter"}, [2]string{"l", "h"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			d := uitest.New(b, uitest.Deps(l), c.width, c.height)
			d.Press(c.open...)
			press := [2]any{uitest.Key(c.keys[0]), uitest.Key(c.keys[1])}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				d.App.Update(press[i%2])
				if d.App.View().Content == "" {
					b.Fatal("nothing is drawn")
				}
			}
		})
	}
}

// BenchmarkScroll goes down a long view, so that each row is drawn for the
// first time.
func BenchmarkScroll(b *testing.B) {
	d := uitest.New(b, uitest.Deps(large()), 200, 60)
	d.Press("1", "j", "j", "j", "enter")
	down, up := uitest.Key("ctrl+d"), uitest.Key("g")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%6 == 5 {
			d.App.Update(up)
		} else {
			d.App.Update(down)
		}
		if d.App.View().Content == "" {
			b.Fatal("nothing is drawn")
		}
	}
}
