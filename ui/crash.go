package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/adrg/xdg"

	tea "charm.land/bubbletea/v2"
)

// watched is the model for bubbletea. A fault of ours, wherever it comes up, ends
// the program in order: the terminal is given back, the library is closed, and
// one sentence says where the report of it lies. Bubbletea itself would print
// the whole over what stands there.
type watched struct {
	app  *App
	quit func()

	mu    sync.Mutex
	first *fault
}

// fault is what is known of a panic, without a word of what was read: the values
// that a panic carries may hold a piece of an article, a stack does not.
type fault struct {
	kind  string
	stack []byte
}

// faultMsg tells that a command has panicked.
type faultMsg struct{ fault *fault }

// caught makes a fault of what recover returned.
func caught(r any) *fault {
	kind := fmt.Sprintf("%T", r)
	// The runtime's own errors speak of numbers and types only.
	if e, ok := r.(runtime.Error); ok {
		kind = e.Error()
	}
	return &fault{kind: kind, stack: debug.Stack()}
}

func (w *watched) note(f *fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.first == nil {
		w.first = f
	}
}

func (w *watched) fault() *fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.first
}

func (w *watched) Init() (cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			w.note(caught(r))
			cmd = tea.Quit
		}
	}()
	return guarded(w.app.Init())
}

func (w *watched) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			w.note(caught(r))
			m, cmd = w, tea.Quit
		}
	}()
	if f, ok := msg.(faultMsg); ok {
		w.note(f.fault)
	}
	if w.fault() != nil {
		return w, tea.Quit
	}
	_, cmd = w.app.Update(msg)
	return w, guarded(cmd)
}

func (w *watched) View() (v tea.View) {
	defer func() {
		if r := recover(); r != nil {
			w.note(caught(r))
			v = tea.View{AltScreen: true}
			go w.quit() // in its own time: it waits for the loop, which waits for us
		}
	}()
	if w.fault() != nil {
		return tea.View{AltScreen: true}
	}
	return w.app.View()
}

// guarded makes a message of a command's panic, and guards the commands that it
// results in.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = faultMsg{caught(r)}
			}
		}()
		msg = cmd()
		// A batch is a list of commands, and so is a sequence, whose type
		// bubbletea keeps to itself.
		if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range list.Len() {
				if one, ok := list.Index(i).Interface().(tea.Cmd); ok {
					list.Index(i).Set(reflect.ValueOf(guarded(one)))
				}
			}
		}
		return msg
	}
}

// reportFault writes a report and says in a sentence where it is.
func reportFault(f *fault, deps Deps) error {
	text := fmt.Sprintf("Broadsheet %s, %s %s/%s\n%s\n\n%s", deps.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, f.kind, f.stack)
	name := "crash-" + deps.Clock().UTC().Format("20060102-150405") + ".txt"
	for _, dir := range []string{filepath.Join(xdg.StateHome, "broadsheet"), os.TempDir()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			continue
		}
		path := filepath.Join(dir, name)
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			// One of the same second, or somebody's trap.
			path = filepath.Join(dir, fmt.Sprintf("%d-%s", time.Now().UnixNano(), name))
			file, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		}
		if err != nil {
			continue
		}
		_, err = file.WriteString(text)
		if err = errors.Join(err, file.Close()); err == nil {
			return fmt.Errorf("Broadsheet came upon a fault of its own and had to end; what you read and saved is kept, and a report without any article's text is in %s", path)
		}
	}
	return fmt.Errorf("Broadsheet came upon a fault of its own and had to end (%s); what you read and saved is kept", f.kind)
}
