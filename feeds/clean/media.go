package clean

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// image adds a picture to the paragraph; a pictured emoji is text.
func (b *builder) image(t *tag) {
	if b.dropped(t) {
		return
	}
	alt := line(t.alt, MaxLine)
	switch {
	case strings.Contains(t.class, "emoji") || strings.Contains(t.class, "smiley"):
		b.words([]byte(alt))
		return
	case t.class == "latex" || strings.Contains(t.class, "mwe-math"):
		b.formula = &formula{alt: alt}
		b.endFormula()
		return
	}
	if placeholder := t.src == "" || inlined(t.src); placeholder && t.srcset == "" {
		t.srcset = b.sources
	}
	b.sources = ""
	address := picture(t, b.base)
	if address == "" {
		return
	}
	link := b.link
	if link == b.self { // from a feed's teaser into the article that is open
		link = ""
	}
	title := line(t.title, MaxLine)
	if alt == "" {
		alt = title
	}
	if b.space && len(b.buf) > 0 {
		b.buf = append(b.buf, ' ')
		b.extend(span{look: b.spaced.look, link: b.spaced.link})
	}
	b.space, b.newline, b.breaks = false, false, 0
	at := len(b.buf)
	b.spans = append(b.spans, span{from: at, to: at, link: link, image: address, alt: alt})
	b.grow(len(address) + len(alt))
	if title != alt && strings.Count(title, " ") >= 3 { // a remark, as comics have, not a file name
		b.spans[len(b.spans)-1].remark = title
		keep := b.inline
		b.look, b.link = italic|added, ""
		b.breaks = 1
		b.words([]byte(title))
		b.inline = keep
		b.breaks = 1
	}
}

// embed adds a line with the link to what a player would play.
func (b *builder) embed(t *tag) {
	switch {
	case t.name == atom.Embed:
	case t.src == "" && t.name != atom.Iframe: // the address is in a source element
		b.flush()
		b.push(t.name, b.into)
		return
	default: // what is inside is for old browsers
		b.skip, b.skipped = t.name, 0
	}
	kind, address, ok := player(t, b.base)
	if !ok {
		return
	}
	switch t.name {
	case atom.Video:
		kind = "Video"
	case atom.Audio:
		kind = "Audio"
	}
	b.linkLine(kind, t.title, address)
}

// fallback adds what an iframe holds for those who cannot show it, if that is a
// part of the article and not a complaint about the browser. It is text to the
// tokenizer, and so is an iframe inside it, which is left out.
func (b *builder) fallback(raw []byte) {
	src := string(raw)
	if b.inside || complains(src) {
		return
	}
	inner := newBuilder(new(workspace), b.base, b.self, b.lenient)
	inner.inside = true
	inner.read(src)
	b.flush()
	for _, k := range inner.doc.kids {
		b.put(k)
	}
	b.grow(inner.size)
}

// complains knows what publishers write for browsers that cannot show something,
// or not yet.
func complains(s string) bool {
	s = strings.ToLower(cut(s, 4096))
	for _, word := range []string{"browser", "frame", "support", "javascript", "flash", "load", "laden", "charge", "carga", "navigat", "navegador", "…", "..."} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// source gives the address of the video or audio element it is in, or those of
// the picture that follows it in several sizes.
func (b *builder) source(t *tag) {
	if b.pre != nil {
		return
	}
	kind, in := "", atom.Atom(0)
	if n := len(b.stack); n > 0 {
		in = b.stack[n-1].name
	}
	switch in {
	case atom.Video:
		kind = "Video"
	case atom.Audio:
		kind = "Audio"
	default: // of a picture element, whose img follows
		if b.sources == "" && t.typ != "image/avif" {
			b.sources = t.srcset
		}
		return
	}
	if address, ok := canonical(t.src, b.base); ok {
		b.linkLine(kind, t.title, address)
		b.skip = in // one address is enough; the rest is for old browsers
		b.skipped = 0
		b.closeTo(in, false)
	}
}

func (b *builder) linkLine(kind, title, address string) {
	label := line(title, 200)
	if label == "" {
		label = address[strings.Index(address, "://")+3:]
		label, _, _ = strings.Cut(label, "/")
	}
	b.flush()
	keep := b.inline
	b.inline = inline{link: address, look: added}
	b.words([]byte(kind + ": " + label))
	b.flush()
	b.inline = keep
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
	if inlined(src) {
		return ""
	}
	address, ok := canonical(src, base)
	if !ok || counter(address) {
		return ""
	}
	return address
}

// drawing says where in a drawing the builder stands. The title of one that is
// large enough to be a figure is its text for those who cannot see it; that of a
// small one belongs to a button.
type drawing uint8

const (
	noDrawing drawing = iota
	inDrawing
	inTitle
)

// figureWidth is how many pixels wide an icon never is.
const figureWidth = 100

func drawingOf(t *tag) drawing {
	if n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(t.width), "px"), 64); t.name == atom.Svg && !t.hidden && err == nil && n >= figureWidth {
		return inDrawing
	}
	return noDrawing
}

// inlined reports whether an address is the picture itself: a placeholder until
// a script has loaded the real one.
func inlined(src string) bool { return strings.HasPrefix(strings.TrimSpace(src), "data:") }

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
		if id, found := strings.CutPrefix(u.Path, "/embed/"); found && plainID(id) && id != "videoseries" {
			address = "https://www.youtube.com/watch?v=" + id
		}
		return "Video", address, true
	case "player.vimeo.com":
		if id, found := strings.CutPrefix(u.Path, "/video/"); found && plainID(id) {
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

// plainID reports whether a part of a path, which is decoded, can be put into
// an address as it is.
func plainID(s string) bool {
	for i := 0; i < len(s); i++ {
		if !alphanumeric(s[i]) && s[i] != '-' && s[i] != '_' {
			return false
		}
	}
	return s != ""
}
