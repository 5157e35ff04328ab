package related

import (
	"errors"
	"slices"
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
		for i := range l.planned() {
			if l.plannedLanguage(i) == k.lang {
				s.count++
			}
		}
	}
	s.sample(leaves, k.lang)
	b.engine.stats[k] = s
	return s, nil
}

// markStock notes where new articles show that an outlet has one text for all.
func (b *batch) markStock(n uint32, list []*article, stale map[statsKey]bool) error {
	e, err := b.epoch(n)
	if err != nil {
		return err
	}
	texts := e.texts()
	for _, a := range list {
		if texts.stock(a) {
			stale[statsKey{n, a.lang}] = true
		}
	}
	return nil
}

// texts are the titles that an epoch's outlets put over the same text.
type texts map[[2]uint32]titles

// titles are as many different ones as make a text stock.
type titles struct {
	n    int
	list [stockTitles]uint32
}

func (e *epoch) texts() texts {
	t := texts{}
	for _, l := range e.leaves {
		for i := range l.planned() {
			var k [2]uint32
			var title uint32
			if a, at := l.plannedArticle(i); a != nil {
				k, title = [2]uint32{a.outlet, a.text}, a.title
			} else {
				k, title = [2]uint32{l.seg.outlet(at), l.seg.text(at)}, l.seg.title(at)
			}
			if k[1] == 0 {
				continue
			}
			if have := t[k]; have.add(title) {
				t[k] = have
			}
		}
	}
	return t
}

// planned is how many articles a leaf has, those that are to be put in counted.
func (l *leaf) planned() int {
	if l.plan != nil {
		return len(l.plan)
	}
	return l.seg.len()
}

// plannedArticle returns the i-th of them: a new one, or where it lies.
func (l *leaf) plannedArticle(i int) (fresh *article, at int) {
	if l.plan != nil {
		return l.plan[i].fresh, l.plan[i].i
	}
	return nil, i
}

func (l *leaf) plannedLanguage(i int) language {
	if l.plan != nil {
		return l.plan[i].language(&l.seg)
	}
	return l.seg.language(i)
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
	return t[[2]uint32{outlet, text}].n == stockTitles
}

// sample counts the terms of the first articles of a language.
func (s *stats) sample(leaves []*leaf, lang language) {
	size := sampled(s.count)
	for _, l := range leaves {
		s.sampleLeaf(l, lang, size)
	}
}

// sampleLeaf counts those of the first articles of a leaf, until the sample has
// size articles.
func (s *stats) sampleLeaf(l *leaf, lang language, size int) {
	found := make([]frequency, l.seg.terms()) // of those in the segment
	for i := 0; i < l.planned() && s.n < size; i++ {
		if l.plannedLanguage(i) != lang {
			continue
		}
		a, at := l.plannedArticle(i)
		if a != nil {
			s.add(a)
			continue
		}
		l.seg.eachCount(at, func(index int, raw uint8) { found[index].add(raw) })
		s.added(l.seg.place(at))
	}
	for i, f := range found {
		if f.docs > 0 {
			s.sum(l.seg.termID(i), f)
		}
	}
}

// reweigh computes the statistics of languages in an epoch anew, and the
// weights that follow from them, and writes what was put off until then.
func (b *batch) reweigh(n uint32, langs []language) error {
	e, err := b.epoch(n)
	if err != nil {
		return err
	}
	for _, l := range langs {
		delete(b.engine.stats, statsKey{n, l})
	}
	if len(e.leaves) == 0 {
		return nil
	}
	texts := e.texts()
	for _, lang := range langs { // factors asks for them
		if _, err := b.statistics(statsKey{n, lang}); err != nil {
			return err
		}
	}
	for _, l := range slices.Clone(e.leaves) {
		if l.plan == nil && !l.concerned(langs, texts) {
			continue
		}
		x := weighing{batch: b, epoch: n, langs: langs, texts: texts}
		if err := b.write(e, l, b.entries(l, nil), b.factors(n, langs), x.weigh); err != nil || x.err != nil {
			return errors.Join(err, x.err)
		}
	}
	return nil
}

// weighing weighs the articles of a leaf that are of some languages, or whose
// text has become stock or is no more.
type weighing struct {
	*batch
	epoch    uint32
	langs    []language
	texts    texts
	made     int                       // the dictionary that
	factors  map[language]*leafFactors // are for
	was, now article
	err      error
}

func (x *weighing) weigh(w *writer, d *[docSize]byte) (changed, sure bool) {
	seg := segment{docs: d[:]}
	lang, stock := seg.language(0), x.texts.has(seg.outlet(0), seg.text(0))
	stale := slices.Contains(x.langs, lang)
	if !stale && seg.stock(0) == stock {
		return false, false
	}
	if x.made != w.made {
		x.made, x.factors = w.made, map[language]*leafFactors{}
	}
	f := x.factors[lang]
	if f == nil {
		s, err := x.statistics(statsKey{x.epoch, lang})
		if err != nil {
			x.err = err
			return false, false
		}
		f = &leafFactors{stats: s}
		x.factors[lang] = f
	}
	was, now := &x.was, &x.now
	was.terms = was.terms[:0]
	for _, t := range w.terms {
		was.terms = append(was.terms, term{id: w.termID(int(t.index)), raw: t.raw, w: t.w})
	}
	was.scale, was.stock = seg.scale(0), seg.stock(0)
	now.terms, now.scale, now.stock = append(now.terms[:0], was.terms...), was.scale, stock
	full := true
	now.weigh(func(k int, bare bool) float64 {
		full = !bare
		return f.factor(len(w.factors), w.terms[k].index, now.terms[k], bare)
	})
	for k, t := range now.terms {
		w.terms[k].w = t.w
	}
	setScale(d[:], now.scale)
	setStock(d[:], now.stock)
	changed = now.scale != was.scale || now.stock != was.stock || !slices.Equal(now.terms, was.terms)
	return changed, full && stale
}

// factors gives those of the languages that have statistics; those of some, for
// which all articles are weighed anew, go first.
func (b *batch) factors(epoch uint32, anew []language) factors {
	return func(main language, id uint32) (float64, bool) {
		s := b.engine.stats[statsKey{epoch, main}]
		if s == nil {
			return 0, false
		}
		return s.factor(term{id: id}, false), slices.Contains(anew, main)
	}
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
