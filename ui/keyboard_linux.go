package ui

import (
	"fmt"
	"os"
	"syscall"
	"time"
)

// openKeyboard opens a terminal for the keys pressed on it; nil if that cannot be,
// as after su, when it is another user's: bubbletea then reads it by itself. The
// terminal as it came must not be changed, as the shell has it, too.
func openKeyboard(terminal *os.File) *keyboard {
	keys, err := os.OpenFile(fmt.Sprintf("/proc/self/fd/%d", terminal.Fd()), os.O_RDONLY|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil
	}
	if err := keys.SetReadDeadline(time.Time{}); err != nil { // the runtime cannot wait for it
		keys.Close()
		return nil
	}
	return &keyboard{terminal: terminal, keys: keys}
}
