package elsewhere

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Pipe runs a command line of the reader's with a text on its standard input,
// on the terminal. It is a tea.ExecCommand.
type Pipe struct {
	Command string // read by the reader's shell
	Input   string // never read by one

	in       io.Reader
	out, err io.Writer
}

func (p *Pipe) SetStdin(r io.Reader)  { p.in = r }
func (p *Pipe) SetStdout(w io.Writer) { p.out = w }
func (p *Pipe) SetStderr(w io.Writer) { p.err = w }

// Run runs the command. What it wrote stays until the reader presses Enter: the
// screen that comes back would cover it.
func (p *Pipe) Run() error {
	cmd := exec.Command(shell(), "-c", p.Command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(p.Input), p.out, p.err
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("%q failed: %w", p.Command, reason(err))
		fmt.Fprintf(p.out, "\n%v", err)
	}
	fmt.Fprint(p.out, "\nEnter goes back to Broadsheet. ")
	var key [1]byte
	for key[0] != '\n' && key[0] != '\r' {
		if n, err := p.in.Read(key[:]); err != nil || n == 0 {
			break // the terminal is gone
		}
	}
	return err
}

// Terminal runs a program that draws on the terminal. It is a tea.ExecCommand.
type Terminal struct{ *exec.Cmd }

func (t Terminal) SetStdin(r io.Reader)  { t.Stdin = r }
func (t Terminal) SetStdout(w io.Writer) { t.Stdout = w }
func (t Terminal) SetStderr(w io.Writer) { t.Stderr = w }

// shell is the reader's.
func shell() string {
	if named := os.Getenv("SHELL"); filepath.IsAbs(named) {
		return named
	}
	return "sh"
}
