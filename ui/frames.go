package ui

import tea "charm.land/bubbletea/v2"

// fps is how often a second bubbletea looks whether the screen has changed, and
// then draws it: what a key does waits two milliseconds for that on average, four
// at most. To look at a screen that stays as it is takes some microseconds. It
// shares no divisor with what keys repeat at, 20, 30 or 40 a second, as these would
// meet the same moments between two looks each time, often the worst.
const fps = 247

// newProgram is tea.NewProgram, but that this makes at most 120 of any fps, of
// which a key would wait for longer than for all else. Given afterwards, the
// option is kept as it is.
func newProgram(m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	p := tea.NewProgram(m, opts...)
	tea.WithFPS(fps)(p)
	return p
}
