package parse

import "fmt"

// problems collects what was repaired, each kind once, with its count.
type problems struct {
	texts  []string
	counts []int
	lost   string
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

// lose says that items of the feed are missing. It comes first, and always.
func (p *problems) lose(lost, all int) {
	p.lost = fmt.Sprintf("%d of its %d items could not be read", lost, all)
}

func (p *problems) list() []string {
	var list []string
	if p.lost != "" {
		list = append(list, p.lost)
	}
	for i, t := range p.texts {
		if p.counts[i] > 1 {
			t = fmt.Sprintf("%s (%d times)", t, p.counts[i])
		}
		list = append(list, t)
	}
	return list
}
