// Package clean turns what comes from the network into what may be shown. It
// is the security boundary of the program: no byte of a feed reaches the
// terminal, a shell, a file path or a browser before it has passed here.
//
//	title := clean.Title(entry.Title)             // one line, markup and entities resolved
//	author := clean.Line(entry.Author)            // one line of plain text
//	link, ok := clean.URL(entry.Link, feed.URL)   // http(s), absolute, without tracking
//	body := clean.HTML(entry.Content, link)       // Markdown to render, text to search
//	excerpt := clean.Excerpt(body.Text)
//
// What every result holds to, whatever went in, is what Safe checks: valid
// UTF-8 of visible characters, spaces and (in bodies) line feeds. There are no
// control characters in it, no bidi or zero-width or tag characters, no
// private-use characters, no towers of combining marks. Right-to-left text
// itself stays, and so do the joiners that Persian and Indic spelling needs.
//
// HTML does not convert markup to markup. It reads tokens into a small document
// of our own, which can express paragraphs, headings, lists, quotes, tables,
// code, links and pictures and nothing else, and writes that out as Markdown:
//
//	bytes ─ tokens ─ builder ─ document ─┬─ writer ─ Markdown
//	    (quick, else  (prune)            └─ text ─── Text
//	     x/net/html)
//
// So each byte of the Markdown is one of our own marks, escaped text, or a
// canonical address. README.md says why it is done this way, and its cost.
//
// The functions are pure and safe for concurrent use, never fail and never
// panic; time and memory grow linearly with the input, which is cut at
// documented limits.
package clean

import (
	"broadsheet/feeds"
)

// Limits of what is read and of what is returned.
const (
	MaxLine    = 500     // runes of a Line or Title; a longer one ends in "…"
	MaxURL     = 4096    // bytes of a URL; a longer one is refused
	MaxSource  = 4 << 20 // bytes of HTML that are read
	MaxText    = 1 << 20 // bytes of Body.Text; a longer article ends in "…"
	MaxExcerpt = 300     // bytes of an Excerpt
	MaxDepth   = 8       // quotes and lists inside each other; deeper ones are flattened
	maxBlocks  = 10000   // paragraphs, items, rows, cells of one article; a longer one ends in "…"
	maxHeads   = 500     // headings; further ones are paragraphs (goldmark compares each with all before)
)

// Line returns plain text as one line that is safe to show: unsafe characters
// are gone, white space is folded, at most MaxLine runes are left. It resolves
// neither markup nor entities; see Title.
func Line(s string) string { return line(s, MaxLine) }

// Title returns a headline as one safe line. Feeds write headlines as text, as
// HTML, or as HTML that was escaped once too often: tags of inline markup are
// removed, and entities are resolved until none is left that a later reader
// could resolve into something else.
func Title(s string) string { return line(title(s), MaxLine) }

// HTML returns an article's content, which may be HTML or plain text, as
// Markdown that is safe to render and as text. Relative addresses are resolved
// against base, the address of the article.
func HTML(src, base string) feeds.Body {
	w := workspaces.Get().(*workspace)
	doc := w.build(src, base)
	body := feeds.Body{Markdown: w.markdown(doc), Text: w.plainText(doc)}
	w.release()
	return body
}

// URL returns the canonical form of an address, and whether it is one that may
// be followed: absolute, http or https, with a host. Relative ones are resolved
// against base. What does not select the page is left out: user and password,
// default port, fragment (unless it is #!, which does), and the parameters by
// which publishers and platforms track a visit. Everything else stays as it is,
// in its order; the result is ASCII.
func URL(raw, base string) (string, bool) { return canonical(raw, base) }

// Excerpt returns the beginning of a text as one line of at most MaxExcerpt
// bytes: whole sentences if they fill it well enough, else cut at a word.
func Excerpt(text string) string { return excerpt(text) }

// Words counts the words of a text. In scripts that do not separate words by
// spaces characters are counted instead: two of Chinese, Japanese or Korean, and
// five of Thai, Lao, Khmer or Burmese, make a word.
func Words(text string) int { return words(text) }

// Safe reports whether a string may be written to the terminal: what every
// result of this package satisfies. Line feeds are allowed.
func Safe(s string) bool { return safe(s) }
