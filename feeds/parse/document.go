package parse

import (
	"math"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"

	"broadsheet/feeds"
)

// fields are the elements of a feed or item that gofeed keeps as extensions.
type fields ext.Extensions

// first is the text of the first of the named elements that has any.
func (f fields) first(names ...string) string {
	for _, name := range names {
		prefix, local, _ := strings.Cut(name, ":")
		for _, e := range f[prefix][local] {
			if e.Value != "" {
				return e.Value
			}
		}
	}
	return ""
}

// all joins the texts of every element of that name.
func (f fields) all(name string) string {
	prefix, local, _ := strings.Cut(name, ":")
	var texts []string
	for _, e := range f[prefix][local] {
		if e.Value != "" {
			texts = append(texts, e.Value)
		}
	}
	return strings.Join(texts, ", ")
}

// date is the first of the named elements that can be read as a date.
func (f fields) date(p *problems, names ...string) time.Time {
	for _, name := range names {
		text := f.first(name)
		if text == "" {
			continue
		}
		if t, ok := parseDate(text); ok {
			return t
		}
		p.add("a date could not be read")
	}
	return time.Time{}
}

// cleanAddress drops the line breaks and spaces that editors put into
// addresses.
func cleanAddress(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, s)
}

// languageTag is a language as BCP 47 writes it; "" for what is none.
func languageTag(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	s = strings.ReplaceAll(s, "_", "-")
	if len(s) > 35 || strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r > 'z' || !isDigit(byte(r), 10) && (byte(r)|0x20 < 'a' || byte(r)|0x20 > 'z'))
	}) {
		return ""
	}
	return s
}

// isWeb reports whether an id can serve as the address of an article.
func isWeb(s string) bool {
	s = strings.ToLower(s[:min(len(s), 8)])
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// authorName is the name in what RSS has for authors: an address with the name
// in brackets, or the other way round.
func authorName(s string) string {
	s = strings.TrimSpace(s)
	for _, brackets := range []string{"()", "<>"} {
		before, rest, ok := strings.Cut(s, brackets[:1])
		inside, _, closed := strings.Cut(rest, brackets[1:])
		before, inside = strings.TrimSpace(before), strings.TrimSpace(inside)
		if !ok || !closed || inside == "" {
			continue
		}
		switch {
		case strings.Contains(before, "@") || before == "":
			return inside
		case strings.Contains(inside, "@"):
			return before
		}
	}
	return strings.TrimPrefix(s, "mailto:")
}

// media is what Media RSS, iTunes and RSS say comes with the article.
func (f fields) media(list []feeds.Enclosure) []feeds.Enclosure {
	play := playTime(f.first("itunes:duration"))
	for _, c := range f["media"]["content"] {
		address := cleanAddress(c.Attrs["url"])
		if address == "" {
			continue
		}
		e := feeds.Enclosure{URL: address, Type: c.Attrs["type"], Length: size(c.Attrs["filesize"]), Play: playTime(c.Attrs["duration"])}
		if e.Type == "" && c.Attrs["medium"] != "" {
			e.Type = c.Attrs["medium"] + "/*"
		}
		list = addEnclosure(list, e)
	}
	for i := range list {
		if kind, _, _ := strings.Cut(list[i].Type, "/"); list[i].Play == 0 && kind != "image" {
			list[i].Play = play
		}
	}
	return list
}

const maxEnclosures = 64

// addEnclosure adds a file, or what it tells about one that is there.
func addEnclosure(list []feeds.Enclosure, e feeds.Enclosure) []feeds.Enclosure {
	for i := range list {
		if list[i].URL == e.URL {
			list[i].Play = max(list[i].Play, e.Play)
			list[i].Length = max(list[i].Length, e.Length)
			return list
		}
	}
	if e.URL == "" || len(list) >= maxEnclosures {
		return list
	}
	return append(list, e)
}

// size reads a number of bytes; 0 when it is none.
func size(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// playTime reads 3600, 59:59 and 1:59:59; 0 when it is none of them.
func playTime(s string) time.Duration {
	parts := strings.Split(strings.TrimSpace(s), ":")
	if len(parts) > 3 {
		return 0
	}
	seconds := 0.0
	for _, part := range parts {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || n < 0 || math.IsNaN(n) {
			return 0
		}
		seconds = seconds*60 + n
	}
	if seconds > maxPlay.Seconds() {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Second)
}

const (
	maxPlay = 1000 * time.Hour
	maxTTL  = 365 * 24 * time.Hour
)

// ttl is how long a publisher asks to wait: in minutes, or as so many times a
// period.
func (f fields) ttl(minutes string) time.Duration {
	if n := size(minutes); n > 0 {
		return min(time.Duration(min(n, 1<<20))*time.Minute, maxTTL)
	}
	var period time.Duration
	switch strings.ToLower(f.first("sy:updateperiod")) {
	case "hourly":
		period = time.Hour
	case "daily":
		period = 24 * time.Hour
	case "weekly":
		period = 7 * 24 * time.Hour
	case "monthly":
		period = 30 * 24 * time.Hour
	case "yearly":
		period = maxTTL
	}
	if n := size(f.first("sy:updatefrequency")); n > 1 {
		period /= time.Duration(n)
	}
	return period
}
