// Package uitest drives the screen without a terminal: keys in, picture out.
//
//	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 120, 40)
//	d.Press("j", "enter")
//	d.Contains("Storm surge")
//	d.Equal(`…the screen, drawn…`)
//
// A message is taken in, its commands are run, and so on until nothing is
// left to do; waiting takes no time. After each message the picture is checked:
// as many rows as the screen has, each exactly as wide.
package uitest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui"
	"broadsheet/ui/cells"
	"broadsheet/ui/settings"

	tea "charm.land/bubbletea/v2"
)

// Refresher is a refresher that does as the test says.
type Refresher struct {
	// Do does the work; nil: there is nothing to do.
	Do func(ctx context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error)
	// Asked are the requests so far.
	Asked []refresh.Request
	// Amend carries out corrections; nil: they are only written down.
	Amend func(words []feeds.Correction) error
	// Told are the corrections so far.
	Told [][]feeds.Correction
}

// Correct writes the words down and carries them out.
func (r *Refresher) Correct(words []feeds.Correction) error {
	r.Told = append(r.Told, words)
	if r.Amend == nil {
		return nil
	}
	return r.Amend(words)
}

// Run does the work.
func (r *Refresher) Run(ctx context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
	r.Asked = append(r.Asked, q)
	if r.Do == nil {
		return feeds.Summary{}, nil
	}
	return r.Do(ctx, q, announce)
}

// Deps are what a screen needs, all in memory.
func Deps(l *Library) ui.Deps {
	return ui.Deps{
		Library: l, Relater: l, Refresher: &Refresher{}, Pages: &Pages{Library: l},
		Editions: func() ([]feeds.Edition, error) {
			return []feeds.Edition{
				{Name: "coast", Title: "Coast", Feeds: []feeds.Feed{{URL: "https://coast.example/feed", Title: "Coast", Folder: "Coast"}}},
				{Name: "world", Title: "World", Feeds: []feeds.Feed{{URL: "https://world.example/feed", Title: "World", Folder: "World"}}},
			}, nil
		},
		Import: func(path string) ([]feeds.Feed, []string, error) {
			return nil, nil, fmt.Errorf("%s is no OPML file", path)
		},
		Settings: settings.Default(),
		Clock:    Now,
		Version:  "test",
	}
}

// Driver holds a screen.
type Driver struct {
	t    testing.TB
	App  *ui.App
	msgs chan tea.Msg
	busy int

	// Held is how many commands the test itself keeps from ending.
	Held int
	// Waits are those of up to a second that were asked for; they take no time.
	Waits []time.Duration
	// Quit tells that the program has ended.
	Quit bool
	// Raw is what was sent to the terminal as it is.
	Raw []string
	// Clipboard is what was last copied.
	Clipboard string
	// Terminal is what commands wrote that had the terminal for themselves.
	Terminal strings.Builder
	// Measure is how the terminal counts columns.
	Measure cells.Measure
	w, h    int
	first   tea.Cmd // not run yet
}

// New shows a screen of a size and waits for it to settle.
func New(t testing.TB, deps ui.Deps, width, height int) *Driver {
	t.Helper()
	d := Start(t, deps, width, height)
	d.Settle()
	return d
}

// Start shows a screen of a size before any of its commands has run. Settle
// runs them.
func Start(t testing.TB, deps ui.Deps, width, height int) *Driver {
	t.Helper()
	d := &Driver{t: t, msgs: make(chan tea.Msg, 1024), w: width, h: height}
	deps.After = func(wait time.Duration, msg tea.Msg) tea.Cmd {
		if wait > time.Second {
			return nil // the test is over before
		}
		d.Waits = append(d.Waits, wait)
		return func() tea.Msg { return msg }
	}
	deps.Exec = func(cmd tea.ExecCommand, then tea.ExecCallback) tea.Cmd {
		return func() tea.Msg {
			cmd.SetStdin(strings.NewReader("\n"))
			cmd.SetStdout(&d.Terminal)
			cmd.SetStderr(&d.Terminal)
			return then(cmd.Run())
		}
	}
	d.App = ui.New(deps)
	d.take(tea.WindowSizeMsg{Width: width, Height: height})
	d.first = d.App.Init()
	return d
}

// start runs a command.
func (d *Driver) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	d.busy++
	go func() { d.msgs <- cmd() }()
}

// Begin runs the first commands without waiting for the screen to settle.
func (d *Driver) Begin() {
	d.start(d.first)
	d.first = nil
}

// Settle takes messages in until nothing more is to be done.
func (d *Driver) Settle() {
	d.t.Helper()
	d.Begin()
	for d.busy > d.Held {
		msg := <-d.msgs
		d.busy--
		d.take(msg)
	}
}

// take gives a message to the model and looks at the picture.
func (d *Driver) take(msg tea.Msg) {
	d.t.Helper()
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.start(cmd)
		}
		return
	case tea.QuitMsg:
		d.Quit = true
		return
	case tea.RawMsg:
		d.Raw = append(d.Raw, fmt.Sprint(msg.Msg))
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Name() == "sequenceMsg" {
		for i := range v.Len() {
			if cmd, ok := v.Index(i).Interface().(tea.Cmd); ok && cmd != nil {
				d.take(cmd())
			}
		}
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.String && strings.Contains(v.Type().Name(), "setClipboard") {
		d.Clipboard = v.String()
		return
	}
	_, cmd := d.App.Update(msg)
	d.check(msg)
	d.start(cmd)
}

// check holds the picture to its size.
func (d *Driver) check(after tea.Msg) {
	d.t.Helper()
	rows := strings.Split(d.App.View().Content, "\n")
	if len(rows) != d.h {
		d.t.Fatalf("after %T %v the picture of %dx%d has %d rows:\n%s", after, after, d.w, d.h, len(rows), d.Screen())
	}
	for y, row := range rows {
		if w := cells.Width(d.Measure, row); w != d.w {
			d.t.Fatalf("after %T %v row %d of the picture of %dx%d is %d cells wide: %q", after, after, y, d.w, d.h, w, row)
		}
	}
}

// Send gives messages to the screen, one after the other, and waits for it to
// settle after each.
func (d *Driver) Send(msgs ...tea.Msg) {
	d.t.Helper()
	for _, msg := range msgs {
		d.take(msg)
		d.Settle()
	}
}

// Resize changes the screen's size.
func (d *Driver) Resize(width, height int) {
	d.t.Helper()
	d.w, d.h = width, height
	d.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Press presses keys, named as the bindings name them.
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.Send(Key(k))
	}
}

// Tap presses keys without waiting for the screen to settle.
func (d *Driver) Tap(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.take(Key(k))
	}
}

// Until takes messages in until the screen shows a text.
func (d *Driver) Until(text string) {
	d.t.Helper()
	for !strings.Contains(d.Screen(), text) {
		msg := <-d.msgs
		d.busy--
		d.take(msg)
	}
}

// Type types a text.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
}

// Key is the press of a key.
func Key(name string) tea.KeyPressMsg {
	var k tea.KeyPressMsg
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		name, k.Mod = rest, tea.ModCtrl
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		name, k.Mod = rest, tea.ModShift
	}
	switch code, ok := named[name]; {
	case ok:
		k.Code = code
	case name == "space":
		k.Code, k.Text = ' ', " "
	default:
		k.Code = []rune(name)[0]
		if k.Mod == 0 {
			k.Text = name
		}
	}
	return k
}

// Screen is the picture as plain text, without the spaces at the ends of lines.
func (d *Driver) Screen() string {
	rows := strings.Split(cells.Strip(d.App.View().Content), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return strings.Join(rows, "\n")
}

// Status is the bottom line of the picture.
func (d *Driver) Status() string {
	screen := d.Screen()
	return screen[strings.LastIndexByte(screen, '\n')+1:]
}

// Contains wants some texts on the screen.
func (d *Driver) Contains(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.Screen(), text) {
			d.t.Fatalf("the screen does not show %q:\n%s", text, d.Screen())
		}
	}
}

// Lacks wants some texts not to be on the screen.
func (d *Driver) Lacks(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(d.Screen(), text) {
			d.t.Fatalf("the screen shows %q:\n%s", text, d.Screen())
		}
	}
}

// Equal wants the screen to look exactly as drawn. A line break at the
// beginning and one at the end of the drawing do not count.
func (d *Driver) Equal(want string) {
	d.t.Helper()
	want = strings.TrimSuffix(strings.TrimPrefix(want, "\n"), "\n")
	if got := d.Screen(); got != want {
		d.t.Errorf("the screen is\n%s\n\nwant\n%s", got, want)
	}
}
