package clean

import (
	"net/url"
	"strconv"
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
	name, more := z.TagName()
	t := tag{name: atom.Lookup(name)}
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
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
			case "data-src", "data-lazy-src", "data-original", "data-orig-file", "data-lazy", "data-url", "data-hi-res-src", "data-full-src":
				if len(val) > 0 { // what a script would put in place of the placeholder
					t.src = string(val)
				}
			case "data-srcset", "data-lazy-srcset":
				t.srcset = string(val)
			}
		}
	}
	return t
}

// dropped reports whether an element goes with all that is in it, because a
// browser would not show it or because it is not part of the article.
func (b *builder) dropped(t *tag) bool {
	switch t.name {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Object, atom.Applet, atom.Noembed,
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
	for _, rule := range []string{"display:none", "visibility:hidden", "mso-hide:all"} {
		if strings.Contains(s, rule) {
			return true
		}
	}
	for _, rule := range []string{"font-size:0", "opacity:0"} {
		if i := strings.Index(s, rule); i >= 0 && (i == 0 || s[i-1] == ';') {
			if rest := strings.TrimLeft(s[i+len(rule):], "px!important"); rest == "" || rest[0] == ';' {
				return true
			}
		}
	}
	return false
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

// picture returns the address of an img element, or "" for what is no picture
// of the article: placeholders, spacers, and the pixels that count readers.
func picture(t *tag, base string) string {
	if tiny(t.width) || tiny(t.height) {
		return ""
	}
	src := t.src
	if largest := fromSrcset(t.srcset); largest != "" {
		src = largest
	}
	if strings.HasPrefix(strings.TrimSpace(src), "data:") {
		return ""
	}
	address, ok := canonical(src, base)
	if !ok || counter(address) {
		return ""
	}
	return address
}

func tiny(size string) bool {
	size = strings.TrimSuffix(strings.TrimSpace(size), "px")
	n, err := strconv.ParseFloat(size, 64)
	return err == nil && n <= 3
}

// counter reports whether a picture is there to count who loads it.
func counter(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	host, p := u.Hostname(), strings.ToLower(u.Path)
	switch host {
	case "pixel.wp.com", "stats.wordpress.com", "pixel.quantserve.com", "www.google-analytics.com", "ad.doubleclick.net", "feeds.wordpress.com",
		"b.scorecardresearch.com", "sb.scorecardresearch.com", "pi.feedsportal.com", "res.feedsportal.com", "da.feedsportal.com", "rss.buysellads.com",
		"hits.guardian.co.uk", "counter.theconversation.com", "pixel.mathtag.com", "track.hubspot.com", "vg07.met.vgwort.de":
		return true
	}
	switch {
	case strings.HasSuffix(host, ".feedburner.com") && strings.HasPrefix(p, "/~"),
		strings.HasSuffix(host, ".feedsportal.com"), strings.HasSuffix(host, ".met.vgwort.de"), strings.HasSuffix(host, ".ivwbox.de"),
		strings.Contains(host, "doubleclick.net"):
		return true
	}
	switch p[strings.LastIndexByte(p, '/')+1:] {
	case "pixel.gif", "pixel.png", "spacer.gif", "blank.gif", "transparent.gif", "1x1.gif", "1x1.png", "count.gif", "clear.gif", "b.gif", "tracking.gif":
		return true
	}
	return false
}

// fromSrcset returns the candidate that suits reading best: the widest up to
// 1,600 pixels, else the narrowest.
func fromSrcset(set string) string {
	const most = 1600
	best, width := "", -1.0
	for n := 0; set != "" && n < 50; n++ {
		set = strings.TrimLeft(set, " \t\n\r,")
		end := strings.IndexAny(set, " \t\n\r")
		if end < 0 {
			end = len(set)
		}
		address := set[:end]
		set = set[end:]
		size := 0.0
		if trimmed := strings.TrimRight(address, ","); trimmed != address {
			address = trimmed // no descriptor
		} else {
			var desc string
			desc, set, _ = strings.Cut(set, ",")
			desc = strings.TrimSpace(desc)
			if desc != "" {
				size, _ = strconv.ParseFloat(desc[:len(desc)-1], 64)
				if desc[len(desc)-1] == 'x' {
					size *= 600
				}
			}
		}
		if address == "" || strings.HasPrefix(address, "data:") {
			continue
		}
		better := size > width
		if width > most {
			better = size < width
		} else if size > most {
			better = width < 0
		}
		if better {
			best, width = address, size
		}
	}
	return best
}

// player says what an embedded player shows and where it can be seen; ok is
// false for what is no content (advertisements, like buttons).
func player(t *tag, base string) (kind, address string, ok bool) {
	address, ok = canonical(t.src, base)
	if !ok {
		return "", "", false
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", "", false
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	switch host {
	case "youtube.com", "youtube-nocookie.com":
		if id, found := strings.CutPrefix(u.Path, "/embed/"); found && id != "" && !strings.Contains(id, "/") && id != "videoseries" {
			address = "https://www.youtube.com/watch?v=" + id
		}
		return "Video", address, true
	case "player.vimeo.com":
		if id, found := strings.CutPrefix(u.Path, "/video/"); found && id != "" {
			address = "https://vimeo.com/" + id
		}
		return "Video", address, true
	case "dailymotion.com", "geo.dailymotion.com", "vimeo.com", "player.twitch.tv", "embed.ted.com", "rumble.com", "odysee.com", "tiktok.com",
		"streamable.com", "players.brightcove.net", "cdn.jwplayer.com", "fast.wistia.net", "videopress.com":
		return "Video", address, true
	case "w.soundcloud.com", "open.spotify.com", "embed.podcasts.apple.com", "bandcamp.com", "embed.acast.com", "player.megaphone.fm",
		"html5-player.libsyn.com", "omny.fm", "anchor.fm", "podcasters.spotify.com", "share.transistor.fm", "player.simplecast.com", "embed.music.apple.com":
		return "Audio", address, true
	case "facebook.com", "platform.twitter.com", "googletagmanager.com", "tpc.googlesyndication.com", "googleads.g.doubleclick.net", "ads.google.com",
		"s7.addthis.com", "disqus.com", "google.com":
		if host == "facebook.com" && strings.Contains(u.Path, "video") {
			return "Video", address, true
		}
		if host == "google.com" && strings.HasPrefix(u.Path, "/maps") {
			return "Map", address, true
		}
		return "", "", false
	}
	return "Embedded", address, true
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
