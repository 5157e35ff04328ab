//go:build !linux

package ui

import "os"

// openKeyboard leaves the terminal to bubbletea: not every system lets a terminal be
// waited for like other files.
func openKeyboard(*os.File) *keyboard { return nil }
