package refresh

import (
	"bytes"
	"encoding/binary"
	"slices"

	"broadsheet/feeds"
	"broadsheet/feeds/parse"
)

// Of fifty entries that a document lists, one or two are new at a look, and the
// others would be cleaned only to find that the library has them. So what a
// document says of an entry is remembered as an imprint with the article made of
// it, and an entry of the same imprint is passed over. Once a week, when a
// document is asked for as if it were new, all are read.

// rules counts up whenever the same entry is made into something else: by parse,
// by clean or here. Every entry is then read again when its document changes.
// TestTheRulesAreCounted tells when it must.
const rules = 1

// A mint makes the imprints of one document.
type mint struct{ buf []byte }

func newMint(language string, loose bool) *mint {
	m := &mint{buf: []byte{rules, 0}}
	if loose { // some entries are learned by other keys then
		m.buf[1] = 1
	}
	m.string(language)
	return m
}

func (m *mint) string(s string) {
	m.buf = binary.AppendUvarint(m.buf, uint64(len(s)))
	m.buf = append(m.buf, s...)
}

// strike makes an imprint of all that goes into an article but the dates, which
// an article keeps as they first were: feeds that give every entry a new one at
// each look are common. The id goes into the key, or nowhere.
func (m *mint) strike(e *parse.Entry, key, base string) (i feeds.Imprint) {
	document := len(m.buf)
	for _, s := range []string{key, base, e.Link, e.Title, e.Author, e.Language, e.Summary, e.Content} {
		m.string(s)
	}
	for k := range e.Enclosures {
		c := &e.Enclosures[k]
		m.string(c.URL)
		m.string(c.Type)
		m.string(c.Title)
		m.buf = binary.AppendVarint(m.buf, c.Length)
		m.buf = binary.AppendVarint(m.buf, int64(c.Play))
	}
	var sum [8]byte
	binary.BigEndian.PutUint64(sum[:], feeds.Digest(m.buf))
	m.buf = m.buf[:document]
	return feeds.Imprint(sum[:len(i)])
}

// isKnown looks for an imprint among sorted ones.
func isKnown(i feeds.Imprint, known []feeds.Imprint) bool {
	_, found := slices.BinarySearchFunc(known, i, func(a, b feeds.Imprint) int { return bytes.Compare(a[:], b[:]) })
	return found
}

// came is how many articles the document brought, known ones too.
func (got *reading) came() int { return len(got.fetched.Entries) + got.fetched.Same }
