package feeds

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How long a dateline's place and the name of its agency may be, in bytes.
const (
	longestPlace  = 50
	longestAgency = 40
)

// Dateline returns the agency that a text's dateline names, as written:
// "Meridian Wire" of "PORTO, Portugal (Meridian Wire) — The ship …". It is "" if
// the text does not begin with one: a place in capitals, which may be wanting, a
// name in brackets, a dash.
func Dateline(text string) string {
	place, rest, ok := strings.Cut(strings.TrimSpace(text), "(")
	place = strings.TrimSpace(place)
	if !ok || len(place) > longestPlace {
		return ""
	}
	name, rest, ok := strings.Cut(rest, ")")
	name = strings.TrimSpace(name)
	if !ok || len(name) > longestAgency || utf8.RuneCountInString(name) < 2 || place != "" && !upperFirst(place) {
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(r) {
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest)); !strings.ContainsRune("—–-", r) {
		return ""
	}
	return name
}

// upperFirst reports whether the first word has capitals only, two at least.
func upperFirst(place string) bool {
	word, _, _ := strings.Cut(place, " ")
	n := 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			n++
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return false
		}
	}
	return n >= 2
}
