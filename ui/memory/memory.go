// Package memory keeps the program small while it works.
//
//	memory.Keep()                  // at the start
//	defer memory.LeaveRoom()()     // while a key must not wait for the collector
//
// Who sets GOMEMLIMIT keeps the memory himself, and Keep is not called.
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
// share of what is held.
type room struct{ bytes, share int64 }

// Under the first, allocating goroutines soon have to help the collector. The
// screen's are among them, and a key waited for that 18 ms in 36: of keys pressed
// during a cold refresh one in twenty took longer than 20 ms, and 12 under the
// second.
var (
	narrow = room{16 << 20, 8}
	wide   = room{32 << 20, 2}
)

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
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(held)
	debug.SetMemoryLimit(limit(int64(held[0].Value.Uint64()), *ahead.Load()))
}

// limit is the goal when so many bytes are held.
func limit(held int64, r room) int64 { return max(goal, held+held/r.share+r.bytes) }
