package line

import (
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// texts are ones that terminals disagree about.
var texts = []string{
	"", "plain", "Île-de-France", "東京で桜が満開", "عاجل: قمة المناخ", "👩‍👩‍👧‍👦 family", "👍🏽 thumbs", "❤️ heart",
	"🇦🇺 Australia", "e\u0301 combining", "z\u0335\u0321\u0322 zalgo", "नमस्ते दुनिया", "ไทยน้ำ", "☎︎ text",
}

func TestLineIsExactlyItsWidth(t *testing.T) {
	for _, variant := range []theme.Variant{theme.Dark, theme.Light, theme.Plain} {
		for _, measure := range []cells.Measure{cells.Wc, cells.Grapheme} {
			th := theme.New(variant, measure)
			for _, text := range texts {
				for _, on := range []theme.Style{{}, th.Cursor} {
					for width := range 30 {
						var l Builder
						l.ResetOn(th, width, on)
						l.Add(th.Unread, "● ")
						l.AddTo(th.Text, cells.Fold(text), width-4)
						l.Right(th.Muted, "12m")
						if w := cells.Width(measure, l.String()); w != width {
							t.Fatalf("a line with %q is %d columns wide, want %d", text, w, width)
						}
					}
				}
			}
		}
	}
}

func TestWhatDoesNotFitIsCut(t *testing.T) {
	th := theme.New(theme.Plain, cells.Wc)
	var l Builder
	l.Reset(th, 20)
	l.Add(th.Text, "The Harbour Times reports")
	if got, want := l.String(), "The Harbour Times r…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.Reset(th, 20)
	l.AddTo(th.Text, "The Harbour Times", 12)
	l.Right(th.Text, "12m")
	if got, want := l.String(), "The Harbour…     12m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
