package clean

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"charm.land/glamour/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
)

// What glamour writes itself: colours, and links to addresses it found in the
// Markdown. All else that it writes must be safe.
var (
	sgr       = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	torn      = regexp.MustCompile(`\s\p{Mn}+`)
	hyperlink = regexp.MustCompile(`\x1b\]8;[a-z0-9=:]*;((?:https?://|mailto:)[!-~]*)?\x07`)
)

// renderers are glamour as it may be set up, and goldmark as glamour sets it up.
type renderers struct {
	glamour []*glamour.TermRenderer
	html    goldmark.Markdown
}

func newRenderers(t testing.TB) *renderers {
	t.Helper()
	r := &renderers{html: goldmark.New(goldmark.WithExtensions(extension.GFM, extension.DefinitionList))}
	for _, options := range [][]glamour.TermRendererOption{
		{glamour.WithStandardStyle("dark"), glamour.WithWordWrap(60)},
		{glamour.WithStandardStyle("ascii"), glamour.WithWordWrap(0), glamour.WithInlineTableLinks(true)},
		{glamour.WithStandardStyle("notty"), glamour.WithWordWrap(20), glamour.WithPreservedNewLines()},
	} {
		g, err := glamour.NewTermRenderer(options...)
		if err != nil {
			t.Fatal(err)
		}
		r.glamour = append(r.glamour, g)
	}
	return r
}

// check renders Markdown and fails if that brings to light what clean hid.
func (r *renderers) check(t *testing.T, src string) {
	t.Helper()
	body := HTML(src, "https://example.org/a/")
	for i, g := range r.glamour {
		out, err := g.Render(body.Markdown)
		if err != nil {
			t.Fatal(err)
		}
		shown := hyperlink.ReplaceAllString(sgr.ReplaceAllString(out, ""), "")
		shown = strings.ReplaceAll(shown, "\u00a0", " ") // which it pads code with
		shown = torn.ReplaceAllString(shown, " ")        // where it wraps, a mark may lose its base
		if !Safe(shown) {
			t.Errorf("glamour %d makes of %+q\nMarkdown %+q\nunsafe %+q", i, src, body.Markdown, shown)
		}
	}
	page := r.page(t, body.Markdown)
	words, links := readPage(page)
	for _, link := range links {
		if !strings.HasPrefix(link, "http://") && !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "mailto:") {
			t.Errorf("%+q\nMarkdown %+q\nlinks to %q", src, body.Markdown, link)
		}
	}
	if strings.Contains(page, "raw HTML omitted") {
		t.Errorf("%+q\nMarkdown %+q\nholds HTML", src, body.Markdown)
	}
	if got, want := squeeze(words), squeeze(body.Text); got != want && !strings.Contains(body.Markdown, "![") {
		t.Errorf("%+q\nMarkdown %+q\nreads %+q\n instead %+q", src, body.Markdown, got, want)
	}
}

func (r *renderers) page(t *testing.T, markdown string) string {
	t.Helper()
	var page bytes.Buffer
	if err := r.html.Convert([]byte(markdown), &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// readPage returns the words of a page and the addresses it links to.
func readPage(page string) (words string, links []string) {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String(), links
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "href" || a.Key == "src" {
					links = append(links, a.Val)
				}
			}
		}
	}
}

// squeeze removes white space and the bars between cells.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '|' {
			return -1
		}
		return r
	}, s)
}

func TestRenderedItIsStillSafeAndReadsTheSame(t *testing.T) {
	r := newRenderers(t)
	for _, s := range hostile {
		r.check(t, s)
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	r := newRenderers(f)
	f.Fuzz(r.check)
}
