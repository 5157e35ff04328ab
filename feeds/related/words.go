package related

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"broadsheet/feeds"
)

// word is what the reader said about an article and another. Words are kept
// under both articles, apart from everything that is computed:
//
//	'w'                → how many words there were, 8 bytes
//	'w' article other  → the word's number, 8 bytes, and its flags; then those
//	                     of the word before it, if there was one
//
// The number tells which of two words is the later one.
type word struct {
	other uint64
	saidWord
	before saidWord // what holds again when the word is taken back
}

// saidWord is zero if there is none.
type saidWord struct {
	number uint64
	same   bool
	first  bool // the article itself is the one that stays
}

func (w saidWord) append(b []byte) []byte {
	flags := byte(0)
	if w.same {
		flags |= wordSame
	}
	if w.first {
		flags |= wordFirst
	}
	return append(binary.BigEndian.AppendUint64(b, w.number), flags)
}

func readWord(b []byte) saidWord {
	return saidWord{number: binary.BigEndian.Uint64(b), same: b[8]&wordSame != 0, first: b[8]&wordFirst != 0}
}

const (
	keyWords  = feeds.IndexWords
	wordSize  = 9
	wordSame  = 1
	wordFirst = 2
)

func wordKey(id, other uint64) []byte {
	k := binary.BigEndian.AppendUint64([]byte{keyWords}, id)
	return binary.BigEndian.AppendUint64(k, other)
}

// spoken reports whether the reader ever said anything.
func (s *shelf) spoken() bool {
	return len(s.said) > 0 || len(s.view.Get([]byte{keyWords})) > 0
}

// words returns what the reader said about an article, the latest word on each
// pair.
func (s *shelf) words(id uint64) []word {
	if list, ok := s.said[id]; ok {
		return list
	}
	var list []word
	from := wordKey(id, 0)
	s.view.Scan(from, append(wordKey(id, 1<<64-1), 0), func(key, value []byte) bool {
		if len(key) == len(from) && (len(value) == wordSize || len(value) == 2*wordSize) {
			w := word{other: binary.BigEndian.Uint64(key[9:]), saidWord: readWord(value)}
			if len(value) > wordSize {
				w.before = readWord(value[wordSize:])
			}
			list = append(list, w)
		}
		return true
	})
	return list
}

// say lays a word over the view, under both articles.
func (s *shelf) say(stays, leaves uint64, number uint64, same bool) {
	s.replace(stays, leaves, func(old word) word {
		return word{saidWord: saidWord{number: number, same: same, first: true}, before: old.saidWord}
	})
	s.replace(leaves, stays, func(old word) word {
		return word{saidWord: saidWord{number: number, same: same}, before: old.saidWord}
	})
}

// takeBack lays what was said before over the last word on a pair.
func (s *shelf) takeBack(a, b uint64) {
	before := func(old word) word { return word{saidWord: old.before} }
	s.replace(a, b, before)
	s.replace(b, a, before)
}

// replace changes an article's word about another; one without a number is
// none.
func (s *shelf) replace(id, other uint64, with func(old word) word) {
	if s.said == nil {
		s.said, s.changed = map[uint64][]word{}, map[[2]uint64]bool{}
	}
	var old word
	list := slices.DeleteFunc(slices.Clone(s.words(id)), func(w word) bool {
		if w.other == other {
			old = w
		}
		return w.other == other
	})
	w := with(old)
	if w.other = other; w.number > 0 {
		list = append(list, w)
	}
	s.said[id], s.changed[[2]uint64{id, other}] = list, true
}

// spokenNow returns the words that are not stored yet.
func (b *batch) spokenNow() []feeds.IndexChange {
	var out []feeds.IndexChange
	for pair := range b.shelf.changed {
		c := feeds.IndexChange{Key: wordKey(pair[0], pair[1])}
		for _, w := range b.said[pair[0]] {
			if w.other != pair[1] {
				continue
			}
			if c.Value = w.append(nil); w.before.number > 0 {
				c.Value = w.before.append(c.Value)
			}
		}
		out = append(out, c) // without a value if the word is taken back
	}
	if b.number > b.spokenBefore() {
		out = append(out, feeds.IndexChange{Key: []byte{keyWords}, Value: binary.BigEndian.AppendUint64(nil, b.number)})
	}
	return out
}

// spokenBefore returns how many words are stored.
func (s *shelf) spokenBefore() uint64 {
	if v := s.view.Get([]byte{keyWords}); len(v) == 8 {
		return binary.BigEndian.Uint64(v)
	}
	return 0
}

// Correct takes the reader's word on pairs of articles, the later of two words
// outweighing the earlier. Same joins the stories of both as they are then and
// as they grow. Not the same takes B out of A's story, with the copies of its
// text; of several such words given at once that have one article in common it
// is that article which leaves. A word taken back is as if it had not been said.
// The caller stores what is returned as it does
// what Add returns. Articles that are not indexed yet may be spoken of.
func (e *Engine) Correct(corrections []feeds.Correction) (feeds.Relations, []feeds.IndexChange, error) {
	for _, c := range corrections {
		if c.A == c.B || c.A == 0 || c.B == 0 {
			return feeds.Relations{}, nil, fmt.Errorf("articles %v and %v cannot be told apart or joined: name two articles", c.A, c.B)
		}
	}
	return e.change(func(b *batch) (feeds.Relations, error) {
		out := leaver(corrections)
		b.number = b.spokenBefore()
		t := b.teller()
		for _, c := range corrections {
			stays, leaves := uint64(c.A), uint64(c.B)
			if stays == out && !c.Same {
				stays, leaves = leaves, stays
			}
			if c.Taken {
				b.takeBack(stays, leaves)
			} else {
				b.number++
				b.say(stays, leaves, b.number, c.Same)
			}
			for _, id := range [2]uint64{stays, leaves} {
				r, ok, err := t.locate(id)
				if err != nil {
					return feeds.Relations{}, err
				}
				if ok {
					t.changed[r.state().founder] = true
				}
			}
		}
		return t.name(context.Background())
	})
}

// leaver returns the article that all of several words are about which tell
// articles apart, 0 if there is none.
func leaver(list []feeds.Correction) uint64 {
	var apart []feeds.Correction
	for _, c := range list {
		if !c.Same && !c.Taken {
			apart = append(apart, c)
		}
	}
	if len(apart) < 2 {
		return 0
	}
	for _, id := range [2]feeds.ArticleID{apart[0].A, apart[0].B} {
		if !slices.ContainsFunc(apart, func(c feeds.Correction) bool { return c.A != id && c.B != id }) {
			return uint64(id)
		}
	}
	return 0
}

// opinion is the reader's latest word on whether an article tells the same
// story as the asked one.
type opinion struct {
	number uint64
	same   bool
}

// opinions gathers what the reader said about the asked article, which may
// have copies, and others: by article.
func (s *shelf) opinions(asked []ref) map[uint64]opinion {
	if !s.spoken() {
		return nil
	}
	out := map[uint64]opinion{}
	for _, r := range asked {
		for _, w := range s.words(r.id()) {
			if w.number > out[w.other].number {
				out[w.other] = opinion{w.number, w.same}
			}
		}
	}
	return out
}
