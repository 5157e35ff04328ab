package ui

import (
	"os"
	"syscall"
)

// hasShell reports whether there is a shell that can continue the program: a
// parent in the same session. The system would not even stop a program without
// one.
func hasShell() bool {
	session := func(pid int) uintptr {
		s, _, err := syscall.RawSyscall(syscall.SYS_GETSID, uintptr(pid), 0, 0)
		if err != 0 {
			return 0
		}
		return s
	}
	ours := session(0)
	return ours != 0 && session(os.Getppid()) == ours
}
