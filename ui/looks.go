package ui

import (
	"image/color"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/settings"
	"broadsheet/ui/theme"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// looks is what is known of the terminal and the reader's wish.
type looks struct {
	wanted    settings.Theme
	dark      bool // the terminal's background
	colorless bool
	measure   cells.Measure
}

// theme makes the theme for it.
func (l looks) theme() *theme.Theme {
	switch {
	case l.colorless:
		return theme.New(theme.Plain, l.measure)
	case l.wanted == settings.Light, l.wanted != settings.Dark && !l.dark:
		return theme.New(theme.Light, l.measure)
	}
	return theme.New(theme.Dark, l.measure)
}

// paper is the background and foreground to set on the terminal; nil for its
// own. They are set if the reader wants a theme that its own do not suit.
func (l looks) paper(th *theme.Theme) (background, foreground color.Color) {
	suits := l.wanted != settings.Dark && l.wanted != settings.Light || (l.wanted == settings.Dark) == l.dark
	if l.colorless || suits {
		return nil, nil
	}
	return lipgloss.Color(th.Paper), lipgloss.Color(th.Ink)
}

// look takes in what the terminal tells of itself.
func (a *App) look(msg tea.Msg) tea.Cmd {
	was := a.looks
	_ = a.gallery.terminal.sees(msg) // these ask for nothing more
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		a.looks.dark = msg.IsDark()
	case tea.ColorProfileMsg:
		a.looks.colorless = msg.Profile <= colorprofile.ASCII
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore && (msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet) {
			a.looks.measure = cells.Grapheme
		}
	}
	if a.looks == was {
		return nil
	}
	a.th = a.looks.theme()
	for _, p := range a.panes() {
		p.SetTheme(a.th)
	}
	if a.dialog != nil {
		a.dialog.SetTheme(a.th)
	}
	if a.prompt.pane != nil {
		a.prompt.pane.SetTheme(a.th)
	}
	if a.greeting != nil {
		a.greeting.SetTheme(a.th)
	}
	a.status.SetTheme(a.th)
	return a.arrange()
}

// bindingsOf are the reader's bindings. The settings have been checked when
// they were read, so what is wrong with them is not said here again.
func bindingsOf(s settings.Settings) keys.Bindings {
	b, err := s.Bindings()
	if err != nil {
		return keys.Default()
	}
	return b
}
