package ui_test

import (
	"errors"
	"image/color"
	"regexp"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/keys"
	"broadsheet/ui/uitest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// allKeys are all keys that do something, but for those that leave, and for the
// one that gives an article to a command: nobody knows what random letters run.
func allKeys() []string {
	var list []string
	for _, b := range keys.Default().Rows() {
		if b.Action != keys.Quit && b.Action != keys.Suspend && b.Action != keys.Browser && b.Action != keys.Pipe {
			list = append(list, b.Keys...)
		}
	}
	return list
}

// TestEverySizeIsDrawnWhole walks through the screens at every width and
// height that matters; the driver checks each picture's rows and columns.
func TestEverySizeIsDrawnWhole(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 100, 30)
	for _, width := range []int{1, 2, 10, 20, 29, 30, 31, 40, 59, 60, 79, 80, 81, 100, 119, 120, 121, 160, 200} {
		for _, height := range []int{1, 2, 5, 7, 8, 9, 12, 16, 17, 18, 24, 40, 60} {
			d.Resize(width, height)
			d.Press("1", "2", "j", "3", "space", "4", "j", "?", "G", "esc", "/")
			d.Type("quay")
			d.Press("down", "esc", "2", "+", "_", "g", "t", "j", "G", "esc", "c", "j", "l", "G", "esc")
		}
	}
}

func FuzzKeysAndSizes(f *testing.F) {
	f.Add([]byte("jjj\x00\x05\x10kkGg"), uint8(120), uint8(40))
	f.Add([]byte{200, 3, 201, 30, 7, 9, 202, 80, 240}, uint8(80), uint8(24))
	f.Add([]byte{20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34}, uint8(30), uint8(8))
	all := allKeys()
	f.Fuzz(func(t *testing.T, script []byte, width, height uint8) {
		t.Chdir(t.TempDir()) // there is a key that saves the article to a file
		d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), int(width)+1, int(height)+1)
		for i, b := range script[:min(len(script), 40)] {
			switch {
			case int(b) < len(all):
				d.Press(all[b])
			case b < 200:
				d.Type(string(rune(b)))
			case b < 220:
				d.Send(tea.MouseClickMsg{X: i * 7, Y: int(b) - 200, Button: tea.MouseLeft})
			case b < 230:
				d.Send(tea.MouseWheelMsg{X: i * 5, Y: int(b) - 215, Button: tea.MouseWheelDown})
			default:
				d.Resize(int(script[(i+1)%len(script)])+1, int(b)-229)
			}
			if d.Quit {
				return
			}
		}
	})
}

var colourCode = regexp.MustCompile("\x1b\\[[0-9;:]*[34]8[;:]")

func TestNoColour(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 120, 40)
	if !colourCode.MatchString(d.App.View().Content) {
		t.Fatal("there is no colour to begin with")
	}
	d.Send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	d.Press("j", "?", "esc", "enter", "4")
	if at := colourCode.FindString(d.App.View().Content); at != "" {
		t.Errorf("the screen has colour without colours: %q", at)
	}
	d.Contains("●", "▌") // what colour said is still said
}

func TestLightAndDark(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 120, 40)
	dark := d.App.View()
	d.Send(tea.BackgroundColorMsg{Color: color.White})
	light := d.App.View()
	if light.Content == dark.Content {
		t.Error("a light terminal looks like a dark one")
	}
	if light.BackgroundColor != nil || dark.BackgroundColor != nil {
		t.Error("the terminal's own background is not left alone")
	}

	deps := uitest.Deps(uitest.NewLibrary())
	deps.Settings.Theme = "dark"
	d = uitest.New(t, deps, 120, 40)
	d.Send(tea.BackgroundColorMsg{Color: color.White})
	if v := d.App.View(); v.Content != dark.Content || v.BackgroundColor == nil {
		t.Error("the theme of the settings does not rule on a light terminal")
	}
}

func TestGraphemeWidths(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 120, 40)
	d.Measure = ansi.GraphemeWidth
	d.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	d.Press("1", "G", "k", "k", "k", "k", "enter", "j", "j", "j", "enter", "]", "?", "esc")
}

func TestErrorsOfTheLibraryAreSaid(t *testing.T) {
	deps := uitest.Deps(uitest.NewLibrary())
	deps.Library = unreadable{uitest.NewLibrary()}
	d := uitest.New(t, deps, 120, 20)
	d.Contains("the library is damaged")
	d.Press("j", "G", "enter", "A", "n", "F")
}

func TestErrorsStandInTheDialogThatAskedForWhatCannotBeRead(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	deps.Library = unread{l}
	d := uitest.New(t, deps, 120, 30)
	d.Press("c")
	d.Contains("Compare ─", "the library is damaged: run broadsheet check --repair")
	d.Press("q", "t")
	d.Contains("Story ─", "the library is damaged: run broadsheet check --repair")
}

// unread is a library whose stories cannot be read one by one.
type unread struct{ *uitest.Library }

func (unread) Story(feeds.StoryID) (feeds.Story, error) {
	return feeds.Story{}, errors.New("the library is damaged: run broadsheet check --repair")
}

// unreadable is a library whose pages cannot be read.
type unreadable struct{ *uitest.Library }

func (unreadable) Count(feeds.View) (feeds.Counts, error) {
	return feeds.Counts{}, errors.New("the library is damaged: run broadsheet check --repair")
}

func (unreadable) Stories(time.Time) ([]feeds.Story, error) {
	return nil, errors.New("the library is damaged: run broadsheet check --repair")
}

func (unreadable) Body(feeds.ArticleID) (feeds.Body, error) {
	return feeds.Body{}, errors.New("the library is damaged: run broadsheet check --repair")
}
