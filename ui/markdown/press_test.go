package markdown

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// longRead is an article of about so many words, with all that articles have.
func longRead(words int) string {
	var b strings.Builder
	for n := 0; n < words; n += 100 {
		fmt.Fprintf(&b, "## Part %d\n\n", n/100)
		b.WriteString("The council voted on *Tuesday* to close the bridge after [engineers](https://example.org/report?id=42) found cracks in **three** of its piers, and ferries will run until the repairs are done, which the mayor said could take until the end of next winter at the earliest.\n\n")
		b.WriteString("> “Nobody saw this coming,” said one driver — and nobody, in fact, had.\n\n")
		b.WriteString("- The ferry leaves every twenty minutes from the old quay\n- The fare is 2.50 and children travel free of charge\n\n")
	}
	return b.String()
}

func TestHeadIsTheBeginningOfTheWhole(t *testing.T) {
	press := NewPress(1 << 20)
	job := Job{Markdown: longRead(2000), Width: 72, Theme: theme.New(theme.Dark, cells.Wc)}
	head, err := press.Head(t.Context(), job)
	if err != nil || !head.Partial || len(head.Lines) < 40 {
		t.Fatalf("head: %d lines, partial %v, %v", len(head.Lines), head.Partial, err)
	}
	whole, err := press.Render(t.Context(), job)
	if err != nil || whole.Partial || len(whole.Lines) < 2*len(head.Lines) {
		t.Fatalf("whole: %d lines, partial %v, %v", len(whole.Lines), whole.Partial, err)
	}
	if !slices.Equal(head.Lines, whole.Lines[:len(head.Lines)]) {
		t.Error("the head is not how the whole begins")
	}
	again, err := press.Head(t.Context(), job)
	if err != nil || again.Partial {
		t.Errorf("once the whole is known the head is still partial (%v)", err)
	}
}

func TestCacheTellsWidthThemeAndTextApart(t *testing.T) {
	press := NewPress(1 << 20)
	dark, light := theme.New(theme.Dark, cells.Wc), theme.New(theme.Light, cells.Wc)
	job := Job{Markdown: "some words of an article", Width: 40, Theme: dark}
	if _, err := press.Render(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]Job{
		"width": {job.Markdown, 41, dark}, "theme": {job.Markdown, 40, light}, "text": {"some words of an Article", 40, dark},
	} {
		if _, ok := press.Cached(other); ok {
			t.Errorf("another %s is taken for the same", name)
		}
	}
	if _, ok := press.Cached(job); !ok {
		t.Error("what was rendered is not kept")
	}
}

func TestCacheKeepsToItsLimit(t *testing.T) {
	press := NewPress(60_000)
	th := theme.New(theme.Dark, cells.Wc)
	var jobs []Job
	for i := range 20 {
		jobs = append(jobs, Job{Markdown: fmt.Sprint(i, " ", longRead(300)), Width: 60, Theme: th})
	}
	for _, job := range jobs {
		if _, err := press.Render(t.Context(), job); err != nil {
			t.Fatal(err)
		}
		if _, err := press.Render(t.Context(), jobs[0]); err != nil { // stays in use
			t.Fatal(err)
		}
	}
	kept := 0
	for _, job := range jobs {
		if _, ok := press.Cached(job); ok {
			kept++
		}
	}
	if press.size > press.limit || kept < 2 || kept == len(jobs) {
		t.Errorf("%d bytes of %d, %d of %d articles", press.size, press.limit, kept, len(jobs))
	}
	if _, ok := press.Cached(jobs[0]); !ok {
		t.Error("the article used all the time was dropped")
	}
}

func TestRenderingStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	press := NewPress(1 << 20)
	job := Job{Markdown: longRead(500), Width: 60, Theme: theme.New(theme.Dark, cells.Wc)}
	if _, err := press.Render(ctx, job); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, ok := press.Cached(job); ok {
		t.Error("a stopped rendering was kept")
	}
}

func TestAnArticleThatBreaksARendererIsShownUnstyled(t *testing.T) {
	r := New(theme.New(theme.Dark, cells.Wc))
	r.styler = nil // the styler falls over
	out, err := r.Render(t.Context(), "Some **text** that\n\ncannot be styled.", 12)
	if err != nil {
		t.Fatal(err)
	}
	check(t, out, 12)
	if got := picture(out); got != "Some\n**text**\nthat\n\ncannot be\nstyled." {
		t.Errorf("drawn:\n%s", got)
	}
	if out, err := r.Render(t.Context(), "**again**", 12); err != nil || picture(out) != "again" {
		t.Errorf("the next article: %q, %v", picture(out), err)
	}
}

func TestManyWorkersGiveTheSameLines(t *testing.T) {
	press := NewPress(1) // keeps nothing: each renders
	th := theme.New(theme.Dark, cells.Wc)
	want, err := New(th).Render(t.Context(), longRead(400), 60)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			got, err := press.Render(t.Context(), Job{Markdown: longRead(400), Width: 60, Theme: th})
			if err != nil || !slices.Equal(got.Lines, want.Lines) {
				t.Error("a worker's lines differ", err)
			}
		})
	}
	wg.Wait()
}

func BenchmarkRender2000Words(b *testing.B) {
	r := New(theme.New(theme.Dark, cells.Wc))
	source := longRead(2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Render(b.Context(), source, 72); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRenderMegabyte(b *testing.B) {
	r := New(theme.New(theme.Dark, cells.Wc))
	for name, source := range map[string]string{"article": longRead(250_000)[:1<<20], "brackets": strings.Repeat("[", 1<<20), "links": strings.Repeat("[a](", 1<<18)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Render(b.Context(), source, 72); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkHead(b *testing.B) {
	r := New(theme.New(theme.Dark, cells.Wc))
	source := longRead(2000)
	for b.Loop() {
		if _, err := r.Head(b.Context(), source, 72); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCached(b *testing.B) {
	press := NewPress(8 << 20)
	job := Job{Markdown: longRead(2000), Width: 72, Theme: theme.New(theme.Dark, cells.Wc)}
	if _, err := press.Render(b.Context(), job); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := press.Cached(job); !ok {
			b.Fatal("not cached")
		}
	}
}

func BenchmarkNewRenderer(b *testing.B) {
	th := theme.New(theme.Dark, cells.Wc)
	for b.Loop() {
		New(th)
	}
}
