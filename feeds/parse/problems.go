package parse

import "fmt"

// problems collects what was repaired, each kind once, with its count.
type problems struct {
	texts  []string
	counts []int
	// What is missing comes before what was repaired, and always.
	missing string
}

const maxProblems = 20

func (p *problems) add(text string) {
	for i, t := range p.texts {
		if t == text {
			p.counts[i]++
			return
		}
	}
	if len(p.texts) < maxProblems {
		p.texts, p.counts = append(p.texts, text), append(p.counts, 1)
	}
}

// lose says that items of the feed are missing.
func (p *problems) lose(lost, all int) {
	p.missing = fmt.Sprintf("%d of its %d items could not be read", lost, all)
}

// breakOff says that the document ends in an item, and that nobody knows how
// many should have followed.
func (p *problems) breakOff() {
	p.missing = "its document ends in the middle of an item"
}

func (p *problems) list() []string {
	var list []string
	if p.missing != "" {
		list = append(list, p.missing)
	}
	for i, t := range p.texts {
		if p.counts[i] > 1 {
			t = fmt.Sprintf("%s (%d times)", t, p.counts[i])
		}
		list = append(list, t)
	}
	return list
}
