package related

// steps are numbers that ascend, each with a weight, mostly in two bytes: how far a
// number is from the one before, and its weight. A weight of 0 is no number's: it
// goes so many times 256 further. Who adds up or spreads weights does no harm by
// taking it for one, but the next is to be counted from there.
type steps []uint16

// farthest is how far one step can go, and a further one by its upper half.
const farthest = 1<<8 - 1

// add appends the number that is so far from the last one.
func (s steps) add(far uint32, weight uint8) steps {
	for ; far > farthest; far -= min(far>>8, farthest) << 8 {
		s = append(s, uint16(min(far>>8, farthest)<<8))
	}
	return append(s, uint16(far<<8)|uint16(weight))
}

// all yields numbers and their weights.
func (s steps) all(yield func(at, weight uint32) bool) {
	at := uint32(0)
	for _, x := range s {
		if w := uint32(x & 0xff); w == 0 {
			at += uint32(x)
		} else if at += uint32(x >> 8); !yield(at, w) {
			return
		}
	}
}
