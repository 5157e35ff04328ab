package ui_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/pictures"
	"broadsheet/ui/settings"
	"broadsheet/ui/uitest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi/kitty"
)

// wall serves pictures and knows which were asked for.
type wall struct {
	mu    sync.Mutex
	asked []string
	cut   bool // the network is gone
}

func (w *wall) get(_ context.Context, address string) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, address)
	switch {
	case w.cut:
		return nil, &fetch.Error{Kind: fetch.Offline, URL: address}
	case strings.HasSuffix(address, "counter.png"):
		return encode(1, 1), nil
	case strings.HasSuffix(address, "page.png"):
		return []byte("<!doctype html>"), nil
	}
	return encode(400, 200), nil
}

// encode is a picture whose upper half is red and whose lower half is blue.
func encode(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 0, 0, 255}
			if y >= h/2 {
				c = color.RGBA{0, 0, 200, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const illustrated = `![A crane at the quay](https://harbour.example/crane.png)

*Two cranes fell.*

The water came at four.

![The quay](https://harbour.example/quay.png)

It left at noon.`

// show opens a screen on a library whose newest article is illustrated, in a
// terminal of 16 million colours.
func show(t *testing.T, when settings.Pictures, text string, files ...feeds.Enclosure) (*uitest.Driver, *wall) {
	l := &uitest.Library{}
	id := l.Add(feeds.Feed{URL: "https://harbour.example/feed", Title: "Harbour Times", Outlet: "Harbour Times"})
	for i, title := range []string{"The quay is under water", "An older article"} {
		it := feeds.Item{Article: feeds.Article{Feed: id, Title: title, URL: "https://harbour.example/1", Published: uitest.Now().AddDate(0, 0, -i), Fetched: uitest.Now()}}
		if i == 0 {
			it.Enclosures = files
		} else {
			text = "Nothing to see."
		}
		l.Publish(it, text)
	}
	w := &wall{}
	deps := uitest.Deps(l)
	deps.Settings.Pictures = when
	deps.Pictures = pictures.New(pictures.Options{Dir: filepath.Join(t.TempDir(), "pictures"), Get: w.get, Clock: uitest.Now})
	d := uitest.New(t, deps, 120, 40)
	d.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	return d, w
}

// cells is how many half blocks are on the screen.
func blocks(d *uitest.Driver) int { return strings.Count(d.Screen(), "▀") }

func TestNothingIsFetchedBeforeTheReaderAsks(t *testing.T) {
	d, w := show(t, settings.PicturesAsk, illustrated)
	d.Press("enter")
	d.Contains("I loads 2 pictures.", "A crane at the quay", "Two cranes fell.")
	if len(w.asked) > 0 || blocks(d) > 0 {
		t.Fatalf("asked for %v, %d blocks", w.asked, blocks(d))
	}
	d.Press("I")
	if want := []string{"https://harbour.example/crane.png", "https://harbour.example/quay.png"}; !slices.Equal(slices.Sorted(slices.Values(w.asked)), want) {
		t.Fatalf("asked for %v, want %v", w.asked, want)
	}
	d.Contains("A crane at the quay", "Two cranes fell.")
	d.Lacks("loads")
	if blocks(d) == 0 {
		t.Fatalf("no picture:\n%s", d.Screen())
	}
	d.Press("I")
	d.Contains("Pictures are hidden.", "A crane at the quay")
	if blocks(d) > 0 {
		t.Error("hidden pictures are on the screen")
	}
	d.Press("I")
	if blocks(d) == 0 || len(w.asked) != 2 {
		t.Errorf("shown again: %d blocks, asked for %v", blocks(d), w.asked)
	}
}

func TestAPictureStandsAboveItsWords(t *testing.T) {
	d, _ := show(t, settings.PicturesAlways, "Before.\n\n![Half and half](https://harbour.example/half.png)\n\nAfter.")
	d.Resize(44, 22)
	d.Press("enter")
	const want = `
╭ Article ───────────────────────── 1 min ─╮
│                                          │
│  Harbour Times · 09:30, just now         │
│  The quay is under water                 │
│  ──────────────────────────────────────  │
│                                          │
│  Before.                                 │
│                                          │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  │
│  Picture: Half and half[1]               │
│                                          │
╰──────────────────────────────────────────╯
`
	if got := d.Screen(); !strings.HasPrefix("\n"+got, want) {
		t.Errorf("the screen is\n%s\nwant%s", got, want)
	}
	rows := strings.Split(d.App.View().Content, "\n")
	if top, end := rows[8], rows[17]; !strings.Contains(top, "\x1b[38;2;200;0;0m\x1b[48;2;200;0;0m▀▀") || !strings.Contains(end, "\x1b[38;2;0;0;200m\x1b[48;2;0;0;200m▀▀") {
		t.Errorf("it is not red above blue: %q, %q", top, end)
	}
}

func TestPicturesFetchedBeforeAreThereWithoutTheNetwork(t *testing.T) {
	d, w := show(t, settings.PicturesAsk, illustrated)
	d.Press("enter", "I", "q", "j") // another article takes its place
	if blocks(d) > 0 {
		t.Fatal("the pictures of another article are on the screen")
	}
	w.cut = true
	d.Press("k", "enter")
	if blocks(d) == 0 || len(w.asked) != 2 {
		t.Errorf("%d blocks, asked for %v:\n%s", blocks(d), w.asked, d.Screen())
	}
}

func TestAlwaysMeansWhenAnArticleIsOpened(t *testing.T) {
	d, w := show(t, settings.PicturesAlways, illustrated)
	d.Press("j", "k") // previews
	if len(w.asked) > 0 {
		t.Fatalf("a preview asked for %v", w.asked)
	}
	d.Press("enter")
	if len(w.asked) != 2 || blocks(d) == 0 {
		t.Errorf("asked for %v, %d blocks", w.asked, blocks(d))
	}
}

func TestOffMeansOff(t *testing.T) {
	d, w := show(t, settings.PicturesOff, illustrated)
	d.Press("enter", "I")
	d.Contains("Pictures are off", "A crane at the quay")
	if len(w.asked) > 0 || blocks(d) > 0 || len(d.Raw) > 0 {
		t.Errorf("asked for %v, %d blocks, sent %q", w.asked, blocks(d), d.Raw)
	}
}

func TestWithoutColoursThereAreWords(t *testing.T) {
	for _, p := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI} {
		d, w := show(t, settings.PicturesAlways, illustrated)
		d.Send(tea.ColorProfileMsg{Profile: p})
		d.Press("enter", "I")
		d.Contains("too few colours", "A crane at the quay")
		if len(w.asked) > 0 || blocks(d) > 0 {
			t.Errorf("%v: asked for %v, %d blocks", p, w.asked, blocks(d))
		}
	}
	d, _ := show(t, settings.PicturesAlways, illustrated)
	d.Send(tea.ColorProfileMsg{Profile: colorprofile.ANSI256})
	d.Press("enter")
	if content := d.App.View().Content; blocks(d) == 0 || strings.Contains(content, "48;2;200;0;0") || !strings.Contains(content, "48;5;") {
		t.Errorf("in 256 colours there are %d blocks", blocks(d))
	}
}

func TestANarrowScreenHasNone(t *testing.T) {
	d, w := show(t, settings.PicturesAlways, illustrated)
	d.Resize(38, 24)
	d.Press("enter", "I")
	d.Contains("too small for")
	if len(w.asked) > 0 || blocks(d) > 0 {
		t.Errorf("asked for %v, %d blocks", w.asked, blocks(d))
	}
	d.Resize(100, 30)
	if blocks(d) == 0 {
		t.Errorf("on a wider one there is none:\n%s", d.Screen())
	}
}

func TestWhatCannotBeShownSaysWhy(t *testing.T) {
	d, w := show(t, settings.PicturesAlways, "![One](https://harbour.example/page.png)\n\n![Two](https://harbour.example/counter.png)\n\nText.")
	d.Press("enter")
	d.Contains("Not shown: the picture is of a kind", "One", "Two")
	if n := strings.Count(d.Screen(), "Not shown"); n != 1 {
		t.Errorf("%d complaints: a counter is none", n)
	}
	d.Press("I", "I")
	if len(w.asked) != 2 {
		t.Errorf("asked for %v: again would change nothing", w.asked)
	}
}

func TestTheNetworkMayComeBack(t *testing.T) {
	d, w := show(t, settings.PicturesAsk, illustrated)
	w.cut = true
	d.Press("enter", "I")
	d.Contains("Not shown: there is no network.")
	w.cut = false
	d.Press("I")
	d.Lacks("Not shown")
	if blocks(d) == 0 {
		t.Errorf("no picture:\n%s", d.Screen())
	}
}

func TestTheLeadPictureOfAFeed(t *testing.T) {
	lead := feeds.Enclosure{URL: "https://harbour.example/i/storm-1024x683.jpg", Type: "image/jpeg", Title: "Waves over the wall"}
	d, w := show(t, settings.PicturesAlways, "Text without pictures.", lead)
	d.Press("enter")
	d.Contains("Waves over the wall")
	if blocks(d) == 0 || !slices.Equal(w.asked, []string{lead.URL}) {
		t.Errorf("asked for %v, %d blocks", w.asked, blocks(d))
	}
	d, w = show(t, settings.PicturesAlways, "Text.\n\nMore.\n\nAnd more.\n\nAt last.\n\n![The same in small](https://harbour.example/i/storm-300x200.jpg?w=300)", lead)
	d.Press("enter")
	if !slices.Equal(w.asked, []string{"https://harbour.example/i/storm-300x200.jpg?w=300"}) {
		t.Errorf("asked for %v: it is in the text", w.asked)
	}
}

func TestKitty(t *testing.T) {
	d, _ := show(t, settings.PicturesAlways, illustrated)
	sent := func() string { s := strings.Join(d.Raw, ""); d.Raw = nil; return s }
	if s := sent(); s != "\x1b[16t" {
		t.Fatalf("before it is known, a terminal is sent %q", s)
	}
	d.Send(tea.TerminalVersionMsg{Name: "tmux 3.3a"})
	if s := sent(); s != "" {
		t.Fatalf("tmux is sent %q", s)
	}
	d.Send(tea.TerminalVersionMsg{Name: "kitty(0.42.1)"})
	if s := sent(); !strings.Contains(s, "a=q") {
		t.Fatalf("kitty is not asked: %q", s)
	}
	d.Press("enter")
	if blocks(d) == 0 {
		t.Fatal("before the answer there are no half blocks")
	}
	d.Send(uv.CellSizeEvent{Width: 8, Height: 16}, uv.KittyGraphicsEvent{Options: kitty.Options{ID: 31}, Payload: []byte("OK")})
	s := sent()
	if blocks(d) > 0 || strings.Count(s, "a=T") != 2 || !strings.Contains(d.Screen(), string(kitty.Placeholder)) {
		t.Fatalf("after the answer: %d blocks, sent %.200q\n%s", blocks(d), s, d.Screen())
	}
	d.Press("I")
	if s := sent(); strings.Count(s, "d=I") != 2 {
		t.Errorf("hidden pictures are not forgotten: %.200q", s)
	}
	d.Press("I")
	if s := sent(); strings.Count(s, "a=T") != 2 {
		t.Errorf("shown again, sent %.200q", s)
	}
	d.Press("q", "j")
	if s := sent(); strings.Count(s, "d=I") != 2 || strings.Contains(d.Screen(), string(kitty.Placeholder)) {
		t.Errorf("those of an article left are not forgotten: %.200q", s)
	}
}

func TestANoThatIsNotAnOKIsHalfBlocks(t *testing.T) {
	d, _ := show(t, settings.PicturesAlways, illustrated)
	d.Send(tea.TerminalVersionMsg{Name: "ghostty 1.2"}, uv.KittyGraphicsEvent{Options: kitty.Options{ID: 31}, Payload: []byte("ENOTSUPPORTED")})
	d.Press("enter")
	if blocks(d) == 0 {
		t.Errorf("no half blocks:\n%s", d.Screen())
	}
}
