package related

import (
	"slices"
	"sync"

	"broadsheet/feeds"
)

// markStale notes the statistics that the new articles of an epoch change: its
// own, and those of the one after.
func (b *batch) markStale(n uint32, list []*article, stale map[statsKey]bool) error {
	for _, a := range list {
		for _, k := range [2]statsKey{{n, a.lang}, {n + 1, a.lang}} {
			if stale[k] {
				continue
			}
			s, err := b.statistics(k)
			if err != nil {
				return err
			}
			if s.grow(a.place) {
				stale[k] = true
			}
		}
	}
	return nil
}

// statistics returns those of a language in an epoch, from the sample as it
// is in the view.
func (b *batch) statistics(k statsKey) (*stats, error) {
	if s := b.engine.stats[k]; s != nil {
		return s, nil
	}
	var leaves []*leaf
	for n := max(k.epoch, 1) - 1; n <= k.epoch; n++ {
		e, err := b.epoch(n)
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, e.leaves...)
	}
	s := newStats(k.lang)
	for _, l := range leaves {
		l.eachPlanned(func(fresh *article, at int) bool {
			if l.languageOf(fresh, at) == k.lang {
				s.count++
			}
			return true
		})
		b.view.Leave()
	}
	s.sample(leaves, b.engine.Leeway, b.view.Leave)
	b.engine.stats[k] = s
	return s, nil
}

// texts are the titles that an epoch's outlets put over a text, of those texts that
// come often enough to be stock: hardly any does.
type texts map[printed]titles

// printed is an outlet's text: the hashes of both.
type printed uint64

func printedBy(outlet, text uint32) printed { return printed(outlet)<<32 | printed(text) }

// titles are as many different ones as make a text stock.
type titles struct {
	n    int
	list [stockTitles]uint32
}

// texts gives those of an epoch. It calls leave after each leaf.
func (e *epoch) texts(leave func()) texts {
	n := 0
	for _, l := range e.leaves {
		n += l.planned()
	}
	all := make([]printed, 0, n)
	e.eachText(leave, func(k printed, _ uint32) { all = append(all, k) })
	slices.Sort(all)
	t := texts{}
	for i := stockTitles - 1; i < len(all); i++ {
		if all[i] == all[i-stockTitles+1] {
			t[all[i]] = titles{}
		}
	}
	if len(t) > 0 {
		e.eachText(leave, func(k printed, title uint32) {
			if have, ok := t[k]; ok && have.add(title) {
				t[k] = have
			}
		})
	}
	return t
}

// eachText calls fn with the text and the title of each of an epoch's articles that
// has a text, those that are to be put in too, and leave after each leaf.
func (e *epoch) eachText(leave func(), fn func(k printed, title uint32)) {
	for _, l := range e.leaves {
		l.eachPlanned(func(fresh *article, at int) bool {
			if fresh == nil {
				if text := l.seg.text(at); text != 0 {
					fn(printedBy(l.seg.outlet(at), text), l.seg.title(at))
				}
			} else if fresh.text != 0 {
				fn(printedBy(fresh.outlet, fresh.text), fresh.title)
			}
			return true
		})
		leave()
	}
}

// planned is how many articles a leaf has, those that are to be put in counted.
func (l *leaf) planned() int { return l.seg.len() + len(l.coming) }

// eachPlanned calls fn with each of them in canonical order, until it says no:
// a new one, or where it lies.
func (l *leaf) eachPlanned(fn func(fresh *article, at int) bool) {
	coming := l.coming
	for at := range l.seg.len() {
		for len(coming) > 0 && canonical(entry{place: coming[0].place, id: coming[0].id}, entry{place: l.seg.place(at), id: l.seg.articleID(at)}) < 0 {
			if !fn(coming[0], 0) {
				return
			}
			coming = coming[1:]
		}
		if !fn(nil, at) {
			return
		}
	}
	for _, a := range coming {
		if !fn(a, 0) {
			return
		}
	}
}

func (l *leaf) languageOf(fresh *article, at int) language {
	if fresh != nil {
		return fresh.lang
	}
	return l.seg.language(at)
}

// add notes a title and reports whether it is one more.
func (t *titles) add(title uint32) bool {
	if t.n == len(t.list) || slices.Contains(t.list[:t.n], title) {
		return false
	}
	t.list[t.n] = title
	t.n++
	return true
}

func (t texts) stock(a *article) bool { return t.has(a.outlet, a.text) }

func (t texts) has(outlet, text uint32) bool {
	return t[printedBy(outlet, text)].n == stockTitles
}

// sample counts the terms of the first articles of the language, as many as the
// sample has. It calls leave after each leaf.
func (s *stats) sample(leaves []*leaf, leeway *feeds.Leeway, leave func()) {
	left := sampled(s.count)
	var parts []sampling
	for _, l := range leaves {
		if left == 0 {
			break
		}
		p := sampling{leaf: l}
		l.eachPlanned(func(fresh *article, at int) bool {
			if l.languageOf(fresh, at) == s.lang {
				p.n++
				left--
			}
			return left > 0
		})
		parts = append(parts, p)
	}
	divide(len(parts), len(parts), leeway, func(_, i int) bool {
		parts[i].count(s.lang)
		leave()
		return true
	})
	for i := range parts {
		s.take(&parts[i])
		leave()
	}
}

// sampling is a leaf with those of its articles that are in a sample.
type sampling struct {
	*leaf
	n     int         // how many of the language, the first
	found []frequency // of the terms in the segment
	last  place
	fresh []*article // those that are to be put in
}

// count counts the terms of those that lie in the segment.
func (p *sampling) count(lang language) {
	p.found = make([]frequency, p.seg.terms())
	left := p.n
	p.eachPlanned(func(fresh *article, at int) bool {
		if left == 0 {
			return false
		}
		if p.languageOf(fresh, at) != lang {
			return true
		}
		if left--; fresh != nil {
			p.fresh, p.last = append(p.fresh, fresh), fresh.place
			return true
		}
		p.seg.eachCount(at, func(index int, raw uint8) { p.found[index].add(raw) })
		p.last = p.seg.place(at)
		return true
	})
}

// weighing is how the articles of an epoch are weighed: the new ones, and anew
// those of some languages, or whose text has become stock or is no more.
type weighing struct {
	epoch uint32
	anew  []language
	texts texts

	mu    sync.Mutex // several encoders ask
	batch *batch
}

// of returns the statistics of a language in the epoch.
func (x *weighing) of(lang language) (*stats, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s, err := x.batch.statistics(statsKey{x.epoch, lang})
	if err == nil {
		s.share()
	}
	return s, err
}

// factors gives the statistics of a language if there are any, and whether all its
// articles are weighed anew.
func (x *weighing) factors(main language) (s *stats, anew bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	s = x.batch.engine.stats[statsKey{x.epoch, main}]
	if s != nil {
		s.share()
	}
	return s, slices.Contains(x.anew, main)
}

// leafFactors are the factors of a leaf's terms by their index, as far as they
// were asked for: a leaf's articles have each term many times.
type leafFactors struct {
	*stats
	known [2][]float64 // of full texts and of bare headlines
}

func (f *leafFactors) factor(all int, index uint32, t term, bare bool) float64 {
	known := &f.known[0]
	if bare {
		known = &f.known[1]
	}
	if *known == nil {
		*known = make([]float64, all)
	}
	x := &(*known)[index]
	if *x == 0 {
		*x = f.stats.factor(t, bare)
	}
	return *x
}

// concerned reports whether a leaf has an article of one of the languages, or
// one whose text has become stock or is no more.
func (l *leaf) concerned(langs []language, texts texts) bool {
	for i := range l.seg.len() {
		if slices.Contains(langs, l.seg.language(i)) || l.seg.stock(i) != texts.has(l.seg.outlet(i), l.seg.text(i)) {
			return true
		}
	}
	return false
}
