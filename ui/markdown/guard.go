package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/ui/cells"
)

// Marks are runes that stand for something of ours while a text passes goldmark
// and the styler. They are dropped from what comes in, so they cannot be forged.
const (
	markClose = '\U0010fffd' // a link ends
	markLink  = '\U000f0000' // link number n begins: markLink + n
	lastMark  = '\U0010ffff'

	// markStop is a punctuation mark of a shorthand nobody writes news in. It
	// is set between emphasis and the letter it touches: see easeEmphasis.
	markStop = '\U0001bc9f'
)

// maxParagraph bounds how long goldmark may look at one paragraph: its search
// for the other half of a bracket or an asterisk is quadratic.
const maxParagraph = 8 << 10

// maxBrackets bounds how many opening brackets of a paragraph may begin a link:
// it looks at each of them for every one it cannot close. No paragraph of that
// length has so many.
const maxBrackets = 400

// guard limits what the parser has to cope with, to most bytes among others. It
// reports whether the source was cut.
func guard(source string, most int) (string, bool) {
	cut := len(source) > most
	if cut {
		source = source[:most]
		if i := strings.LastIndexByte(source, '\n'); i > most/2 {
			source = source[:i]
		}
	}
	g := guarded{}
	source = safe(source)
	g.out.Grow(len(source) + len(source)/16)
	for line := range strings.Lines(source) {
		g.line(line)
	}
	return easeEmphasis(g.out.String()), cut
}

// guarded is a source on its way through guard, line by line.
type guarded struct {
	out   strings.Builder
	fence string   // the marker of the code block we are in, "" for none
	run   int      // bytes of the paragraph so far
	open  int      // opening brackets in it
	head  []string // the first two lines of the paragraph: of a table, its head
}

func (g *guarded) line(line string) {
	if g.code(line) {
		g.out.WriteString(line)
		g.run = 0
		return
	}
	line = shallow(line)
	if strings.TrimSpace(line) == "" {
		g.run = 0
	}
	if g.run == 0 {
		g.head, g.open = g.head[:0], 0
	}
	for g.run+len(line) > maxParagraph {
		at := 0 // a table is torn between two rows
		if !g.inTable() || len(line) > maxParagraph/2 {
			at = tear(line, max(maxParagraph-g.run, 1))
		}
		g.write(line[:at])
		g.out.WriteString("\n\n")
		line, g.run, g.open = line[at:], 0, 0
		if g.inTable() {
			for _, l := range g.head {
				g.out.WriteString(l)
				g.run += len(l)
			}
		}
	}
	if len(g.head) < 2 {
		g.head = append(g.head, line)
	}
	g.run += len(line)
	g.write(line)
}

// write puts out a part of a paragraph, the brackets that are too many as text.
func (g *guarded) write(text string) {
	for {
		i := strings.IndexByte(text, '[')
		if i < 0 {
			break
		}
		if g.open++; g.open > maxBrackets {
			if i == 0 || text[i-1] != '\\' {
				g.out.WriteString(text[:i] + `\[`)
			} else {
				g.out.WriteString(text[:i+1])
			}
		} else {
			g.out.WriteString(text[:i+1])
		}
		text = text[i+1:]
	}
	g.out.WriteString(text)
}

// inTable reports whether the paragraph begins like a table, with a head short
// enough to be repeated.
func (g *guarded) inTable() bool {
	return len(g.head) == 2 && len(g.head[0])+len(g.head[1]) < maxParagraph/4 && strings.Contains(g.head[1], "-") &&
		strings.Trim(g.head[1], "|-: \t\n") == ""
}

// code reports whether a line belongs to a fenced code block: what is in there
// is looked at only once, and must stay as it is.
func (g *guarded) code(line string) bool {
	trimmed := strings.TrimLeft(line, " ")
	if len(line)-len(trimmed) > 3 {
		return g.fence != ""
	}
	n := 0
	for n < len(trimmed) && trimmed[n] == trimmed[0] && (trimmed[0] == '`' || trimmed[0] == '~') {
		n++
	}
	rest := trimmed[n:]
	switch {
	case g.fence == "" && n >= 3 && (trimmed[0] == '~' || !strings.Contains(rest, "`")):
		g.fence = trimmed[:n]
		return true
	case g.fence != "" && n >= len(g.fence) && trimmed[0] == g.fence[0] && strings.TrimSpace(rest) == "":
		g.fence = ""
		return true
	}
	return g.fence != ""
}

// tear is where to break a line that is longer than limit: after a space if one
// is near, never inside a rune.
func tear(line string, limit int) int {
	if i := strings.LastIndexByte(line[:limit], ' '); i > limit/2 {
		return i + 1
	}
	for limit < len(line) && !utf8.RuneStart(line[limit]) {
		limit++
	}
	return limit
}

// shallow drops the block markers beyond maxDepth at the beginning of a line.
func shallow(line string) string {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
		case c == '>', (c == '-' || c == '+' || c == '*') && i+1 < len(line) && line[i+1] == ' ':
			if depth++; depth == maxDepth {
				return line[:i+1] + " " + strings.TrimLeft(line[i+1:], " \t>-+*")
			}
		default:
			return line
		}
	}
	return line
}

// safe drops what has no place in a text on a terminal: controls, direction
// overrides, invisible runes, piles of accents, our own marks. The source has
// been cleaned before; this fence stands where the text is decoded again.
func safe(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	accents := 0
	for i, r := range s {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			if accents++; accents > 4 {
				continue
			}
		} else {
			accents = 0
		}
		switch {
		case (before == 0 || before == ' ' || before == '\n') && unicode.Is(unicode.M, r):
			continue // it would join what stands before the text
		case r == '\t':
			b.WriteString("    ")
		case r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte('\n')
		case r == zwj && joins(before, s[i+3:]):
			b.WriteRune(r)
		case dropped(r):
			continue
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < ' ' && c != '\n') || c > '~' {
			return false
		}
	}
	return true
}

const zwj = '\u200d'

// dropped runes: those that draw nothing, that turn the direction, that have no
// steady width, and ours.
func dropped(r rune) bool {
	switch {
	case r == '\n':
		return false
	case cells.Unsteady(r), r == 0xad, r == 0x61c, r == 0x180e, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f && r != 0x200c, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfff9 && r <= 0xfffb:
		return true
	case r >= 0xe000 && r <= 0xf8ff, r == markStop, r >= 0xe0000 && r <= lastMark:
		return true
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	}
	return false
}

// joins reports whether a joiner stands between letters that need it (Persian,
// the Indic scripts) and not between emoji.
func joins(before rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	return before >= 0x590 && before < 0x2000 && (rest == "" || after >= 0x590 && after < 0x2000)
}

// easeEmphasis makes "**「text」**は" bold. CommonMark looks for white space or
// punctuation outside a delimiter that has punctuation inside, and Chinese and
// Japanese set neither; so a mark that counts as punctuation goes between.
func easeEmphasis(s string) string {
	if isPlain(s) || !strings.Contains(s, "*") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 64)
	for i := 0; i < len(s); {
		n := 0
		for i+n < len(s) && s[i+n] == '*' {
			n++
		}
		if n == 0 {
			next := strings.IndexByte(s[i:], '*')
			if next < 0 {
				next = len(s) - i
			}
			b.WriteString(s[i : i+next])
			i += next
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+n:])
		if n <= 3 && touches(before, after) {
			b.WriteRune(markStop)
		}
		b.WriteString(s[i : i+n])
		if n <= 3 && touches(after, before) {
			b.WriteRune(markStop)
		}
		i += n
	}
	return b.String()
}

// touches reports whether a delimiter between a letter outside and punctuation
// inside belongs to a script that sets no space there.
func touches(letter, punct rune) bool {
	return (unicode.IsLetter(letter) || unicode.IsDigit(letter)) && (unicode.IsPunct(punct) || unicode.IsSymbol(punct)) &&
		(wideScript(letter) || wideScript(punct))
}

// wideScript holds for the letters and marks of Chinese, Japanese and Korean.
func wideScript(r rune) bool {
	return r >= 0x1100 && r <= 0x11ff || r >= 0x2e80 && r <= 0xd7ff || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe4f || r >= 0xff00 && r <= 0xffef || r >= 0x20000 && r <= 0x3ffff
}

// beginning is the first part of a source, cut at a blank line, and whether that
// is all of it.
func beginning(source string) (string, bool) {
	if len(source) <= headBytes {
		return source, true
	}
	cut := strings.LastIndex(source[:headBytes], "\n\n")
	if cut < headBytes/4 {
		cut = tear(source[:headBytes+utf8.UTFMax], headBytes)
	}
	return source[:cut], false
}
