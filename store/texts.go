package store

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// A blockRead is a block of bodies, and which of the articles in order lie in it.
type blockRead struct {
	key, packed []byte // nil if they lie in none
	from, to    int
}

// readTexts reads the texts of articles, which are in order: each block is
// expanded once, on all processors. Each of these gets a function from taker,
// which it calls with texts and the places of their articles in ids. The text of
// an article without a body is empty.
func (l *Library) readTexts(tx *bolt.Tx, ids []feeds.ArticleID, taker func() func(n int, text string) error) error {
	var reads []blockRead
	var after feeds.ArticleID // where the next block begins
	for n, id := range ids {
		if n == 0 || id >= after {
			key, packed := blockFor(tx, id)
			reads = append(reads, blockRead{key: key, packed: packed, from: n})
			after = blockAfter(tx, id)
		}
		reads[len(reads)-1].to = n + 1
	}
	var next atomic.Int64
	var all sync.WaitGroup
	failed := make([]error, min(feeds.Processors(), len(reads)))
	for i := range failed {
		all.Go(feeds.Likewise(func() {
			failed[i] = guard(func() error {
				r := textReader{l: l, take: taker()}
				for n := next.Add(1) - 1; n < int64(len(reads)); n = next.Add(1) - 1 {
					if err := r.read(&reads[n], ids); err != nil {
						return err
					}
				}
				return nil
			})
		}))
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// A textReader reads the texts of one block after another.
type textReader struct {
	l           *Library
	take        func(n int, text string) error
	plain, room []byte
}

func (r *textReader) read(b *blockRead, ids []feeds.ArticleID) error {
	var bodies []storedBody
	if b.packed != nil {
		plain, ok := r.l.packer.unpackTo(r.plain[:0], b.packed)
		if ok {
			r.plain = plain
			bodies, ok = openBlock(plain)
		}
		if !ok {
			return badRecord(bucketBodies, b.key)
		}
	}
	for n := b.from; n < b.to; n++ {
		text := ""
		if i, found := slices.BinarySearchFunc(bodies, ids[n], func(s storedBody, id feeds.ArticleID) int { return cmp.Compare(s.id, id) }); found {
			var ok bool
			if text, ok = bodies[i].text(&r.room); !ok {
				return badRecord(bucketBodies, b.key)
			}
		}
		if err := r.take(n, text); err != nil {
			return err
		}
	}
	return nil
}
