package ui

import "runtime"

// spareProcessors lets more goroutines run at once than there are processors,
// until the function it returns is called. A refresh keeps feeds.Processors of
// them busy, and where no more may run, Go notices a key only when one of those
// pauses, or after ten milliseconds; so does each goroutine that the key goes
// through. The system shares the processors out more finely.
func spareProcessors() func() {
	was := runtime.GOMAXPROCS(0)
	runtime.GOMAXPROCS(2*was + 1) // a refresh reads and relates at once
	return func() { runtime.GOMAXPROCS(was) }
}
