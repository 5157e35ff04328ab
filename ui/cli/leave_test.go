package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"
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
	r, _ := subscribed(t)
	for _, how := range []string{"Ctrl-Z", "SIGTSTP"} {
		t.Run(how, func(t *testing.T) {
			s := inShell(r, t)
			if s == nil {
				return
			}
			s.press("\r")
			s.until("Storm closes the port")
			if how == "Ctrl-Z" {
				s.press("\x1a")
			} else if child := s.child(); child != 0 {
				signalTo(t, child, syscall.SIGTSTP)
			} else {
				return // no Linux
			}
			s.until("Stopped")
			s.modesOff("bracketed paste") // which the shell has on itself
			s.press("fg\r")
			s.until("Storm closes the port") // drawn anew: the shell's screen had none of it
		})
	}
}

// What the terminal is asked at the start is nothing for the shell, however late
// the answers come.
func TestAStoppedProgramLeavesNoAnswersToTheShell(t *testing.T) {
	r, _ := subscribed(t)
	s := inShell(r, t)
	if s == nil {
		return
	}
	s.mute.Lock()
	_, _ = s.tty.WriteString("\r") // past the terminal, which is mute
	s.until("Storm closes the port")
	child := s.child()
	if child == 0 {
		return // no Linux
	}
	signalTo(t, child, syscall.SIGTSTP)
	s.written(ansi.RequestPrimaryDeviceAttributes)
	s.mute.Unlock()
	s.until("Stopped")
	s.press("echo it is ''over\r")
	s.until("it is over")
	if strings.Contains(s.text(), "2027") || strings.Contains(s.text(), "rgb:") {
		t.Errorf("the shell got the terminal's answers:\n%s", s.text())
	}
}

// inShell has a shell with the program's name typed; nil if there is no shell.
func inShell(r *reader, t *testing.T) *screen {
	t.Helper()
	shell, err := exec.LookPath("bash")
	if err != nil {
		return nil // there is nothing to go back to
	}
	s := (&reader{t, shell, r.home}).screen(100, 30, "--norc", "--noprofile", "-i")
	s.until("bash-")
	s.press(r.bin)
	s.until(filepath.Base(r.bin))
	return s
}

// child is the program that the screen's shell has started; 0 where the system
// does not tell.
func (s *screen) child() int {
	s.t.Helper()
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	var child int
	if _, err := fmt.Sscan(string(children), &child); err != nil {
		s.t.Fatal(err)
	}
	return child
}

func signalTo(t *testing.T, process int, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(process, sig); err != nil {
		t.Fatal(err)
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
