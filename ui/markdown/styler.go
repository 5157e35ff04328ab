package markdown

import (
	"bytes"

	"charm.land/glamour/v2/ansi"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"broadsheet/ui/theme"
)

// styler has glamour style the inlines of one paragraph.
type styler struct {
	render renderer.Renderer
	buf    bytes.Buffer
}

func newStyler(th *theme.Theme) *styler {
	glamour := ansi.NewRenderer(ansi.Options{Styles: ansi.StyleConfig{
		Emph:          ansi.StylePrimitive{Italic: yes()},
		Strong:        ansi.StylePrimitive{Bold: yes()},
		Strikethrough: ansi.StylePrimitive{CrossedOut: yes()},
		LinkText:      primitive(th.Link),
		Code:          ansi.StyleBlock{StylePrimitive: primitive(th.Code)},
	}})
	return &styler{render: renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(glamour, 1)))}
}

// style returns the styled text of a block, as glamour wrote it.
func (s *styler) style(source []byte, block ast.Node) ([]byte, error) {
	s.buf.Reset()
	err := s.render.Render(&s.buf, source, block)
	return s.buf.Bytes(), err
}

// yes is how glamour is told that something is on.
func yes() *bool {
	b := true
	return &b
}

// primitive is a token of the theme in glamour's terms.
func primitive(st theme.Style) ansi.StylePrimitive {
	var p ansi.StylePrimitive
	if st.Foreground != "" {
		p.Color = &st.Foreground
	}
	if st.Background != "" {
		p.BackgroundColor = &st.Background
	}
	if st.Bold {
		p.Bold = yes()
	}
	if st.Italic {
		p.Italic = yes()
	}
	if st.Underline {
		p.Underline = yes()
	}
	if st.Reverse {
		p.Inverse = yes()
	}
	return p
}
