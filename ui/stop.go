package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"broadsheet/ui/status"
)

// A signal to stop may come while the terminal has yet to answer what it was
// asked, and the shell would take the answer for a command. So it is asked one
// thing more, which every terminal answers, after all that it was asked before.
// (Ctrl-Z is a key: what it was asked has been answered before.)

// lastWord is how long a terminal may take for its answer.
const lastWord = 2 * time.Second

// stopSoon stops once the terminal has answered.
func (a *App) stopSoon() tea.Cmd {
	if a.stops {
		return nil
	}
	a.stops = true
	return tea.Batch(tea.Raw(ansi.RequestPrimaryDeviceAttributes), a.deps.After(lastWord, silentMsg{}))
}

// stopNow stops if a signal has asked for it.
func (a *App) stopNow() tea.Cmd {
	if !a.stops {
		return nil
	}
	a.stops = false
	return a.stop()
}

// stop gives the terminal back to the shell until the program is continued.
func (a *App) stop() tea.Cmd {
	if !hasShell() {
		a.status.Say(status.Info, "There is no shell to go back to.")
		return nil
	}
	return a.deps.Exec(stopper{}, func(err error) tea.Msg { return saidMsg{err: err} })
}
