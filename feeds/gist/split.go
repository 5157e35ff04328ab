package gist

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a text into sentences. Each is a verbatim piece of the text
// without surrounding space; a line break always ends one. Any script with
// sentence marks is read: . ! ? … and 。！？｡ । ؟ ۔ ։ ። ။ ។ ། and the Greek ;.
//
// A full stop ends no sentence after an abbreviation, an initial or a number
// that goes on, nor where the next word begins in lower case; marks inside a
// quotation end one only if the quotation ends with it.
func Split(text string) []string { return pieces(text, Spans(text)) }

// Span is a sentence's place in a text: its bytes from Start up to End.
type Span struct{ Start, End int }

// Spans is Split by places.
func Spans(text string) []Span {
	var out []Span
	at := 0
	for line := range strings.Lines(text) {
		out = splitLine(out, line, at)
		at += len(line)
	}
	return out
}

func pieces(text string, spans []Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, text[s.Start:s.End])
	}
	return out
}

// splitLine adds the sentences of a line that begins at a byte of the text.
func splitLine(out []Span, line string, at int) []Span {
	line = strings.TrimRightFunc(line, unicode.IsSpace)
	start := 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !isMark(r) && !(r == ';' && greek(line[:i])) {
			i += size
			continue
		}
		mark := i
		end, wide := runOfMarks(line, i)
		closed := afterClosers(line, end)
		i = closed
		if closed == len(line) {
			break
		}
		if ends(line, start, mark, end, closed, wide) {
			out = appendSentence(out, line[start:closed], at+start)
			start = closed
		}
	}
	return appendSentence(out, line[start:], at+start)
}

func appendSentence(out []Span, s string, at int) []Span {
	at += len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	if s = strings.TrimSpace(s); strings.IndexFunc(s, isWordRune) >= 0 {
		return append(out, Span{at, at + len(s)})
	}
	return out
}

// runOfMarks is the end of "?!" or "..."; wide marks need no space after them.
func runOfMarks(line string, i int) (end int, wide bool) {
	r, size := utf8.DecodeRuneInString(line[i:])
	for i < len(line) {
		wide = wide || isWideMark(r)
		i += size
		if r, size = utf8.DecodeRuneInString(line[i:]); !isMark(r) {
			break
		}
	}
	return i, wide
}

// afterClosers is where the quotation marks and brackets that close behind a
// mark end.
func afterClosers(line string, i int) int {
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		if unicode.IsSpace(r) { // French sets a space before its own
			next, more := utf8.DecodeRuneInString(line[i+size:])
			if next != '»' {
				break
			}
			size += more
		} else if !strings.ContainsRune("\"'”’»)]」』）】›", r) {
			break
		}
		i += size
	}
	return i
}

func ends(line string, start, mark, end, closed int, wide bool) bool {
	if wide {
		return closed == end || !goesOn(line[closed:])
	}
	next, _ := utf8.DecodeRuneInString(line[closed:])
	if !unicode.IsSpace(next) {
		return false
	}
	rest := strings.TrimLeftFunc(line[closed:], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'“‘«([„¿¡-–—", r) })
	first, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLower(first) {
		return false
	}
	if line[mark:end] != "." {
		return true
	}
	word := lastWord(line[start:mark])
	return !isAbbreviation(word, first) && !isInitial(word) && !lettersGoOn(word, rest) && !ordinal(word, first) && !(dayHalf[strings.ToLower(word)] && dated(rest))
}

// goesOn reports whether what follows a quotation in Chinese or Japanese tells
// who said it, so that the sentence goes on.
func goesOn(rest string) bool {
	const longest = 12 // characters to the verb
	n := 0
	for i, r := range rest {
		if n == 0 && strings.ContainsRune("とっの、，,", r) {
			return true
		}
		if n++; n > longest || isMark(r) || strings.ContainsRune("，、：「“", r) {
			return false
		}
		for _, verb := range []string{"说", "說", "问", "問", "道", "表示", "称", "稱", "回答", "喊", "指出"} {
			if strings.HasPrefix(rest[i:], verb) {
				return true
			}
		}
	}
	return false
}

// greek reports whether a text ends in a letter of that script, whose question
// mark is a semicolon.
func greek(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.Is(unicode.Greek, r)
}

// dated reports whether a day or a time zone comes next: "9 a.m. Monday".
func dated(rest string) bool {
	word, _, _ := strings.Cut(strings.TrimRight(rest, ".,;"), " ")
	return afterTime[strings.ToLower(strings.TrimRight(word, ".,;"))]
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'“‘«(„", r) })
	if i < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[i+size:]
}

// isInitial: the J of "J. Smith", the U.S of "U.S. Senate".
func isInitial(word string) bool {
	if word == "I" {
		return false
	}
	for _, part := range strings.Split(word, ".") {
		r, size := utf8.DecodeRuneInString(part)
		if size == 0 || size != len(part) || !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// lettersGoOn: the z. of "z. B.", which is not the end though a capital follows.
func lettersGoOn(word, rest string) bool {
	_, size := utf8.DecodeRuneInString(rest)
	return utf8.RuneCountInString(word) == 1 && strings.HasPrefix(rest[size:], ".") && !isNumber(word)
}

func isNumber(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }

// ordinal: German and others write the 3. of October so; a full stop behind a
// year or another longer number ends a sentence as any does.
func ordinal(word string, next rune) bool {
	if len(word) == 0 || len(word) > 2 {
		return false
	}
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return unicode.IsLetter(next)
}

func isAbbreviation(word string, next rune) bool {
	word = strings.ToLower(strings.TrimLeft(word, "([-–—"))
	return abbreviations[word] || numbered[word] && unicode.IsDigit(next)
}

// abbreviations that are followed by a capital as a rule: titles, companies,
// places and references of several languages. A word that also ends sentences
// (etc, Inc, Co, Jr) is not among them.
var abbreviations = set(`
	mr mrs ms dr prof st sgt capt cpt lt col gen maj cmdr adm sen rep gov pres hon rev fr sr msgr supt det insp ph.d
	vs cf approx est dept univ mt ft ave blvd rd messrs mme mlle mgr mm m
	hr dipl bzw usw z.b d.h u.a geb ca sra dra ud ee dott sig avv
	dhr mevr bijv o.a t.ex bl.a kl
	ul im tzw np m.in tzv např
	ул им проф акад вул ім
	sn jl bpk tp ths κ π.χ
	डॉ प्रो
	e.g i.e`)

// numbered are words that are abbreviations before a number only: "no. 5", but
// "She said no. He left."
var numbered = set(`
	no nos nr núm num fig figs sec ch art arts vol pp p bd abs str pág av č
	jan feb mar apr jun jul aug sep sept oct nov dec`)

// What stands behind a time of day without ending the sentence.
var (
	dayHalf   = set("a.m p.m am pm")
	afterTime = set("monday tuesday wednesday thursday friday saturday sunday eastern central pacific mountain gmt utc est edt cst cdt mst mdt pst pdt et pt")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func isMark(r rune) bool {
	return r == '.' || r == '!' || r == '?' || r == '…' || r == '\u037e' || isWideMark(r)
}

func isWideMark(r rune) bool {
	return strings.ContainsRune("。！？｡।॥؟۔։።⸮။។៕།", r)
}
