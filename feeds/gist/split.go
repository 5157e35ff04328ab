package gist

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a text into sentences. Each is a verbatim piece of the text
// without surrounding space; a line break always ends one. Any script with
// sentence marks is read: . ! ? … and 。！？｡ । ؟ ۔ ։ ። ။.
//
// A full stop ends no sentence after an abbreviation, an initial or a number
// that goes on, nor where the next word begins in lower case; marks inside a
// quotation end one only if the quotation ends with it.
func Split(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		out = splitLine(out, strings.TrimSpace(line))
	}
	return out
}

func splitLine(out []string, line string) []string {
	start := 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !isMark(r) {
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
			out = appendSentence(out, line[start:closed])
			start = closed
		}
	}
	return appendSentence(out, line[start:])
}

func appendSentence(out []string, s string) []string {
	if s = strings.TrimSpace(s); strings.IndexFunc(s, isWordRune) >= 0 {
		return append(out, s)
	}
	return out
}

// runOfMarks is the end of "?!" or "..."; wide marks need no space after them.
func runOfMarks(line string, i int) (end int, wide bool) {
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !isMark(r) {
			break
		}
		wide = wide || isWideMark(r)
		i += size
	}
	return i, wide
}

// afterClosers is where the quotation marks and brackets that close behind a
// mark end.
func afterClosers(line string, i int) int {
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !strings.ContainsRune("\"'”’»)]」』）】›", r) {
			break
		}
		i += size
	}
	return i
}

func ends(line string, start, mark, end, closed int, wide bool) bool {
	if wide {
		return true
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
	return !isAbbreviation(word) && !isInitial(word) && !ordinal(word, first)
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

func isAbbreviation(word string) bool {
	return abbreviations[strings.ToLower(strings.TrimLeft(word, "([-–—"))]
}

// abbreviations that are followed by a capital as a rule: titles, months,
// companies and references of several languages. A word that also ends
// sentences (etc, Inc, Co, Jr, a.m) is not among them.
var abbreviations = set(`
	mr mrs ms dr prof st sgt capt cpt lt col gen maj cmdr adm sen rep gov pres hon rev fr sr msgr supt det insp
	vs no nos vol pp fig sec ch art op cf ca approx est dept univ
	jan feb mar apr jun jul aug sep sept oct nov dec
	mt ft ave blvd rd messrs mme mlle mgr
	hr fr dipl ing bzw usw z.b d.h u.a str nr bd abs
	m mm av pág núm sra ud ee dott sig avv on ing geb
	e.g i.e`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func isMark(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || isWideMark(r) }

func isWideMark(r rune) bool { return strings.ContainsRune("。！？｡।॥؟۔։።⸮", r) }
