package clean

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tag is a start tag with those attributes that matter here.
type tag struct {
	name atom.Atom

	class, id, style, role, typ, title, alt string
	href, src, srcset, poster               string
	width, height, start, encoding, alttext string
	hidden                                  bool
}

// readTag reads the tag the tokenizer stands on.
func readTag(z *html.Tokenizer) tag {
	if name, ok := bareTag(z.Raw()); ok {
		return tag{name: name}
	}
	name, more := z.TagName()
	t := tag{name: atom.Lookup(bytes.TrimPrefix(name, []byte("amp-")))} // amp-img is an img that loads later
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		t.set(key, val)
	}
	return t
}

// set takes up an attribute if it matters.
func (t *tag) set(key, val []byte) {
	switch atom.Lookup(key) {
	case atom.Class:
		t.class = strings.ToLower(string(val))
	case atom.Id:
		t.id = strings.ToLower(string(val))
	case atom.Style:
		t.style = strings.ToLower(string(val))
	case atom.Type:
		t.typ = string(val)
	case atom.Title:
		t.title = string(val)
	case atom.Alt:
		t.alt = string(val)
	case atom.Href:
		t.href = string(val)
	case atom.Src, atom.Data:
		if t.src == "" {
			t.src = string(val)
		}
	case atom.Srcset:
		if t.srcset == "" {
			t.srcset = string(val)
		}
	case atom.Poster:
		t.poster = string(val)
	case atom.Width:
		t.width = string(val)
	case atom.Height:
		t.height = string(val)
	case atom.Start:
		t.start = string(val)
	case atom.Hidden:
		t.hidden = true
	default:
		switch string(key) {
		case "encoding":
			t.encoding = string(val)
		case "alttext":
			t.alttext = string(val)
		case "role":
			t.role = strings.ToLower(string(val))
		case "aria-hidden":
			t.hidden = t.hidden || string(val) == "true"
		case "data-src", "data-lazy-src", "data-original", "data-lazy", "data-hi-res-src":
			if len(val) > 0 { // what a script would put in place of the placeholder
				t.src = string(val)
			}
		case "data-srcset", "data-lazy-srcset":
			t.srcset = string(val)
		}
	}
}

// dropped reports whether an element goes with all that is in it, because a
// browser would not show it or because it is not part of the article.
func (b *builder) dropped(t *tag) bool {
	switch t.name {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Noembed,
		atom.Noframes, atom.Head, atom.Title, atom.Select, atom.Button, atom.Textarea, atom.Datalist, atom.Canvas, atom.Frameset, atom.Map:
		return true
	case atom.Form, atom.Nav, atom.Dialog:
		return !b.lenient
	}
	if b.lenient {
		return false
	}
	return t.hidden || hiding(t.style) || furniture(t.class) || furniture(t.id)
}

// hiding reports whether a style hides what has it. "font-size:0" and
// "opacity:0" do not count: letters from mailing systems are laid out with the
// one, and pictures fade in from the other.
func hiding(style string) bool {
	if style == "" {
		return false
	}
	s := strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, style)
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "mso-hide:all")
}

// furniture knows the class names and ids of what publishing systems add to an
// article: share buttons, related links, subscription boxes, and text for
// screen readers that repeats what is seen.
func furniture(names string) bool {
	for names != "" {
		var name string
		names = strings.TrimLeft(names, " \t\n\r\f")
		if i := strings.IndexAny(names, " \t\n\r\f"); i >= 0 {
			name, names = names[:i], names[i:]
		} else {
			name, names = names, ""
		}
		switch name {
		case "sharedaddy", "sd-sharing", "sd-like", "jp-relatedposts", "feedflare", "addtoany_share_save_container", "a2a_kit",
			"addthis_toolbox", "addthis_inline_share_toolbox", "sharethis", "sharethis-inline-share-buttons", "share-buttons", "sharebuttons",
			"share-links", "share-tools", "share-bar", "social-share", "social-sharing", "social-links", "social-icons", "social-buttons",
			"ssba", "shariff", "heateor_sss_sharing_container", "swp_social_panel", "simplesocialbuttons", "essb_links", "dpsp-content-wrapper",
			"yarpp", "yarpp-related", "crp_related", "wp-block-jetpack-subscriptions", "jetpack_subscription_widget", "mc4wp-form",
			"subscription-widget", "subscription-widget-wrap", "subscription-widget-wrap-editor", "newsletter-signup", "wp-block-social-links",
			"wp-block-jetpack-sharing-buttons", "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "mejs-offscreen",
			"gutter", "linenos", "lineno", "line-numbers-rows", "adsbygoogle", "advertisement", "ad-container", "google-auto-placed",
			"header-anchor", "headerlink", "anchorjs-link", "mw-editsection", "katex-html", "mathjax_preview":
			return true
		}
		for _, prefix := range []string{"addthis_", "addtoany_", "st_sharethis", "div-gpt-ad", "taboola", "outbrain", "sharedaddy-"} {
			if strings.HasPrefix(name, prefix) {
				return true
			}
		}
	}
	return false
}

// language returns the language of a code block that its class names.
func language(class string) string {
	for class != "" {
		var name string
		name, class, _ = strings.Cut(strings.TrimLeft(class, " \t\n"), " ")
		if name == "brush:" { // SyntaxHighlighter
			name, _, _ = strings.Cut(strings.TrimLeft(class, " "), ";")
			name = "brush-" + name
		}
		for _, prefix := range []string{"language-", "lang-", "highlight-source-", "brush-", "highlight-"} {
			if lang, ok := strings.CutPrefix(name, prefix); ok && codeName(lang) {
				return lang
			}
		}
	}
	return ""
}

func codeName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '#' || c == '-') {
			return false
		}
	}
	return s != "" && len(s) <= 20
}
