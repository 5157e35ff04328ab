package related

import "slices"

// lists are what a slot is compared by.
type lists struct {
	hashes []uint32 // its sketch, what many have first; nothing if there is no text to speak of
	packed []uint16 // the same, as long as nobody asked for them
	terms  []uint32 // numbers and weights of all its terms, 8 bits of weight
	names  []uint32 // the first of these, which are names and numbers
	named  steps    // these packed,
	others steps    // and the other terms: then none are above
}

// parts gathers the lists of a slot. It owns its buffers.
type parts struct {
	lists
	others, all []uint32
	units       []uint16
}

// read gathers an article's terms, by their numbers, and no hashes.
func (p *parts) read(r ref, number func(index int) uint32) {
	seg := &r.leaf.seg
	p.hashes, p.terms, p.others = p.hashes[:0], p.terms[:0], p.others[:0]
	for t := seg.termsOf(r.i); t.next(); {
		v := number(t.index)<<8 | uint32(t.weight())
		if t.raw&termCapital != 0 || seg.termID(t.index)&1 == 1 {
			p.terms = append(p.terms, v)
		} else {
			p.others = append(p.others, v)
		}
	}
	names := len(p.terms)
	p.terms = append(p.terms, p.others...)
	p.names = p.terms[:names]
}

// open gathers all that an article is taken in by, its terms by their indexes in the
// segment.
func (p *parts) open(r ref) {
	p.read(r, func(index int) uint32 { return uint32(index) })
	if proves(&r.leaf.seg, r.i) {
		p.hashes = readSketch(r.leaf.seg.sketch(r.i), p.hashes)
	}
}

// put puts them on a pile and tells the slot where they are.
func (p *parts) put(x *slot, on *pile[uint32]) {
	p.all = append(append(p.all[:0], p.hashes...), p.terms...)
	x.at, x.hashes, x.names, x.terms = on.put(p.all), uint8(len(p.hashes)), uint16(len(p.names)), uint16(len(p.terms))
}

// plain returns a slot's lists on a pile where they were put.
func (x *slot) plain(on *pile[uint32]) lists {
	all := on.of(x.at, int(x.hashes)+int(x.terms))
	terms := all[x.hashes:]
	return lists{hashes: all[:x.hashes], terms: terms, names: terms[:x.names]}
}

// pack puts a slot's lists on a pile where they take half as much, and tells it
// where they are: from now on names and terms say how many steps that takes.
func (p *parts) pack(x *slot, l lists, on *pile[uint16]) {
	p.units = packHashes(p.units[:0], l.hashes)
	from := len(p.units)
	p.units = packTerms(p.units, l.names)
	x.names = uint16(len(p.units) - from)
	p.units = packTerms(p.units, l.terms[len(l.names):])
	x.terms = uint16(len(p.units) - from)
	x.at = on.put(p.units)
}

// packed returns a slot's lists on a pile where they were packed.
func (x *slot) packed(on *pile[uint16]) lists {
	hashes := int(x.hashes) + (int(x.hashes)+1)/2
	all := on.of(x.at, hashes+int(x.terms))
	return lists{packed: all[:hashes], named: steps(all[hashes:][:x.names]), others: steps(all[hashes:][x.names:])}
}

func (p *parts) unpackHashes(x *slot, packed []uint16) []uint32 {
	p.hashes = unpackHashes(packed, int(x.hashes), p.hashes[:0])
	return p.hashes
}

// packTerms appends terms, which it brings in order, as steps from number to
// number. Those without weight are left out.
func packTerms(out []uint16, terms []uint32) []uint16 {
	slices.Sort(terms)
	last := uint32(0)
	for _, t := range terms {
		if uint8(t) > 0 {
			out = steps(out).add(t>>8-last, uint8(t))
			last = t >> 8
		}
	}
	return out
}

// packHashes appends hashes, the lower 16 of their bits and then the others, two by
// two.
func packHashes(out []uint16, list []uint32) []uint16 {
	for _, h := range list {
		out = append(out, uint16(h))
	}
	for i, h := range list {
		if i%2 == 0 {
			out = append(out, uint16(h>>16&0xff))
		} else {
			out[len(out)-1] |= uint16(h >> 16 << 8)
		}
	}
	return out
}

// unpackHashes appends so many hashes that were packed.
func unpackHashes(packed []uint16, n int, list []uint32) []uint32 {
	high := packed[n:]
	for i, low := range packed[:n] {
		list = append(list, uint32(low)|uint32(high[i/2]>>(i%2*8)&0xff)<<16)
	}
	return list
}

var _ [24 - sketchBits]struct{}
