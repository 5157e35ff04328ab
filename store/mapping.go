package store

import (
	"sync"
	"sync/atomic"
	"time"
)

// mapping keeps few pages of the file mapped while much of it is looked at, here
// and there: mapped they count as our memory, and a refresh of two thousand feeds
// looks at a hundred megabytes. Whoever does such work asks for it meanwhile.
type mapping struct {
	mapped func() int // bytes of files, of which the program is one
	leave  func()

	mu     sync.Mutex // not held when leave is called: that may have to wait
	asking int
	timer  *time.Timer
	rest   atomic.Int64 // what is mapped when the pages have been left
}

// mappedMost is how much of it is mapped, about.
const mappedMost = 8 << 20

// lookOver is how often it is looked at how much that is.
const lookOver = 20 * time.Millisecond

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

// lookAnd is look for one who has a way of his own to leave them.
func (m *mapping) lookAnd(leave func()) {
	if int64(m.mapped())-m.rest.Load() > mappedMost {
		leave()
		m.rest.Store(int64(m.mapped()))
	}
}
