package related

import "slices"

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
	s := newStats()
	for _, l := range leaves {
		for i := range l.seg.len() {
			if l.seg.language(i) == k.lang {
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
		for i := range l.seg.len() {
			k := [2]uint32{l.seg.outlet(i), l.seg.text(i)}
			if k[1] == 0 {
				continue
			}
			if have := t[k]; have.add(l.seg.title(i)) {
				t[k] = have
			}
		}
	}
	return t
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
		s.sampleLeaf(&l.seg, lang, size-s.n)
	}
}

// sampleLeaf counts those of the first articles of a segment, at most most.
func (s *stats) sampleLeaf(seg *segment, lang language, most int) {
	var found []frequency // by the segment's terms
	n, last := 0, 0
	for i := 0; i < seg.len() && n < most; i++ {
		if seg.language(i) != lang {
			continue
		}
		if found == nil {
			found = make([]frequency, seg.terms())
		}
		seg.eachCount(i, func(index int, raw uint8) { found[index].add(raw) })
		n, last = n+1, i
	}
	for i, f := range found {
		if f.docs > 0 {
			s.sum(seg.termID(i), f)
		}
	}
	if n > 0 {
		s.added(n, seg.place(last))
	}
}

// reweigh computes the statistics of languages in an epoch anew, and the
// weights that follow from them.
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
	for _, l := range e.leaves {
		if err := b.reweighLeaf(e, l, langs, texts); err != nil {
			return err
		}
	}
	return nil
}

// reweighLeaf weighs a leaf's articles anew. Those whose weights change are to
// be decided on again.
func (b *batch) reweighLeaf(e *epoch, l *leaf, langs []language, texts texts) error {
	if !l.unposted && !l.concerned(langs, texts) {
		return nil
	}
	b.load(l)
	seg := &l.seg
	docs := slices.Clone(seg.docs)
	changed := false
	var was, now article
	all, ends := b.terms[:0], b.ends[:0]
	factors := map[language]*leafFactors{}
	for i := range seg.len() {
		from := len(all)
		seg.eachTerm(i, func(index int, raw, w uint8) { all = append(all, indexed{uint32(index), raw, w}) })
		ends = append(ends, len(all))
		lang, stock := seg.language(i), texts.has(seg.outlet(i), seg.text(i))
		if !slices.Contains(langs, lang) && seg.stock(i) == stock {
			continue
		}
		f := factors[lang]
		if f == nil {
			s, err := b.statistics(statsKey{e.number, lang})
			if err != nil {
				return err
			}
			f = &leafFactors{stats: s}
			factors[lang] = f
		}
		list := all[from:]
		was.terms = was.terms[:0]
		for _, t := range list {
			was.terms = append(was.terms, term{id: seg.termID(int(t.index)), raw: t.raw, w: t.w})
		}
		was.scale, was.stock = seg.scale(i), seg.stock(i)
		now.terms, now.scale, now.stock = append(now.terms[:0], was.terms...), was.scale, stock
		now.weigh(func(k int, bare bool) float64 { return f.factor(seg, list[k].index, now.terms[k], bare) })
		if now.scale == was.scale && now.stock == was.stock && slices.Equal(now.terms, was.terms) {
			continue
		}
		for k, t := range now.terms {
			list[k].w = t.w
		}
		setScale(docs[i*docSize:], now.scale)
		setStock(docs[i*docSize:], now.stock)
		l.states[i].open |= undecided
		changed = true
	}
	b.terms, b.ends = all, ends
	if !changed && !l.unposted {
		return nil
	}
	l.unposted = false
	return l.write(b.writer.rewrite(seg, docs, all, ends, b.factors(e.number, langs)))
}

// factors gives those of languages that have statistics, only of some if any
// are named.
func (b *batch) factors(epoch uint32, only []language) factors {
	return func(main language, id uint32) float64 {
		s := b.engine.stats[statsKey{epoch, main}]
		if s == nil || only != nil && !slices.Contains(only, main) {
			return 0
		}
		return s.factor(term{id: id}, false)
	}
}

// leafFactors are the factors of a leaf's terms by their index, as far as they
// were asked for: a leaf's articles have each term many times.
type leafFactors struct {
	*stats
	known [2][]float64 // of full texts and of bare headlines
}

func (f *leafFactors) factor(seg *segment, index uint32, t term, bare bool) float64 {
	known := &f.known[0]
	if bare {
		known = &f.known[1]
	}
	if *known == nil {
		*known = make([]float64, seg.terms())
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
