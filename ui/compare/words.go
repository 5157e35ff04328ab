package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a piece of a text, in bytes.
type Span struct{ Start, End int }

// token is a word of a text.
type token struct {
	Span
	keys []string // a word differs if none of its keys is in another text
	stop bool     // it says nothing by itself
}

// Differing finds for each of several texts the words that none of the others
// has. Words are told apart by their beginnings, so that forms of one word
// count as shared; an ideograph by the pairs it stands in. Words that stand in
// every text of a language, such as articles, never differ. Neighbouring words
// make one span.
func Differing(texts []string) [][]Span {
	stop := stopWords()
	tokens := make([][]token, len(texts))
	has := map[string]int{} // in how many texts a key stands
	for i, text := range texts {
		tokens[i] = split(text, stop)
		seen := map[string]bool{}
		for _, t := range tokens[i] {
			for _, k := range t.keys {
				if !seen[k] {
					seen[k] = true
					has[k]++
				}
			}
		}
	}
	out := make([][]Span, len(texts))
	if len(texts) < 2 {
		return out
	}
	for i, list := range tokens {
		for _, t := range list {
			if t.stop || shared(t, has) {
				continue
			}
			if n := len(out[i]); n > 0 && strings.Trim(texts[i][out[i][n-1].End:t.Start], " ") == "" {
				out[i][n-1].End = t.End
			} else {
				out[i] = append(out[i], t.Span)
			}
		}
	}
	return out
}

func shared(t token, has map[string]int) bool {
	for _, k := range t.keys {
		if has[k] > 1 {
			return true
		}
	}
	return false
}

// stemRunes is how much of a word tells it from others: the simplest stem that
// every alphabet has.
const stemRunes = 5

// split finds the words of a text.
func split(text string, stop map[string]bool) []token {
	var list []token
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case ideograph(r):
			i = ideographs(&list, text, i)
		case wordRune(r):
			end := wordEnd(text, i)
			list = append(list, word(text, i, end, stop))
			i = end
		default:
			i += size
		}
	}
	return list
}

// ideographs adds a run of them, each by the pairs it stands in.
func ideographs(list *[]token, text string, i int) int {
	var run []Span
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !ideograph(r) {
			break
		}
		run = append(run, Span{i, i + size})
		i += size
	}
	for k, s := range run {
		t := token{Span: s}
		if k > 0 {
			t.keys = append(t.keys, text[run[k-1].Start:s.End])
		}
		if k+1 < len(run) {
			t.keys = append(t.keys, text[s.Start:run[k+1].End])
		}
		if len(run) == 1 {
			t.keys = []string{text[s.Start:s.End]}
		}
		*list = append(*list, t)
	}
	return i
}

// wordEnd is where a word ends: letters and digits, with what joins them inside
// it, as in o'clock, vice-president, 43.6 and 1,500.
func wordEnd(text string, i int) int {
	end := i
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if ideograph(r) {
			break
		}
		if wordRune(r) {
			end += size
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[i:end])
		after, _ := utf8.DecodeRuneInString(text[end+size:])
		number := unicode.IsDigit(before) && unicode.IsDigit(after)
		if strings.ContainsRune("'’", r) && wordRune(after) || strings.ContainsRune(".,", r) && number {
			end += size
			continue
		}
		break
	}
	return end
}

func word(text string, from, end int, stop map[string]bool) token {
	t := token{Span: Span{from, end}}
	plain := strings.ToLower(strings.ReplaceAll(text[from:end], "’", "'"))
	if head, tail, joined := strings.Cut(plain, "'"); joined {
		switch {
		case utf8.RuneCountInString(tail) <= 2: // the minister's
			plain = head
		case utf8.RuneCountInString(head) <= 2: // l'hôtel
			plain = tail
		}
	}
	t.stop = stop[plain] || utf8.RuneCountInString(plain) == 1 && !isNumber(plain)
	if runes := []rune(plain); len(runes) > stemRunes && !isNumber(plain) {
		plain = string(runes[:stemRunes])
	}
	t.keys = []string{plain}
	return t
}

func isNumber(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// stopWords are words that any sentence may have, whatever it is about.
func stopWords() map[string]bool {
	const words = `
		a an the and or but if as at by for from in into of off on onto out over per than that then these this those to up upon with
		is are was were be been being am has have had having do does did will would shall should can could may might must not no nor
		he she it its his her their they them we our us you your i my me who whom whose which what when where while how why there here
		after before about above again all also any because both during each few more most other only own same so some such too under until very
		said says say told according new
		der die das den dem des ein eine einen einem einer und oder aber als am an auf aus bei bis für im in mit nach nicht noch nur
		ob seit sich sie er es ist sind war waren wird werden wurde wurden hat haben hatte sein ihr ihre vom von vor über um unter zu zum zur dass auch wie
		le la les un une des du de et ou mais à au aux en par pour sur sous dans avec sans que qui ne pas plus est sont était ont ce cette ces
		son sa ses leur leurs il elle ils elles se été être avoir selon après avant comme
		el los las una y o pero del al con sin por para su sus es son fue ha han lo como más que se entre sobre según tras
		il lo gli uno e ma di da nel nella con su per tra fra non è sono ha hanno che si dei delle della dal alla
		os as um uma do da dos das no na nos nas em por com sem ao à é foi são mais não
	`
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
