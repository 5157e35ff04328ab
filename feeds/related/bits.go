package related

import (
	"encoding/binary"
	"math/bits"
)

// Numbers that are mostly small are written as Rice codes (R. Rice, Some
// practical universal noiseless coding techniques, 1979): what is above the k
// lowest bits as so many zeros and a one, then those bits. The lowest bit of a
// byte comes first.

// riceMost is how many zeros are written at most: then come 32 plain bits.
const riceMost = 30

// riceBits is how many bits to write plainly of numbers whose mean this is.
func riceBits(mean int) int { return max(0, bits.Len(uint(mean*69/100))-1) }

// bitWriter appends bits to b.
type bitWriter struct {
	b    []byte
	rest uint64 // not written yet
	n    int    // how many, less than 32
}

// bits writes the lowest n bits of x, which has no others; at most 32.
func (w *bitWriter) bits(x uint64, n int) {
	w.rest |= x << w.n
	if w.n += n; w.n >= 32 {
		w.b = binary.LittleEndian.AppendUint32(w.b, uint32(w.rest))
		w.rest >>= 32
		w.n -= 32
	}
}

func (w *bitWriter) rice(x uint32, k int) {
	q := x >> k
	if q >= riceMost {
		w.bits(0, riceMost)
		w.bits(uint64(x), 32)
		return
	}
	w.bits(1<<q, int(q)+1)
	w.bits(uint64(x)&(1<<k-1), k)
}

// align fills up the last byte.
func (w *bitWriter) align() {
	for ; w.n > 0; w.n -= 8 {
		w.b = append(w.b, byte(w.rest))
		w.rest >>= 8
	}
	w.n, w.rest = 0, 0
}

// bitReader reads bits from b. After the end there are ones only, so that no
// code is long there.
type bitReader struct {
	b  []byte
	at int // in bits
}

// peek returns the next bits, at least 57.
func (r *bitReader) peek() uint64 {
	i := r.at >> 3
	if i+8 <= len(r.b) {
		return binary.LittleEndian.Uint64(r.b[i:]) >> (r.at & 7)
	}
	x := ^uint64(0)
	for k := len(r.b) - 1; k >= i; k-- {
		x = x<<8 | uint64(r.b[k])
	}
	return x >> (r.at & 7)
}

func (r *bitReader) bits(n int) uint32 {
	x := r.peek() & (1<<n - 1)
	r.at += n
	return uint32(x)
}

func (r *bitReader) rice(k int) uint32 {
	x := r.peek()
	q := bits.TrailingZeros64(x | 1<<riceMost)
	if q == riceMost {
		r.at += riceMost
		return r.bits(32)
	}
	r.at += q + 1 + k
	return uint32(q)<<k | uint32(x>>(q+1))&(1<<k-1)
}
