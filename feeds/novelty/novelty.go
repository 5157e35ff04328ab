// Package novelty finds which sentences of an article tell what a reader has
// read in another one already.
//
//	read := novelty.Read(novelty.Text{Language: "en", Sentences: gist.Split(other)})
//	for i, told := range read.Told(novelty.Text{Language: "en", Sentences: sentences}) {
//		// told: sentences[i] may be dimmed
//	}
//
// It is made to be wrong on one side only. A sentence counts as told if a
// sentence read says the same words in the same order, once spelling, figures
// and marks are written one way; what was read may say more, in asides that
// change nothing. Any other number, name, unit, date, negation, quantity, tense
// or word makes a sentence new, and so does a paraphrase. Method and figures are
// in README.md.
package novelty

import (
	"hash/maphash"
	"strings"
)

// Text is one article's sentences, in their order.
type Text struct {
	Language  string // BCP 47; "" when unknown: then only the same words count
	Sentences []string
}

// Known is what was read.
type Known struct {
	seed maphash.Seed
	told map[uint64]struct{} // every way in which a sentence read may be told again
}

// Read takes in what was read.
func Read(texts ...Text) *Known {
	k := &Known{seed: maphash.MakeSeed(), told: map[uint64]struct{}{}}
	for _, t := range texts {
		l := lexiconOf(t.Language)
		for _, s := range t.Sentences {
			for form := range forms(parse(s, l), l) {
				k.told[k.hash(form)] = struct{}{}
			}
		}
	}
	return k
}

// Told reports for each sentence of a text whether it was read already. A short
// one that names nothing, as "He declined to comment.", may be about somebody
// else; it counts only beside another that was read.
func (k *Known) Told(t Text) []bool {
	l := lexiconOf(t.Language)
	found, weak := make([]bool, len(t.Sentences)), make([]bool, len(t.Sentences))
	for i, s := range t.Sentences {
		c := parse(s, l)
		if c.size() < leastWords {
			continue
		}
		retold := c.retold()
		whole := c.form(c.whole())
		found[i] = k.has(whole) || retold != "" && k.has(retold) || c.quoted && k.has(quotation+whole)
		weak[i] = c.pronoun && c.size() < sureWords || !c.named && c.size() < namelessWords
	}
	out := make([]bool, len(found))
	for i, told := range found {
		beside := i > 0 && out[i-1] || i+1 < len(found) && found[i+1] && !weak[i+1]
		out[i] = told && (!weak[i] || beside)
	}
	return out
}

// How many words a sentence needs to say something, and to say it of one thing
// only if it begins with a pronoun or names nothing.
const (
	leastWords    = 4
	namelessWords = 8
	sureWords     = 12
)

func (k *Known) has(form string) bool {
	_, ok := k.told[k.hash(form)]
	return ok
}

func (k *Known) hash(form string) uint64 { return maphash.String(k.seed, form) }

// SameIn keeps of a text's sentences those that stand in all of its versions:
// an article may have been read before it was edited, or after.
func SameIn(versions ...[]string) []string {
	if len(versions) == 0 {
		return nil
	}
	out := versions[0]
	for _, v := range versions[1:] {
		in := make(map[string]bool, len(v))
		for _, s := range v {
			in[strings.TrimSpace(s)] = true
		}
		var kept []string
		for _, s := range out {
			if in[strings.TrimSpace(s)] {
				kept = append(kept, s)
			}
		}
		out = kept
	}
	return out
}
