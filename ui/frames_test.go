package ui

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	tea "charm.land/bubbletea/v2"
)

// counter shows how many numbers it was sent, the last of them.
type counter struct{ n int }

type numberMsg int

func (counter) Init() tea.Cmd { return nil }

func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if n, ok := msg.(numberMsg); ok {
		c.n = int(n)
	}
	return c, nil
}

func (c counter) View() tea.View { return tea.NewView(fmt.Sprintf("<%d>", c.n)) }

// paper is a terminal that notes when it was last written to.
type paper struct {
	mu   sync.Mutex
	text bytes.Buffer
	last time.Time
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = time.Now()
	return p.text.Write(b)
}

func (p *paper) written() (string, time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.text.Reset()
	return p.text.String(), p.last
}

// A key shows within four milliseconds, whenever it comes.
func TestTheScreenIsDrawnSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		terminal := &paper{}
		program := newProgram(counter{}, tea.WithInput(nil), tea.WithOutput(terminal), tea.WithoutSignalHandler(), tea.WithWindowSize(20, 2), tea.WithEnvironment(nil))
		ended := make(chan error)
		go func() {
			_, err := program.Run()
			ended <- err
		}()
		<-time.After(time.Second)
		terminal.written()
		const most = time.Second / 240
		for n := 1; n < 10; n++ {
			<-time.After(time.Duration(n) * 1300 * time.Microsecond)
			sent := time.Now()
			program.Send(numberMsg(n))
			<-time.After(50 * time.Millisecond)
			text, at := terminal.written()
			if text == "" || at.Sub(sent) > most {
				t.Errorf("what was sent as number %d shows as %q after %v, want it within %v", n, text, at.Sub(sent), most)
			}
		}
		program.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// What is drawn anew but has not changed costs no look at it, 247 times a second.
func TestAPictureThatStaysIsTheSameText(t *testing.T) {
	p := &paint{}
	first := p.picture([]byte("a picture"))
	if second := p.picture([]byte("a picture")); unsafe.StringData(second) != unsafe.StringData(first) || second != first {
		t.Errorf("of the same picture it made another text: %q, %q", first, second)
	}
	if other := p.picture([]byte("another")); other != "another" {
		t.Errorf("of another picture it made %q", other)
	}
}
