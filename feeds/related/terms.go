package related

import (
	"math"
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

const (
	levelStep = 128
	unsure    = levelMask + 1
)

// level is the function of that name, which takes a logarithm each time.
func (w *words) level(tf float64) uint8 {
	if n := int(tf * levelStep); n < len(w.levels) && w.levels[n] != unsure {
		return w.levels[n]
	}
	return level(tf)
}

func (t term) tf() float64   { return 1 + float64(t.raw&levelMask)/8 }
func (t term) numeric() bool { return t.id&1 == 1 }
func (t term) inTitle() bool { return t.raw&termTitle != 0 }
func (t term) capital() bool { return t.raw&termCapital != 0 }

// article is what the index keeps of a document.
type article struct {
	id       uint64
	story    uint64 // it was told to be in before, so that this keeps its id; 0 if in none
	place    place
	lang     language
	outlet   uint32 // hash of the outlet's name
	title    uint32 // hash of the title's words, numbers apart
	text     uint32 // hash of the text; 0 if there is none
	stock    bool   // the text is one its outlet puts under everything: only the title counts
	undated  bool
	days     weekdays // that it names
	credit   uint16   // hash of the outlet that its text or byline credits; 0 if none
	original bool     // it credits its own outlet
	scale    float32  // weight of a term = w·scale
	terms    []term   // by id
	sketch   []uint32
	grams    uint16   // how many shingles the sketch stands for
	surface  []uint32 // of each term, a word it was seen as, by its number in lexicon
	lexicon  *lexicon
	packed   []byte // terms, surface and sketch of one that waits, which has no others: see packer
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
	tok         tokenizer
	lexicon     *lexicon
	env         *snowballstem.Env
	above       [leadTokens]float64 // what a word of the title counts, by its place: always the same
	lead        [leadTokens]float64 // the same of the text
	levels      [2048]uint8         // of counts, by levelStep; unsure where that has two
	title, text []token
	numbers     numbers // of the article's terms
	count       []tally // by number
	sorted      []uint64
	spare       []uint64
	packer      packer
}

// tally is what is counted of a term.
type tally struct {
	tf    float64
	word  uint32 // as first seen
	flags uint8
}

func newWords() *words {
	w := &words{lexicon: newLexicon(stopSets()), env: snowballstem.NewEnv("")}
	for n := range w.lead {
		w.above[n] = titleTimes
		w.lead[n] = math.Exp(-float64(n) / leadDecay)
	}
	for n := range w.levels {
		w.levels[n] = level(float64(n) / levelStep)
		if w.levels[n] != level(float64(n+1)/levelStep) {
			w.levels[n] = unsure
		}
	}
	return w
}

// term finds the term of a word that is new in a language.
func (w *words) term(k *lexeme, l language) uint32 {
	if !k.content(l) {
		return noTerm
	}
	return w.termID(k.word, k.gram, l)
}

// content reports whether a word is more than grammar.
func (k *lexeme) content(l language) bool {
	if k.gram {
		return !strings.ContainsAny(k.word, spacelessStop)
	}
	if utf8.RuneCountInString(k.word) < 2 {
		return false
	}
	if k.stop == 0 {
		return true
	}
	l = listOf(l)
	for i, s := range stopLists() {
		if s.language == l {
			return k.stop&(1<<i) == 0
		}
	}
	return true
}

func (w *words) termID(word string, gram bool, l language) uint32 {
	if numeric(word) {
		return hash32(word) | 1
	}
	if l == langEnglish {
		word = american(singular(word))
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

// read makes an article of a document. Its words are told apart once, for its
// language, its terms and its sketch.
func (w *words) read(d feeds.Document) *article {
	text := d.Text
	if len(text) > maxText {
		text = text[:maxText]
	}
	if w.lexicon.full() {
		w.lexicon.slots = nil // nobody looks for a word in it any more
		w.lexicon = newLexicon(w.lexicon.stop)
	}
	w.title = w.tok.split(d.Title, leadTokens, w.lexicon, w.title[:0])
	w.text = w.tok.split(text, max(leadTokens, copyTokens), w.lexicon, w.text[:0])
	a := &article{id: uint64(d.ID), outlet: hash32(strings.ToLower(d.Outlet)), lexicon: w.lexicon}
	a.lang = w.guess(d.Title, text, d.Language)
	w.countTerms(a, d.Title)
	a.sketch, a.grams = w.sketch()
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

// countTerms gives an article the terms of its title and text, and the days of
// the week that they name. In a title that is set in capitals throughout, capitals
// say nothing.
func (w *words) countTerms(a *article, title string) {
	w.numbers.reset()
	w.count = w.count[:0]
	w.tally(a, w.title, &w.above, termTitle, titleCase(title))
	a.title = titleHash(w.numbers.ids)
	w.tally(a, w.text[:min(len(w.text), leadTokens)], &w.lead, 0, false)
	w.sorted = w.sorted[:0]
	for n, id := range w.numbers.ids {
		w.sorted = append(w.sorted, uint64(id)<<32|uint64(n))
	}
	w.spare = sortHashes(w.sorted, w.spare)
	a.terms = make([]term, len(w.sorted))
	a.surface = make([]uint32, len(w.sorted))
	for i, x := range w.sorted {
		c := &w.count[uint32(x)]
		a.terms[i] = term{id: uint32(x >> 32), raw: w.level(c.tf) | c.flags}
		a.surface[i] = c.word
	}
}

// tally counts the terms of tokens, each as much as its place says, and notes the
// days of the week that they name. Flag is of all of these terms.
func (w *words) tally(a *article, list []token, counts *[leadTokens]float64, flag uint8, caps bool) {
	known := w.lexicon.words
	for i := range list {
		t := &list[i]
		k := &known[t.word]
		a.days |= k.days
		id := k.term
		if k.lang != a.lang || id == unasked {
			id = w.lexicon.term(t.word, a.lang, w.term)
		}
		if id == noTerm {
			continue
		}
		n := w.numbers.number(id)
		if n == len(w.count) {
			w.count = append(w.count, tally{word: t.word})
		}
		c := &w.count[n]
		c.tf += counts[i]
		c.flags |= flag
		if !t.first && !caps {
			c.flags |= termInside
			if t.upper {
				c.flags |= termCapital
			}
		}
	}
}

func titleHash(ids []uint32) uint32 {
	var h uint64
	for _, id := range ids {
		if id&1 == 0 {
			h += mix(uint64(id))
		}
	}
	return uint32(h)
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
