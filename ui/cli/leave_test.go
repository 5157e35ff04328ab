package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// modes that the program may set, by what sets and unsets them.
var modes = map[string][2]string{
	"the alternate screen": {"\x1b[?1049h", "\x1b[?1049l"},
	"a hidden cursor":      {"\x1b[?25l", "\x1b[?25h"},
	"bracketed paste":      {"\x1b[?2004h", "\x1b[?2004l"},
	"the mouse":            {"\x1b[?1002h", "\x1b[?1002l"},
	"the mouse, by cells":  {"\x1b[?1006h", "\x1b[?1006l"},
	"focus":                {"\x1b[?1004h", "\x1b[?1004l"},
	"the kitty keyboard":   {"\x1b[=", "\x1b[=0;1u"},
}

// modesOff makes sure that no mode is left on but one.
func (s *screen) modesOff(but string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, m := range modes {
		if name == but {
			continue
		}
		if set, unset := strings.LastIndex(string(s.raw), m[0]), strings.LastIndex(string(s.raw), m[1]); set > unset {
			s.t.Errorf("it leaves %s on", name)
		}
	}
}

// tidy makes sure that the terminal is as it was.
func (s *screen) tidy() {
	s.t.Helper()
	s.mu.Lock()
	raw := string(s.raw)
	s.mu.Unlock()
	if !strings.Contains(raw, "\x1b[?1049h") {
		s.t.Fatalf("the screen was never up: %q", raw)
	}
	s.modesOff("")
	master, slave, err := pty.Open()
	if err != nil {
		s.t.Fatal(err)
	}
	defer master.Close()
	defer slave.Close()
	want, err := term.GetState(master.Fd())
	if err != nil {
		s.t.Fatal(err)
	}
	if got, err := term.GetState(s.tty.Fd()); err != nil || !reflect.DeepEqual(got, want) {
		s.t.Errorf("the line is left as %+v, %v; want %+v", got, err, want)
	}
}

func TestTheTerminalIsGivenBack(t *testing.T) {
	r, _ := subscribed(t)
	for _, c := range []struct {
		name  string
		leave func(*screen)
	}{
		{"quit", func(s *screen) { s.press("Q") }},
		{"Ctrl-C", func(s *screen) { s.press("\x03") }},
		{"SIGTERM", func(s *screen) { _ = s.cmd.Process.Signal(syscall.SIGTERM) }},
		{"SIGINT", func(s *screen) { _ = s.cmd.Process.Signal(syscall.SIGINT) }},
		{"SIGHUP", func(s *screen) { _ = s.cmd.Process.Signal(syscall.SIGHUP) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := (&reader{t, r.bin, r.home}).screen(100, 30)
			s.until("Storm closes the port")
			c.leave(s)
			if status := s.wait(); status != 0 {
				t.Errorf("exit status %d, want 0", status)
			}
			s.tidy()
			if strings.Contains(string(s.raw), "goroutine") {
				t.Errorf("it wrote %q", s.raw)
			}
		})
	}
}

// A shell runs the program, which is stopped by the key or by a signal.
func TestTheTerminalIsGivenBackToTheShell(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		return // there is nothing to go back to
	}
	r, _ := subscribed(t)
	for _, how := range []string{"Ctrl-Z", "SIGTSTP"} {
		t.Run(how, func(t *testing.T) {
			s := (&reader{t, shell, r.home}).screen(100, 30, "--norc", "--noprofile", "-i")
			s.until("bash-")
			s.press(r.bin + "\r")
			s.until("Storm closes the port")
			if how == "Ctrl-Z" {
				s.press("\x1a")
			} else {
				children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", s.cmd.Process.Pid))
				if err != nil {
					return // no Linux
				}
				var child int
				if _, err := fmt.Sscan(string(children), &child); err != nil {
					t.Fatal(err)
				}
				if err := syscall.Kill(child, syscall.SIGTSTP); err != nil {
					t.Fatal(err)
				}
			}
			s.until("Stopped")
			s.modesOff("bracketed paste") // which the shell has on itself
			s.press("fg\r")
			s.until("Storm closes the port") // drawn anew: the shell's screen had none of it
		})
	}
}

func TestWithoutAShellThereIsNothingToGoBackTo(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(100, 30)
	s.until("Storm closes the port")
	s.press("\x1a")
	s.until("There is no shell to go back to.")
	s.press("Q")
	if status := s.wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}
