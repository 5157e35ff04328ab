package ui_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"broadsheet/feeds"
	"broadsheet/ui"
	"broadsheet/ui/uitest"
)

const faultVariable = "BROADSHEET_TEST_FAULT"

// faulty is a library that panics, with a piece of an article in hand.
type faulty struct{ *uitest.Library }

func (faulty) Body(feeds.ArticleID) (feeds.Body, error) { panic("a secret of the article") }

// TestFaultChild is the program that TestAFaultEndsInOrder looks at; alone it
// does nothing.
func TestFaultChild(t *testing.T) {
	where := os.Getenv(faultVariable)
	if where == "" {
		return
	}
	l, _ := small()
	deps := uitest.Deps(l)
	switch where {
	case "command":
		deps.Library = faulty{l}
	case "update":
		clock, calls := deps.Clock, 0
		deps.Clock = func() time.Time {
			if calls++; calls == 2 { // when a search is opened
				panic("a secret of the article")
			}
			return clock()
		}
	}
	if err := ui.Run(context.Background(), deps); err != nil {
		fmt.Println("said: " + err.Error())
	}
}

func TestAFaultEndsInOrder(t *testing.T) {
	for _, where := range []string{"command", "update"} {
		t.Run(where, func(t *testing.T) {
			home := t.TempDir()
			c := exec.Command(os.Args[0], "-test.run=^TestFaultChild$")
			c.Env = append(os.Environ(), faultVariable+"="+where, "XDG_STATE_HOME="+home, "TERM=xterm-256color")
			tty, err := pty.StartWithSize(c, &pty.Winsize{Rows: 30, Cols: 120})
			if err != nil {
				t.Fatal(err)
			}
			defer tty.Close()
			if where == "update" {
				_, _ = io.WriteString(tty, "/") // waits in the line until it is read
			}
			raw, _ := io.ReadAll(tty) // ends with an error once the program has gone
			_ = c.Wait()
			shown := string(raw)
			if strings.LastIndex(shown, "\x1b[?1049h") > strings.LastIndex(shown, "\x1b[?1049l") || !strings.Contains(shown, "\x1b[?1049l") {
				t.Error("the alternate screen is left on")
			}
			_, said, found := strings.Cut(shown, "said: ")
			if !found || !strings.Contains(said, "came upon a fault of its own") || strings.Contains(shown, "goroutine") || strings.Contains(shown, "secret") {
				t.Errorf("it wrote %q", shown)
			}
			reports, _ := filepath.Glob(filepath.Join(home, "broadsheet", "crash-*.txt"))
			if len(reports) != 1 || !strings.Contains(said, reports[0]) {
				t.Fatalf("the reports are %v", reports)
			}
			info, err := os.Stat(reports[0])
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the report is %v, %v", info, err)
			}
			report, err := os.ReadFile(reports[0])
			if err != nil || !strings.Contains(string(report), "goroutine") || !strings.Contains(string(report), "panic") || strings.Contains(string(report), "secret") {
				t.Errorf("the report says %s, %v", report, err)
			}
		})
	}
}
