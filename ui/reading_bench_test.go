package ui_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/markdown"
	"broadsheet/ui/theme"
	"broadsheet/ui/uitest"
)

// story is an article of about so many words, with all that articles have.
func story(n, words int) string {
	var b strings.Builder
	for i := 0; i < words; i += 50 {
		fmt.Fprintf(&b, "## Part %d of story %d\n\nThe council voted on *Tuesday* to close the bridge after [engineers](https://example.org/r) found cracks in **three** of its piers, and ferries will run until the repairs are done, which could take long.\n\n> “Nobody saw this coming,” said one driver.\n\n- The ferry leaves every twenty minutes\n\n", i/50, n)
	}
	return b.String()
}

// shelf is a library of n articles of so many words.
func shelf(n, words int) *uitest.Library {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	for i := range n {
		at := uitest.Now().Add(-time.Duration(i) * time.Minute)
		l.Publish(feeds.Item{Article: feeds.Article{Feed: f, Title: fmt.Sprintf("Story number %d", i), Published: at, Fetched: at}}, story(i, words))
	}
	return l
}

// BenchmarkOpen goes to the next article of 2,000 words: until its first screen
// is drawn, and until it is there whole with all that stands beside it. The
// aims are 10 ms and 50 ms more.
func BenchmarkOpen(b *testing.B) {
	for name, until := range map[string]func(d *uitest.Driver, n int){
		"first-screen": func(d *uitest.Driver, n int) { d.Until(fmt.Sprintf("of story %d", n)) },
		"whole":        func(d *uitest.Driver, _ int) { d.Settle() },
	} {
		b.Run(name, func(b *testing.B) {
			const articles = 400 // more than are kept rendered
			d := uitest.New(b, uitest.Deps(shelf(articles, 2000)), 120, 40)
			d.Press("1", "j", "j", "j", "enter", "enter")
			b.ReportAllocs()
			n, step := 0, 1
			for b.Loop() {
				if n+step < 0 || n+step >= articles {
					step = -step
				}
				n += step
				d.Tap(map[int]string{1: "J", -1: "K"}[step])
				until(d, n)
				b.StopTimer()
				d.Settle()
				b.StartTimer()
			}
		})
	}
}

// BenchmarkReopen goes back and forth between two articles that are kept. The
// aim is 1 ms.
func BenchmarkReopen(b *testing.B) {
	d := uitest.New(b, uitest.Deps(shelf(2, 2000)), 120, 40)
	d.Press("1", "j", "j", "j", "enter", "enter", "J", "K")
	to := [2]any{uitest.Key("J"), uitest.Key("K")}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d.App.Update(to[i%2])
		if d.App.View().Content == "" {
			b.Fatal("nothing is drawn")
		}
	}
}

// BenchmarkKeyWhileRendering is a key in an article while others of 1 MB, made
// to be slow, are being set, and for comparison while nothing is. What 99 of
// 100 keys stay below is reported too; a frame is 8.3 ms.
func BenchmarkKeyWhileRendering(b *testing.B) {
	for _, name := range []string{"nothing", "hostile"} {
		b.Run(name, func(b *testing.B) {
			d := uitest.New(b, uitest.Deps(shelf(2, 2000)), 120, 40)
			d.Press("1", "j", "j", "j", "enter", "enter")
			ctx, stop := context.WithCancel(b.Context())
			over := make(chan struct{})
			go func() {
				defer close(over)
				r := markdown.New(theme.New(theme.Dark, cells.Wc))
				for name == "hostile" && ctx.Err() == nil {
					for _, piece := range []string{"[", "*a _b ", "a\n\n", "> - x ", "[a](", "|a|b|\n|-|-|\n"} {
						_, _ = r.Render(ctx, strings.Repeat(piece, 1<<20/len(piece)), 72)
					}
				}
			}()
			keys := [2]any{uitest.Key("j"), uitest.Key("k")}
			var took []time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				begun := time.Now()
				d.App.Update(keys[i%2])
				if d.App.View().Content == "" {
					b.Fatal("nothing is drawn")
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100])/1e6, "p99-ms")
			stop()
			<-over
		})
	}
}

// BenchmarkMegabyte is what a reader does in an article of 1 MB.
func BenchmarkMegabyte(b *testing.B) {
	for _, c := range []struct {
		name string
		open []string
		keys [2]string
	}{
		{"line", nil, [2]string{"j", "k"}},
		{"page", nil, [2]string{"space", "b"}},
		{"ends", nil, [2]string{"G", "g"}},
		{"heading", nil, [2]string{"}", "{"}},
		{"hit", []string{"/", "p", "i", "e", "r", "s", "enter"}, [2]string{"n", "N"}},
		{"find", []string{"/", "p", "i", "e", "r"}, [2]string{"s", "backspace"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			d := uitest.New(b, uitest.Deps(one(story(1, 150_000))), 120, 40)
			d.Press(append([]string{"enter"}, c.open...)...)
			keys := [2]any{uitest.Key(c.keys[0]), uitest.Key(c.keys[1])}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				d.App.Update(keys[i%2])
				if d.App.View().Content == "" {
					b.Fatal("nothing is drawn")
				}
			}
		})
	}
}
