// Package find finds words in a text without regard to case, accents, the kind
// of quotation marks or how white space falls.
//
//	t := find.New(article)        // once; about a millisecond for 200 KB
//	for _, h := range t.Hits("dont resume") { … article[h.Start:h.End] … } // "Don’t", "résumé"
package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Hit is the bytes of the text from Start up to End.
type Hit struct{ Start, End int }

// Text is a text made ready to be searched. It is read only.
type Text struct {
	plain  string
	steps  []step
	length int // of the text as it was
}

// step says where the plain text from one byte on, up to the next step, comes
// from: byte by byte from there, or all of it from the one character there.
type step struct {
	plain, text int32
	one         bool
}

// New makes a text ready.
func New(text string) *Text {
	t := &Text{length: len(text)}
	b := make([]byte, 0, len(text))
	space := true // white space at the beginning counts for nothing
	shift := 0    // from the text to the plain text, while that goes byte by byte
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		at := len(b)
		switch {
		case r > ' ' && r < utf8.RuneSelf:
			b = append(b, lower[r])
		case asItIs(r):
			b = append(b, text[i:i+size]...)
		case !unicode.IsSpace(r):
			b = Plain(b, r)
		case !space:
			b = append(b, ' ')
		}
		if n := len(b) - at; n > 0 {
			one := n != size || n > 1 && !asItIs(r) && utf8.RuneCount(b[at:]) > 1
			if one || i-at != shift {
				shift = i - at
				t.steps = append(t.steps, step{int32(at), int32(i), one})
			}
			if one {
				shift = -1 // what follows is a step of its own
			}
			space = b[len(b)-1] == ' '
		}
		i += size
	}
	t.plain = string(b)
	return t
}

// origins tells where bytes of the plain text come from, asked for in order.
type origins struct {
	t *Text
	i int // steps gone by
}

func (o *origins) of(plain int) int {
	t := o.t
	for o.i < len(t.steps) && int(t.steps[o.i].plain) <= plain {
		o.i++
	}
	switch {
	case plain == len(t.plain):
		return t.length
	case o.i == 0:
		return plain
	}
	s := t.steps[o.i-1]
	if s.one {
		return int(s.text)
	}
	return int(s.text) + plain - int(s.plain)
}

// Hits are the places where the words of a query stand, in order, none upon
// another; none for a query without words.
func (t *Text) Hits(query string) []Hit {
	words := strings.TrimRight(New(query).plain, " ")
	if words == "" {
		return nil
	}
	var hits []Hit
	from := origins{t: t}
	for at := 0; ; {
		i := strings.Index(t.plain[at:], words)
		if i < 0 {
			return hits
		}
		start, end := at+i, at+i+len(words)
		if h := (Hit{from.of(start), from.of(end)}); h.End > h.Start { // not the half of one character
			hits = append(hits, h)
		}
		at = end
	}
}

// lower are the small letters of ASCII, and its other characters.
var lower = func() (all [utf8.RuneSelf]byte) {
	for i := range all {
		all[i] = byte(unicode.ToLower(rune(i)))
	}
	return all
}()

// asItIs reports whether a character has neither case nor accents: Chinese,
// Japanese and Korean, of which a text is full.
func asItIs(r rune) bool { return r >= 0x3041 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 }

// Plain appends a rune without case and accents: nothing for an accent alone.
func Plain(b []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		return append(b, lower[r])
	case asItIs(r):
		return utf8.AppendRune(b, r)
	case accent(r):
		return b
	}
	if same, ok := alike[r]; ok {
		return append(b, same...)
	}
	var one [utf8.UTFMax]byte
	n := utf8.EncodeRune(one[:], r)
	whole := norm.NFKD.Properties(one[:n]).Decomposition()
	if whole == nil {
		return utf8.AppendRune(b, unicode.ToLower(r))
	}
	for _, part := range string(whole) {
		if !accent(part) {
			b = utf8.AppendRune(b, unicode.ToLower(part))
		}
	}
	return b
}

// accent reports whether a mark may be left out: those upon letters of Latin,
// Greek and Cyrillic, and the optional vowels of Hebrew and Arabic.
func accent(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x591 && r <= 0x5c7 && unicode.Is(unicode.Mn, r) || r >= 0x64b && r <= 0x652 || r == 0x670
}

// alike are the runes that a keyboard gives otherwise and that no decomposition
// takes apart.
var alike = map[rune]string{
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", 'ʼ': "'", '“': `"`, '”': `"`, '„': `"`, '‟': `"`, '″': `"`, '«': `"`, '»': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-", '…': "...",
	'ı': "i", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ø': "o", 'Ø': "o", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ß': "ss", 'ẞ': "ss",
	'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ς': "σ",
}
