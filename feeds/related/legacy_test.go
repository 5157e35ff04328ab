package related

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// oldBytes writes a segment as they were written at first, without postings,
// which are not read again.
func oldBytes(t *testing.T, b []byte) []byte {
	t.Helper()
	seg, err := openSegment(b)
	if err != nil {
		t.Fatal(err)
	}
	var docs, words, surfaces, forward, sketches []byte
	put16, put32 := binary.LittleEndian.AppendUint16, binary.LittleEndian.AppendUint32
	for i := range seg.terms() {
		words = put32(words, uint32(len(surfaces)))
		surfaces = append(surfaces, seg.surface(i)...)
	}
	words = put32(words, uint32(len(surfaces)))
	for i := range seg.len() {
		var a article
		seg.read(i, &a)
		docs = binary.LittleEndian.AppendUint64(docs, a.id)
		for _, x := range []uint32{a.place.when, a.place.hash, a.outlet, a.title} {
			docs = put32(docs, x)
		}
		flags := byte(0)
		for bit, set := range []bool{a.undated, a.stock, a.original} {
			if set {
				flags |= 1 << bit
			}
		}
		docs = append(put16(docs, uint16(a.lang)), flags, byte(len(a.sketch)))
		docs = put32(put16(put16(docs, a.grams), a.credit), math.Float32bits(a.scale))
		docs = put32(put32(put32(docs, uint32(len(forward))), uint32(len(sketches))), a.text)
		for _, h := range a.sketch {
			sketches = put32(sketches, h<<(oldHashBits-sketchBits)|h&0xff)
		}
		forward = binary.AppendUvarint(forward, uint64(len(a.terms)))
		at := -1
		seg.eachTerm(i, func(index int, raw, w uint8) {
			forward = append(binary.AppendUvarint(forward, uint64(index-at)), raw, w)
			at = index
		})
	}
	out := make([]byte, oldHeader)
	binary.LittleEndian.PutUint32(out, oldMagic)
	for i, part := range [][]byte{docs, seg.ids, make([]byte, 4*(seg.terms()+1)), words, nil, surfaces, forward, sketches} {
		binary.LittleEndian.PutUint32(out[8+4*i:], uint32(len(out)))
		out = append(out, part...)
	}
	binary.LittleEndian.PutUint32(out[8+4*8:], uint32(len(out)))
	binary.LittleEndian.PutUint32(out[4:], crc32.Checksum(out[8:], crcTable))
	return out
}

func oldStates(l *leaf) []byte {
	var b []byte
	for i := range l.seg.len() {
		s := l.stateAt(i)
		for _, x := range []uint64{s.founder | uint64(s.open)<<62, s.leader, s.story} {
			b = binary.LittleEndian.AppendUint64(b, x)
		}
	}
	return b
}

// age makes a world's index one of the first kind.
func (w *world) age(t *testing.T) {
	for k, v := range maps.Clone(w.index) {
		if k[0] != keySegment {
			continue
		}
		seg, err := openSegment(v)
		if err != nil {
			t.Fatal(err)
		}
		states := string(keyState) + k[1:]
		w.index[states] = oldStates(&leaf{seg: seg, raw: w.index[states]})
		w.index[k] = oldBytes(t, v)
	}
	delete(w.index, string(keyVersion))
	w.engine = New(w.index, w.engine.now)
}

func (w *world) old() int {
	n := 0
	for k, v := range w.index {
		if k[0] == keySegment && isOld(v) {
			n++
		}
	}
	return n
}

// An index of the first kind gives the same sidebars and stories, and is one of
// today's after some batches.
func TestOldIndexIsRenewed(t *testing.T) {
	docs := generated(1200, 21)
	w, v := newWorld(t), newWorld(t)
	for _, x := range []*world{w, v} {
		x.add(slices.Clone(docs[:600])...)
		x.insert(slices.Clone(docs[600:800])...)
	}
	w.age(t)
	if w.old() < 2 {
		t.Fatalf("%d segments of the first kind prove nothing", w.old())
	}
	for id := range w.docs {
		if got, want := w.related(id), v.related(id); !reflect.DeepEqual(got, want) {
			t.Fatalf("article %d: %v, want %v", id, got, want)
		}
	}
	first := w.old()
	w.add()
	v.add()
	if w.old() >= first {
		t.Error("a batch renews nothing")
	}
	for range first {
		w.add()
	}
	if w.old() > 0 || len(w.index[string(keyVersion)]) == 0 {
		t.Errorf("%d segments are still of the first kind", w.old())
	}
	w.add(slices.Clone(docs[800:])...)
	v.add(slices.Clone(docs[800:])...)
	if got, want := w.partition(), v.partition(); got != want {
		t.Errorf("stories on an index that was renewed are others:\n%s", firstDifference(got, want))
	}
	if !maps.Equal(w.story, v.story) {
		t.Error("stories have other ids")
	}
}

func TestDamagedOldSegmentIsNoPanic(t *testing.T) {
	w := newWorld(t)
	w.add(generated(60, 22)...)
	w.age(t)
	r := rand.New(rand.NewPCG(5, 6))
	for k, v := range w.index {
		if !strings.HasPrefix(k, string(keySegment)) {
			continue
		}
		for range 3000 {
			b := slices.Clone(v)
			for range 1 + r.IntN(4) {
				b[4+r.IntN(len(b)-4)] ^= byte(1 << r.IntN(8))
			}
			if out, err := renew(b); err == nil {
				if _, err := openSegment(out); err != nil {
					t.Fatalf("a segment that was renewed cannot be opened: %v", err)
				}
			}
		}
		w.index[k] = append(slices.Clone(v[:len(v)-1]), v[len(v)-1]^1)
	}
	w.engine.Reset()
	if _, err := w.engine.Related(1, 10); err == nil {
		t.Error("a flipped bit went unnoticed")
	}
}

// Ids of states may be anything, far from the article's own too.
func TestStatesGiveBackWhatWasPut(t *testing.T) {
	seg, err := openSegment(encodeSegment(someArticles(50)))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 9))
	for _, most := range []uint64{1, 2, 200, 1 << 20, maxID} {
		list := make([]state, seg.len())
		for i := range list {
			list[i] = state{founder: 1 + r.Uint64N(most), leader: seg.articleID(i), story: 1 + r.Uint64N(most), open: openness(r.IntN(4))}
		}
		l := &leaf{seg: seg, raw: encodeStates(&seg, list)}
		for i, want := range list {
			if got := l.stateAt(i); got != want {
				t.Fatalf("state %d is %+v, want %+v", i, got, want)
			}
		}
	}
	l := &leaf{seg: seg, raw: []byte{9, 200, 3, 1}}
	if id := seg.articleID(7); l.stateAt(7) != (state{founder: id, leader: id, story: id}) {
		t.Error("damaged states are believed")
	}
}

// FuzzRice gives back what was written.
func FuzzRice(f *testing.F) {
	f.Add([]byte{1, 0, 0, 9, 255, 255, 255, 255}, uint8(3))
	f.Fuzz(func(t *testing.T, b []byte, plain uint8) {
		k := int(plain % 25)
		var w bitWriter
		var want []uint32
		for ; len(b) >= 4; b = b[4:] {
			x := binary.LittleEndian.Uint32(b) >> (b[0] % 32)
			want = append(want, x)
			w.rice(x, k)
		}
		w.align()
		r := bitReader{b: w.b}
		for i, x := range want {
			if got := r.rice(k); got != x {
				t.Fatalf("number %d is %d, want %d", i, got, x)
			}
		}
	})
}
