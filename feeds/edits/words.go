package edits

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
)

// word is what is compared: a run of letters and digits, a character of a
// script without spaces, or a mark.
type word struct {
	text    string // verbatim, with the space after it
	key     string // what it is compared by
	letters int
}

// split cuts a paragraph into its words. Nothing of it is lost.
func split(line string) []word {
	var out []word
	for i := 0; i < len(line); {
		end, letters := wordEnd(line, i)
		space := end
		for space < len(line) {
			r, size := utf8.DecodeRuneInString(line[space:])
			if !unicode.IsSpace(r) {
				break
			}
			space += size
		}
		key := line[i:end]
		if letters == 0 || strings.IndexFunc(key, beyondASCII) >= 0 {
			key = feeds.OneStyle(key)
		}
		out = append(out, word{line[i:space], key, letters})
		i = space
	}
	return out
}

// wordEnd is where the word that begins at i ends.
func wordEnd(line string, i int) (end, letters int) {
	r, size := utf8.DecodeRuneInString(line[i:])
	end = i + size
	if !feeds.InWord(r) {
		return end, 0
	}
	letters = 1
	alone := feeds.Unspaced(r)
	for end < len(line) {
		r, size := utf8.DecodeRuneInString(line[end:])
		switch {
		case unicode.IsMark(r):
		case alone || feeds.Unspaced(r):
			return end, letters
		case feeds.InWord(r):
			letters++
		case joins(r, line[end+size:]):
		default:
			return end, letters
		}
		end += size
	}
	return end, letters
}

// joins reports whether a mark stands inside a word, as in 1,500 and don't.
func joins(r rune, rest string) bool {
	if !strings.ContainsRune(".,'’", r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if r == '.' || r == ',' {
		return unicode.IsDigit(next)
	}
	return feeds.InWord(next)
}

func text(list []word) string {
	var b strings.Builder
	for _, w := range list {
		b.WriteString(w.text)
	}
	return b.String()
}

func wordKeys(list []word) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = w.key
	}
	return out
}

func beyondASCII(r rune) bool { return r >= utf8.RuneSelf }
