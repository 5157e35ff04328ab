// Package edits tells what changed between two versions of an article, word by
// word.
//
//	for _, p := range edits.Between(old.Body.Text, body.Text) {
//		for _, piece := range p {
//			fmt.Print(piece.Kind, piece.Text) // Same, Gone or Added
//		}
//	}
//
// The pieces of a version's kinds, one after the other, are that version, but
// for white space and the style of quotation marks and dashes: what is the same
// is given as the later version has it. Chinese, Japanese and what else is
// written without spaces is told apart by characters.
//
// Paragraphs are aligned first, then words within those that changed. Both use
// the bounded two-sided search of go-udiff (Myers 1986, "An O(ND) difference
// algorithm"): beyond a hundred differences it gives a larger change than need
// be instead of taking long.
package edits

import (
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"

	"broadsheet/feeds"
)

// Kind says what became of a piece of text.
type Kind uint8

const (
	Same   Kind = iota // in both versions
	Gone               // only in the earlier
	Added              // only in the later
	Folded             // in both, and left out: see Fold
)

// Piece is a run of words of one paragraph.
type Piece struct {
	Kind Kind
	Text string // verbatim, with the space after it
}

// Paragraph is one line of the text. Where Fold left out whole paragraphs there
// is one with a single piece that is Folded and whose Text counts them; a piece
// that is Folded among others is a passage left out.
type Paragraph []Piece

// Changed reports whether anything in it is not Same.
func (p Paragraph) Changed() bool {
	for _, piece := range p {
		if piece.Kind == Gone || piece.Kind == Added {
			return true
		}
	}
	return false
}

// Between gives the paragraphs of both versions in their order, each with what
// is gone from it and what was added.
func Between(before, after string) []Paragraph {
	old, now := lines(before), lines(after)
	var out []Paragraph
	i, k := 0, 0
	same := func(to int) {
		for ; k < to; i, k = i+1, k+1 {
			out = append(out, Paragraph{{Same, now[k].text}})
		}
	}
	for _, d := range lcs.DiffLines(keys(old), keys(now)) {
		same(d.ReplStart)
		out = append(out, hunk(old[d.Start:d.End], now[d.ReplStart:d.ReplEnd])...)
		i, k = d.End, d.ReplEnd
	}
	same(len(now))
	return out
}

// line is a paragraph, and what it is compared by.
type line struct{ text, key string }

func lines(text string) []line {
	var out []line
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, line{l, strings.Join(strings.Fields(feeds.OneStyle(l)), " ")})
		}
	}
	return out
}

func keys(list []line) []string {
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = l.key
	}
	return out
}

// maxPairs bounds how many pairs of paragraphs are compared where neighbours
// changed together.
const maxPairs = 40 * 40

// hunk compares paragraphs of which none is the same. Those that resemble each
// other are taken for the same one, changed, in the order that keeps most.
func hunk(old, now []line) []Paragraph {
	was, is := make([][]word, len(old)), make([][]word, len(now))
	for i := range old {
		was[i] = split(old[i].text)
	}
	for k := range now {
		is[k] = split(now[k].text)
	}
	var out []Paragraph
	i, k := 0, 0
	apart := func(toOld, toNow int) {
		for ; i < toOld; i++ {
			out = append(out, Paragraph{{Gone, old[i].text}})
		}
		for ; k < toNow; k++ {
			out = append(out, Paragraph{{Added, now[k].text}})
		}
	}
	for _, p := range pairs(was, is) {
		apart(p.old, p.now)
		out = append(out, changed(was[i], is[k]))
		i, k = i+1, k+1
	}
	apart(len(old), len(now))
	return out
}

type pair struct{ old, now int }

// pairs aligns paragraphs by how alike they are: the best monotone alignment,
// as in Needleman and Wunsch (1970).
func pairs(old, now [][]word) []pair {
	if len(old)*len(now) > maxPairs {
		return nil
	}
	best := make([][]float64, len(old)+1)
	best[len(old)] = make([]float64, len(now)+1)
	alike := make([][]float64, len(old))
	for i := len(old) - 1; i >= 0; i-- {
		best[i], alike[i] = make([]float64, len(now)+1), make([]float64, len(now))
		for k := len(now) - 1; k >= 0; k-- {
			alike[i][k] = likeness(old[i], now[k])
			best[i][k] = max(best[i+1][k], best[i][k+1], best[i+1][k+1]+alike[i][k])
		}
	}
	var out []pair
	for i, k := 0, 0; i < len(old) && k < len(now); {
		switch {
		case alike[i][k] > 0 && best[i][k] == best[i+1][k+1]+alike[i][k]:
			out = append(out, pair{i, k})
			i, k = i+1, k+1
		case best[i][k] == best[i+1][k]:
			i++
		default:
			k++
		}
	}
	return out
}

// leastLike is the likeness from which a paragraph is another one changed.
const leastLike = 0.4

// likeness is the Dice coefficient of two paragraphs' words, 0 if they are not
// like each other.
func likeness(a, b []word) float64 {
	in := make(map[string]int, len(a))
	for _, w := range a {
		in[w.key]++
	}
	both := 0
	for _, w := range b {
		if in[w.key] > 0 {
			in[w.key]--
			both++
		}
	}
	if like := 2 * float64(both) / float64(max(len(a)+len(b), 1)); like >= leastLike {
		return like
	}
	return 0
}

// changed compares two versions of one paragraph.
func changed(old, now []word) Paragraph {
	diffs := join(lcs.DiffLines(wordKeys(old), wordKeys(now)), now)
	var p Paragraph
	put := func(kind Kind, list []word) {
		if len(list) > 0 {
			p = append(p, Piece{kind, text(list)})
		}
	}
	k := 0
	for _, d := range diffs {
		put(Same, now[k:d.ReplStart])
		put(Gone, old[d.Start:d.End])
		put(Added, now[d.ReplStart:d.ReplEnd])
		k = d.ReplEnd
	}
	put(Same, now[k:])
	return p
}

// join makes one change of two that only a mark or a short word keeps apart, if
// that is little beside them: "the cat" for "a dog" reads better than word for
// word.
func join(diffs []lcs.Diff, now []word) []lcs.Diff {
	var out []lcs.Diff
	for _, d := range diffs {
		if n := len(out); n > 0 {
			last := &out[n-1]
			kept := now[last.ReplEnd:d.ReplStart]
			size := last.ReplEnd - last.ReplStart + last.End - last.Start + d.ReplEnd - d.ReplStart + d.End - d.Start
			if len(kept) <= 2 && weight(kept) <= 3 && size >= 5 {
				last.End, last.ReplEnd = d.End, d.ReplEnd
				continue
			}
		}
		out = append(out, d)
	}
	return out
}

// weight is how many letters and digits words have.
func weight(list []word) int {
	n := 0
	for _, w := range list {
		n += w.letters
	}
	return n
}
