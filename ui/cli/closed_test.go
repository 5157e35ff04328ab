package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// commandsThatWrite, each more than a line.
var commandsThatWrite = [][]string{
	{"articles"}, {"articles", "--json"}, {"feeds", "--json"}, {"stories", "--all"}, {"related", "--all", "--json"},
	{"export"}, {"refresh", "--force", "--json"}, {"refresh", "--force"}, {"check"}, {"--help"},
}

// Whoever reads the output has gone, as head does.
func TestAReaderOfTheOutputThatLeaves(t *testing.T) {
	r, _ := subscribed(t)
	for _, args := range commandsThatWrite {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = read.Close()
		c := r.command(args...)
		var said bytes.Buffer
		c.Stdout, c.Stderr = write, &said
		err = c.Run()
		_ = write.Close()
		// Like other programs it ends by the signal, which shells do not show.
		status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
		if ok && (!status.Signaled() || status.Signal() != syscall.SIGPIPE) || said.Len() > 0 {
			t.Errorf("broadsheet %s: %v, and said %q", strings.Join(args, " "), err, said.String())
		}
	}
	r.run(0, "", "check")
}

// An output that was closed before the program began must not be the number of
// the library's file.
func TestAClosedOutputIsNotTheLibrary(t *testing.T) {
	r, _ := subscribed(t)
	before := len(r.articles())
	for _, args := range commandsThatWrite {
		c := exec.Command("/bin/sh", append([]string{"-c", `exec "$0" "$@" >&- 2>&- <&-`, r.bin}, args...)...)
		c.Env, c.Dir = r.command().Env, r.home
		if err := c.Run(); err != nil && c.ProcessState.ExitCode() != 1 {
			t.Errorf("broadsheet %s: %v", strings.Join(args, " "), err)
		}
	}
	r.run(0, "", "check")
	if got := len(r.articles()); got != before {
		t.Errorf("%d articles of %d are left", got, before)
	}
}

func TestAnOutputWithoutRoomIsSaid(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		return // no Linux
	}
	defer full.Close()
	r, _ := subscribed(t)
	for _, args := range commandsThatWrite {
		if args[0] == "--help" {
			continue // which the library for commands writes
		}
		c := r.command(args...)
		var said bytes.Buffer
		c.Stdout, c.Stderr = full, &said
		_ = c.Run()
		if s := said.String(); c.ProcessState.ExitCode() != 1 || !strings.Contains(s, "no space left") || strings.Count(s, "\n") != 1 {
			t.Errorf("broadsheet %s: status %d, and said %q", strings.Join(args, " "), c.ProcessState.ExitCode(), s)
		}
	}
}
