package feeds

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CompleteWords is how many words an article has at least that is taken to be
// whole as its feed gives it. What feeds give to make one curious is shorter.
const CompleteWords = 250

// Complete reports whether a text of so many words looks like a whole article
// rather than the beginning of one: it is long, and does not end in the middle.
// No rule can know; this one errs on the side of doubt.
func Complete(text string, words int) bool { return words >= CompleteWords && !cutOff(text) }

// cutOff reports whether a text ends in dots, in the middle of a sentence, or
// in an invitation to read on elsewhere.
func cutOff(text string) bool {
	text = strings.TrimSpace(text)
	for _, dots := range []string{"…", "...", "[…]", "[...]", "(…)", "(...)"} {
		if strings.HasSuffix(text, dots) {
			return true
		}
	}
	last := text[strings.LastIndexByte(text, '\n')+1:]
	if len(last) > 120 {
		last = last[len(last)-120:]
	}
	last = strings.ToLower(last)
	for i := range len(last) {
		for _, more := range invitations[last[i]] {
			if strings.HasPrefix(last[i:], more) {
				return true
			}
		}
	}
	if last == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(last)
	return r == ',' || r == ';' || r == ':' || r == '-' || r == '–' || unicode.IsLetter(r) && utf8.RuneCountInString(last) > 60 && !ideographic(r)
}

// invitations are to read on elsewhere, by their first byte.
var invitations = func() (list [256][]string) {
	for _, more := range []string{
		"read more", "read on", "continue reading", "read the full", "read full", "full story", "read the rest", "keep reading", "view full",
		"lire la suite", "en savoir plus", "weiterlesen", "mehr lesen", "zum artikel", "leer más", "seguir leyendo", "leggi tutto", "continua a leggere",
		"lees meer", "lees verder", "läs mer", "les mer", "læs mere", "lue lisää", "czytaj więcej", "czytaj dalej", "číst více", "leia mais", "ler mais",
		"читать далее", "читать полностью", "читати далі", "devamını oku", "続きを読む", "阅读全文", "閱讀全文", "اقرأ المزيد",
	} {
		list[more[0]] = append(list[more[0]], more)
	}
	return list
}()

// ideographic scripts may end a paragraph without a mark.
func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
