// Package memory keeps the program small while it works.
//
//	memory.Keep()                  // at the start
//	defer memory.LeaveRoom()()     // while a key must not wait for the collector
//
// Who sets GOMEMLIMIT or GOGC keeps the memory himself, and Keep is not called.
package memory

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// goal is from where on the collector works harder to keep the memory as it is:
// documents of many megabytes make garbage of several times their size. What
// holds more than that, as a refresh does that relates ten thousand articles,
// would below any such goal spend its time collecting nothing: so the goal stays
// ahead of what is held by a room.
const goal = 72 << 20

// room is how far the goal stays ahead: by so many bytes, and by one part in
// share of what is held. A heap below least is not collected.
type room struct{ bytes, share, least int64 }

// Under the first, allocating goroutines soon have to help the collector. The
// screen's are among them, and a key waited for that 18 ms in 36: of keys pressed
// during a cold refresh one in twenty took longer than 20 ms, and 12 under the
// second.
//
// A command that is soon over would, below least, collect little, but often: what a
// refresh of a hundred feeds holds grows to ten megabytes in twenty-eight
// collections, a tenth of its time. The screen stays, and what it does not hold is
// given back.
var (
	narrow = room{bytes: 16 << 20, share: 8, least: 28 << 20}
	wide   = room{bytes: 32 << 20, share: 2, least: heapMin}
)

// heapMin is the runtime's own least at 100 percent; it grows with these.
const heapMin = 4 << 20

var ahead atomic.Pointer[room] // nil: nobody keeps the memory

// Keep sets the goal, and again after each collection.
func Keep() {
	ahead.CompareAndSwap(nil, &narrow)
	set()
	runtime.SetFinalizer(&[2]*byte{}, func(*[2]*byte) { Keep() })
}

// LeaveRoom lets the memory of what works beside the screen grow further, until
// the function it returns is called.
func LeaveRoom() func() {
	if !ahead.CompareAndSwap(&narrow, &wide) {
		return func() {}
	}
	set()
	return func() { ahead.Store(&narrow) }
}

func set() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	held, r := int64(sample[0].Value.Uint64()), *ahead.Load()
	debug.SetMemoryLimit(limit(held, r))
	debug.SetGCPercent(percent(held, r))
}

// limit is the goal when so many bytes are held.
func limit(held int64, r room) int64 { return max(goal, held+held/r.share+r.bytes) }

// percent is by how much the heap may grow then until it is collected.
func percent(held int64, r room) int {
	left := 100 * (r.least - held) / max(held, 1)
	return int(max(100, min(left, 100*r.least/heapMin)))
}
