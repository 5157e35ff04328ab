package ui

import (
	"broadsheet/ui/prompt"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// asked is the prompt on the screen, and what its text is for.
type asked struct {
	pane *prompt.Pane // nil for none
	job  job
}

// job is what a prompt's text is for.
type job interface {
	// typed takes in the text so far.
	typed(a *App, text string) tea.Cmd
	// entered takes the text; the prompt is gone by then.
	entered(a *App, text string) tea.Cmd
	// left: the reader thought better of it.
	left(a *App)
}

// ask puts a prompt in the place of the status line.
func (a *App) ask(p *prompt.Pane, j job) tea.Cmd {
	a.prompt = asked{p, j}
	return a.arrange()
}

// entered takes the prompt away and its text to what it is for.
func (a *App) entered(text string) tea.Cmd {
	j := a.prompt.job
	a.prompt = asked{}
	return tea.Batch(j.entered(a, text), a.arrange())
}

func (a *App) leavePrompt() tea.Cmd {
	j := a.prompt.job
	a.prompt = asked{}
	j.left(a)
	return a.arrange()
}

// finds is the job of finding words in the open article.
type finds struct{}

// findInText asks for words to find in the open article; those of last time
// are offered.
func (a *App) findInText() tea.Cmd {
	if !a.reader.StartFind() {
		a.status.Say(status.Info, "There is no text to find anything in.")
		return nil
	}
	p := prompt.New(a.th, "Find", a.found)
	return a.ask(p, finds{})
}

func (finds) typed(a *App, text string) tea.Cmd {
	a.reader.Find(text)
	a.prompt.pane.SetNote(a.reader.FindNote())
	return nil
}

func (finds) entered(a *App, text string) tea.Cmd {
	a.reader.Find(text)
	if text != "" {
		a.found = text
	}
	if n, _ := a.reader.Found(); n == 0 {
		a.reader.EndFind(false)
		if text != "" {
			a.status.Say(status.Info, "“"+text+"” is not in this article.")
		}
	}
	return nil
}

func (finds) left(a *App) { a.reader.EndFind(false) }
