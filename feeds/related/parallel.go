package related

import (
	"runtime/debug"
	"sync"
	"sync/atomic"

	"broadsheet/feeds"
)

// divide calls fn with each of 0 to n-1 once, from up to most workers at the same
// time: which of them, k, gets which makes no difference. They work on all
// processors but those that leeway leaves to somebody at the screen. When a call
// says that it is enough, no more are begun. It returns how many were.
func divide(n, most int, leeway *feeds.Leeway, fn func(k, i int) (more bool)) int {
	var next atomic.Int64
	var enough atomic.Bool
	inParallel(min(n, most, feeds.Processors()), func(k int) {
		for k < leeway.Processors() && !enough.Load() {
			i := int(next.Add(1) - 1)
			if i >= n {
				return
			}
			if !fn(k, i) {
				enough.Store(true)
			}
		}
	})
	return min(n, int(next.Load()))
}

// inParallel calls fn with 0 to n-1, all at the same time, and waits for them. What
// panics in one panics in the caller: a page of the mapped file that the disk does
// not give is the library's to explain, and elsewhere would end the program.
func inParallel(n int, fn func(k int)) {
	var all sync.WaitGroup
	var what atomic.Pointer[any]
	for k := range n {
		all.Go(feeds.Likewise(func() {
			defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
			defer func() {
				if r := recover(); r != nil {
					what.CompareAndSwap(nil, &r)
				}
			}()
			fn(k)
		}))
	}
	all.Wait()
	if r := what.Load(); r != nil {
		panic(*r)
	}
}
