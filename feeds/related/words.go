package related

import (
	"encoding/binary"
	"fmt"
	"slices"

	"broadsheet/feeds"
)

// word is what the reader said about an article and another. Words are kept
// under both articles, apart from everything that is computed:
//
//	'w'                → how many words there were, 8 bytes
//	'w' article other  → the word's number, 8 bytes, and its flags
//
// The number tells which of two words is the later one.
type word struct {
	other  uint64
	number uint64
	same   bool
	first  bool // the article itself is the one that stays
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
		if len(key) == len(from) && len(value) == wordSize {
			list = append(list, word{
				other:  binary.BigEndian.Uint64(key[9:]),
				number: binary.BigEndian.Uint64(value),
				same:   value[8]&wordSame != 0,
				first:  value[8]&wordFirst != 0,
			})
		}
		return true
	})
	return list
}

// say lays a word over the view, under both articles.
func (s *shelf) say(stays, leaves uint64, number uint64, same bool) {
	if s.said == nil {
		s.said = map[uint64][]word{}
	}
	put := func(id uint64, w word) {
		s.said[id] = append(slices.DeleteFunc(s.words(id), func(old word) bool { return old.other == w.other }), w)
	}
	put(stays, word{other: leaves, number: number, same: same, first: true})
	put(leaves, word{other: stays, number: number, same: same})
}

// spokenNow returns the words that are not stored yet.
func (b *batch) spokenNow() []feeds.IndexChange {
	var out []feeds.IndexChange
	for id, list := range b.said {
		for _, w := range list {
			if w.number <= b.spokenBefore() {
				continue
			}
			v := binary.BigEndian.AppendUint64(nil, w.number)
			flags := byte(0)
			if w.same {
				flags |= wordSame
			}
			if w.first {
				flags |= wordFirst
			}
			out = append(out, feeds.IndexChange{Key: wordKey(id, w.other), Value: append(v, flags)})
		}
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
// is that article which leaves. The caller stores what is returned as it does
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
			b.number++
			stays, leaves := uint64(c.A), uint64(c.B)
			if stays == out && !c.Same {
				stays, leaves = leaves, stays
			}
			b.say(stays, leaves, b.number, c.Same)
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
		return t.name()
	})
}

// leaver returns the article that all of several words are about which tell
// articles apart, 0 if there is none.
func leaver(list []feeds.Correction) uint64 {
	var apart []feeds.Correction
	for _, c := range list {
		if !c.Same {
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
