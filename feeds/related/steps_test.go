package related

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// What is packed comes back, however far a number is from the one before.
func TestPackedListsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, most := range []uint32{2, 300, 70_000, maxSlots / 64} {
		var list, hashes []uint32
		at := uint32(0)
		for range 40 {
			list = append(list, at<<8|1+r.Uint32N(255))
			at += 1 + r.Uint32N(most)
			hashes = append(hashes, r.Uint32N(1<<sketchBits))
			mixed := slices.Clone(list)
			r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			if got := unpacked(packTerms(nil, mixed)); !slices.Equal(got, list) {
				t.Fatalf("up to %d apart: %v came back as %v", most, list, got)
			}
			if got := unpackHashes(packHashes(nil, hashes), len(hashes), nil); !slices.Equal(got, hashes) {
				t.Fatalf("%x came back as %x", hashes, got)
			}
		}
	}
}

// Slots that nobody wants any more are left, and the others keep their weights.
func TestPostedSlotsAreForgottenFromTheFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 200 {
		p := postings{{}}
		var want []uint32
		forgotten := func(first uint32) {
			want = slices.DeleteFunc(want, func(x uint32) bool { return x>>8 < first })
		}
		slot, first := r.Uint32N(1000), uint32(0)
		for range 60 {
			if r.IntN(9) == 0 {
				first += r.Uint32N(slot - first + 1)
			}
			w := uint8(1 + r.UintN(255))
			p[0].add(slot, w, first)
			want = append(want, slot<<8|uint32(w))
			slot += 1 + r.Uint32N([]uint32{3, 300, 200_000}[r.IntN(3)])
			if r.IntN(9) == 0 {
				p.forget(first)
				forgotten(first)
				for i := range want {
					want[i] -= first << 8
				}
				slot, first = slot-first, 0
			}
		}
		p[0].leave(first)
		forgotten(first)
		var got []uint32
		for _, x := range unpacked(p[0].steps) {
			got = append(got, x+p[0].base<<8)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%x is left of what should be %x", got, want)
		}
	}
}

// unpacked are the numbers and weights, 8 bits of weight.
func unpacked(s steps) (list []uint32) {
	for at, w := range s.all {
		list = append(list, at<<8|w)
	}
	return list
}
