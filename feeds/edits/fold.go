package edits

import (
	"strconv"
	"unicode/utf8"
)

// How much of what is the same is shown around a change.
const (
	around  = 120        // bytes of a paragraph before and after it
	longest = 3 * around // a run of so many is shown whole
)

// Fold leaves out what did not change and is far from what did: runs of more
// than one paragraph, and the middle of long passages.
func Fold(list []Paragraph) []Paragraph {
	var out []Paragraph
	for i := 0; i < len(list); {
		if list[i].Changed() {
			out = append(out, shortened(list[i]))
			i++
			continue
		}
		end := i
		for end < len(list) && !list[end].Changed() {
			end++
		}
		if end-i > 1 || len(list[i][0].Text) > longest {
			out = append(out, Paragraph{{Folded, strconv.Itoa(end - i)}})
		} else {
			out = append(out, list[i])
		}
		i = end
	}
	return out
}

// shortened is a changed paragraph without the middle of its long passages that
// did not.
func shortened(p Paragraph) Paragraph {
	out := make(Paragraph, 0, len(p))
	for i, piece := range p {
		if piece.Kind != Same || len(piece.Text) <= longest {
			out = append(out, piece)
			continue
		}
		if i > 0 {
			out = append(out, Piece{Same, beginning(piece.Text)})
		}
		out = append(out, Piece{Kind: Folded})
		if i < len(p)-1 {
			out = append(out, Piece{Same, ending(piece.Text)})
		}
	}
	return out
}

// beginning is the first words of a text.
func beginning(s string) string {
	end := around
	for end > around/2 && s[end] != ' ' {
		end--
	}
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// ending is its last words.
func ending(s string) string {
	from := len(s) - around
	for from < len(s)-around/2 && s[from-1] != ' ' {
		from++
	}
	for !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:]
}
