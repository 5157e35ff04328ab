package parse

import (
	"math"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
)

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
		return r != '-' && (r > 'z' || !isDigit(byte(r)) && (byte(r)|0x20 < 'a' || byte(r)|0x20 > 'z'))
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

// enclosureAddress is an enclosure's URL; one whose closing quote was missing
// goes on into the next attribute.
func enclosureAddress(s string) string {
	s = cleanAddress(s)
	if before, _, ok := strings.Cut(s, " "); ok && isWeb(s) {
		return before
	}
	return s
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// settle makes the addresses absolute, and the entries' bases known.
func (d *Document) settle(url string) {
	from := baseOf(url)
	d.Link = from.join(cleanAddress(d.Link))
	if site := baseOf(d.Link); site.url != nil {
		from = site
	}
	for i := range d.Entries {
		e := &d.Entries[i]
		b := baseOf(e.Base)
		if b.url == nil {
			b = from
		}
		e.Link = b.join(cleanAddress(e.Link))
		e.Base = b.String()
		for k := range e.Enclosures {
			e.Enclosures[k].URL = b.join(e.Enclosures[k].URL)
		}
		if e.Published.IsZero() {
			e.Published = e.Updated
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
