package feeds

import (
	"runtime"
	"syscall"
)

// back is how much nicer than the other threads of the program one is that stands
// back: while these are busy it gets a tenth of what one of them gets, and else
// whatever they leave. So it never holds up for long who waits for what it holds.
const back = 10

// usual is how nice the threads of this program are. The system counts from 20 down.
var usual, _ = syscall.Getpriority(syscall.PRIO_PROCESS, 0)

// standBack has the goroutine that calls it give way to the rest of the program,
// until it ends. Its thread ends with it: a thread may become nicer, but not less so
// again.
func standBack() {
	runtime.LockOSThread()
	const least, nicest = 20, 19
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, min(nicest, least-usual+back)) // where that is forbidden it goes on like the others
}

// standsBack reports whether the goroutine that calls it does.
func standsBack() bool {
	now, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	return err == nil && now < usual
}
