package ui

import (
	"errors"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
)

// keyboard is the terminal as what keys come from, for bubbletea. Bubbletea by
// itself has a thread wait for a key, which then waits for the next one: who is to
// act on the key must be found another thread, and on a busy machine that takes
// some milliseconds. A file of Go's own that is waited for by the runtime lets the
// thread that finds the key carry it all the way.
//
// Bubbletea takes it for a terminal because it has a file descriptor. It must not
// have a name: what has one too is waited for by a thread.
type keyboard struct {
	terminal *os.File // whose modes are set
	keys     *os.File // the same, opened again so that reading it blocks no thread
}

// errKeyboard is of what is not a keyboard's.
var errKeyboard = errors.New("keys are only read")

// Read waits for keys. While the keyboard is lent it brings none, again and again:
// bubbletea notices only between two reads that it is not to read any more.
func (k *keyboard) Read(b []byte) (int, error) {
	const soon = time.Millisecond
	n, err := k.keys.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		time.Sleep(soon)
		return 0, nil
	}
	return n, err
}

func (k *keyboard) Write([]byte) (int, error) { return 0, errKeyboard }
func (k *keyboard) Fd() uintptr               { return k.terminal.Fd() }
func (k *keyboard) Close() error              { return k.keys.Close() }

// lend leaves what is typed to others.
func (k *keyboard) lend() { _ = k.keys.SetReadDeadline(time.Unix(0, 1)) }

// take takes the keyboard back.
func (k *keyboard) take() { _ = k.keys.SetReadDeadline(time.Time{}) }

// exec is tea.Exec for a program that reads this keyboard: a command has the
// terminal itself.
func (k *keyboard) exec(cmd tea.ExecCommand, then tea.ExecCallback) tea.Cmd {
	run := tea.Exec(borrower{cmd, k}, func(err error) tea.Msg {
		k.take() // also where the command could not be run
		return then(err)
	})
	return func() tea.Msg {
		k.lend()
		return run()
	}
}

// borrower is a command that has the keyboard while it runs.
type borrower struct {
	tea.ExecCommand
	k *keyboard
}

func (b borrower) SetStdin(io.Reader) { b.ExecCommand.SetStdin(b.k.terminal) }

func (b borrower) Run() error {
	defer b.k.take()
	return b.ExecCommand.Run()
}
