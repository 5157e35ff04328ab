package ui

import (
	"io"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// somewhere is a keyboard, and where it is typed on.
func somewhere(t *testing.T) (k *keyboard, typed func(string)) {
	t.Helper()
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := term.MakeRaw(terminal.Fd()); err != nil {
		t.Fatal(err)
	}
	if k = openKeyboard(terminal); k == nil {
		t.Fatal("a terminal of our own cannot be opened again")
	}
	t.Cleanup(func() { k.Close(); terminal.Close(); master.Close() })
	return k, func(s string) {
		if _, err := master.WriteString(s); err != nil {
			t.Error(err)
		}
	}
}

func TestAKeyIsHeardByTheRuntime(t *testing.T) {
	k, typed := somewhere(t)
	if _, ok := any(k).(term.File); !ok || !term.IsTerminal(k.Fd()) {
		t.Error("bubbletea would not make the terminal raw")
	}
	if _, ok := any(k).(interface{ Name() string }); ok {
		t.Error("bubbletea would have a thread wait for keys")
	}
	typed("jk")
	got := make([]byte, 8)
	if n, err := k.Read(got); string(got[:n]) != "jk" || err != nil {
		t.Errorf("heard %q, %v", got[:n], err)
	}
}

// What is typed while a command has the terminal is the command's.
func TestAKeyboardIsLent(t *testing.T) {
	k, typed := somewhere(t)
	type heard struct {
		keys string
		err  error
	}
	read := func() heard {
		got := make([]byte, 8)
		n, err := k.Read(got)
		return heard{string(got[:n]), err}
	}
	waits := make(chan heard)
	go func() { waits <- read() }()
	k.lend()
	if got := <-waits; got != (heard{}) {
		t.Errorf("who waited for a key got %v", got)
	}
	typed("x")
	if got := read(); got != (heard{}) {
		t.Errorf("while it was lent it brought %v", got)
	}
	cmd := &listener{}
	lent := borrower{cmd, k}
	lent.SetStdin(k)
	if err := lent.Run(); err != nil || cmd.heard != "x" {
		t.Errorf("the command heard %q, %v", cmd.heard, err)
	}
	typed("y")
	if got := read(); got != (heard{keys: "y"}) {
		t.Errorf("taken back, it brought %v", got)
	}
}

// listener is a command that reads a key.
type listener struct {
	in    io.Reader
	heard string
}

func (l *listener) SetStdin(in io.Reader) { l.in = in }
func (l *listener) SetStdout(io.Writer)   {}
func (l *listener) SetStderr(io.Writer)   {}

func (l *listener) Run() error {
	key := make([]byte, 1)
	_, err := l.in.Read(key)
	l.heard = string(key)
	return err
}
