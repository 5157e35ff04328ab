package reader

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/markdown"
)

func TestAPageCountsRowsLinesAndAsides(t *testing.T) {
	g := &page{
		header: []string{"h0", "h1"}, footer: []string{"f0"},
		body:   markdown.Rendered{Lines: []string{"l0", "l1", "l2"}},
		asides: []aside{{0, []string{"a0"}}, {2, []string{"b0", "b1"}}, {3, []string{"c0"}}},
	}
	var got []string
	for row := range g.length() {
		what, rows, i := g.find(row)
		if what == inText {
			got = append(got, g.body.Lines[i])
			if g.rowOf(i) != row || g.lineAt(row) != i {
				t.Errorf("line %d stands in row %d, not %d; in that row is line %d", i, row, g.rowOf(i), g.lineAt(row))
			}
		} else {
			got = append(got, rows[i])
		}
	}
	if want := strings.Fields("h0 h1 a0 l0 l1 b0 b1 l2 c0 f0"); !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
	for row, line := range map[int]int{0: -2, 1: -1, 2: 0, 5: 2, 6: 2, 8: 3, 9: 3} {
		if got := g.lineAt(row); got != line {
			t.Errorf("at row %d is line %d, want %d", row, got, line)
		}
	}
}

func TestMarksCoverTheirWordsAcrossLines(t *testing.T) {
	p := opened(t, 34, 12, 0)
	p.SetBody(7, rendered(t, "The [bridge](https://example.org) across the harbour was closed, 市长今天下午说 so.", p.BodyWidth()))
	plain := drawn(p)
	for _, words := range []string{"bridge", "harbour was closed", "市长今天下午说", "bridge across", "so."} {
		at, ok := p.page.body.Locate(words, 0)
		if !ok {
			t.Fatalf("%q is not in the text", words)
		}
		p.mark(hit, dark.Match, at)
		if got := strings.Join(strings.Fields(lookedLike(p, dark.Match.Render("x"))), ""); got != strings.Join(strings.Fields(words), "") {
			t.Errorf("marked is %q, want %q", got, words)
		}
		exact(t, p, 34, 12)
		if got := drawn(p); got != plain {
			t.Errorf("marking %q moved the text:\n%s", words, got)
		}
	}
}

// lookedLike is all that is drawn in the style of an x, word by word.
func lookedLike(p *Pane, x string) string {
	open, _, _ := strings.Cut(x, "x")
	var b strings.Builder
	for _, l := range p.Lines(true) {
		for _, piece := range strings.Split(l, open)[1:] {
			words, _, _ := strings.Cut(piece, "\x1b[m")
			b.WriteString(cells.Strip(words) + " ")
		}
	}
	return b.String()
}
