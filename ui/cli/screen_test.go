package cli_test

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// screen is the program running in a terminal.
type screen struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	mu   sync.Mutex // guards term's cells
	term *vt.Emulator
	raw  []byte        // all that was written
	drew chan struct{} // closed when the program has gone
	more chan struct{} // a token when something was drawn
	mute sync.Mutex    // held, the terminal answers nothing, and no key gets through
}

func (r *reader) screen(width, height int, args ...string) *screen {
	r.t.Helper()
	s := &screen{t: r.t, cmd: r.command(args...), term: vt.NewEmulator(width, height), drew: make(chan struct{}), more: make(chan struct{}, 1)}
	const enough = 64 // answers and keys on the way
	said := make(chan []byte, enough)
	tty, err := pty.StartWithSize(s.cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
	if err != nil {
		r.t.Fatal(err)
	}
	s.tty = tty
	go func() {
		defer close(s.drew)
		buf := make([]byte, 1<<16)
		for {
			n, err := tty.Read(buf)
			s.mu.Lock()
			_, _ = s.term.Write(buf[:n])
			s.raw = append(s.raw, buf[:n]...)
			s.mu.Unlock()
			select {
			case s.more <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	go func() { // the terminal's answers, and keys behind them
		defer close(said)
		for {
			buf := make([]byte, 1<<10)
			n, err := s.term.Read(buf)
			if err != nil {
				return
			}
			said <- buf[:n]
		}
	}()
	go func() {
		for b := range said {
			s.mute.Lock()
			_, _ = tty.Write(b)
			s.mute.Unlock()
		}
	}()
	r.t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = tty.Close()
		<-s.drew
		_ = s.term.InputPipe().(io.Closer).Close()
	})
	return s
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for y := range s.term.Height() {
		for x := range s.term.Width() {
			if c := s.term.CellAt(x, y); c != nil && c.Width > 0 {
				b.WriteString(c.Content)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// patience is how long a screen may take on a slow and busy machine before the
// test gives up; it returns as soon as the text is there.
const patience = time.Minute

func (s *screen) until(what string) {
	s.t.Helper()
	s.wants(what, func() bool { return strings.Contains(s.text(), what) })
}

// written waits until the program has written what the screen does not show.
func (s *screen) written(what string) {
	s.t.Helper()
	s.wants(what, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return strings.Contains(string(s.raw), what)
	})
}

func (s *screen) wants(what string, there func() bool) {
	s.t.Helper()
	giveUp := time.After(patience)
	for !there() {
		select {
		case <-s.more:
		case <-s.drew:
			s.t.Fatalf("the program ended before it showed %q:\n%s", what, s.text())
		case <-giveUp:
			s.t.Fatalf("the screen never showed %q:\n%s", what, s.text())
		}
	}
}

func (s *screen) press(keys string) {
	s.t.Helper()
	s.term.SendText(keys)
}

// wait waits for the program's end and returns its exit status.
func (s *screen) wait() int {
	s.t.Helper()
	select {
	case <-s.drew:
	case <-time.After(patience):
		s.t.Fatalf("the program does not end:\n%s", s.text())
	}
	_ = s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode()
}

func TestDemoOpensShowsRelatedStoriesAndLeavesNothingBehind(t *testing.T) {
	r := newReader(t)
	s := r.screen(120, 40, "demo")
	s.until("Front page")
	s.until("outlets")
	s.press("\r")
	s.until("Coverage")
	s.press("Q")
	if status := s.wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
	left, err := os.ReadDir(r.home)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		t.Errorf("it left %s behind", e.Name())
	}
}

func TestWhatWasOpenedStaysReadAfterKill(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(120, 40)
	s.until("Storm closes the port")
	s.press("2j\r") // to the headlines, one down, open
	s.until("Unread               8")
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	s.wait()
	if got := len(r.articles("--unread")); got != 8 {
		t.Errorf("%d articles are unread, want 8", got)
	}
	r.run(0, "", "check")
}

func TestAnEmptyLibraryGreets(t *testing.T) {
	r := newReader(t)
	s := r.screen(80, 24)
	s.until("edition")
	for _, choice := range []string{"import", "demo"} {
		if !strings.Contains(strings.ToLower(s.text()), choice) {
			t.Errorf("the greeting does not offer %q:\n%s", choice, s.text())
		}
	}
	s.press("Q")
	s.wait()
}

func TestCtrlCEndsTheCommandThatHasTheTerminalAndNotTheReader(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(80, 24)
	s.until("Storm closes the port")
	// One process that says so and stays: a shell between two may miss the signal.
	s.press(`|exec awk 'BEGIN { while (getline > 0); print "be" "gun"; fflush(); getline < "/dev/tty" }'` + "\r")
	s.until("begun")
	s.press("\x03")
	s.until("Enter goes back")
	s.press("\r")
	s.until("failed: signal: interrupt")
	s.press("Q")
	s.wait()
}

func TestTerminalsThatCannotShowTheReaderAreTold(t *testing.T) {
	r := newReader(t)
	c := r.command()
	c.Env = append(c.Env, "TERM=dumb")
	tty, err := pty.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	said, _ := io.ReadAll(tty) // ends with an error once the program has gone
	_ = c.Wait()
	if c.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "TERM is dumb") || strings.Contains(string(said), "\x1b") {
		t.Errorf("exit status %d, said %q", c.ProcessState.ExitCode(), said)
	}
	if left, err := os.ReadDir(r.home); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}
