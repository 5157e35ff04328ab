package parse

import "fmt"

// problems collects what was repaired, each kind once, with its count.
type problems struct {
	texts  []string
	counts []int
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

func (p *problems) list() []string {
	var list []string
	for i, t := range p.texts {
		if p.counts[i] > 1 {
			t = fmt.Sprintf("%s (%d times)", t, p.counts[i])
		}
		list = append(list, t)
	}
	return list
}
