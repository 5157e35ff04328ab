package related

import "math"

// stats are the document frequencies a language has in an epoch. They come
// from a sample that depends only on which articles there are, not on when they
// arrived: the first ones, in canonical order, of the epoch and the one before,
// as many as sampled tells. So articles of today rarely change it, and with the
// next epoch's nothing that was weighed before is weighed anew.
type stats struct {
	count int   // articles there are
	n     int   // articles in the sample
	end   place // the sample's last
	terms map[uint32]frequency
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

func newStats() *stats { return &stats{terms: map[uint32]frequency{}} }

func (s *stats) add(a *article) {
	for _, t := range a.terms {
		f := s.terms[t.id]
		f.docs++
		if t.inside() {
			f.inside++
		}
		if t.capital() {
			f.capital++
		}
		s.terms[t.id] = f
	}
	s.n++
	s.end = a.place
}

// grow counts one more article and reports whether it changes the sample.
func (s *stats) grow(p place) bool {
	s.count++
	return !s.end.before(p) || sampled(s.count) != s.n
}

// factor is what a term's count is multiplied by: inverse document frequency,
// flattened, more for names and less for numbers. Among the few words of a bare
// headline the rarest would drown the others, so there it is flatter still.
func (s *stats) factor(t term, bare bool) float64 {
	power, boost := idfPower, capBoost
	if bare {
		power, boost = bareIdfPower, bareCapBoost
	}
	f := s.terms[t.id]
	idf := math.Log(float64(s.n+1) / (float64(f.docs) + 0.5))
	w := math.Pow(max(idf, 0.05), power)
	w *= 1 + boost*(float64(f.capital)+0.3)/(float64(f.inside)+1)
	if t.numeric() {
		w *= numFactor
	}
	return w
}

// weigh sets the weights of an article's terms, so that their squares add up
// to 1.
func (s *stats) weigh(a *article) {
	var buf [maxTerms]float64
	w := buf[:len(a.terms)]
	var sum, top float64
	bare := a.bare()
	for i, t := range a.terms {
		if a.stock && !t.inTitle() {
			continue
		}
		w[i] = t.tf() * s.factor(t, bare)
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
