package related

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"

	"broadsheet/feeds"
)

// term is one term of an article. Its id is a hash of the stem, with the
// lowest bit telling numbers.
type term struct {
	id  uint32
	raw uint8 // how often: see level; and the flag bits
	w   uint8 // its weight, in units of the article's scale
}

const (
	termTitle   = 1 << 5 // stands in the title
	termCapital = 1 << 6 // seen with a capital inside a sentence
	termInside  = 1 << 7 // seen inside a sentence
	levelMask   = termTitle - 1
)

// level stores 1+ln(1+tf) in eighths above 1.
func level(tf float64) uint8 {
	return uint8(min(levelMask, math.Round(8*math.Log1p(tf))))
}

func (t term) tf() float64   { return 1 + float64(t.raw&levelMask)/8 }
func (t term) numeric() bool { return t.id&1 == 1 }
func (t term) inTitle() bool { return t.raw&termTitle != 0 }
func (t term) capital() bool { return t.raw&termCapital != 0 }
func (t term) inside() bool  { return t.raw&termInside != 0 }

// article is what the index keeps of a document.
type article struct {
	id       uint64
	place    place
	lang     language
	outlet   uint32 // hash of the outlet's name
	title    uint32 // hash of the title's words, numbers apart
	text     uint32 // hash of the text; 0 if there is none
	stock    bool   // the text is one its outlet puts under everything: only the title counts
	undated  bool
	credit   uint16  // hash of the outlet that its text or byline credits; 0 if none
	original bool    // it credits its own outlet
	scale    float32 // weight of a term = w·scale
	terms    []term  // by id
	sketch   []uint32
	grams    uint16   // how many shingles the sketch stands for
	surface  []string // of each term, a word it was seen as
}

// place is an article's place in the canonical order, which knows nothing of
// when the article arrived: by time, then by content.
type place struct {
	when uint32 // seconds since 1970
	hash uint32
}

func (p place) before(q place) bool {
	return p.when < q.when || p.when == q.when && p.hash < q.hash
}

// words turns documents into articles. It is not safe for concurrent use.
type words struct {
	tok   tokenizer
	stop  map[string]uint16
	env   *snowballstem.Env
	known map[language]map[string]stemmed
	count map[uint32]*tally
	spare []tally
	shing []uint64
}

type stemmed struct {
	id   uint32 // 0: left out
	word string
}

type tally struct {
	tf    float64
	word  string // as first seen
	flags uint8
}

func newWords() *words {
	return &words{
		stop:  stopSets(),
		env:   snowballstem.NewEnv(""),
		known: map[language]map[string]stemmed{},
		count: map[uint32]*tally{},
	}
}

// maxKnown bounds the memory of the stems seen.
const maxKnown = 200_000

// stem returns a token's term, memoised.
func (w *words) stem(t token, l language, cache map[string]stemmed) stemmed {
	if s, ok := cache[t.word]; ok {
		return s
	}
	if len(cache) >= maxKnown {
		clear(cache)
	}
	word := strings.Clone(t.word)
	s := stemmed{word: word}
	if w.content(word, t.gram, l) {
		s.id = w.termID(word, t.gram, l)
	}
	cache[word] = s
	return s
}

// content reports whether a word is more than grammar.
func (w *words) content(word string, gram bool, l language) bool {
	if gram {
		return !strings.ContainsAny(word, spacelessStop)
	}
	if utf8.RuneCountInString(word) < 2 {
		return false
	}
	m := w.stop[word]
	if m == 0 {
		return true
	}
	for i, s := range stopLists {
		if s.language == l || l == langUkrainian && s.language == langCyrillic {
			return m&(1<<i) == 0
		}
	}
	return true
}

const langUkrainian = language('u')<<8 | 'k'

func (w *words) termID(word string, gram bool, l language) uint32 {
	if numeric(word) {
		return hash32(word) | 1
	}
	if l == langEnglish {
		word = singular(word)
	} else if stem := stemmer(l); stem != nil && !gram {
		w.env.SetCurrent(word)
		stem(w.env)
		if s := w.env.Current(); s != "" {
			word = s
		}
	}
	return hash32(strings.Map(folded, word)) &^ 1
}

// singular strips an English plural and nothing else (D. Harman, How effective
// is suffixing?, 1991): names stay apart that a fuller stemmer would mix.
func singular(w string) string {
	n := len(w)
	if n < 4 || w[n-1] != 's' {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"):
		return w[:n-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	}
	return w[:n-1]
}

func numeric(word string) bool {
	for _, r := range word {
		if !unicode.IsDigit(r) && r != '.' {
			return false
		}
	}
	return true
}

// hash32 is FNV-1a with a final mix.
func hash32(s string) uint32 {
	return uint32(hash64(s) >> 32)
}

func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// read makes an article of a document.
func (w *words) read(d feeds.Document) *article {
	text := d.Text
	if len(text) > maxText {
		text = text[:maxText]
	}
	a := &article{id: uint64(d.ID), outlet: hash32(strings.ToLower(d.Outlet))}
	a.lang = w.guess(d.Title, text, d.Language)
	cache := w.known[a.lang]
	if cache == nil {
		cache = map[string]stemmed{}
		w.known[a.lang] = cache
	}
	clear(w.count)
	w.spare = w.spare[:0]
	w.countTerms(a, d.Title, true, cache)
	a.title = titleHash(w.count)
	w.countTerms(a, text, false, cache)
	a.terms = make([]term, 0, len(w.count))
	for id, c := range w.count {
		a.terms = append(a.terms, term{id: id, raw: level(c.tf) | c.flags})
	}
	slices.SortFunc(a.terms, func(x, y term) int { return int(int64(x.id) - int64(y.id)) })
	a.surface = make([]string, len(a.terms))
	for i, t := range a.terms {
		a.surface[i] = w.count[t.id].word
	}
	w.sketch(a, text)
	a.credited(d)
	if strings.TrimSpace(text) != "" {
		a.text = hash32(text) | 1
	}
	// Never 0, so that no place is the zero place.
	a.place.hash = hash32(d.Title)*31 ^ a.text ^ a.outlet | 1
	return a
}

// maxText is how many bytes of a text are looked at: more than the words that
// count can take.
const maxText = 16 << 10

func titleHash(count map[uint32]*tally) uint32 {
	var h uint64
	for id := range count {
		if id&1 == 0 {
			h += mix(uint64(id))
		}
	}
	return uint32(h)
}

// countTerms adds the terms of a title or a text to w.count. In a title that
// is set in capitals throughout, capitals say nothing.
func (w *words) countTerms(a *article, text string, title bool, cache map[string]stemmed) {
	caps := title && titleCase(text)
	w.tok.reset(text)
	var t token
	for n := 0; n < leadTokens && w.tok.next(&t); n++ {
		s := w.stem(t, a.lang, cache)
		if s.id == 0 {
			continue
		}
		c := w.count[s.id]
		if c == nil {
			w.spare = append(w.spare, tally{})
			if len(w.spare) == cap(w.spare) {
				w.spare = make([]tally, 1, 2*cap(w.spare)+64)
			}
			c = &w.spare[len(w.spare)-1]
			*c = tally{}
			w.count[s.id] = c
			c.word = s.word
		}
		if title {
			c.tf += titleTimes
			c.flags |= termTitle
		} else {
			c.tf += math.Exp(-float64(n) / leadDecay)
		}
		if !t.first && !caps {
			c.flags |= termInside
			if t.upper {
				c.flags |= termCapital
			}
		}
	}
}

// titleCase reports whether most words of a title begin with a capital.
func titleCase(s string) bool {
	words, upper := 0, 0
	inside := false
	for _, r := range s {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if letter && !inside {
			words++
			if unicode.IsUpper(r) {
				upper++
			}
		}
		inside = letter || r == '\'' || r == '’'
	}
	return upper*10 > words*7
}
