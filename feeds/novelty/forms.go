package novelty

import (
	"iter"
	"slices"
	"strings"
)

// speech is who says what a sentence tells: a segment of its own, as in "…, the
// mayor said", or the head of the first, as in "The mayor said …".
type speech struct {
	at      int    // the segment; -1 if nobody is named
	head    int    // how many keys of that segment it takes; 0 for all
	who     string // the one who says it: "the mayor"
	all     string // with all that is told of saying it: "the mayor … in Aldby"
	pronoun bool   // he, she or they
}

// How long an attribution may be, in words.
const (
	longestSpeech = 10
	longestHead   = 6
)

// quotation marks what was said in somebody's words: who they are may be left
// out where the words stand as a quotation.
const quotation = "“"

// someone stands for whoever says it where a pronoun does.
const someone = "@"

// listen finds who says it.
func (c *clause) listen(l *lexicon) {
	c.spoken.at = -1
	if len(l.speech) == 0 {
		return
	}
	for i, s := range c.segments {
		if len(c.segments) == 1 || len(s.keys) > longestSpeech || l.blocks(s.keys) || l.named(s.keys, l.relative) {
			continue
		}
		if k := slices.IndexFunc(s.keys, func(k string) bool { return l.speech[k] }); k >= 0 {
			c.spoken = speechOf(s.keys, k, l)
			c.spoken.at = i
			return
		}
	}
	if !l.heads || len(c.segments) == 0 {
		return
	}
	keys := c.segments[0].keys
	k := slices.IndexFunc(keys, func(k string) bool { return l.speech[k] })
	if k < 1 || k > longestHead || len(keys) < k+4 || l.blocks(keys[:k]) || keys[k] == "told" || l.early[keys[k+1]] || l.named(keys[:k], l.relative) {
		return
	}
	c.spoken = speechOf(keys[:k+1], k, l)
	c.spoken.at, c.spoken.head = 0, k+1
}

// speechOf reads an attribution whose verb is key k.
func speechOf(keys []string, k int, l *lexicon) speech {
	who := keys[:k]
	if k == 0 || l.auxiliary[keys[0]] {
		who = keys[k+1:]
	}
	if k+1 < len(keys) && keys[k] == "according" {
		who = keys[k+2:]
	}
	rest := slices.Concat(keys[:k], keys[k+1:])
	rest = slices.DeleteFunc(rest, func(k string) bool { return l.auxiliary[k] || k == "to" && keys[0] == "according" })
	return speech{who: strings.Join(who, " "), all: strings.Join(rest, " "), pronoun: len(rest) == 1 && l.pronouns[rest[0]]}
}

// whole chooses every segment.
func (c *clause) whole() uint64 { return 1<<len(c.segments) - 1 }

// maxSegments bounds the sentences that are taken apart.
const maxSegments = 7

// form writes the chosen segments one after the other.
func (c *clause) form(chosen uint64) string {
	var b strings.Builder
	for i, s := range c.segments {
		if i >= maxSegments || chosen&(1<<i) != 0 {
			for _, k := range s.keys {
				b.WriteString(k)
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// core writes the chosen segments without who says them.
func (c *clause) core(chosen uint64) string {
	if c.spoken.head == 0 {
		return c.form(chosen &^ (1 << c.spoken.at))
	}
	first := &c.segments[0]
	kept := first.keys
	first.keys = kept[c.spoken.head:]
	defer func() { first.keys = kept }()
	return c.form(chosen)
}

// retold is what a sentence says and who says it, as it is looked for among what
// was read; "" if nobody is named.
func (c *clause) retold() string {
	if c.spoken.at < 0 {
		return ""
	}
	who := c.spoken.all
	if c.spoken.pronoun {
		who = someone
	}
	return c.core(c.whole()) + "|" + who
}

// forms are the ways in which a sentence that was read may be told again: the
// same, with who says it elsewhere or left out, and without asides.
func forms(c *clause, l *lexicon) iter.Seq[string] {
	return func(yield func(string) bool) {
		whole := c.whole()
		if !yield(c.form(whole)) || len(c.segments) > maxSegments {
			return
		}
		if c.spoken.at >= 0 {
			core := c.core(whole)
			for _, who := range []string{c.spoken.who, c.spoken.all, someone} {
				if !yield(core + "|" + who) {
					return
				}
			}
			if c.spoken.head == 0 && !yield(quotation+core) {
				return
			}
		}
		if !l.asides || c.hangs(l) {
			return
		}
		for chosen := uint64(1); chosen < whole; chosen++ {
			if c.stands(chosen, l) && !yield(c.form(chosen)) {
				return
			}
		}
	}
}

// hangs reports whether what a sentence says hangs on a condition or is put as
// possible, so that none of it may be taken by itself.
func (c *clause) hangs(l *lexicon) bool {
	for i, s := range c.segments {
		for k, key := range s.keys {
			if l.hanging[key] || i == 0 && k == 0 && l.inverted[key] {
				return true
			}
		}
	}
	return false
}

// stands reports whether the chosen segments say by themselves what they say in
// the sentence: nothing left out turns it round.
func (c *clause) stands(chosen uint64, l *lexicon) bool {
	words := 0
	for i, s := range c.segments {
		switch {
		case chosen&(1<<i) != 0:
			words += len(s.keys)
		case i == 0 || !s.adds(i == len(c.segments)-1, l):
			return false
		}
	}
	return words >= leastWords
}

// adds reports whether a segment only adds to what the others say: "who was 31",
// "a boy of nine", and at the end "killing 14 people", "the fastest pace in years".
// "In a novel", "under the bill" and "the court heard" do more.
func (s *segment) adds(last bool, l *lexicon) bool {
	first, end := s.keys[0], s.keys[len(s.keys)-1]
	switch {
	case l.blocks(s.keys) || l.framing[first]:
		return false
	case l.relative[first]:
		return true
	case s.one:
		return !strings.HasSuffix(end, "ed")
	}
	return last && (strings.HasSuffix(first, "ing") || strings.HasSuffix(first, "est"))
}

// named reports whether one of keys is in a list.
func (l *lexicon) named(keys []string, list map[string]bool) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return list[k] })
}
