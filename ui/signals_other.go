//go:build !unix

package ui

import (
	"io"

	tea "charm.land/bubbletea/v2"
)

// signals are none where the system has neither hanging up nor stopping.
type signals struct{}

func listen(*tea.Program) *signals { return &signals{} }

func (*signals) end() {}

// stopper is for systems that can stop a program.
type stopper struct{}

func (stopper) Run() error { return nil }

func (stopper) SetStdin(io.Reader)  {}
func (stopper) SetStdout(io.Writer) {}
func (stopper) SetStderr(io.Writer) {}

// hasShell reports whether there is a shell that can continue the program.
func hasShell() bool { return false }
