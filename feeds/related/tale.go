package related

// tale is a story as far as it goes before an article that is decided about.
type tale struct {
	founder uint64
	start   ref    // its first article
	from    uint32 // when that is of
	core    uint32 // articles of it that are compared with
	number  uint32 // in a sweep
}

// prospect is a story that an article may be of.
type prospect struct {
	*tale
	likely float64 // how strong the tie to it is as far as heavy terms tell,
	tie    tie     // and what it is
}

// ended reports whether a story ended before an article of that time.
func (k *tale) ended(when uint32) bool { return when-k.from > uint32(storySpan*86400) }

// before reports whether a story is to be preferred to another that an article is
// tied to as well.
func (k *tale) before(o *tale) bool { return earlier(k.start, o.start) }

// likeliest are the stories that an article is compared with, storyMost at most, the
// likeliest first. Where news is much alike, that spares most of the comparing.
type likeliest []prospect

// wants reports whether a story of such a hint may be among them: no tie is stronger
// than the best of its links.
func (l likeliest) wants(h *hint) bool {
	return len(l) < storyMost || float64(h.best[0]+1)/guessUnits >= l[storyMost-1].likely
}

// add adds a story if it is one of them.
func (l likeliest) add(k prospect) likeliest {
	if l = append(l, k); len(l) > storyMost {
		if !k.over(&l[storyMost-1]) {
			return l[:storyMost]
		}
		l[storyMost-1] = k
		l = l[:storyMost]
	}
	for i := len(l) - 1; i > 0 && l[i].over(&l[i-1]); i-- {
		l[i], l[i-1] = l[i-1], l[i]
	}
	return l
}

// over reports whether a story is likelier than another.
func (k *prospect) over(o *prospect) bool {
	return k.likely > o.likely || k.likely == o.likely && k.before(o.tale)
}

// best returns the founder of the one that an article of so many terms is tied to best,
// 0 if it belongs to none of them.
func (l likeliest) best(terms int) uint64 {
	var best *tale
	var most float64
	for i := range l {
		k := &l[i]
		v := k.tie.strength(int(k.core), terms)
		if v < storyGate {
			continue
		}
		if best == nil || v > most || v == most && k.before(best) {
			best, most = k.tale, v
		}
	}
	if best == nil {
		return 0
	}
	return best.founder
}

// tied is what holds an article to a story: its links to the articles there.
type tied[N float64 | uint32] struct {
	sum  N
	best [storyBest]N // descending
}

func (t *tied[N]) add(link N) {
	t.sum += link
	for i := range t.best {
		if link > t.best[i] {
			link, t.best[i] = t.best[i], link
		}
	}
}

type tie struct{ tied[float64] }

// hint is a tie of guesses.
type hint struct{ tied[uint32] }

func (h *hint) strength(n, terms int) float64 {
	var t tie
	t.sum = float64(h.sum) / guessUnits
	for i, x := range h.best {
		t.best[i] = float64(x) / guessUnits
	}
	return t.strength(n, terms)
}

// strength of the tie of an article of so many terms to a story of n articles:
// the mean link keeps chains and snowballs out, the best few let a long story
// go on. The fewer articles there are, and the fewer words this one has, the
// more of it is chance.
func (t *tie) strength(n, terms int) float64 {
	best := 0.0
	for _, s := range t.best {
		best += s
	}
	doubt := storyDoubt * min(1, max(0, (doubtNone-float64(terms))/(doubtNone-doubtFull)))
	return (t.sum/float64(n)+best/float64(min(n, storyBest)))/2 - doubt/float64(n)
}
