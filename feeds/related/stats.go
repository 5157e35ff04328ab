package related

import (
	"math"
	"sync/atomic"
)

// stats are the document frequencies a language has in an epoch. They come
// from a sample that depends only on which articles there are, not on when they
// arrived: the first ones, in canonical order, of the epoch and the one before,
// as many as sampled tells. So articles of today rarely change it, and with the
// next epoch's nothing that was weighed before is weighed anew.
type stats struct {
	lang  language
	count int      // articles there are
	n     int      // articles in the sample
	plain *numbers // the language's ordinary words
	end   place    // the sample's last
	terms numbers
	found []frequency // by a term's number
	// The factors that follow, as bits, once asked for, of a full text and of a bare
	// headline; then of terms that are not in the sample, numbers and ordinary words apart.
	factors [2][]atomic.Uint64
	unseen  [2][3]atomic.Uint64
}

// sampled is how many of n articles make the sample: all of a few, then n in
// steps of a fifth, at most sampleSize.
func sampled(n int) int {
	if n <= sampleAll || n >= sampleSize {
		return min(n, sampleSize)
	}
	k := float64(sampleAll)
	for k*sampleStep <= float64(n) {
		k *= sampleStep
	}
	return int(k)
}

type frequency struct {
	docs, inside, capital uint16
}

func newStats(l language) *stats { return &stats{lang: l, plain: ordinaryTerms(l)} }

// add takes an article into the sample.
func (s *stats) add(a *article) {
	a.eachWord(func(_ uint32, t term) {
		var f frequency
		f.add(t.raw)
		s.sum(t.id, f)
	})
	s.n++
	s.end = a.place
	if s.factors[0] != nil {
		s.factors, s.unseen = [2][]atomic.Uint64{}, [2][3]atomic.Uint64{}
	}
}

// take takes those of a leaf that were counted into the sample, behind those before.
func (s *stats) take(p *sampling) {
	for _, a := range p.fresh {
		s.add(a)
	}
	for i, f := range p.found {
		if f.docs > 0 {
			s.sum(p.seg.termID(i), f)
		}
	}
	s.n += p.n - len(p.fresh)
	if p.n > 0 {
		s.end = p.last
	}
}

// sum adds the frequency that a term has in some articles.
func (s *stats) sum(id uint32, f frequency) {
	n := s.terms.number(id)
	if n == len(s.found) {
		s.found = append(s.found, f)
		return
	}
	x := &s.found[n]
	x.docs += f.docs
	x.inside += f.inside
	x.capital += f.capital
}

// add counts one more article that has the term, as its raw count tells.
func (f *frequency) add(raw uint8) {
	f.docs++
	f.inside += uint16(raw / termInside & 1)
	f.capital += uint16(raw / termCapital & 1)
}

// grow counts one more article and reports whether it changes the sample.
func (s *stats) grow(p place) bool {
	s.count++
	return !s.end.before(p) || sampled(s.count) != s.n
}

// share makes room for the factors, after which several may ask for them at once.
func (s *stats) share() {
	for kind := range s.factors {
		if s.factors[kind] == nil {
			s.factors[kind] = make([]atomic.Uint64, len(s.found))
		}
	}
}

// factor is what a term's count is multiplied by. It is computed once for each
// term of the sample, or by each who asks at the same time.
func (s *stats) factor(t term, bare bool) float64 {
	kind := 0
	if bare {
		kind = 1
	}
	var f *atomic.Uint64
	var found frequency
	if n, ok := s.terms.find(t.id); ok {
		f, found = &s.factors[kind][n], s.found[n]
	} else {
		which := t.id & 1
		if bare && plain(t.id, s.plain) {
			which = 2
		}
		f = &s.unseen[kind][which]
	}
	if bits := f.Load(); bits != 0 {
		return math.Float64frombits(bits)
	}
	x := s.computed(t, found, bare)
	f.Store(math.Float64bits(x))
	return x
}

// computed is a term's inverse document frequency, flattened, more for names
// and less for numbers. Among the few words of a bare headline the rarest would
// drown the others, so there it is flatter still; and an ordinary word, which in a
// sample of headlines may be as rare as a name, weighs less. A sample of few counts
// as one of sampleLeast: three articles would call the words of the one event
// that they tell common, as they are in all of them, and nothing would hold
// together.
func (s *stats) computed(t term, f frequency, bare bool) float64 {
	power, boost := idfPower, capBoost
	if bare {
		power, boost = bareIdfPower, bareCapBoost
	}
	idf := math.Log(float64(max(s.n, sampleLeast)+1) / (float64(f.docs) + 0.5))
	w := math.Pow(max(idf, 0.05), power)
	w *= 1 + boost*(float64(f.capital)+0.3)/(float64(f.inside)+1)
	if t.numeric() {
		w *= numFactor
	}
	if bare && plain(t.id, s.plain) {
		w *= barePlain
	}
	return w
}

// weigh sets the weights of an article that is not in a segment yet.
func (s *stats) weigh(a *article) {
	a.weigh(func(k int, bare bool) float64 { return s.factor(a.terms[k], bare) })
}

// weigh sets the weights of an article's terms, so that their squares add up
// to 1. factor gives that of its k-th.
func (a *article) weigh(factor func(k int, bare bool) float64) {
	var buf [maxTerms]float64
	w := buf[:len(a.terms)]
	var sum, top float64
	bare := a.bare()
	for i, t := range a.terms {
		if a.stock && !t.inTitle() {
			continue
		}
		w[i] = t.tf() * factor(i, bare)
		sum += w[i] * w[i]
		top = max(top, w[i])
	}
	a.scale = 0
	if sum == 0 {
		return
	}
	a.scale = float32(top / math.Sqrt(sum) / 255)
	for i := range a.terms {
		a.terms[i].w = uint8(math.Round(w[i] / top * 255))
	}
}

// bare reports whether an article is hardly more than its headline.
func (a *article) bare() bool {
	if a.stock {
		return true
	}
	text := 0
	for _, t := range a.terms {
		if !t.inTitle() {
			text++
		}
	}
	return text < bareTerms
}
