package clean

import "strings"

// plainText returns the words of a document: a line for each paragraph, the cells
// of a row parted by bars. Of a document that is all pictures it is what they
// are said to show.
func (w *workspace) plainText(doc *block) string {
	// Most documents are their paragraphs in order, and so the texts of these were
	// kept. What is much shorter than the room it lies in would waste that.
	kept := w.texts.String()
	if rest, ok := afterTexts(kept, doc); ok && rest == "" && kept != "" && 3*len(kept) >= 2*w.texts.Cap() {
		return strings.TrimRight(kept, "\n")
	}
	var b strings.Builder
	b.Grow(size(doc))
	writeText(&b, doc)
	if b.Len() == 0 {
		writeDescriptions(&b, doc)
	}
	return strings.TrimRight(b.String(), "\n")
}

// afterTexts takes off s what writeText would write, if it begins with that and there
// are no rows.
func afterTexts(s string, at *block) (rest string, ok bool) {
	for _, k := range at.kids {
		if k.kind == row {
			return s, false
		}
		if k.text != "" {
			if s, ok = strings.CutPrefix(s, k.text); !ok || !strings.HasPrefix(s, "\n") {
				return s, false
			}
			s = s[1:]
		}
		if s, ok = afterTexts(s, k); !ok {
			return s, false
		}
	}
	return s, true
}

// size is about how long the text of a block is.
func size(at *block) int {
	n := len(at.text) + 1
	for _, k := range at.kids {
		n += size(k)
	}
	return n
}

func writeDescriptions(b *strings.Builder, at *block) {
	for _, k := range at.kids {
		for _, s := range k.spans {
			if s.alt != "" {
				b.WriteString(s.alt)
				b.WriteByte('\n')
			}
		}
		writeDescriptions(b, k)
	}
}

func writeText(b *strings.Builder, at *block) {
	for _, k := range at.kids {
		if k.kind != row {
			if k.text != "" {
				b.WriteString(k.text)
				b.WriteByte('\n')
			}
			writeText(b, k)
			continue
		}
		for i, c := range k.kids {
			if i > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(cellText(c))
		}
		b.WriteByte('\n')
	}
}

// cellText is the text of a cell on one line.
func cellText(c *block) string {
	if len(c.kids) == 1 {
		return fold(c.kids[0].text)
	}
	var b strings.Builder
	writeText(&b, c)
	return fold(b.String())
}
