package related

import "slices"

// sketch keeps the smallest hashes of an article's shingles, runs of
// shingleWords words of the text: A. Broder, On the resemblance and containment
// of documents, 1997. The title has no part in it: outlets change it, and the
// same headline over an unknown text proves nothing.
func (w *words) sketch() (list []uint32, grams uint16) {
	w.sorted = w.sorted[:0]
	text := w.text[:min(len(w.text), copyTokens)]
	var begun [shingleWords - 1]uint64 // shingles that lack one word, two and so on
	for n := range text {
		hash := text[n].hash
		if n >= len(begun) {
			w.sorted = append(w.sorted, mix(begun[0]+hash))
		}
		begun = [...]uint64{mix(begun[1] + hash), mix(begun[2] + hash), mix(hash)}
	}
	w.spare = sortHashes(w.sorted, w.spare)
	all := slices.Compact(w.sorted)
	list = make([]uint32, min(sketchSize, len(all)))
	for i := range list {
		list[i] = uint32(all[i] >> (64 - sketchBits))
	}
	return slices.Compact(list), uint16(len(all))
}

// sketchBits is how much of a hash a sketch keeps: two that differ seldom look
// the same among so few.
const sketchBits = 24

// contained estimates how much of the shorter article's text is in the longer
// one's, from their sketches. A sketch that is not full is the whole set; else
// both are compared below the hash where the first of them ends.
func contained(a, b *article) float64 {
	both, all := shingles(a, b)
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// shingles counts, among the hashes that contained compares, those that both texts
// have and those that the shorter has.
func shingles(a, b *article) (both, all int) {
	if a.grams < minShingles || b.grams < minShingles || a.stock || b.stock {
		return 0, 0
	}
	end := ^uint32(0)
	for _, x := range [2]*article{a, b} {
		if int(x.grams) > len(x.sketch) {
			end = min(end, x.sketch[len(x.sketch)-1])
		}
	}
	var na, nb int
	i, j := 0, 0
	for i < len(a.sketch) || j < len(b.sketch) {
		switch {
		case j == len(b.sketch) || i < len(a.sketch) && a.sketch[i] < b.sketch[j]:
			if a.sketch[i] > end {
				i = len(a.sketch)
				continue
			}
			na++
			i++
		case i == len(a.sketch) || b.sketch[j] < a.sketch[i]:
			if b.sketch[j] > end {
				j = len(b.sketch)
				continue
			}
			nb++
			j++
		default:
			if a.sketch[i] > end {
				i, j = len(a.sketch), len(b.sketch)
				continue
			}
			na++
			nb++
			both++
			i++
			j++
		}
	}
	if b.grams < a.grams {
		return both, nb
	}
	return both, na
}

// reprinted returns the latest of the articles before r, too far from it for a
// link, that has its very text: a column sent out again, a wire story of last
// week. Nothing if the titles tell of something else.
func (t *teller) reprinted(r ref) (*link, error) {
	text := r.leaf.seg.print(r.i)
	when := r.leaf.seg.when(r.i)
	if text == 0 || when < linkSpan {
		return nil, nil
	}
	leaves, err := t.between(when-min(when, textSpan), when-linkSpan)
	if err != nil {
		return nil, err
	}
	for _, l := range slices.Backward(leaves) {
		for i := l.seg.len() - 1; i >= 0; i-- {
			if l.seg.text(i) != text || l.seg.print(i) != text || l.seg.when(i)+linkSpan >= when || l.seg.when(i)+textSpan < when {
				continue
			}
			if !t.reprint(r, ref{l, i}) {
				return nil, nil
			}
			return &link{ref: ref{l, i}, copy: true}, nil
		}
	}
	return nil, nil
}

// reprint reports whether an article that has r's text has its title too, by
// and large.
func (t *teller) reprint(r, o ref) bool {
	r.leaf.seg.read(r.i, &t.self)
	q := t.self.linkQuery(t.find.times)
	t.find.spread(t.find.indices(q, o.leaf), o.leaf)
	cos, _ := q.link(o, t.find.dense)
	t.find.wipe()
	return cos >= copyCosine && !distinct(r, o, true)
}

// sameText calls fn with the articles after r that r may be reprinted by.
func (t *teller) sameText(r ref, fn func(ref)) error {
	text := r.leaf.seg.print(r.i)
	if text == 0 {
		return nil
	}
	when := r.leaf.seg.when(r.i)
	leaves, err := t.between(when+linkSpan, when+textSpan)
	if err != nil {
		return err
	}
	for _, l := range leaves {
		for i := range l.seg.len() {
			if l.seg.text(i) == text && l.seg.when(i) > when+linkSpan {
				t.load(l)
				fn(ref{l, i})
			}
		}
	}
	return nil
}
