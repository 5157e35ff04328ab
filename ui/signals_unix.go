//go:build unix

package ui

import (
	"io"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// signals are those that bubbletea leaves alone: the line is hung up (SIGHUP),
// and somebody wants the program to stop for a while (SIGTSTP; Ctrl-Z is a key
// like others).
type signals struct {
	heard chan os.Signal
	over  chan struct{}
}

func listen(program *tea.Program) *signals {
	s := &signals{heard: make(chan os.Signal, 4), over: make(chan struct{})}
	signal.Notify(s.heard, syscall.SIGHUP, syscall.SIGTSTP)
	go func() {
		for {
			select {
			case one := <-s.heard:
				if one == syscall.SIGHUP {
					program.Quit()
				} else {
					program.Send(stopMsg{})
				}
			case <-s.over:
				return
			}
		}
	}()
	return s
}

func (s *signals) end() {
	signal.Stop(s.heard)
	close(s.over)
}

// stopper stops the program and what belongs to it until they are continued. The
// signal cannot be SIGTSTP: Go would go on taking it, once it was asked to.
type stopper struct{}

func (stopper) Run() error {
	return untilContinued(func() error { return syscall.Kill(0, syscall.SIGSTOP) })
}

// untilContinued stops and returns when it goes on. The system may deliver the
// signal to another thread: this one would go on for a moment, and take the
// terminal from the shell before it stands still.
func untilContinued(stop func() error) error {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if err := stop(); err != nil {
		return err
	}
	<-continued
	return nil
}

func (stopper) SetStdin(io.Reader)  {}
func (stopper) SetStdout(io.Writer) {}
func (stopper) SetStderr(io.Writer) {}
