package markdown

import (
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"broadsheet/ui/theme"
)

// A styler writes the inlines of one paragraph as they look. No library does:
// glamour, which is made for it, brings along a highlighter of code whose start
// takes as long as all else up to the first screen.
type styler struct {
	link, code theme.Style
	opens      map[looks]string // what begins a text of these looks
	source     []byte
	out        []byte
}

// looks are what is in force for a text.
type looks struct{ link, code, bold, italic, struck bool }

func newStyler(th *theme.Theme) *styler {
	return &styler{link: th.Link, code: th.Code, opens: map[looks]string{}}
}

// style returns the styled text of what copyInlines made. It is valid until the
// next call.
func (s *styler) style(source []byte, block ast.Node) []byte {
	s.source, s.out = source, s.out[:0]
	s.children(block, looks{})
	return s.out
}

func (s *styler) children(n ast.Node, on looks) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in := on
		switch c := c.(type) {
		case *ast.Text:
			s.text(c.Segment.Value(s.source), on)
			continue
		case *ast.CodeSpan:
			in.code = true
		case *ast.Emphasis:
			in.bold, in.italic = on.bold || c.Level > 1, on.italic || c.Level == 1
		case *extast.Strikethrough:
			in.struck = true
		case *ast.Link:
			in.link = true
		}
		s.children(c, in)
	}
}

func (s *styler) text(text []byte, on looks) {
	open, known := s.opens[on]
	if !known {
		open = s.open(on)
		s.opens[on] = open
	}
	s.out = append(append(s.out, open...), text...)
	if open != "" {
		s.out = append(s.out, ansi.ResetStyle...)
	}
}

// open is the sequence of some looks. The colours of code go before a link's.
func (s *styler) open(on looks) string {
	var st theme.Style
	if on.link {
		st = s.link
	}
	if on.code {
		if s.code.Foreground != "" {
			st.Foreground = s.code.Foreground
		}
		if s.code.Background != "" {
			st.Background = s.code.Background
		}
		st.Bold, st.Italic = st.Bold || s.code.Bold, st.Italic || s.code.Italic
		st.Underline, st.Reverse = st.Underline || s.code.Underline, st.Reverse || s.code.Reverse
	}
	var a ansi.Style
	if st.Foreground != "" {
		a = a.ForegroundColor(lipgloss.Color(st.Foreground))
	}
	if st.Background != "" {
		a = a.BackgroundColor(lipgloss.Color(st.Background))
	}
	if st.Underline {
		a = a.Underline(true)
	}
	if st.Bold || on.bold {
		a = a.Bold()
	}
	if st.Italic || on.italic {
		a = a.Italic(true)
	}
	if on.struck {
		a = a.Strikethrough(true)
	}
	if st.Reverse {
		a = a.Reverse(true)
	}
	if len(a) == 0 {
		return ""
	}
	return a.String()
}
