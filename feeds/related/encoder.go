package related

import "slices"

// encoder makes segments of articles, which it weighs. Several may work at the same
// time; each has buffers of its own.
type encoder struct {
	writer   writer
	by       *weighing
	made     int                       // the dictionary that
	factors  map[language]*leafFactors // are for
	was, now article
	weighed  int // articles
	err      error
}

// lookOver is how many articles are weighed until the pages of the index that were
// looked at are left, also those that a library looked at that saves others meanwhile.
const lookOver = 64

// maxEncoders is how many work at the same time, at most: each takes some megabytes.
const maxEncoders = 4

// encode makes a segment of articles, of which those that are not new lie in old.
// Without by nothing is weighed, and nothing may be new.
func (c *encoder) encode(list []entry, old *segment, by *weighing) (made []byte, changed bool, err error) {
	if by == nil {
		made, changed = c.writer.encode(list, old, nil, nil)
		return made, changed, nil
	}
	c.by, c.err = by, nil
	made, changed = c.writer.encode(list, old, by.factors, c.weigh)
	return made, changed, c.err
}

// weigh weighs an article if it is new or that is to be done anew.
func (c *encoder) weigh(w *writer, d *[docSize]byte, fresh bool) (x weighed) {
	if c.weighed++; c.weighed%lookOver == 0 {
		c.by.batch.view.Leave()
	}
	seg := segment{docs: d[:]}
	lang, stock := seg.language(0), c.by.texts.has(seg.outlet(0), seg.text(0))
	anew := slices.Contains(c.by.anew, lang)
	if !fresh && !anew && seg.stock(0) == stock {
		return weighed{}
	}
	if c.made != w.made {
		c.made, c.factors = w.made, map[language]*leafFactors{}
	}
	f := c.factors[lang]
	if f == nil {
		s, err := c.by.of(lang)
		if err != nil {
			c.err = err
			return weighed{}
		}
		f = &leafFactors{stats: s}
		c.factors[lang] = f
	}
	was, now := &c.was, &c.now
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
	return weighed{
		done:    true,
		changed: now.scale != was.scale || now.stock != was.stock || !slices.Equal(now.terms, was.terms),
		sure:    full && anew,
	}
}

// rewriting is a leaf in whose place others come.
type rewriting struct {
	old    *leaf
	pieces []rewritten
}

// rewritten is a new leaf: its articles and, once it is made, its segment.
type rewritten struct {
	list    []entry
	made    []byte
	changed bool
	err     error
}

// rewrite parts the articles that are to lie in the place of a leaf's into new ones.
func rewrite(old *leaf, list []entry) *rewriting {
	r := &rewriting{old: old}
	n := pieces(len(list))
	for k := range n {
		r.pieces = append(r.pieces, rewritten{list: list[k*len(list)/n : (k+1)*len(list)/n]})
	}
	return r
}

// pieces is how many leaves so many articles take.
func pieces(articles int) int { return (articles + leafSize - 1) / leafSize }

// encodeAll makes the segments of leaves.
func (b *batch) encodeAll(list []*rewriting, by *weighing) error {
	type job struct {
		*rewritten
		old *segment
	}
	var jobs []job
	for _, r := range list {
		for k := range r.pieces {
			jobs = append(jobs, job{&r.pieces[k], &r.old.seg})
		}
	}
	divide(len(jobs), len(b.encoders), b.engine.Leeway, func(k, i int) bool {
		j := jobs[i]
		j.made, j.changed, j.err = b.encoders[k].encode(j.list, j.old, by)
		b.view.Leave()
		return true
	})
	for _, j := range jobs {
		if j.err != nil {
			return j.err
		}
	}
	return nil
}
