package related

import (
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// inParallel calls fn with 0 to n-1, all at the same time, and waits for them. What
// panics in one panics in the caller: a page of the mapped file that the disk does
// not give is the library's to explain, and elsewhere would end the program.
func inParallel(n int, fn func(k int)) {
	var all sync.WaitGroup
	var what atomic.Pointer[any]
	for k := range n {
		all.Go(func() {
			defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
			defer func() {
				if r := recover(); r != nil {
					what.CompareAndSwap(nil, &r)
				}
			}()
			fn(k)
		})
	}
	all.Wait()
	if r := what.Load(); r != nil {
		panic(*r)
	}
}
