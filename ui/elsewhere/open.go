// Package elsewhere hands things on to other programs and to files: an address
// to a browser or a player, a text to the clipboard, an article to a command or
// a file. All of it may take time: call it in a Cmd.
//
//	wait, err := elsewhere.Open(elsewhere.Browser(settings.Browser), "https://…")
//	how, err := elsewhere.Copy("https://…")           // "wl-copy", "" for no such program
//	err := program.Exec(&elsewhere.Pipe{Command: "less", Input: article}, …)
//	path, err := elsewhere.Save("~/vote.md", article, false)
//
// What comes from an article is only ever one argument of a program that the
// reader named, or its standard input: it is never part of a command that a
// shell reads, and never an option, because an address begins with http.
package elsewhere

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"broadsheet/feeds/clean"
)

// ErrScheme says that an address is none that is opened.
var ErrScheme = errors.New("only http and https addresses are opened")

// address is what of a string may be opened: without a name and password, which
// any program of this machine could read in the command, and with a host that
// looks like no other.
func address(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", ErrScheme
	}
	if plain, ok := clean.URL(u.Scheme+"://"+u.Host, ""); ok {
		if at, err := url.Parse(plain); err == nil {
			u.User, u.Host = nil, at.Host
			return u.String(), nil
		}
	}
	return "", ErrScheme
}

// Command is the command with an address for its last argument, or in the
// place of an argument that is %s. One that merely holds %s is left alone: it
// may be a script.
func Command(command []string, raw string) (*exec.Cmd, error) {
	at, err := address(raw)
	if err != nil {
		return nil, err
	}
	args, placed := slices.Clone(command[1:]), false
	for i, a := range args {
		if a == "%s" {
			args[i], placed = at, true
		}
	}
	if !placed {
		args = append(args, at)
	}
	return exec.Command(command[0], args...), nil
}

// Open starts a program on an address, away from the terminal, and does not
// wait until it ends; wait does, and says how it failed. It must be called,
// for the program to be reaped.
func Open(command []string, raw string) (wait func() error, err error) {
	cmd, err := Command(command, raw)
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%q cannot be started: %w", command[0], reason(err))
	}
	return func() error {
		if err := cmd.Wait(); err != nil {
			return fmt.Errorf("%q failed: %w", command[0], err)
		}
		return nil
	}, nil
}

// reason is an error without the path that the sentence names anyway.
func reason(err error) error {
	if e := (*exec.Error)(nil); errors.As(err, &e) {
		return e.Err
	}
	if e := (*os.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// Browser is the command that opens addresses: the one of the settings, else
// $BROWSER, else what the system has for it.
func Browser(named []string) []string {
	if len(named) > 0 {
		return named
	}
	// $BROWSER may list several, parted by colons: the first that is there.
	for _, one := range strings.Split(os.Getenv("BROWSER"), ":") {
		words := strings.Fields(one)
		if len(words) == 0 {
			continue
		}
		if _, err := exec.LookPath(words[0]); err == nil {
			return words
		}
	}
	if runtime.GOOS == "darwin" {
		return []string{"open"}
	}
	return []string{"xdg-open"}
}

// inTerminal are the browsers that need the terminal for themselves.
var inTerminal = []string{"w3m", "lynx", "links", "links2", "elinks", "cha", "browsh", "carbonyl", "www-browser"}

// NeedsTerminal reports whether a program draws on the terminal.
func NeedsTerminal(command []string) bool {
	return slices.Contains(inTerminal, filepath.Base(command[0]))
}
