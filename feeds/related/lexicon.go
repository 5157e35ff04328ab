package related

// lexicon numbers the words of texts as they are met. What is known of a word,
// its hash, the stop lists that hold it and its term, is found in one look-up.
type lexicon struct {
	slots []slotted // by hash, in a table half full at most
	words []lexeme
	stop  map[string]uint16
	terms map[meaning]uint32 // the terms that lexeme has no room for
}

// slotted is a word in the table, by a hash that is made quickly.
type slotted struct {
	hash   uint32
	number uint32 // and 1; 0 if the slot is free
}

// lexeme is what is known of a word.
type lexeme struct {
	hash uint64 // the same wherever and whenever it is read
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

// number returns a word's number, a new one if it was not met before.
func (x *lexicon) number(word []byte, gram bool) uint32 {
	hash := spread(word)
	mask := uint32(len(x.slots) - 1)
	at := hash & mask
	for ; x.slots[at].number != 0; at = (at + 1) & mask {
		if s := x.slots[at]; s.hash == hash && x.words[s.number-1].word == string(word) {
			return s.number - 1
		}
	}
	k := lexeme{hash: hash64(word), word: string(word), gram: gram, term: unasked}
	k.stop, k.days = x.stop[k.word], dayNames()[k.word]
	x.words = append(x.words, k)
	x.slots[at] = slotted{hash, uint32(len(x.words))}
	if 2*len(x.words) > len(x.slots) {
		x.grow()
	}
	return uint32(len(x.words) - 1)
}

func (x *lexicon) grow() {
	old := x.slots
	x.slots = make([]slotted, 2*len(old))
	mask := uint32(len(x.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := s.hash & mask
		for x.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = s
	}
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
