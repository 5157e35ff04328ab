package theme

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"broadsheet/ui/cells"
)

// styles are the styles of a theme by name.
func styles(th *Theme) map[string]Style {
	all := map[string]Style{}
	v := reflect.ValueOf(*th)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Style); ok {
			all[v.Type().Field(i).Name] = s
		}
	}
	return all
}

func TestEveryTextCanBeRead(t *testing.T) {
	for _, variant := range []Variant{Dark, Light} {
		th := New(variant, cells.Wc)
		for name, s := range styles(th) {
			least := 4.5 // WCAG AA for text
			switch name {
			case "Border", "Rule", "Trough", "BorderFocused", "Bar":
				least = 1.4 // lines, not text
			case "Faint", "Saved", "Told":
				least = 3 // marks, separators, and what was read before
			}
			for _, paper := range []string{th.Paper, th.Cursor.Background, th.CursorResting.Background} {
				on := paper
				if s.Background != "" {
					on = s.Background
				}
				ink := s.Foreground
				if ink == "" {
					ink = th.Ink
				}
				if c := contrast(t, ink, on); c < least && !(name == "Border" || name == "Rule" || name == "Trough") {
					t.Errorf("variant %d: %s %s on %s has contrast %.1f, want %.1f", variant, name, ink, on, c, least)
				}
			}
		}
	}
}

// contrast is that of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var c [3]uint8
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
		t.Fatalf("%q is no colour", hex)
	}
	l := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		v := float64(c[i]) / 255
		if v <= .03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		l += weight * v
	}
	return l
}

func TestPlainHasNoColour(t *testing.T) {
	for name, s := range styles(New(Plain, cells.Wc)) {
		if s.Foreground != "" || s.Background != "" || strings.Contains(s.open, "8;") {
			t.Errorf("%s has a colour: %+v", name, s)
		}
	}
}

func TestRenderAndAppendAgree(t *testing.T) {
	th := New(Dark, cells.Wc)
	if got, want := string(th.Accent.Append(nil, "news", Style{})), th.Accent.Render("news"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := string(th.Accent.Append(nil, "news", th.Cursor)); !strings.Contains(got, th.Cursor.open) || !strings.HasSuffix(got, "news"+reset) {
		t.Errorf("on the cursor's background: %q", got)
	}
	if got := (Style{}).Render("news"); got != "news" {
		t.Errorf("no style renders %q", got)
	}
}
