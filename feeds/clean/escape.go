package clean

import (
	"strings"
)

// The escapes below are those that CommonMark and glamour both undo. Glamour
// leaves the backslash standing before some characters, "~", "&" and ":" among
// them, but resolves entities in text, so for these entities are used.

// special are the bytes that escape may have to do something about.
var special = [256]uint8{'\\': 1, '`': 1, '*': 1, '_': 1, '[': 1, ']': 1, '<': 1, '|': 1, '~': 1, '&': 1, ':': 1, '.': 1, '\n': 1}

// ordinary returns how many bytes s begins with that are not special.
func ordinary(s string) int {
	n := 0
	for ; len(s)-n >= 8; n += 8 {
		at := s[n : n+8]
		if special[at[0]]|special[at[1]]|special[at[2]]|special[at[3]]|special[at[4]]|special[at[5]]|special[at[6]]|special[at[7]] != 0 {
			break
		}
	}
	for n < len(s) && special[s[n]] == 0 {
		n++
	}
	return n
}

// escape writes text so that it reads as itself.
func (p *phrase) escape(s string) {
	for i := 0; i < len(s); {
		p.marked = false
		if p.begins {
			p.begins = false
			if n := p.lineStart(s[i:]); n > 0 {
				i += n
				continue
			}
		}
		n := ordinary(s[i:])
		p.w.out = append(p.w.out, s[i:i+n]...)
		i += n
		if i < len(s) {
			p.escapeByte(s, i)
			i++
		}
	}
}

// escapeByte writes the special byte at i.
func (p *phrase) escapeByte(s string, i int) {
	w := p.w
	switch c := s[i]; c {
	case '_':
		if i > 0 && i+1 < len(s) && alphanumeric(s[i-1]) && alphanumeric(s[i+1]) {
			w.out = append(w.out, c) // inside a word it is no mark
			return
		}
		w.out = append(w.out, '\\', c)
	case '|':
		if w.cell {
			w.out = append(w.out, '\\')
		}
		w.out = append(w.out, c)
	case '~':
		if p.strikes || i == 0 || s[i-1] != ' ' && (alphanumeric(s[i-1]) || i+1 == len(s) || !alphanumeric(s[i+1])) {
			w.out = append(w.out, "&#126;"...) // it could end what another one begins
			return
		}
		w.out = append(w.out, c)
	case '&':
		if readable(s[i:]) {
			w.out = append(w.out, "&amp;"...)
			return
		}
		w.out = append(w.out, c)
	case ':':
		if strings.HasPrefix(s[i:], "://") && !p.label && (strings.HasSuffix(s[:i], "http") || strings.HasSuffix(s[:i], "https") || strings.HasSuffix(s[:i], "ftp")) {
			// No address is left for the renderer to find: see linkify.
			w.out = append(w.out, "&#58;"...)
			return
		}
		w.out = append(w.out, c)
	case '.':
		if i >= 3 && s[i-3:i] == "www" && !p.label {
			w.out = append(w.out, "&#46;"...)
			return
		}
		w.out = append(w.out, c)
	case '\n':
		if p.oneLine {
			w.out = append(w.out, ' ')
			return
		}
		if n := len(w.out); n > 0 && w.out[n-1] == '\\' {
			w.out = append(w.out, "  "...) // goldmark miscounts backslashes at the end of a line
		} else {
			w.out = append(w.out, '\\')
		}
		w.newline()
		p.begins = true
	default:
		w.out = append(w.out, '\\', c)
	}
}

// readable reports whether any reader, however lenient, would find an entity
// where s, which begins with "&", begins.
func readable(s string) bool {
	i := 1
	for i < len(s) && i < 40 && (s[i] == '#' || alphanumeric(s[i])) {
		i++
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	return i > 1 && decodes(s[:i])
}

// lineStart writes what would begin a block if it stands at the beginning of a
// line, and returns how much of s that was.
func (p *phrase) lineStart(s string) int {
	put := func(t string, n int) int {
		p.w.out = append(p.w.out, t...)
		return n
	}
	next := byte(' ')
	if len(s) > 1 {
		next = s[1]
	}
	switch s[0] {
	case '#':
		if after := strings.TrimLeft(s, "#"); after == "" || after[0] == ' ' || after[0] == '\n' {
			return put(`\#`, 1)
		}
	case '-':
		if !alphanumeric(next) {
			return put(`\-`, 1)
		}
	case '+':
		if next == ' ' || next == '\n' {
			return put(`\+`, 1)
		}
	case '>', '|':
		return put("\\"+s[:1], 1)
	case ':':
		return put("&#58;", 1)
	case '=':
		return put("&#61;", 1)
	case '~':
		return put("&#126;", 1)
	}
	n := 0
	for n < len(s) && n < 10 && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	if n > 0 && n < len(s) && (s[n] == '.' || s[n] == ')') && (n+1 == len(s) || s[n+1] == ' ' || s[n+1] == '\n') {
		return put(s[:n]+"\\"+s[n:n+1], n+1)
	}
	return 0
}

// escapeAlt writes the description of a picture. Glamour resolves no entities
// in it, so what would need one is written another way.
func escapeAlt(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\', '`', '*', '_', '[', ']', '<':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '~':
			b.WriteByte('-')
		case '&':
			b.WriteByte('&')
			if readable(s[i:]) {
				b.WriteByte(' ')
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func alphanumeric(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}
