package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// words adds text to the paragraph.
func (b *builder) words(s []byte) {
	if b.formula != nil {
		b.formula.text(s)
		b.grow(len(s))
		return
	}
	if b.pre != nil {
		b.buf = append(b.buf, s...)
		b.grow(len(s))
		return
	}
	if !settled(s) {
		s = []byte(scrub(string(s)))
	}
	b.safeWords(s)
}

// safeWords adds text that is safe already. White space in it is only noted:
// what becomes of it depends on what follows. Words that single spaces part are
// added at once.
func (b *builder) safeWords(s []byte) {
	if n := len(b.stack); n > 0 && b.stack[n-1].name == atom.Sup {
		s = []byte(superscript(string(s)))
	}
	for i := 0; i < len(s); {
		switch s[i] {
		case '\n':
			b.newline = true
			fallthrough
		case ' ':
			if !b.space {
				b.space, b.spaced = true, b.inline
			}
			i++
			continue
		}
		end := i + 1
		for end < len(s) && (s[end] > ' ' || s[end] == ' ' && end+1 < len(s) && s[end+1] > ' ') {
			end++
			for end+8 <= len(s) && spread(eight(s[end:])) {
				end += 7 // the last may be a space with another behind it
			}
		}
		b.word(s[i:end])
		i = end
	}
}

// word adds characters without white space, after what white space is due.
func (b *builder) word(s []byte) {
	if len(b.buf) == 0 && len(b.spans) > 0 { // pictures before the text stand by themselves
		b.flush()
	}
	if b.breaks > 0 {
		if len(b.buf) > 0 {
			b.buf = append(b.buf, '\n')
			b.extend(span{look: b.look, link: b.link})
		}
	} else if b.space && len(b.buf) > 0 {
		r, _ := utf8.DecodeRune(s)
		last, _ := utf8.DecodeLastRune(b.buf)
		if !b.newline || !ideographic(r) || !ideographic(last) { // a wrapped line of Chinese has no space at its end
			b.buf = append(b.buf, ' ')
			b.extend(span{look: b.spaced.look, link: b.spaced.link})
		}
	}
	b.space, b.newline, b.breaks = false, false, 0
	b.buf = append(b.buf, s...)
	b.extend(span{look: b.look, link: b.link})
	b.grow(len(s) + 1)
}

func (b *builder) grow(n int) {
	b.size += n
	b.full = b.full || b.size > MaxText
}

// extend lets the last span reach to the end of the text, or begins another.
func (b *builder) extend(s span) {
	if n := len(b.spans); n > 0 {
		last := &b.spans[n-1]
		if last.image == "" && last.look == s.look && last.link == s.link {
			last.to = len(b.buf)
			return
		}
		s.from = last.to
	}
	s.to = len(b.buf)
	b.spans = append(b.spans, s)
}

func (b *builder) lineBreak() {
	if b.pre != nil {
		b.buf = append(b.buf, '\n')
		return
	}
	if b.breaks++; b.breaks > 1 && b.title == 0 {
		b.flush()
	}
}

// flush ends the paragraph.
func (b *builder) flush() {
	b.endReading()
	b.space, b.newline, b.breaks = false, false, 0
	if len(b.spans) == 0 {
		return
	}
	k := b.block()
	if b.title > 0 && len(b.buf) > 0 && b.heads < maxHeads {
		k.kind, k.level = heading, b.title
		b.heads++
	}
	if k.kind == heading {
		for i, c := range b.buf {
			if c == '\n' {
				b.buf[i] = ' '
			}
		}
	}
	k.text = b.text(b.buf)
	k.spans = b.keep(linkify(k.text, b.spans))
	b.buf, b.spans = b.buf[:0], b.spans[:0]
	b.put(k)
}

func (b *builder) endCode(into *block) {
	k := b.pre
	b.pre = nil
	lines := scrub(strings.ReplaceAll(string(b.buf), "\t", "    "))
	b.buf = b.buf[:0]
	k.text = strings.TrimRight(strings.TrimLeft(lines, "\n"), " \n")
	if k.text == "" {
		return
	}
	b.into = into
	b.put(k)
}

// startReading begins how a word is read, which stands in brackets behind it.
// Pages for old browsers bring the brackets themselves.
func (b *builder) startReading() {
	b.endReading()
	if n := len(b.buf); n > 0 && b.buf[n-1] != '(' && !strings.HasSuffix(string(b.buf[max(0, n-3):]), "（") {
		b.words([]byte("("))
		b.reading = true
	}
}

func (b *builder) endReading() {
	if b.reading {
		b.reading = false
		b.words([]byte(")"))
	}
}

// superscript writes digits and signs raised: "10⁶" must not read "106".
func superscript(s string) string {
	const plain, raised = "0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"
	for _, r := range s {
		if !strings.ContainsRune(plain, r) {
			return s
		}
	}
	signs := []rune(raised)
	return strings.Map(func(r rune) rune { return signs[strings.IndexRune(plain, r)] }, s)
}
