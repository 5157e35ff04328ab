package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"broadsheet/ui/memory"

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
	options := []tea.ProgramOption{tea.WithContext(ctx)}
	if k := openKeyboard(os.Stdin); k != nil {
		defer k.Close()
		options = append(options, tea.WithInput(k))
		if deps.Exec == nil {
			deps.Exec = k.exec
		}
	}
	app := New(deps)
	defer app.leave()
	watch := &watched{app: app}
	deps.Leeway.Watch()
	defer spareProcessors()()
	defer memory.LeaveRoom()()
	program := newProgram(watch, options...)
	watch.quit = program.Quit
	defer listen(program).end()

	_, err := program.Run()
	switch {
	case watch.fault() != nil:
		return reportFault(watch.fault(), deps)
	case app.wantsDemo:
		return ErrDemo
	case errors.Is(err, tea.ErrInterrupted), errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil, hungUp(err):
		return nil
	}
	return err
}

// hungUp reports whether the terminal has gone: nobody is there to be told.
func hungUp(err error) bool {
	return errors.Is(err, syscall.EIO) || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.EOF)
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
	if a.finding != nil {
		a.finding.leave()
	}
	if a.packing.run != nil {
		a.packing.run.leave()
	}
}
