package line

import (
	"strings"

	"broadsheet/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

// Restyle gives the columns from up to to of a styled line another style, in
// the place of what they had. Links stay. A character that lies across a bound
// counts to where it begins.
func Restyle(th *theme.Theme, text string, from, to int, st theme.Style) string {
	if from >= to {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 64)
	look := "" // the sequences in force
	at, inside := 0, false
	chunk := 0 // where the restyled stretch begins in text, while inside
	flush := func(end int) {
		if inside && end > chunk {
			b.WriteString(st.Render(text[chunk:end]))
		}
	}
	state := byte(ansi.NormalState)
	for i := 0; i < len(text); {
		_, columns, n, next := th.Measure.DecodeSequenceInString(text[i:], state, nil)
		state = next
		piece := text[i : i+n]
		switch now := at >= from && at < to; {
		case columns == 0 && strings.HasPrefix(piece, "\x1b"):
			flush(i)
			chunk = i + n
			if sgr := strings.HasSuffix(piece, "m") && strings.HasPrefix(piece, "\x1b["); !sgr {
				b.WriteString(piece)
			} else {
				look = after(look, piece)
				if !inside {
					b.WriteString(piece)
				}
			}
		case columns == 0: // a mark upon the character before it
			if !inside {
				b.WriteString(piece)
			}
		case now != inside:
			if inside {
				flush(i)
				b.WriteString(look)
				b.WriteString(piece)
			} else {
				if look != "" {
					b.WriteString(reset)
				}
				chunk = i
			}
			inside = now
		case !inside:
			b.WriteString(piece)
		}
		at += columns
		i += n
	}
	flush(len(text))
	return b.String()
}

const reset = "\x1b[m"

// after is the look once a further sequence has come.
func after(look, sequence string) string {
	if sequence == reset || sequence == "\x1b[0m" {
		return ""
	}
	return look + sequence
}
