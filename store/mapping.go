package store

import (
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// mapping keeps few pages of the file mapped while much of it is looked at, here
// and there: mapped they count as our memory, and a refresh of two thousand feeds
// looks at a hundred megabytes. Whoever does such work asks for it meanwhile.
//
// A look at one byte maps sixteen pages; with Linux 6.18, as many as were written
// at once, up to two megabytes, so that twenty looks may map most of the index.
type mapping struct {
	mapped func() int // bytes of files, of which the program is one
	leave  func()
	gauge  gauge

	mu     sync.Mutex // not held when leave is called: that may have to wait
	asking int
	timer  *time.Timer
	rest   atomic.Int64 // what is mapped when the pages have been left
}

// mappedMost is how much of it is mapped, about.
const mappedMost = 8 << 20

// lookOver is how often it is looked at how much that is.
const lookOver = 20 * time.Millisecond

func (m *mapping) open(leave func()) { m.mapped, m.leave = m.gauge.mapped, leave }

// keepFew does so until end is called.
func (m *mapping) keepFew() (end func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.asking++; m.asking == 1 {
		m.timer = time.AfterFunc(lookOver, m.again)
	}
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.asking--; m.asking == 0 {
			m.timer.Stop()
		}
	}
}

func (m *mapping) again() {
	m.look()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.asking > 0 {
		m.timer.Reset(lookOver)
	}
}

// look leaves the pages if there are too many.
func (m *mapping) look() { m.lookAnd(m.leave) }

// lookIn is look for one who is in a transaction. Where all processors are busy it
// may take a while until it is looked by the clock, so who has much to look at looks
// over what is mapped himself now and then.
func (m *mapping) lookIn(tx *bolt.Tx) { m.lookAnd(func() { unmap(tx) }) }

func (m *mapping) lookAnd(leave func()) {
	rest := m.rest.Load()
	if int64(m.mapped())-rest <= mappedMost {
		return
	}
	leave()
	now := int64(m.mapped())
	if rest > 0 { // others may have mapped much since
		now = min(now, rest+restGrows)
	}
	m.rest.Store(now)
}

// restGrows is how much more the program takes when pages are left again, at most.
const restGrows = 128 << 10
