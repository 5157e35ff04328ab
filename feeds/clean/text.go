package clean

import "strings"

// text returns the words of a document: a line for each paragraph, the cells
// of a row parted by bars. Of a document that is all pictures it is what they
// are said to show.
func text(doc *block) string {
	var b strings.Builder
	b.Grow(size(doc))
	writeText(&b, doc)
	if b.Len() == 0 {
		writeDescriptions(&b, doc)
	}
	return strings.TrimRight(b.String(), "\n")
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
