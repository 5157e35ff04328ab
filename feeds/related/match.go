package related

import (
	"math"
	"slices"
)

// match compares an article of a crowd with those before it, one by one. It owns its
// buffers.
type match struct {
	*crowd
	q      query
	self   *slot
	own    lists
	weight []uint8 // of its terms, by their numbers
	name   []uint8 // the same of names and numbers alone
	square uint32  // the sum of the squares of these
	sketch sketchSet
	hashed bool   // its sketch is in there,
	end    uint32 // and stands for so many hashes, to this one
	parts  parts  // of the other article
}

// ask makes ready to compare the article of a slot.
func (m *match) ask(n int, t times) {
	m.self, m.q = &m.slots[n], m.heads[n].linkQuery(t)
	m.own = m.self.plain(&m.fresh)
	if need := len(m.numbers.ids); len(m.weight) < need {
		m.weight, m.name = make([]uint8, need+4096), make([]uint8, need+4096)
	}
	for _, t := range m.own.terms {
		m.weight[t>>8] = uint8(t)
	}
	m.square = 0
	for _, t := range m.own.names {
		m.name[t>>8] = uint8(t)
		m.square += (t & 0xff) * (t & 0xff)
	}
}

// done forgets the article.
func (m *match) done() {
	for _, t := range m.own.terms {
		m.weight[t>>8], m.name[t>>8] = 0, 0
	}
	if m.hashed {
		m.hashed, m.sketch = false, sketchSet{}
	}
}

// with compares it with a slot: the link, 0 if there is none that counts, and whether
// it is a copy.
func (m *match) with(n int) (sim float64, copied bool) {
	x := &m.slots[n]
	l := m.lists(n)
	if !x.core && !m.recall(x, &l) {
		return 0, false
	}
	if m.unlike(&l) && m.worded(x, &l) {
		return 0, false
	}
	h := &m.heads[n]
	most := uint32(maxProduct)
	if !m.self.bare && !x.bare {
		most = m.q.most(h)
	}
	all, held := l.product(m.weight, most)
	copied = m.q.cosine(h, float64(all)) >= copyCosine && m.contained(x, &l) >= copyContain
	if x.outlet == m.self.outlet && distinct(m.ref(m.self), m.ref(x), copied) {
		return 0, false
	}
	if sim = m.q.cosine(h, float64(held)) * m.q.factor(h); !copied && (sim < linkMin || !x.core) {
		sim = 0
	}
	return sim, copied
}

// product is the inner product with weights, in units of both scales, and the same
// with no term's part above most.
func (l *lists) product(weights []uint8, most uint32) (all, held uint32) {
	for _, t := range l.terms {
		v := uint32(weights[t>>8]) * (t & 0xff)
		all += v
		held += min(v, most)
	}
	for _, list := range [...]steps{l.named, l.others} {
		for at, w := range list.all {
			v := uint32(weights[at]) * w
			all += v
			held += min(v, most)
		}
	}
	return all, held
}

// unlike reports whether alikeNames is below namesMin.
func (m *match) unlike(l *lists) bool {
	var square, both uint32
	for _, t := range l.names {
		w := t & 0xff
		square += w * w
		both += uint32(m.name[t>>8]) * w
	}
	for at, w := range l.named.all {
		square += w * w
		both += uint32(m.name[at]) * w
	}
	if m.square == 0 || square == 0 {
		return false
	}
	return float64(both)/math.Sqrt(float64(m.square)*float64(square)) < namesMin
}

// worded reports whether the texts have wording in common, see article.wording.
func (m *match) worded(x *slot, l *lists) bool {
	both := m.common(x, l, wordingMin)
	return both == wordingMin || both > 0 && m.share(x, l, both) >= copyContain
}

// contained is that of the article and a slot.
func (m *match) contained(x *slot, l *lists) float64 {
	return m.share(x, l, m.common(x, l, maxSketch))
}

// common counts the hashes that the article and a slot have in common, to so many.
func (m *match) common(x *slot, l *lists, most int) int {
	if x.grams == 0 || m.self.grams == 0 {
		return 0
	}
	if !m.hashed {
		m.hashed = true
		for _, h := range m.own.hashes {
			m.sketch.add(h)
		}
		m.end = m.self.end(m.own.hashes)
	}
	if l.packed != nil {
		l.hashes, l.packed = m.parts.unpackHashes(x, l.packed), nil
	}
	both := 0
	for _, h := range l.hashes {
		if m.sketch.has(h) {
			if both++; both == most {
				break
			}
		}
	}
	return both
}

// share is what so many hashes in common, found just now, are of the shorter text's.
func (m *match) share(x *slot, l *lists, both int) float64 {
	if both == 0 {
		return 0
	}
	end := min(m.end, x.end(l.hashes))
	shorter := m.own.hashes
	if x.grams < m.self.grams {
		shorter = l.hashes
	}
	all := 0
	for _, h := range shorter {
		if h <= end {
			all++
		}
	}
	return float64(both) / float64(all)
}

// end is the last of all hashes that a slot's sketch stands for: a full one leaves
// out those behind.
func (x *slot) end(sketch []uint32) uint32 {
	if int(x.grams) > len(sketch) && len(sketch) > 0 {
		return slices.Max(sketch)
	}
	return noHash
}

// noHash is above those of all sketches.
const noHash = ^uint32(0)
