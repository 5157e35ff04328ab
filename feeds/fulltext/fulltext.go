// Package fulltext finds the article on a web page.
//
//	page, err := fulltext.Extract(result.Body, result.URL, result.ContentType)
//	switch {
//	case errors.Is(err, fulltext.ErrPaywall): // page holds what is shown of it
//	case err != nil:                          // one plain sentence; the feed's own text stays
//	}
//	body := clean.HTML(page.HTML, result.URL) // the content is still hostile
//
// The way of a page:
//
//	bytes ─ decode ─ reduce ─ parse ─ prune ─┬─ readability ─┐
//	        charset   tokens   tree   furniture └─ marked body ─┴─ choose ─ trim ─ HTML
//
// What is pruned and trimmed, and why, is in README.md with the figures. All
// rules are about how pages are written, none about one site.
//
// It reads one page and asks the network nothing. Extract is pure, safe for
// concurrent use and never panics.
package fulltext

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"broadsheet/feeds/charset"
)

// Limits of what is read. A longer page is read as far as they go.
const (
	MaxSource   = 4 << 20 // bytes, decoded
	maxElements = 30000
	maxDepth    = 120 // elements inside each other; deeper ones are left out, their text stays
)

// Page is what was found on a web page. Its strings are valid UTF-8 and hostile.
type Page struct {
	Kind      Kind
	Title     string
	Byline    string    // names, as the page writes them; "" when it does not
	Summary   string    // the standfirst, or what the page says about itself
	Site      string    // the publisher's name
	Language  string    // BCP 47 as declared; "" when it is not
	Published time.Time // zero when unknown
	Image     string    // absolute address of the lead picture
	HTML      string    // the article's content; links and pictures are absolute where the page's base is known
	Text      string    // its words, a line for each paragraph, for measuring and scoring; feeds/clean makes the text to show
}

// Kind is what sort of page an article was found on.
type Kind uint8

const (
	Article  Kind = iota
	LiveBlog      // entries of one day, newest first mostly
	Gallery       // pictures, whose captions are the text
)

// Why there is no article. ErrPaywall comes with a Page that holds what is
// shown of the article, the other ones with an empty one or with metadata only.
var (
	ErrPaywall    = errors.New("the publisher shows only the beginning of this article to those who are not subscribed; the feed's own text is kept")
	ErrCookieWall = errors.New("the publisher shows this article only after a choice about cookies; open it in a browser, the feed's own text is kept")
	ErrEmpty      = errors.New("the page has no text of its own, it may need scripts; open it in a browser, the feed's own text is kept")
	ErrNotHTML    = errors.New("the link leads to something that is not a web page; open it in a browser, the feed's own text is kept")
)

// Extract finds the article on a page. The page may have any encoding;
// pageURL is its address and contentType the HTTP header's, "" if unknown.
func Extract(page []byte, pageURL, contentType string) (p Page, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = Page{}, fmt.Errorf("the page at %.200s is too broken to find its article; open it in a browser, the feed's own text is kept", pageURL)
		}
	}()
	if !isHTML(page, contentType) {
		return Page{}, ErrNotHTML
	}
	text, _ := charset.Decode(cut(page), contentType)
	reduced := reduce(cut(text))
	doc, err := html.Parse(strings.NewReader(reduced.html))
	if err != nil {
		return Page{}, fmt.Errorf("the page at %.200s is nested too deeply to find its article; open it in a browser, the feed's own text is kept", pageURL)
	}
	about := readMetadata(doc, reduced.data)
	base := baseOf(pageURL, about.base)
	seen := lookForWalls(doc)
	about.gallery = captions(doc)
	prune(doc)
	best := choose(doc, base)
	if best != nil {
		trim(best, base, about)
	}
	return finish(best, base, about, seen)
}

// baseOf is what the page's addresses are relative to.
func baseOf(pageURL, declared string) *url.URL {
	base, err := url.Parse(strings.TrimSpace(pageURL))
	if err != nil {
		base = &url.URL{}
	}
	if declared != "" {
		if b, err := base.Parse(strings.TrimSpace(declared)); err == nil && (b.Scheme == "http" || b.Scheme == "https") && b.Host != "" {
			return b
		}
	}
	return base
}
