package related

import (
	"encoding/binary"
	"math"
)

// Segments were written in another way at first. Such a one is made anew when
// it is met; what nothing asks for is when batches pass, an epoch at a time.
//
//	header     magic, checksum, section offsets
//	articles   records of 48 bytes
//	term ids   4 bytes each
//	bounds     per term where its postings begin, 4 bytes; not needed here
//	words      per term where the word begins that it was seen as, 4 bytes
//	postings   not needed here
//	surfaces   the words
//	forward    per article: number of terms; of each the index (delta), raw count, weight
//	sketches   4 bytes a hash
const (
	oldMagic    = 0x31534252 // "RBS1"
	oldHeader   = 12 * 4
	oldDocSize  = 48
	oldHashBits = 32
)

// keyVersion holds formatVersion once no segment is of the first kind.
const (
	keyVersion    = 'v'
	formatVersion = 2
)

func isOld(b []byte) bool {
	return len(b) >= oldHeader && binary.LittleEndian.Uint32(b) == oldMagic
}

type oldSegment struct {
	docs, ids, words, surfaces, forward, sketches []byte
}

// renew makes a segment of one of the first kind.
func renew(b []byte) ([]byte, error) {
	var off [9]int
	for i := range off {
		off[i] = int(binary.LittleEndian.Uint32(b[8+4*i:]))
		if off[i] > len(b) || i > 0 && off[i] < off[i-1] {
			return nil, errSegment
		}
	}
	part := func(i int) []byte { return b[off[i]:off[i+1]:off[i+1]] }
	s := oldSegment{docs: part(0), ids: part(1), words: part(3), surfaces: part(5), forward: part(6), sketches: part(7)}
	terms := len(s.ids) / 4
	if off[0] != oldHeader || len(s.docs)%oldDocSize != 0 || len(s.ids)%4 != 0 || len(s.words) != 4*(terms+1) {
		return nil, errSegment
	}
	words := s.lexicon()
	var list []entry
	for i := range len(s.docs) / oldDocSize {
		a := s.article(s.docs[i*oldDocSize : (i+1)*oldDocSize])
		a.lexicon = words
		list = append(list, entry{fresh: a, place: a.place, id: a.id})
	}
	var w writer
	made, _ := w.encode(list, &segment{}, nil, nil)
	return made, nil
}

// renewed are segments of the first kind as they were made anew, for those who
// only look: what is asked for once is often asked for again before a batch
// stores it.
type renewed map[string]renewal

type renewal struct {
	sum  uint32 // of the first kind
	made []byte
}

const maxRenewed = 32

func (s *shelf) renew(key, value []byte, sum uint32) ([]byte, error) {
	if r, ok := s.renewed[string(key)]; ok && r.sum == sum {
		return r.made, nil
	}
	b, err := renew(value)
	if err == nil && s.renewed != nil {
		if len(s.renewed) >= maxRenewed {
			clear(s.renewed)
		}
		s.renewed[string(key)] = renewal{sum, b}
	}
	return b, err
}

func (s *oldSegment) lexicon() *lexicon {
	all := string(s.surfaces) // one string for all words, which share it
	x := &lexicon{words: make([]lexeme, len(s.ids)/4)}
	for i := range x.words {
		from, to := int(binary.LittleEndian.Uint32(s.words[4*i:])), int(binary.LittleEndian.Uint32(s.words[4*i+4:]))
		if from <= to && to <= len(all) {
			x.words[i].word = all[from:to]
		}
	}
	return x
}

func (s *oldSegment) article(d []byte) *article {
	u16 := func(at int) uint16 { return binary.LittleEndian.Uint16(d[at:]) }
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(d[at:]) }
	a := &article{
		id: binary.LittleEndian.Uint64(d), place: place{when: u32(8), hash: u32(12)}, outlet: u32(16), title: u32(20),
		lang: language(u16(24)), undated: d[26]&1 != 0, stock: d[26]&2 != 0, original: d[26]&4 != 0,
		grams: u16(28), credit: u16(30), scale: math.Float32frombits(u32(32)), text: u32(44),
	}
	for from, k := int(u32(40)), 0; k < int(d[27]) && from+4*k+4 <= len(s.sketches); k++ {
		a.sketch = append(a.sketch, binary.LittleEndian.Uint32(s.sketches[from+4*k:])>>(oldHashBits-sketchBits))
	}
	b := s.forward[min(int(u32(36)), len(s.forward)):]
	count, n := binary.Uvarint(b)
	at := -1
	for range min(count, maxTerms) {
		b = b[max(n, 0):]
		var delta uint64
		if delta, n = binary.Uvarint(b); n <= 0 || n+2 > len(b) || delta == 0 || delta > uint64(len(s.ids)/4-1-at) {
			break
		}
		at += int(delta)
		a.terms = append(a.terms, term{id: binary.LittleEndian.Uint32(s.ids[4*at:]), raw: b[n], w: b[n+1]})
		a.surface = append(a.surface, uint32(at))
		n += 2
	}
	return a
}

// renewStates makes states of those of the first kind: founder, with what is
// open in the highest two bits, leader and story, 8 bytes each.
func renewStates(seg *segment, b []byte) []byte {
	const size, openShift = 24, 62
	if len(b) < seg.len()*size {
		return nil
	}
	list := make([]state, seg.len())
	for i := range list {
		d := b[i*size:]
		founder := binary.LittleEndian.Uint64(d)
		list[i] = state{
			founder: founder & (1<<openShift - 1), open: openness(founder >> openShift),
			leader: binary.LittleEndian.Uint64(d[8:]), story: binary.LittleEndian.Uint64(d[16:]),
		}
	}
	return encodeStates(seg, list)
}

// renewSome makes the segments of an epoch anew if there are any of the first
// kind that this batch has not come upon, those of the latest epoch.
func (b *batch) renewSome() error {
	if b.view.Get([]byte{keyVersion}) != nil {
		return nil
	}
	var latest uint32
	found := false
	b.view.Scan([]byte{keySegment}, []byte{keySegment + 1}, func(key, value []byte) bool {
		if len(key) != 9 || !isOld(value) {
			return true
		}
		if n := binary.BigEndian.Uint32(key[1:]) / epochSeconds; b.epochs[n] == nil {
			latest, found = n, true
		}
		return true
	})
	b.allRenewed = !found
	if !found {
		return nil
	}
	_, err := b.epoch(latest)
	return err
}
