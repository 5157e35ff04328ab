package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/creack/pty"
)

// startRuns is how often the program is started.
const startRuns = 12

// shown is what the screen says as soon as it has the front page.
var shown = regexp.MustCompile(`[0-9] (stories|story) `)

// starts times the program from its start to the front page on a terminal of
// 120x40 columns, at the time of the library's newest article.
func starts(ctx context.Context, program, library string, now time.Time) ([]time.Duration, error) {
	dir, err := os.MkdirTemp("", "newsworld-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	settings := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(settings, []byte("refresh = \"off\"\nbackups = 0\n"), 0o600); err != nil {
		return nil, err
	}
	return repeat(startRuns, func() error {
		ctx, stop := context.WithTimeout(ctx, time.Minute)
		defer stop()
		cmd := exec.CommandContext(ctx, program, "--library", library, "--config", settings)
		cmd.Env = append(os.Environ(), "TERM=xterm-256color", "BROADSHEET_NOW="+now.UTC().Format(time.RFC3339))
		return untilShown(cmd)
	})
}

// untilShown runs a command until its screen shows the front page.
func untilShown(cmd *exec.Cmd) error {
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 120})
	if err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		for buf := make([]byte, 1<<16); ; { // it must not wait for a reader while it leaves
			if _, err := tty.Read(buf); err != nil {
				break
			}
		}
		_ = cmd.Wait() // how it ends says nothing of how it started
		_ = tty.Close()
	}()
	var seen []byte
	for buf := make([]byte, 1<<16); ; {
		n, err := tty.Read(buf)
		if seen = append(seen, buf[:n]...); shown.Match(seen) {
			return nil
		}
		if err != nil {
			return errors.Join(fmt.Errorf("the program ended before it showed the front page"), err)
		}
	}
}
