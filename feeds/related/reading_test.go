package related

import (
	"math"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
)

// Reading documents the plain way, a character, a word and a use at a time: what
// the quick way must agree with.

// slowToken is one word of a text as it stood there, lower-cased but not yet
// stemmed.
type slowToken struct {
	word  string
	upper bool // began with a capital
	first bool // began a sentence, so a capital means nothing
	gram  bool // two characters of a script that writes no spaces
}

// slowTokenizer splits a text into tokens, a call at a time. The word of a slowToken
// is valid only until the next call.
type slowTokenizer struct{ tokenizer }

func (t *slowTokenizer) reset(text string) {
	t.text, t.at, t.first, t.prev = text, 0, true, 0
}

// next returns the next slowToken, false at the end.
func (t *slowTokenizer) next(tok *slowToken) bool {
	for t.at < len(t.text) {
		r, n := decode(t.text, t.at)
		switch {
		case spaceless(r):
			if t.bigram(r, n, tok) {
				return true
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			t.prev = 0
			t.word(tok)
			return true
		default:
			t.prev = 0
			t.at += n
			if endsSentence(r) {
				t.first = true
			}
		}
	}
	return false
}

// bigram reads one character of a script without spaces and yields it together
// with the one before. Two hiragana in a row are grammar, not content.
func (t *slowTokenizer) bigram(r rune, n int, tok *slowToken) bool {
	t.at += n
	prev := t.prev
	t.prev = r
	if prev == 0 || unicode.Is(unicode.Hiragana, prev) && unicode.Is(unicode.Hiragana, r) {
		return false
	}
	t.buf = utf8.AppendRune(utf8.AppendRune(t.buf[:0], prev), r)
	*tok = slowToken{word: string(t.buf), gram: true, first: t.first}
	t.first = false
	return true
}

// word reads one word. Apostrophes inside are dropped with an English
// possessive, a full stop or comma between digits belongs to the number, and
// initials are joined: U.S. is "us".
func (t *slowTokenizer) word(tok *slowToken) {
	*tok = slowToken{first: t.first}
	t.buf = t.buf[:0]
	t.first = false
	count, digits := 0, false
	for t.at < len(t.text) {
		r, n := decode(t.text, t.at)
		switch {
		case spaceless(r):
			n = 0
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if count == 0 {
				tok.upper = unicode.IsUpper(r)
			}
			count++
			digits = unicode.IsDigit(r)
			if len(t.buf) < maxWord {
				t.buf = utf8.AppendRune(t.buf, unicode.ToLower(r))
			}
			t.at += n
			continue
		case unicode.IsMark(r):
			if !dropped(r) && len(t.buf) < maxWord {
				t.buf = utf8.AppendRune(t.buf, r)
			}
			t.at += n
			continue
		case r == '\'' || r == '’' || r == 'ʼ':
			if t.apostrophe(n) {
				continue
			}
			n = 0
		case r == '.' || r == ',':
			if after, _ := decode(t.text, t.at+n); digits && unicode.IsDigit(after) || r == '.' && count == 1 && unicode.IsLetter(after) && !spaceless(after) {
				if digits && r == '.' {
					t.buf = append(t.buf, '.')
				}
				t.at += n
				continue
			}
			n = 0
		default:
			n = 0
		}
		if n == 0 {
			break
		}
	}
	tok.word = string(t.buf)
}

// slowWords turns documents into articles.
type slowWords struct {
	words // stems
	tok   slowTokenizer
	stop  map[string]uint16
	count map[uint32]*slowTally
}

type slowTally struct {
	tf    float64
	word  string // as first seen
	flags uint8
}

func newSlowWords() *slowWords {
	return &slowWords{words: *newWords(), stop: stopSets()}
}

func (w *slowWords) termOf(t slowToken, l language) uint32 {
	k := lexeme{word: t.word, gram: t.gram, stop: w.stop[t.word]}
	if !k.content(l) {
		return 0
	}
	return w.termID(t.word, t.gram, l)
}

func (w *slowWords) read(d feeds.Document) (a *article, surface []string) {
	text := d.Text
	if len(text) > maxText {
		text = text[:maxText]
	}
	a = &article{id: uint64(d.ID), outlet: hash32(strings.ToLower(d.Outlet))}
	a.lang = w.guess(d.Title, text, d.Language)
	var title uint64
	w.count = map[uint32]*slowTally{}
	w.countTerms(a, d.Title, true)
	for id := range w.count {
		if id&1 == 0 {
			title += mix(uint64(id))
		}
	}
	a.title = uint32(title)
	w.countTerms(a, text, false)
	a.terms = make([]term, 0, len(w.count))
	for id, c := range w.count {
		a.terms = append(a.terms, term{id: id, raw: level(c.tf) | c.flags})
	}
	slices.SortFunc(a.terms, func(x, y term) int { return int(int64(x.id) - int64(y.id)) })
	for _, t := range a.terms {
		surface = append(surface, w.count[t.id].word)
	}
	w.sketch(a, text)
	a.credited(d)
	if strings.TrimSpace(text) != "" {
		a.text = hash32(text) | 1
	}
	// Never 0, so that no place is the zero place.
	a.place.hash = hash32(d.Title)*31 ^ a.text ^ a.outlet | 1
	return a, surface
}

func (w *slowWords) countTerms(a *article, text string, title bool) {
	caps := title && titleCase(text)
	w.tok.reset(text)
	var t slowToken
	for n := 0; n < leadTokens && w.tok.next(&t); n++ {
		a.days |= dayNames()[t.word]
		s := w.termOf(t, a.lang)
		if s == 0 {
			continue
		}
		c := w.count[s]
		if c == nil {
			c = &slowTally{word: t.word}
			w.count[s] = c
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

func (w *slowWords) sketch(a *article, text string) {
	var list []uint64
	var run [shingleWords]uint64
	n := 0
	var t slowToken
	w.tok.reset(text)
	for n < copyTokens && w.tok.next(&t) {
		run[n%shingleWords] = hash64(t.word)
		n++
		if n < shingleWords {
			continue
		}
		var h uint64
		for i := range shingleWords {
			h = mix(h + run[(n+i)%shingleWords])
		}
		list = append(list, h)
	}
	slices.Sort(list)
	all := slices.Compact(list)
	a.grams = uint16(len(all))
	for _, h := range all[:min(sketchSize, len(all))] {
		a.sketch = append(a.sketch, uint32(h>>40))
	}
}

func (w *slowWords) guess(title, text, declared string) language {
	said := tongue(declared)
	if l := byScript(title, text); l != 0 {
		if l == langCyrillic || l == langArabic {
			if stemmer(said) != nil && scriptOf(said) == l {
				return said
			}
		}
		return l
	}
	var score [16]int
	seen := 0
	for _, s := range [2]string{title, text} {
		w.tok.reset(s)
		var t slowToken
		for n := 0; n < 120 && w.tok.next(&t); n++ {
			seen++
			for m := w.stop[t.word]; m != 0; m &= m - 1 {
				score[bits.TrailingZeros16(m)]++
			}
		}
	}
	return byStopWords(score, seen, said)
}

// sameReading fails unless both ways of reading give the same of a document.
func sameReading(t *testing.T, quick *words, slow *slowWords, d feeds.Document) {
	t.Helper()
	got := *quick.read(d)
	want, surface := slow.read(d)
	var words []string
	for _, n := range got.surface {
		words = append(words, got.lexicon.words[n].word)
	}
	if !slices.Equal(words, surface) {
		t.Fatalf("of %q words %q, want %q", d.Title, words, surface)
	}
	got.surface, got.lexicon = nil, nil
	if len(got.sketch) == 0 {
		got.sketch = nil
	}
	if len(want.terms) == 0 {
		got.terms, want.terms = nil, nil
	}
	if !reflect.DeepEqual(&got, want) {
		t.Fatalf("of %q, %q:\ngot  %+v\nwant %+v", d.Title, d.Text, got, *want)
	}
}

// oddTexts have what the quick way treats apart from the rest.
var oddTexts = []string{
	"", "a", "U.S. and U.K.s 1,000.5 3.x .5, 7,", "l'Europe d'été it's dogs' O'Neil ’tis rock’n’roll it’s x’ʼy ʼs 'S s'S",
	"東京とTokyo、北京。한국어 서울 ไทย 가.나 a東b 1東.2", "Ünïted naïve café e\u0301a\u0301 \u0301x x\u0301.y É. É.a İstanbul ǅ ẞ", "\xff\xfe a\xc3( \u202e\u0000 x",
	"Москва и Київ. Это не то, что было", "العَرَبِيَّة و ١٢٣.٤٥ شَيء", "שָׁלוֹם", strings.Repeat("x", 70) + "é " + strings.Repeat("é", 70) + strings.Repeat("y", 63) + "É.z",
	"fifteenletters1.5 sixteenletters16.5 fifteenletters1. sixteenletters16. seventeenletters1 internationally’s fourteenletter’s thirteenletts ten",
	"don.t do,nt fifteenletters1's five5.5 five,5 x.yz and fifteenletters1é sixteenletters16é thirteenlettsß fourteenlette東", "٣,4 4,٣ a.b.c A.B. 12.a a.1 A1.B x..y 1.,2", strings.Repeat("The same words again and again. ", 60), strings.Repeat("und der die das nicht ist ", 30),
}

func TestQuickReadingAgreesWithSlow(t *testing.T) {
	quick, slow := newWords(), newSlowWords()
	docs := append(generated(300, 5), filler()...)
	for _, e := range events {
		docs = append(append(docs, e.same...), e.other)
	}
	for i, s := range oddTexts {
		docs = append(docs, feeds.Document{Title: s, Text: oddTexts[(i+1)%len(oddTexts)], Language: []string{"", "fr", "de", "uk"}[i%4]}, feeds.Document{Outlet: "A", Text: s + " " + s})
	}
	for i, d := range docs {
		d.ID = feeds.ArticleID(i)
		sameReading(t, quick, slow, d)
		d.Title, d.Text = strings.ToUpper(d.Text), d.Title
		sameReading(t, quick, slow, d)
	}
}

func TestLevelsAreThoseOfTheFunction(t *testing.T) {
	w := newWords()
	for tf := 0.0; tf < 20; tf += 1.0 / 10_007 {
		if got, want := w.level(tf), level(tf); got != want {
			t.Fatalf("of %v the level is %d, want %d", tf, got, want)
		}
	}
}

// Documents that several read are what one makes of them, in their order.
func TestManyReadAsOneDoes(t *testing.T) {
	e := New(nil, func() time.Time { return noon })
	e.words = []*words{newWords(), newWords(), newWords()}
	docs := generated(500, 5)
	for i := range docs {
		docs[i].ID, docs[i].Story = feeds.ArticleID(i+1), feeds.StoryID(i%7)
	}
	one := newWords()
	var want []article
	for _, d := range docs {
		a := one.read(d)
		a.dated(d, noon)
		a.story = uint64(d.Story)
		want = append(want, *a)
	}
	for i, a := range e.read(docs) {
		unpack(a)
		for k, n := range a.surface {
			if got, want := a.lexicon.words[n].word, one.lexicon.words[want[i].surface[k]].word; got != want {
				t.Fatalf("of %q a word is %q, want %q", docs[i].Title, got, want)
			}
		}
		a.surface, a.lexicon, want[i].surface, want[i].lexicon = nil, nil, nil, nil
		if !reflect.DeepEqual(*a, want[i]) {
			t.Fatalf("of %q:\ngot  %+v\nwant %+v", docs[i].Title, *a, want[i])
		}
		if docs[i].Text != "" {
			t.Fatalf("the text of %q is still held", docs[i].Title)
		}
	}
}

// A lexicon that is full is given up; what was read with it stays as it was.
func TestLexiconStaysBounded(t *testing.T) {
	w := newWords()
	first := w.read(told("A", "Calliope aground", "", 0))
	for n := 0; first.lexicon == w.lexicon; n++ {
		if n > maxKnown {
			t.Fatal("a lexicon grows without end")
		}
		w.read(told("A", "", strings.Join(manyWords(n*300, 300), " "), time.Hour))
	}
	if got := first.lexicon.words[first.surface[0]].word; got != "calliope" && got != "aground" {
		t.Errorf("its word is now %q", got)
	}
}

func manyWords(from, n int) []string {
	var list []string
	for i := from; i < from+n; i++ {
		s := ""
		for k := i; len(s) < 6; k /= 26 {
			s += string(rune('a' + k%26))
		}
		list = append(list, s)
	}
	return list
}

func FuzzReading(f *testing.F) {
	for i, s := range oddTexts {
		f.Add(s, oddTexts[(i+3)%len(oddTexts)], "de")
	}
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		quick, slow := newWords(), newSlowWords()
		for _, d := range []feeds.Document{{Outlet: "Ö", Title: title, Text: text, Language: lang}, {Title: text, Text: title + " " + text}} {
			sameReading(t, quick, slow, d)
		}
	})
}

// Whatever the list, it is sorted.
func FuzzSortHashes(f *testing.F) {
	f.Add(uint64(1), uint16(300), uint64(0))
	f.Add(uint64(2), uint16(3000), uint64(1)<<60)
	f.Add(uint64(3), uint16(5000), ^uint64(0))
	f.Fuzz(func(t *testing.T, seed uint64, n uint16, mask uint64) {
		var list []uint64
		for i := range uint64(n) {
			list = append(list, mix(seed+i)&^mask)
		}
		want := slices.Sorted(slices.Values(list))
		if sortHashes(list, nil); !slices.Equal(list, want) {
			t.Errorf("%d hashes of seed %d are not in order", n, seed)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	w := newWords()
	docs := generated(500, 3)
	for i := range docs {
		docs[i].Text = strings.Repeat(docs[i].Text+". ", 5)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w.read(docs[i%len(docs)])
	}
}
