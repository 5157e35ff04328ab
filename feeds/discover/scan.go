package discover

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

const (
	maxTitle = 200     // bytes: a link's text may be a whole article
	maxToken = 1 << 20 // bytes: one tag or one run of text
)

// link is a <link> or an <a> as the page wrote it.
type link struct {
	declared  bool // a <link>
	rel       []string
	mediaType string // lower case, without parameters
	entry     bool   // declared to be a single Atom entry
	href      string
	title     string // the title attribute, else the text
	hint      string // what else the tag says of itself, lower case: its class, id and label
}

// scan reads the links of a page, and its first <base>. It looks at the tokens
// only: there is no tree that a hostile page could make deep.
func scan(page []byte) (base string, links []link) {
	z := html.NewTokenizer(bytes.NewReader(page))
	z.SetMaxBuf(maxToken)
	var text []byte // of the open <a>, whose place in links is open-1
	open := 0
	closeLink := func() {
		if open > 0 && links[open-1].title == "" {
			links[open-1].title = oneLine(string(text))
		}
		open, text = 0, text[:0]
	}
	for {
		switch z.Next() {
		case html.ErrorToken:
			closeLink()
			return base, links
		case html.TextToken:
			if open > 0 && len(text) < 4*maxTitle {
				text = append(text, z.Text()...)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "a" {
				closeLink()
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch string(name) {
			case "noscript":
				z.NextIsNotRawText() // links for those without scripts are for us
			case "base":
				if base == "" && more {
					base = readLink(z).href
				}
			case "link":
				if more {
					l := readLink(z)
					l.declared = true
					links = append(links, l)
				}
			case "a", "area":
				closeLink()
				if l := (link{}); more {
					if l = readLink(z); l.href != "" {
						links = append(links, l)
						open = len(links)
					}
				}
			}
		}
	}
}

func readLink(z *html.Tokenizer) link {
	var l link
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "rel":
			l.rel = strings.Fields(strings.ToLower(string(value)))
		case "type":
			l.mediaType, l.entry = mediaType(string(value))
		case "href":
			if l.href == "" {
				l.href = string(value)
			}
		case "title":
			l.title = oneLine(string(value))
		case "class", "id", "aria-label":
			l.hint += " " + strings.ToLower(string(value))
		}
	}
	return l
}

func mediaType(s string) (name string, entry bool) {
	name, parameters, _ := strings.Cut(strings.ToLower(s), ";")
	return strings.TrimSpace(name), strings.Contains(strings.ReplaceAll(parameters, " ", ""), "type=entry")
}

// oneLine folds white space and keeps a title's length in bounds.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxTitle {
		s = strings.ToValidUTF8(s[:maxTitle], "")
	}
	return s
}
