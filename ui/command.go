package ui

import (
	"strings"

	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/prompt"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// commands is the job of doing an action by its name.
type commands struct{}

// askCommand asks for the name of an action.
func (a *App) askCommand() tea.Cmd {
	cmd := a.ask(prompt.New(a.th, "Command", ""), commands{})
	return tea.Batch(cmd, commands{}.typed(a, ""))
}

func (commands) typed(a *App, text string) tea.Cmd {
	var offered []prompt.Choice
	for _, r := range a.bindings.Matching(text) {
		if r.Action != keys.Command {
			offered = append(offered, prompt.Choice{Text: string(r.Action), Keys: keys.Names(r.Keys), Does: r.Does})
		}
	}
	meant, _ := a.bindings.Named(text)
	a.prompt.pane.SetChoices(offered, string(meant))
	note := ""
	if len(offered) == 0 {
		note = "no such action"
	}
	a.prompt.pane.SetNote(note)
	return nil
}

func (commands) entered(a *App, text string) tea.Cmd {
	action, several := a.bindings.Named(text)
	switch {
	case strings.TrimSpace(text) == "":
		return nil
	case len(several) > 0:
		names := make([]string, len(several))
		for i, s := range several {
			names[i] = string(s)
		}
		last := len(names) - 1
		a.status.Say(status.Info, "“"+text+"” may be "+strings.Join(names[:last], ", ")+" or "+names[last]+"; type more of the name.")
		return nil
	case action == keys.None:
		a.status.Say(status.Info, "There is no action called “"+text+"”; "+keys.Name(a.bindings.Key(keys.Command))+" lists them all.")
		return nil
	}
	return a.perform(action)
}

func (commands) left(*App) {}

// perform does an action as if its key had been pressed, in the part of the
// screen where that key does it.
func (a *App) perform(action keys.Action) tea.Cmd {
	var there tea.Cmd
	switch a.bindings.Where(action) {
	case keys.InReader, keys.InFind:
		there = a.goTo(layout.Article)
	case keys.InSidebar:
		there = a.goTo(layout.Related)
	}
	return tea.Batch(there, a.do(action))
}
