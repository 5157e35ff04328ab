package related

// sweep finds what teller.decide needs of the articles before one, as neighbours
// does, for the case that many are decided one after the other in canonical
// order: it keeps what lies in the window of storyDays in memory and ready, and
// of each story only the articles that a later one is compared with. So in news
// that is all alike an article costs what there are stories, not articles.
// What it finds is the same.
type sweep struct {
	t        *teller
	epoch    uint32 // where the next article to take in lies
	leaf     int
	at       int
	asked    ref            // the last article that was asked for
	prints   map[uint32]ref // by print, the last article that has it and left the window
	slots    []slot         // taken in, in canonical order
	vectors  []uint32       // numbers and weights of their terms, 8 bits of weight
	first    int            // the first in the window
	tales    map[uint64]*tale
	numbers  map[uint32]uint32  // of terms, by id
	leaves   map[*leaf][]uint32 // the numbers of a leaf's terms
	terms    []indexed
	posts    []postings // by term
	dense    []float32  // by term: the asked article's weights
	need     []float32  // by slot: the sum that a link or a copy takes
	sum      []float32  // by slot: the part of the product that heavy terms make
	likely   []uint32   // slots that may be linked with the asked article or have its text
	told     []*tale    // that the asked article has a link to
	self     article
	query    []weighted
	other    article
	own      []uint32 // the numbers of an article's terms
	wordings wordings
}

// slot is an article that was taken in.
type slot struct {
	ref
	from, to uint32 // its terms, in vectors
	text     textOf
	tale     *tale
	core     bool
}

// tale is a story as far as the sweep has come.
type tale struct {
	founder uint64
	start   ref // its first article
	core    int // articles of it that are compared with
	tie     tie
	linked  bool
}

// postings are the slots and weights of a term, 8 bits of weight; those before
// head have left the window.
type postings struct {
	list []uint32
	head int
}

// maxSlots is how many slots, and how many terms, 24 bits tell apart.
const maxSlots = 1 << 24

func newSweep(t *teller) *sweep { return &sweep{t: t} }

// decide returns the article before r whose text r has, if there is one, and
// the founder of the story that r is tied to best, 0 if to none.
func (s *sweep) decide(r ref) (text *link, founder uint64, err error) {
	if err := s.advance(r); err != nil {
		return nil, 0, err
	}
	r.leaf.seg.read(r.i, &s.self)
	q := s.self.queryIn(s.query, s.t.find.times)
	s.query = q.terms
	s.t.find.choose(q, linkTerms)
	least := s.t.find.least
	s.numberTerms(r)
	for i, n := range s.own {
		weight := q.terms[i].w
		s.dense[n] = weight
		if weight >= least && weight > 0 {
			s.collect(&s.posts[n], weight)
		}
	}
	s.wordings.ask(&s.self, s.own, len(s.numbers))
	if text = s.compare(r, q); text == nil {
		text = s.reprinted(r)
	}
	for _, n := range s.own {
		s.dense[n] = 0
	}
	s.wordings.forget(s.own)
	return text, s.best(r), nil
}

// restart forgets everything and goes on at a time.
func (s *sweep) restart(from uint32) error {
	s.slots, s.vectors, s.need, s.sum, s.first, s.posts = s.slots[:0], s.vectors[:0], s.need[:0], s.sum[:0], 0, nil
	s.prints = map[uint32]ref{}
	s.wordings.hashes, s.wordings.names = s.wordings.hashes[:0], s.wordings.names[:0]
	s.tales, s.numbers, s.leaves = map[uint64]*tale{}, map[uint32]uint32{}, map[*leaf][]uint32{}
	back := from - min(from, textSpan-linkSpan)
	s.epoch, s.leaf, s.at = back/epochSeconds, 0, 0
	return s.each(func(o ref) bool {
		if when := o.leaf.seg.when(o.i); when >= from {
			return false
		} else if when >= back {
			s.gone(o)
		}
		return true
	})
}

// stale reports whether it is cheaper to start again than to go on to a time.
func (s *sweep) stale(r ref, from uint32) bool {
	n := len(s.slots)
	if s.tales == nil || n >= maxSlots || len(s.numbers) >= maxSlots || s.first > leafSize && s.first > n/2 {
		return true
	}
	return s.asked.leaf.seg.when(s.asked.i) < from || !earlier(s.asked, r)
}

// advance takes in all articles before r.
func (s *sweep) advance(r ref) error {
	when := r.leaf.seg.when(r.i)
	from := when - min(when, linkSpan)
	if s.stale(r, from) {
		if err := s.restart(from); err != nil {
			return err
		}
	}
	s.asked = r
	err := s.each(func(o ref) bool {
		if !earlier(o, r) {
			return false
		}
		s.take(o)
		return true
	})
	for s.first < len(s.slots) && s.slots[s.first].leaf.head(s.slots[s.first].i).when < from {
		s.gone(s.slots[s.first].ref)
		s.first++
	}
	return err
}

// each goes on in canonical order until fn says no.
func (s *sweep) each(fn func(ref) bool) error {
	for ; uint64(s.epoch)*epochSeconds < 1<<32; s.epoch, s.leaf = s.epoch+1, 0 {
		e, err := s.t.epoch(s.epoch)
		if err != nil {
			return err
		}
		for ; s.leaf < len(e.leaves); s.leaf, s.at = s.leaf+1, 0 {
			l := e.leaves[s.leaf]
			s.t.load(l)
			for ; s.at < l.seg.len(); s.at++ {
				if !fn(ref{l, s.at}) {
					return nil
				}
			}
		}
	}
	return nil
}

// gone notes the text of an article that is too old for links.
func (s *sweep) gone(r ref) {
	if text := r.leaf.seg.print(r.i); text != 0 {
		s.prints[text] = r
	}
}

// reprinted is the teller's.
func (s *sweep) reprinted(r ref) *link {
	o, ok := s.prints[r.leaf.seg.print(r.i)]
	if !ok || o.leaf.seg.when(o.i)+textSpan < r.leaf.seg.when(r.i) {
		return nil
	}
	if !s.t.reprint(r, o) {
		return nil
	}
	return &link{ref: o, copy: true}
}

// take takes in an article whose story is decided.
func (s *sweep) take(r ref) {
	st := r.state()
	k := s.tale(st.founder, r)
	n := uint32(len(s.slots))
	x := slot{ref: r, from: uint32(len(s.vectors)), tale: k, core: st.leader == r.leaf.head(r.i).id && k.core < storyCore}
	need := copyCosine * linkSlack
	if x.core {
		k.core++
		need = linkMin * linkSlack
	}
	s.need = append(s.need, float32(need*roundingSlack)/r.leaf.head(r.i).scale)
	s.sum = append(s.sum, 0)
	r.leaf.seg.read(r.i, &s.other)
	s.numberTerms(r)
	s.terms = s.terms[:0]
	for i, t := range s.other.terms {
		s.terms = append(s.terms, indexed{s.own[i], t.raw, t.w})
	}
	x.text = s.wordings.keep(&s.other, s.own)
	least := leastPosted(s.terms)
	for _, t := range s.terms {
		s.vectors = append(s.vectors, t.index<<8|uint32(t.w))
		if t.w >= least {
			p := &s.posts[t.index]
			p.list = append(p.list, n<<8|uint32(t.w))
		}
	}
	x.to = uint32(len(s.vectors))
	s.slots = append(s.slots, x)
}

// tale returns what is known of a story before r.
func (s *sweep) tale(founder uint64, r ref) *tale {
	k := s.tales[founder]
	if k != nil {
		return k
	}
	k = &tale{founder: founder, start: r}
	for i, m := range s.t.members[founder] {
		if !earlier(m, r) {
			break
		}
		if i == 0 {
			k.start = m
		}
		if m.state().leader == m.id() {
			if k.core++; k.core == storyCore {
				break
			}
		}
	}
	s.tales[founder] = k
	return k
}

// number gives a leaf's terms the numbers by which they are known here.
func (s *sweep) number(l *leaf) []uint32 {
	if list := s.leaves[l]; list != nil {
		return list
	}
	list := make([]uint32, l.seg.terms())
	for i := range list {
		id := l.seg.termID(i)
		n, ok := s.numbers[id]
		if !ok {
			n = uint32(len(s.numbers))
			s.numbers[id] = n
		}
		list[i] = n
	}
	s.leaves[l] = list
	for len(s.posts) < len(s.numbers) {
		s.posts = append(s.posts, postings{})
	}
	if n := len(s.numbers); len(s.dense) < n {
		s.dense = append(s.dense, make([]float32, n-len(s.dense)+4096)...)
	}
	return list
}

// numberTerms sets own to the numbers of an article's terms, as read gives them.
func (s *sweep) numberTerms(r ref) {
	numbers := s.number(r.leaf)
	s.own = s.own[:0]
	r.leaf.seg.eachCount(r.i, func(index int, _ uint8) { s.own = append(s.own, numbers[index]) })
}

// collect adds a term's part to the sums of the articles in the window.
func (s *sweep) collect(p *postings, weight float32) {
	for p.head < len(p.list) && int(p.list[p.head]>>8) < s.first {
		p.head++
	}
	for _, x := range p.list[p.head:] {
		s.sum[x>>8] += weight * float32(x&0xff)
	}
}

// compare adds up the links to the cores of stories and returns the article
// whose text r has, the most alike.
func (s *sweep) compare(r ref, q query) *link {
	s.choose(q)
	var text *link
	s.told = s.told[:0]
	for _, n := range s.likely {
		x := &s.slots[n]
		c := s.wordings.contained(&x.text)
		if c >= wordingMin && s.wordings.alikeNames(&x.text) < namesMin {
			continue
		}
		cos, sim := s.link(q, x)
		copied := cos >= copyCosine && c >= copyContain
		if !copied && sim < linkMin || distinct(r, x.ref, copied) {
			continue
		}
		k := link{ref: x.ref, sim: sim, copy: copied}
		if k.copy && (text == nil || k.over(text)) {
			text = &k
		}
		if !x.core || sim < linkMin {
			continue
		}
		if !x.tale.linked {
			x.tale.linked, x.tale.tie = true, tie{}
			s.told = append(s.told, x.tale)
		}
		x.tale.tie.add(sim)
	}
	return text
}

// link is the query's, by the numbers of terms.
func (s *sweep) link(q query, x *slot) (cos, link float64) {
	h := x.leaf.head(x.i)
	top := linkPart / h.scale
	var all, held float32
	for _, t := range s.vectors[x.from:x.to] {
		if v := s.dense[t>>8]; v != 0 {
			v *= float32(t & 0xff)
			all += v
			held += min(v, top)
		}
	}
	return q.linked(h, all, held, int(x.to-x.from))
}

// choose finds the articles that may be linked with the asked one or have its
// text, and wipes the sums.
func (s *sweep) choose(q query) {
	s.likely = s.likely[:0]
	sums := s.sum[s.first:]
	need := s.need[s.first:][:len(sums)]
	for i, sum := range sums {
		if sum < need[i] {
			continue
		}
		n := s.first + i
		x := &s.slots[n]
		h := x.leaf.head(x.i)
		v := float64(sum * h.scale)
		if v*q.factor(h) >= linkMin*linkSlack && (v >= copyCosine*linkSlack || x.core && v >= linkMin*linkSlack) {
			s.likely = append(s.likely, uint32(n))
		}
	}
	clear(sums)
}

// best returns the founder of the story that r is tied to best, if it belongs
// to one, else 0.
func (s *sweep) best(r ref) uint64 {
	var best *tale
	var most float64
	for _, k := range s.told {
		k.linked = false
		if r.place().when-k.start.place().when > uint32(storySpan*86400) {
			continue
		}
		v := k.tie.strength(k.core, len(s.self.terms))
		if v < storyGate {
			continue
		}
		if best == nil || v > most || v == most && earlier(k.start, best.start) {
			best, most = k, v
		}
	}
	if best == nil {
		return 0
	}
	return best.founder
}

// roundingSlack keeps what another order of rounding would not leave out.
const roundingSlack = 0.999
