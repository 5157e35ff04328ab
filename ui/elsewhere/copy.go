package elsewhere

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// copier is a program that puts its standard input on the clipboard.
type copier struct {
	command []string
	usable  func() bool
}

// set reports whether the environment names something.
func set(name string) func() bool { return func() bool { return os.Getenv(name) != "" } }

// copiers in the order they are tried.
var copiers = []copier{
	{[]string{"pbcopy"}, func() bool { return runtime.GOOS == "darwin" }},
	{[]string{"wl-copy"}, set("WAYLAND_DISPLAY")},
	{[]string{"xclip", "-selection", "clipboard"}, set("DISPLAY")},
	{[]string{"xsel", "--clipboard", "--input"}, set("DISPLAY")},
}

// Copy puts a text on the clipboard with a program of the system, and says
// which; "" if there is none.
func Copy(ctx context.Context, text string) (how string, err error) {
	for _, c := range copiers {
		if !c.usable() {
			continue
		}
		path, err := exec.LookPath(c.command[0])
		if err != nil {
			continue
		}
		const patience = 3 * time.Second
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		cmd := exec.CommandContext(ctx, path, c.command[1:]...)
		cmd.Stdin = strings.NewReader(text)
		if err := cmd.Run(); err != nil {
			return "", fmt.Errorf("%s failed: %w", c.command[0], err)
		}
		return c.command[0], nil
	}
	return "", nil
}

// Deaf reports whether the terminal is known to take no text for the clipboard
// from the programs in it (OSC 52). Of others one cannot know.
func Deaf() bool {
	return os.Getenv("TERM") == "linux" || os.Getenv("TERM_PROGRAM") == "Apple_Terminal"
}
