package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// follow returns the canonical address of a link, "" if it may not be followed
// or leads nowhere but into the article itself.
func (b *builder) follow(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "#!") {
		return ""
	}
	if len(href) > 7 && strings.EqualFold(href[:7], "mailto:") {
		return mailto(href[7:])
	}
	address, ok := canonical(href, b.base)
	if !ok {
		return ""
	}
	return address
}

// mailto returns a mail address as a link, without subject and text.
func mailto(address string) string {
	address, _, _ = strings.Cut(address, "?")
	if !mailAddress(address) {
		return ""
	}
	return "mailto:" + address
}

func mailAddress(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || len(s) > 254 || !strings.Contains(host, ".") || !hostname(strings.ToLower(host)) {
		return false
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("._+-", c) >= 0) {
			return false
		}
	}
	return true
}

// linkify makes links of bare addresses in a paragraph. All are made here and
// none is left to the renderer, which would link other schemes too, and take
// our escapes for parts of the address.
func linkify(text string, spans []span) []span {
	if !addressed(text) {
		return spans
	}
	var out []span
	for _, s := range spans {
		if s.link != "" || s.image != "" || s.look&monospace != 0 {
			out = append(out, s)
			continue
		}
		for s.from < s.to {
			from, to, address := bareAddress(text[s.from:s.to])
			if address == "" {
				break
			}
			if from > 0 {
				out = append(out, span{from: s.from, to: s.from + from, look: s.look})
			}
			out = append(out, span{from: s.from + from, to: s.from + to, look: s.look, link: address})
			s.from += to
		}
		if s.from < s.to {
			out = append(out, s)
		}
	}
	return out
}

// addressed reports whether "://" or "www." is in s. It goes from one to the next of
// their bytes that are rare; a "w" stands in every third word.
func addressed(s string) bool {
	for _, rest, more := strings.Cut(s, ":"); more; _, rest, more = strings.Cut(rest, ":") {
		if strings.HasPrefix(rest, "//") {
			return true
		}
	}
	for before, rest, more := strings.Cut(s, "."); more; before, rest, more = strings.Cut(rest, ".") {
		if strings.HasSuffix(before, "www") {
			return true
		}
	}
	return false
}

// bareAddress finds the first address in s.
func bareAddress(s string) (from, to int, address string) {
	for i := 0; i < len(s); {
		at := nextAddress(s[i:])
		if at < 0 {
			return 0, 0, ""
		}
		from = i + at
		to = from + addressEnd(s[from:])
		prev, _ := utf8.DecodeLastRuneInString(s[:from])
		if from == 0 || !unicode.IsLetter(prev) && !unicode.IsDigit(prev) || ideographic(prev) {
			raw := s[from:to]
			if raw[0]|0x20 == 'w' {
				raw = "http://" + raw
			}
			if address, ok := canonical(raw, ""); ok && strings.Contains(address[8:], ".") {
				return from, to, address
			}
		}
		i = to
	}
	return 0, 0, ""
}

// nextAddress returns where s next reads "http://", "https://" or "www.".
func nextAddress(s string) int {
	for i := 0; i < len(s); {
		at := strings.IndexAny(s[i:], "hHwW")
		if at < 0 {
			return -1
		}
		i += at
		if opening(s[i:]) {
			return i
		}
		i++
	}
	return -1
}

func opening(s string) bool {
	for _, p := range [...]string{"http://", "https://", "www."} {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
			return true
		}
	}
	return false
}

// addressEnd returns how far an address that s begins with reaches: up to what
// cannot be part of one, without the punctuation of the sentence around it.
func addressEnd(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("<>\"`{}|\\^", r) || ideographic(r) || (r > 0x7f && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r))
	})
	if end < 0 {
		end = len(s)
	}
	open := strings.Count(s[:end], "(") - strings.Count(s[:end], ")")
	for end > 1 {
		switch s[end-1] {
		case '.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', ']', '[', '(':
		case ')':
			if open >= 0 {
				return end
			}
			open++
		default:
			return end
		}
		end--
	}
	return end
}
