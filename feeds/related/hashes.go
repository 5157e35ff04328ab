package related

import "slices"

// hash32 is FNV-1a with a final mix.
func hash32(s string) uint32 {
	return uint32(hash64(s) >> 32)
}

func hash64[T string | []byte](s T) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// numbers gives ids, which are hashes, numbers from 0 on, in the order in which
// they are met.
type numbers struct {
	ids   []uint32 // by number
	slots []uint32 // 1 + a number, by the id's highest bits, in a table half full at most; 0 is free
	shift int
}

// reset forgets all ids.
func (t *numbers) reset() {
	t.ids = t.ids[:0]
	clear(t.slots)
}

// number returns an id's number, len(t.ids) before the call if it is new.
func (t *numbers) number(id uint32) int {
	if 2*len(t.ids) >= len(t.slots) {
		t.grow()
	}
	at := t.slot(id)
	if n := t.slots[at]; n != 0 {
		return int(n - 1)
	}
	t.ids = append(t.ids, id)
	t.slots[at] = uint32(len(t.ids))
	return len(t.ids) - 1
}

// slot returns where an id is or would be.
func (t *numbers) slot(id uint32) int {
	at := int(id >> t.shift)
	for t.slots[at] != 0 && t.ids[t.slots[at]-1] != id {
		if at++; at == len(t.slots) {
			at = 0
		}
	}
	return at
}

// find returns an id's number, false if it was not met.
func (t *numbers) find(id uint32) (int, bool) {
	if len(t.ids) == 0 {
		return 0, false
	}
	n := t.slots[t.slot(id)]
	return int(n) - 1, n != 0
}

func (t *numbers) grow() {
	size, shift := 256, 24
	for size <= 2*len(t.ids) {
		size, shift = 2*size, shift-1
	}
	t.slots, t.shift = make([]uint32, size), shift
	for n, id := range t.ids {
		t.slots[t.slot(id)] = uint32(n + 1)
	}
}

// sortHashes sorts a list whose highest bits are evenly spread, as those of
// hashes are, in linear time: each goes where its share of the range says,
// about, and the neighbours that are wrong then change places. It returns the
// room it took, for the next call.
func sortHashes(list, room []uint64) []uint64 {
	const buckets = 256
	if len(list) < 32 || len(list) > 16*buckets {
		slices.Sort(list)
		return room
	}
	var next [buckets]uint16
	for _, x := range list {
		next[x>>56]++
	}
	before, most := uint16(0), uint16(0)
	for i, n := range next {
		next[i] = before
		before += n
		most = max(most, n)
	}
	if most > maxBucket { // not spread evenly
		slices.Sort(list)
		return room
	}
	room = append(room[:0], list...)
	for _, x := range room {
		list[next[x>>56]] = x
		next[x>>56]++
	}
	for i := 1; i < len(list); i++ {
		x := list[i]
		k := i
		for ; k > 0 && list[k-1] > x; k-- {
			list[k] = list[k-1]
		}
		list[k] = x
	}
	return room
}

// maxBucket is how many hashes may fall together before a plain sort is quicker.
const maxBucket = 64

// sketchSet is a set of the hashes of a sketch, quick to ask. The last bits of
// such hashes are evenly spread; the first are not, the smallest being kept.
type sketchSet [8 * maxSketch]uint32

// taken marks a place that holds a hash, which may be 0.
const taken = 1 << 31

func (s *sketchSet) add(h uint32) {
	at := h % uint32(len(s))
	for s[at] != 0 {
		at = (at + 1) % uint32(len(s))
	}
	s[at] = h | taken
}

func (s *sketchSet) has(h uint32) bool {
	at := h % uint32(len(s))
	for ; s[at] != 0; at = (at + 1) % uint32(len(s)) {
		if s[at] == h|taken {
			return true
		}
	}
	return false
}
