// Package status is the line at the bottom: what goes on, and which keys help
// here.
//
//	l := status.New(th)
//	l.Say(status.Error, "The library cannot be written …")
//	l.SetHints([]status.Hint{{Key: "Enter", Word: "open"}})
//	row := l.Draw(width)
//	more := l.Above(width) // a message that is longer than the line
package status

import (
	"strconv"
	"strings"

	"broadsheet/ui/cells"
	"broadsheet/ui/line"
	"broadsheet/ui/theme"
)

// Tone is how grave a message is.
type Tone uint8

const (
	Info Tone = iota
	Warning
	Error
)

// Doing is a kind of work that goes on beside the reading.
type Doing uint8

const (
	Packing Doing = iota
	Marking
	doings
)

// Hint names a key and, in one word, what it does.
type Hint struct{ Key, Word string }

// Line is the status line.
type Line struct {
	th      *theme.Theme
	tone    Tone
	message string
	hints   []Hint
	name    string
	tasks   [doings]string
	offline bool
	running bool
	done    int
	total   int
	line    line.Builder
}

// New makes an empty status line.
func New(th *theme.Theme) *Line { return &Line{th: th} }

func (l *Line) SetTheme(th *theme.Theme) { l.th = th }

// SetHints tells which keys to name.
func (l *Line) SetHints(hints []Hint) { l.hints = hints }

// Say shows a message until Clear or the next one.
func (l *Line) Say(tone Tone, message string) {
	l.tone, l.message = tone, cells.Fold(strings.Join(strings.Fields(message), " "))
}

// Clear takes the message away.
func (l *Line) Clear() { l.message = "" }

// Message is what is shown; "" for nothing.
func (l *Line) Message() string { return l.message }

// SetName says what library this is, if that needs saying.
func (l *Line) SetName(name string) { l.name = name }

// SetOffline tells that there is, or again is, a network.
func (l *Line) SetOffline(offline bool) { l.offline = offline }

// Progress shows a refresh that has done so many feeds of so many.
func (l *Line) Progress(done, total int) { l.running, l.done, l.total = true, done, total }

// Stop takes the progress bar away.
func (l *Line) Stop() { l.running = false }

// Task tells in a few words how such work goes on; "" for not at all.
func (l *Line) Task(d Doing, words string) { l.tasks[d] = words }

// barWidth is how long the progress bar is.
const barWidth = 16

// Draw is the line at a width. A message it has no room for is left to Above.
func (l *Line) Draw(width int) string {
	row := &l.line
	l.state(width)
	if l.message != "" && l.fits() {
		row.AddTo(l.style(), l.message, width-1)
		row.To(row.At() + 2)
	}
	l.drawHints(width)
	return row.String()
}

// Above are the rows to lay over those above the line: the message, if the line
// has no room for it. A sentence that breaks off would keep what to do to itself.
func (l *Line) Above(width int) []string {
	const most = 3
	l.state(width)
	if l.message == "" || l.fits() {
		return nil
	}
	var rows []string
	for _, part := range cells.Wrap(l.th.Measure, l.message, width-2, most) {
		l.line.Reset(l.th, width)
		l.line.To(1)
		l.line.AddTo(l.style(), part, width-1)
		rows = append(rows, l.line.String())
	}
	return rows
}

func (l *Line) fits() bool { return cells.Width(l.th.Measure, l.message) <= l.line.Left()-1 }

// state begins the line with what goes on.
func (l *Line) state(width int) {
	th, row := l.th, &l.line
	row.Reset(th, width)
	row.To(1)
	if l.name != "" {
		row.Add(th.Muted, l.name)
		row.To(row.At() + 2)
	}
	if l.offline {
		row.Add(th.Warning, "offline")
		row.To(row.At() + 2)
	}
	if l.running {
		l.bar(width)
	}
	for _, task := range l.tasks {
		if task != "" {
			row.Add(th.Muted, task)
			row.To(row.At() + 2)
		}
	}
}

func (l *Line) style() theme.Style {
	switch l.tone {
	case Error:
		return l.th.Error
	case Warning:
		return l.th.Warning
	}
	return l.th.Text
}

func (l *Line) bar(width int) {
	th, row := l.th, &l.line
	if width >= 60 {
		filled := 0
		if l.total > 0 {
			filled = min(barWidth*l.done/l.total, barWidth)
		}
		row.Add(th.Bar, strings.Repeat("━", filled))
		row.Add(th.Trough, strings.Repeat("─", barWidth-filled))
		row.To(row.At() + 1)
	}
	row.Add(th.Muted, strconv.Itoa(l.done)+"/"+strconv.Itoa(l.total))
	row.To(row.At() + 2)
}

// drawHints names as many keys as there is room for, flush right.
func (l *Line) drawHints(width int) {
	const between = 2
	th, row := l.th, &l.line
	room, n, used := row.Left()-1, 0, 0
	for ; n < len(l.hints); n++ {
		w := hintWidth(th, l.hints[n])
		if n > 0 {
			w += between
		}
		if used+w > room {
			break
		}
		used += w
	}
	row.To(width - 1 - used)
	for i, h := range l.hints[:n] {
		if i > 0 {
			row.To(row.At() + between)
		}
		row.Add(th.Accent, h.Key)
		row.To(row.At() + 1)
		row.Add(th.Muted, h.Word)
	}
}

func hintWidth(th *theme.Theme, h Hint) int {
	return cells.Width(th.Measure, h.Key) + 1 + cells.Width(th.Measure, h.Word)
}
