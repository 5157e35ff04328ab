package related

import "math"

// stats are the document frequencies a language has in an epoch. They come
// from a sample that depends only on which articles there are, not on when they
// arrived: the first sampleSize ones, in canonical order, of the epoch and the
// one before. So with the next epoch's articles, nothing that was weighed
// before is weighed anew.
type stats struct {
	n     int
	end   place // where the sample ends; the last place of all if it is not full
	full  bool
	terms map[uint32]frequency
}

type frequency struct {
	docs, inside, capital uint16
}

func newStats() *stats { return &stats{terms: map[uint32]frequency{}} }

// add counts an article and reports whether the sample takes more.
func (s *stats) add(a *article) bool {
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
	s.full = s.n >= sampleSize
	return !s.full
}

// covers reports whether an article at p would belong to the sample.
func (s *stats) covers(p place) bool { return !s.full || p.before(s.end) }

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
