package markdown

import (
	"context"
	"fmt"
	"strings"

	"broadsheet/ui/theme"
)

// Column is the width of a line that reads well, and what to ask for unless the
// reader wants another.
const Column = 72

// Limits on what is rendered. An article beyond them is cut, and says so.
const (
	maxBytes  = 1 << 20
	maxBlocks = 40000
	maxDepth  = 8
	headBytes = 3 << 10
)

// Rendered is an article laid out for one width and theme. It is read only.
type Rendered struct {
	Lines   []string // each at most as wide as asked, holding SGR and OSC 8 only
	Links   []Link   // in order; Links[i].N is i+1
	Text    string   // the words alone; what stands where is told by Blocks and Pieces
	Blocks  []Block  // in order
	Width   int      // as asked
	Partial bool     // only the beginning: the rest is still being rendered
	Cut     bool     // the article was too long; what lies beyond is left out

	spots []spot  // pieces, line by line
	ends  []int32 // of each line, how many spots there are up to its end
	hangs []hang  // in the order of their lines
}

// Link is an address of the article's text, shown there by its number.
type Link struct {
	N       int
	URL     string // http, https or mailto
	Text    string
	Picture bool
	Line    int // where its number stands
}

// Renderer renders articles in one theme. It is for one goroutine at a time.
type Renderer struct {
	theme  *theme.Theme
	styler *styler
}

// New makes a Renderer.
func New(th *theme.Theme) *Renderer {
	return &Renderer{theme: th, styler: newStyler(th)}
}

// Head renders the beginning of an article, enough for a first screen. Its
// lines are the first lines of what Render gives, but for its last block.
func (r *Renderer) Head(ctx context.Context, source string, width int) (Rendered, error) {
	head, whole := beginning(source)
	out, err := r.Render(ctx, head, width)
	out.Partial = !whole
	return out, err
}

// Render renders an article. It stops with an error when ctx ends.
func (r *Renderer) Render(ctx context.Context, source string, width int) (out Rendered, err error) {
	if width <= 0 {
		return Rendered{}, nil
	}
	text, cut := guard(source, maxBytes)
	defer func() {
		// An article that goldmark or the styler fall over is still to be read.
		if recover() != nil {
			r.styler = newStyler(r.theme)
			out, err = r.unstyled(ctx, text, width), nil
			out.Cut = cut
		}
	}()
	out = Rendered{Width: width, Cut: cut}
	l := &layout{ctx: ctx, r: r, source: []byte(text), width: width, out: &out}
	l.blocks(parse(l.source))
	if l.stopped {
		return Rendered{Width: width}, fmt.Errorf("rendering the article was stopped: %w", ctx.Err())
	}
	l.finish()
	return out, nil
}

// unstyled is the Markdown as it stands, wrapped.
func (r *Renderer) unstyled(ctx context.Context, source string, width int) Rendered {
	out := Rendered{Width: width}
	l := &layout{ctx: ctx, r: r, width: width, out: &out}
	for line := range strings.Lines(source) {
		text := safe(strings.TrimRight(line, "\n"))
		if strings.TrimSpace(text) == "" {
			l.gap = true
			continue
		}
		l.leaf(&Block{Kind: Paragraph}, func() { l.flow(whole(text), open(r.theme.Text)) })
	}
	l.finish()
	return out
}
