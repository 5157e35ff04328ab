package related

import (
	"encoding/binary"
	"math/bits"
)

// lexicon numbers the words of texts as they are met. What is known of a word,
// its hash, the stop lists that hold it and its term, is found in one look-up.
type lexicon struct {
	slots []slotted // by the hash of a spelling, in a table half full at most
	words []lexeme
	stop  map[string]uint16
	terms map[meaning]uint32 // the terms that lexeme has no room for
}

// slotted is a word in the table, with all that a token needs.
type slotted struct {
	spelling
	hash   uint64 // the same wherever and whenever the word is read
	number uint32 // and 1; 0 if the slot is free
}

// spelling is what a word is found by: its bytes if it is short, and else the
// first of them and a hash that is made quickly. As feeds.ShortWord has it, the
// first byte is lowest.
type spelling struct{ first, second uint64 }

const (
	shortBelow = 16      // bytes: a word of fewer is short
	longWord   = 1 << 63 // a bit of second that short words do not have
)

func spellingOf(word []byte) spelling {
	var b [shortBelow]byte
	n := copy(b[:], word)
	s := spelling{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}
	if n == shortBelow {
		for rest := word[8:]; len(rest) > 0; rest = rest[min(8, len(rest)):] {
			var b [8]byte
			copy(b[:], rest)
			s.second = bits.RotateLeft64(s.second^binary.LittleEndian.Uint64(b[:]), 29) * golden
		}
		s.second |= longWord
	}
	return s
}

func (s spelling) long() bool { return s.second&longWord != 0 }

// bytes appends the word, which is short.
func (s spelling) bytes(to []byte) []byte {
	for _, x := range [2]uint64{s.first, s.second} {
		for ; x != 0; x >>= 8 {
			to = append(to, byte(x))
		}
	}
	return to
}

const golden = 0x9E3779B97F4A7C15

// spread is a hash that is quick rather than good.
func (s spelling) spread() uint32 {
	return uint32((s.first ^ bits.RotateLeft64(s.second*golden, 29)) * golden >> 32)
}

// lexeme is what is known of a word.
type lexeme struct {
	word string
	stop uint16 // the stop lists that hold it, a bit each
	gram bool   // it is two characters of a script that writes no spaces
	days weekdays
	lang language
	term uint32 // in lang; see below
}

// Terms of which lexeme tells something else. Neither is one's id.
const (
	noTerm  = 0 // the word is grammar in this language
	unasked = 1 // nobody asked for its term in any
)

// meaning is a word in a language.
type meaning struct {
	word uint32
	lang language
}

// maxKnown bounds the memory of the words seen: of each of maxReaders.
const maxKnown = 50_000

func newLexicon(stop map[string]uint16) *lexicon {
	return &lexicon{slots: make([]slotted, 1<<10), stop: stop, terms: map[meaning]uint32{}}
}

// full reports whether it is time for a new one. Those who hold numbers keep
// the old one: they stay true in it.
func (x *lexicon) full() bool { return len(x.words)+len(x.terms) >= maxKnown }

// find returns the slot of a word, which is learned if it was not met before.
func (x *lexicon) find(word []byte, gram bool) *slotted {
	s := spellingOf(word)
	k := x.slot(s, word)
	if k.number == 0 {
		k = x.learn(s, word, gram)
	}
	return k
}

// short is find for a short word of a script with spaces.
func (x *lexicon) short(s spelling) *slotted {
	k := x.slot(s, nil)
	if k.number == 0 {
		k = x.learn(s, s.bytes(make([]byte, 0, shortBelow)), false)
	}
	return k
}

// likely returns where a word is if no other is in its place.
func (x *lexicon) likely(s spelling) *slotted {
	return &x.slots[s.spread()&uint32(len(x.slots)-1)]
}

// slot returns where a word is or would be.
func (x *lexicon) slot(s spelling, word []byte) *slotted {
	mask := uint32(len(x.slots) - 1)
	for at := s.spread() & mask; ; at = (at + 1) & mask {
		k := &x.slots[at]
		if k.spelling == s && (!s.long() || x.words[k.number-1].word == string(word)) || k.number == 0 {
			return k
		}
	}
}

// learn puts a new word into the table.
func (x *lexicon) learn(s spelling, word []byte, gram bool) *slotted {
	if 2*len(x.words) >= len(x.slots) {
		x.grow()
	}
	k := lexeme{word: string(word), gram: gram, term: unasked}
	k.stop, k.days = x.stop[k.word], dayNames()[k.word]
	x.words = append(x.words, k)
	at := x.slot(s, word)
	*at = slotted{s, hash64(word), uint32(len(x.words))}
	return at
}

func (x *lexicon) grow() {
	old := x.slots
	x.slots = make([]slotted, 2*len(old))
	mask := uint32(len(x.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := s.spread() & mask
		for x.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = s
	}
}

// known is term for a word that was asked for.
func (x *lexicon) known(word uint32, l language) uint32 {
	if k := &x.words[word]; k.lang == l && k.term != unasked {
		return k.term
	}
	return x.terms[meaning{word, l}]
}

// term returns the id of a word's term in a language, noTerm if it is grammar
// there. One not asked for before is found by find.
func (x *lexicon) term(word uint32, l language, find func(k *lexeme, l language) uint32) uint32 {
	k := &x.words[word]
	if k.lang == l && k.term != unasked {
		return k.term
	}
	id, ok := x.terms[meaning{word, l}]
	if ok {
		return id
	}
	if id = find(k, l); id == unasked {
		id |= 2
	}
	if k.term == unasked {
		k.term, k.lang = id, l
	} else {
		x.terms[meaning{word, l}] = id
	}
	return id
}
