package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/charmbracelet/x/term"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/pictures"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/feeds/related"
	"broadsheet/ui/elsewhere"
	"broadsheet/ui/settings"
)

// session is one command's flags and what they open.
type session struct {
	*Env
	libraryPath string
	configPath  string
	json        bool
	quiet       bool
	typed       bytes.Buffer // what was read of standard input before the library was opened
}

// file is a path that an argument gives.
func (s *session) file(path string) string {
	if s.Dir == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(s.Dir, path)
}

// path of the library: the flag's, else the settings', else under the XDG data
// home.
func (s *session) path(set settings.Settings) string {
	switch {
	case s.libraryPath != "":
		return elsewhere.Home(s.libraryPath) // the shell does not know --library=~/… as a path
	case set.Library != "":
		return set.Library
	}
	return filepath.Join(xdg.DataHome, "broadsheet", "library.db")
}

// settings are read from the flag's file, which must be there, or from the XDG
// config home, where it need not.
func (s *session) settings() (settings.Settings, error) {
	if s.configPath != "" {
		return settings.Load(s.file(elsewhere.Home(s.configPath)))
	}
	set, err := settings.Load(filepath.Join(xdg.ConfigHome, "broadsheet", "config.toml"))
	if errors.Is(err, os.ErrNotExist) {
		return settings.Default(), nil
	}
	return set, err
}

// withLibrary opens the library for one command and closes it after. A library
// that is not there is not made: the path may have a slip in it.
func (s *session) withLibrary(do func(Library) error) error {
	if s.host != nil {
		return do(s.host.library)
	}
	set, err := s.settings()
	if err != nil {
		return err
	}
	if _, err := os.Stat(s.path(set)); errors.Is(err, os.ErrNotExist) {
		return s.noLibrary(s.path(set))
	}
	return s.withNewLibrary(do)
}

// withNewLibrary is withLibrary for the commands that may make one.
func (s *session) withNewLibrary(do func(Library) error) (err error) {
	if s.host != nil {
		return do(s.host.library)
	}
	set, err := s.settings()
	if err != nil {
		return err
	}
	library, err := s.open(s.path(set))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	end := s.share(s.path(set), library)
	defer end(true)
	return do(library)
}

func (s *session) fetcher() *fetch.Client {
	return fetch.New(fetch.Options{Transport: s.Transport, UserAgent: "Broadsheet/" + s.Version})
}

// pictures keeps the pictures beside the library: those of articles packed for
// a journey are to be there as long as the articles are.
func (s *session) pictures(set settings.Settings) *pictures.Cache {
	const perHost = 2
	client := fetch.New(fetch.Options{Transport: s.Transport, UserAgent: "Broadsheet/" + s.Version, MaxBody: pictures.MaxBytes, PerHost: perHost})
	return pictures.New(pictures.Options{
		Dir:   strings.TrimSuffix(s.path(set), ".db") + ".pictures",
		Clock: s.Clock,
		Get: func(ctx context.Context, address string) ([]byte, error) {
			result, err := client.Get(ctx, fetch.Request{URL: address, Accept: "image/webp, image/jpeg, image/png, image/gif", PublicOnly: true})
			if err == nil {
				err = result.Cut // a part of a picture is none, and would be kept for ever
			}
			return result.Body, err
		},
	})
}

// keeper fetches the pages of articles.
func (s *session) keeper(library Library, shelf *pictures.Cache) *pages.Keeper {
	const perHost, largest = 2, 8 << 20 // a page beyond that is no article
	client := fetch.New(fetch.Options{Transport: s.Transport, UserAgent: "Broadsheet/" + s.Version, MaxBody: largest, PerHost: perHost})
	return pages.New(pages.Options{
		Library: library, Fetcher: client, Relater: related.New(library, s.Clock), Pictures: shelf, Clock: s.Clock,
	})
}

// text prints for people, through one buffer.
func (s *session) text(print func(w *bufio.Writer)) error {
	w := bufio.NewWriter(s.Stdout)
	print(w)
	return w.Flush()
}

// input opens the file an argument names; "-" or no argument is standard input.
func (s *session) input(arguments []string) (io.ReadCloser, string, error) {
	if len(arguments) == 0 || arguments[0] == "-" {
		return io.NopCloser(s.Stdin), "standard input", nil
	}
	f, err := os.Open(s.file(arguments[0]))
	if err != nil {
		return nil, "", fmt.Errorf("%s cannot be read: %w", arguments[0], bare(err))
	}
	return f, arguments[0], nil
}

// maxInput limits what is read from a file or a pipe.
const maxInput = 64 << 20

func (s *session) readInput(arguments []string) ([]byte, error) {
	in, name, err := s.input(arguments)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, bare(err))
	case len(b) > maxInput:
		return nil, fmt.Errorf("%s is larger than %d MiB, which is more than a feed or page can be", name, maxInput>>20)
	}
	return b, nil
}

// bare is a file error without the path it repeats.
func bare(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// isTerminal reports whether w is a terminal somebody watches.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// pick finds the feed an argument means: by id, address, title or outlet.
func pick(all []feeds.Subscription, argument string) (feeds.Subscription, error) {
	if id, err := feeds.ParseFeedID(argument); err == nil {
		if i := slices.IndexFunc(all, func(s feeds.Subscription) bool { return s.ID == id }); i >= 0 {
			return all[i], nil
		}
		return feeds.Subscription{}, fmt.Errorf("there is no feed with the id %s; broadsheet feeds lists them", argument)
	}
	address, _ := feeds.Address(argument)
	var found []feeds.Subscription
	for _, s := range all {
		if s.URL == argument || s.URL == address || feeds.Shown(s.URL) == address || strings.EqualFold(s.Name(), argument) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		return feeds.Subscription{}, fmt.Errorf("there is no feed %q; broadsheet feeds lists them with their ids", argument)
	case 1:
		return found[0], nil
	}
	return feeds.Subscription{}, fmt.Errorf("%d feeds are called %q; give the id that broadsheet feeds lists", len(found), argument)
}

// pickAll finds the feeds that arguments mean, or fails before anything is
// done.
func pickAll(library Library, arguments []string) ([]feeds.Subscription, error) {
	all, err := library.Subscriptions()
	if err != nil {
		return nil, err
	}
	picked := make([]feeds.Subscription, len(arguments))
	for i, a := range arguments {
		if picked[i], err = pick(all, a); err != nil {
			return nil, err
		}
	}
	return picked, nil
}
