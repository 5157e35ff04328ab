// Package settings reads config.toml.
//
//	s, err := settings.Load(path) // wraps os.ErrNotExist if there is no such file; s is then the defaults
//	bindings, err := s.Bindings()
//
// The file, with every setting at its default:
//
//	theme = "auto"      # "dark", "light"; auto asks the terminal
//	column = 72         # width of the reading column, 30 to 140
//	refresh = "30m"     # how often to look for feeds that are due; "off" for never
//	pictures = "ask"    # "always" loads an article's pictures when it is opened, "off" never shows any
//	pack_limit = "200 MB" # how much packing for a journey fetches at most, pages and pictures
//	mouse = true        # wheel and click
//	browser = []        # command and arguments; empty for $BROWSER, xdg-open or open
//	player = []         # command and arguments for audio and video; empty for none
//	library = ""        # the library's file, from / or ~/ on; empty for its usual place
//	keep = "forever"    # how long articles stay, like "90d"; saved ones always do
//	backups = 3         # daily copies kept beside the library; 0 for none
//
//	[feeds."https://example.org/feed.xml"]   # a feed's own settings
//	keep = "30d"
//
//	[keys]              # any action of the help, with all its keys
//	down = ["j", "down"]
package settings

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/elsewhere"
	"broadsheet/ui/keys"

	"github.com/pelletier/go-toml/v2"
)

// Theme is which look the reader wants.
type Theme string

const (
	Auto  Theme = "auto"
	Dark  Theme = "dark"
	Light Theme = "light"
)

// Pictures is when pictures are fetched. A picture tells its server that it is
// being read, so by default the reader asks for them.
type Pictures string

const (
	PicturesAsk    Pictures = "ask"    // with a key; those fetched before are shown
	PicturesAlways Pictures = "always" // when an article is opened
	PicturesOff    Pictures = "off"    // none is fetched or shown
)

// Settings are the reader's choices.
type Settings struct {
	Theme    Theme
	Column   int           // width of the reading column, in cells
	Refresh  time.Duration // between looks for due feeds; 0 for never
	Pictures Pictures
	Pack     int64 // bytes that one packing fetches at most
	Mouse    bool
	Browser  []string        // command and arguments; empty for the system's
	Player   []string        // the same for audio and video; empty for none
	Library  string          // the library's file; "" for its usual place
	Keep     time.Duration   // how long articles stay; 0 for ever
	Backups  int             // daily copies kept beside the library
	Feeds    map[string]Feed // by address
	Keys     map[string][]string

	path string
}

// Feed is what the reader chose for one feed.
type Feed struct {
	Keep time.Duration // how long its articles stay; 0 for ever
}

// feedFile is a feed's settings as they are written.
type feedFile struct {
	Keep string `toml:"keep"`
}

// file is the settings as they are written.
type file struct {
	Theme    Theme               `toml:"theme"`
	Column   int                 `toml:"column"`
	Refresh  string              `toml:"refresh"`
	Pictures Pictures            `toml:"pictures"`
	Pack     string              `toml:"pack_limit"`
	Mouse    bool                `toml:"mouse"`
	Browser  []string            `toml:"browser"`
	Player   []string            `toml:"player"`
	Library  string              `toml:"library"`
	Keep     string              `toml:"keep"`
	Backups  int                 `toml:"backups"`
	Feeds    map[string]feedFile `toml:"feeds"`
	Keys     map[string][]string `toml:"keys"`
}

// Default are the settings of an empty file.
func Default() Settings {
	return Settings{Theme: Auto, Column: 72, Refresh: 30 * time.Minute, Pictures: PicturesAsk, Pack: pages.DefaultMaxBytes, Mouse: true, Backups: 3}
}

// KeepOf is how long the articles of the feed at an address stay; 0 for ever.
func (s Settings) KeepOf(address string) time.Duration {
	if f, ok := s.Feeds[address]; ok {
		return f.Keep
	}
	return s.Keep
}

// Bounds of what can be asked for.
const (
	minColumn  = 30
	maxColumn  = 140 // beyond it the eye loses the next line
	minRefresh = time.Minute
	maxBackups = 30
	maxKeep    = 36500 // days
)

// Load reads a file. One that does not exist gives the defaults.
func Load(path string) (Settings, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return Default(), fmt.Errorf("there are no settings at %s; name a file that is there with --config: %w", path, os.ErrNotExist)
	}
	if err != nil {
		return Default(), fmt.Errorf("the settings %s cannot be read: %w; correct its permissions or name another file with --config", path, err)
	}
	return Parse(path, text)
}

// Parse reads the text of a settings file; path is for the errors.
func Parse(path string, text []byte) (Settings, error) {
	s := Default()
	f := file{Theme: s.Theme, Column: s.Column, Refresh: s.Refresh.String(), Pictures: s.Pictures, Pack: pages.Size(s.Pack), Mouse: s.Mouse, Keep: forever, Backups: s.Backups}
	d := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return s, explain(path, err)
	}
	refresh, err := interval(f.Refresh)
	if err != nil {
		return s, bad(path, "refresh", err.Error())
	}
	keep, err := age(f.Keep)
	if err != nil {
		return s, bad(path, "keep", err.Error())
	}
	own, err := feedSettings(f.Feeds)
	if err != nil {
		return s, bad(path, "feeds", err.Error())
	}
	pack, err := pages.ParseSize(f.Pack)
	if err != nil {
		return s, bad(path, "pack_limit", err.Error())
	}
	switch {
	case f.Backups < 0 || f.Backups > maxBackups:
		return s, bad(path, "backups", fmt.Sprintf("%d is not between 0 and %d", f.Backups, maxBackups))
	case f.Theme != Auto && f.Theme != Dark && f.Theme != Light:
		return s, bad(path, "theme", fmt.Sprintf(`%q is none of "auto", "dark" and "light"`, f.Theme))
	case f.Column < minColumn || f.Column > maxColumn:
		return s, bad(path, "column", fmt.Sprintf("%d is not between %d and %d", f.Column, minColumn, maxColumn))
	case f.Pictures != PicturesAsk && f.Pictures != PicturesAlways && f.Pictures != PicturesOff:
		return s, bad(path, "pictures", fmt.Sprintf(`%q is none of "ask", "always" and "off"`, f.Pictures))
	case len(f.Browser) > 0 && strings.TrimSpace(f.Browser[0]) == "":
		return s, bad(path, "browser", "the command is empty")
	case len(f.Player) > 0 && strings.TrimSpace(f.Player[0]) == "":
		return s, bad(path, "player", "the command is empty")
	case f.Library != "" && !filepath.IsAbs(elsewhere.Home(f.Library)): // it would be another library in every directory
		return s, bad(path, "library", fmt.Sprintf("%q is not a whole path; write it from / or ~/ on", f.Library))
	}
	s = Settings{
		Theme: f.Theme, Column: f.Column, Refresh: refresh, Pictures: f.Pictures, Pack: pack, Mouse: f.Mouse, Browser: f.Browser, Player: f.Player,
		Library: elsewhere.Home(f.Library), Keep: keep, Backups: f.Backups, Feeds: own, Keys: f.Keys, path: path,
	}
	if _, err := s.Bindings(); err != nil {
		return Default(), err
	}
	return s, nil
}

// Bindings are the default bindings with the reader's keys.
func (s Settings) Bindings() (keys.Bindings, error) {
	b := keys.Default()
	if err := b.Remap(s.Keys); err != nil {
		return keys.Default(), bad(s.path, "keys", err.Error())
	}
	return b, nil
}

func interval(text string) (time.Duration, error) {
	if text == "off" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf(`%q is no length of time; write one like "30m" or "2h", or "off"`, text)
	}
	if d < minRefresh {
		return 0, fmt.Errorf(`%q is less than a minute; write "off" for never`, text)
	}
	return d, nil
}

const forever = "forever"

// age reads how long articles stay: a number of days, or for ever.
func age(text string) (time.Duration, error) {
	if text == forever {
		return 0, nil
	}
	digits, ok := strings.CutSuffix(text, "d")
	days, err := strconv.Atoi(digits)
	if !ok || err != nil || days < 1 || days > maxKeep {
		return 0, fmt.Errorf(`%q is no number of days; write one like "90d", or "forever"`, text)
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

func feedSettings(written map[string]feedFile) (map[string]Feed, error) {
	if len(written) == 0 {
		return nil, nil
	}
	own := make(map[string]Feed, len(written))
	for typed, f := range written {
		address, err := feeds.Address(typed)
		if err != nil {
			return nil, err
		}
		keep, err := age(cmp.Or(f.Keep, forever))
		if err != nil {
			return nil, fmt.Errorf("%s: keep: %w", typed, err)
		}
		own[address] = Feed{Keep: keep}
	}
	return own, nil
}

func bad(path, key, why string) error {
	return fmt.Errorf("the settings %s cannot be used: %s: %s", path, key, why)
}

// examples are the settings there are, each as it may be written.
var examples = map[string]string{
	"backups":    `backups = 3`,
	"browser":    `browser = ["firefox", "--new-window"]`,
	"column":     `column = 72`,
	"feeds":      `keep = "30d" below [feeds."https://example.org/feed.xml"]`,
	"keep":       `keep = "90d"`,
	"keys":       `down = ["j", "down"] below [keys]`,
	"library":    `library = "~/news/library.db"`,
	"mouse":      `mouse = true`,
	"pack_limit": `pack_limit = "200 MB"`,
	"pictures":   `pictures = "ask"`,
	"player":     `player = ["mpv", "--force-window"]`,
	"refresh":    `refresh = "30m"`,
	"theme":      `theme = "dark"`,
}

// explain words what the TOML reader found, pointing at the key. Its own words
// for a value of the wrong kind name types of this program.
func explain(path string, err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		first := strict.Errors[0]
		row, _ := first.Position()
		there := "the settings are " + strings.Join(slices.Sorted(maps.Keys(examples)), ", ")
		if first.Key()[0] == "feeds" {
			there = "a feed has keep"
		}
		return fmt.Errorf("the settings %s cannot be used: line %d: there is no setting %q; %s", path, row, strings.Join(first.Key(), "."), there)
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, column := decode.Position()
		where := fmt.Sprintf("line %d, column %d", row, column)
		what := strings.TrimPrefix(decode.Error(), "toml: ")
		if key := decode.Key(); len(key) > 0 {
			where += ": " + strings.Join(key, ".")
			if like, ok := examples[key[0]]; ok && (strings.HasPrefix(what, "cannot decode") || strings.HasPrefix(what, "cannot store")) {
				what = "this is not how it is written; write for example " + like
			}
		}
		return fmt.Errorf("the settings %s cannot be used: %s: %s", path, where, what)
	}
	return fmt.Errorf("the settings %s cannot be used: %w", path, err)
}
