package ui

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// ErrDemo says that the reader of an empty library chose to look at the demo.
var ErrDemo = errors.New("the reader wants to see the demo")

// CheckTerminal says in a sentence why the screen cannot be shown on the
// terminal there is, and what to use instead; nil if it can. Ask before the
// library is opened.
func CheckTerminal() error {
	if os.Getenv("TERM") == "dumb" {
		return errors.New("this terminal cannot show the reader (TERM is dumb): use the commands instead, such as broadsheet articles --unread; broadsheet --help lists them")
	}
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return errors.New("the reader needs a terminal: without one use the commands, such as broadsheet articles --unread; broadsheet --help lists them")
	}
	return nil
}

// Run shows the screen until the reader leaves it, or ctx is done. It returns
// ErrDemo if the reader asks for the demo instead.
func Run(ctx context.Context, deps Deps) error {
	if err := CheckTerminal(); err != nil {
		return err
	}
	app := New(deps)
	defer app.leave()
	const fps = 120
	program := tea.NewProgram(app, tea.WithContext(ctx), tea.WithFPS(fps))

	// Bubbletea leaves the terminal as it is when the line is hung up.
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	over := make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-hangup:
			program.Quit()
		case <-over:
		}
	}()

	_, err := program.Run()
	switch {
	case app.wantsDemo:
		return ErrDemo
	case errors.Is(err, tea.ErrInterrupted), errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil:
		return nil
	}
	return err
}

// leave stops what still runs, so that the library can be closed.
func (a *App) leave() {
	a.stopRendering()
	if a.gallery.stop != nil {
		a.gallery.stop()
	}
	a.wholes.leave()
	if a.refresh.run != nil {
		a.refresh.run.leave()
	}
	if a.packing.run != nil {
		a.packing.run.leave()
	}
}
