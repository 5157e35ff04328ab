package settings

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"broadsheet/ui/keys"
)

func TestParse(t *testing.T) {
	s, err := Parse("config.toml", []byte(`
theme = "light"
refresh = "2h"
pictures = "always"
pack_limit = "1.5 GB"
mouse = false
browser = ["firefox", "--new-window"]
library = "/srv/news.db"
keep = "90d"
backups = 1

[feeds."example.org/feed"]
keep = "7d"

[feeds."https://example.org/archive"]

[keys]
down = ["ctrl+n"]
`))
	if err != nil {
		t.Fatal(err)
	}
	want := Settings{
		Theme: Light, Refresh: 2 * time.Hour, Pictures: PicturesAlways, Pack: 1_500_000_000, Mouse: false, Browser: []string{"firefox", "--new-window"}, Library: "/srv/news.db",
		Keep: 90 * 24 * time.Hour, Backups: 1,
		Feeds:  map[string]Feed{"https://example.org/feed": {Keep: 7 * 24 * time.Hour}, "https://example.org/archive": {}},
		Column: 72, Keys: map[string][]string{"down": {"ctrl+n"}}, path: "config.toml",
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v, want %+v", s, want)
	}
	for address, days := range map[string]int{"https://example.org/feed": 7, "https://example.org/archive": 0, "https://example.org/": 90} {
		if got := s.KeepOf(address); got != time.Duration(days)*24*time.Hour {
			t.Errorf("articles of %s stay for %v, want %d days", address, got, days)
		}
	}
	b, err := s.Bindings()
	if err != nil || b.Action("ctrl+n") != keys.Down || b.Action("j") != keys.None {
		t.Errorf("the keys are not in force (%v)", err)
	}
}

func TestAnEmptyFileGivesTheDefaults(t *testing.T) {
	s, err := Parse("", nil)
	if err != nil || !reflect.DeepEqual(s, Default()) {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestRefreshCanBeOff(t *testing.T) {
	s, err := Parse("config.toml", []byte(`refresh = "off"`))
	if err != nil || s.Refresh != 0 {
		t.Errorf("got %v, %v", s.Refresh, err)
	}
}

func TestErrorsPointAtTheKey(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"\ntheem = \"dark\"", `line 2: there is no setting "theem"`},
		{`theme = "blue"`, `theme: "blue" is none of`},
		{"column = 60\ntheme = 3", `line 2, column 9: theme: this is not how it is written; write for example theme = "dark"`},
		{"column = 5", "column: 5 is not between"},
		{`column = "wide"`, "column: this is not how it is written; write for example column = 72"},
		{`browser = "firefox"`, `browser: this is not how it is written; write for example browser = ["firefox", "--new-window"]`},
		{`player = ["mpv", 3]`, `player: this is not how it is written; write for example player = ["mpv"`},
		{`mouse = "off"`, "mouse: this is not how it is written; write for example mouse = true"},
		{`feeds = 3`, "feeds: this is not how it is written"},
		{"[theme]\nx = 1", "theme: this is not how it is written"},
		{"column = 60\ncolumn = 70", "line 2, column 1: column: key column is already defined"},
		{`library = "news.db"`, `library: "news.db" is not a whole path`},
		{"[feeds.\"https://e.example/\"]\nkep = \"1d\"", `there is no setting "feeds.https://e.example/.kep"; a feed has keep`},
		{`refresh = "soon"`, `refresh: "soon" is no length of time`},
		{`refresh = "5s"`, "less than a minute"},
		{`pictures = "yes"`, `pictures: "yes" is none of`},
		{`keep = "30"`, `keep: "30" is no number of days`},
		{`keep = "0d"`, `keep: "0d" is no number of days`},
		{"[feeds.\"https://e.example/\"]\nkeep = \"x\"", `feeds: https://e.example/: keep: "x" is no`},
		{"[feeds.\"file:///etc/passwd\"]\nkeep = \"1d\"", `feeds: "file:///etc/passwd" is not a web address`},
		{`backups = -1`, "backups: -1 is not between"},
		{`pack_limit = "much"`, `pack_limit: "much" is no size`},
		{`browser = [""]`, "browser: the command is empty"},
		{"[keys]\njump = [\"j\"]", `keys: there is no action "jump"`},
		{"[keys]\ndown = \"j\"", `line 2, column 8: keys.down: this is not how it is written; write for example down = ["j", "down"]`},
		{"[keys]\ndown = [\"shift+j\"]", `keys: down: no key is called "shift+j"; write "J"`},
		{"theme = \n", "line 1"},
		{"\xff", "line 1"},
	} {
		s, err := Parse("config.toml", []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "config.toml") {
			t.Errorf("%q: %v, want it to say %s", c.text, err, c.says)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: more than one line: %v", c.text, err)
		}
		if s.Theme != Auto {
			t.Errorf("%q: with the error come settings other than the defaults", c.text)
		}
	}
}

// A setting of which no example is known would be worded in terms of the program.
func TestEverySettingHasAnExample(t *testing.T) {
	fields := reflect.TypeFor[file]()
	for i := range fields.NumField() {
		name := fields.Field(i).Tag.Get("toml")
		example, ok := examples[name]
		if !ok {
			t.Errorf("%s has no example", name)
			continue
		}
		line, table, below := strings.Cut(example, " below ")
		if below {
			line = table + "\n" + line
		}
		if _, err := Parse("config.toml", []byte(line)); err != nil {
			t.Errorf("the example of %s: %v", name, err)
		}
	}
	if len(examples) != fields.NumField() {
		t.Errorf("%d examples of %d settings", len(examples), fields.NumField())
	}
}

func TestTheHomeDirectoryMayBeWrittenShort(t *testing.T) {
	t.Setenv("HOME", filepath.FromSlash("/home/reader"))
	s, err := Parse("config.toml", []byte(`library = "~/news.db"`))
	if want := filepath.FromSlash("/home/reader/news.db"); err != nil || s.Library != want {
		t.Errorf("got %q, %v, want %q", s.Library, err, want)
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	s, err := Load(path)
	if !errors.Is(err, os.ErrNotExist) || !reflect.DeepEqual(s, Default()) {
		t.Errorf("a file that is not there: %+v, %v", s, err)
	}
	if err := os.WriteFile(path, []byte(`theme = "dark"`), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err = Load(path); err != nil || s.Theme != Dark {
		t.Errorf("got %+v, %v", s, err)
	}
	if _, err = Load(t.TempDir()); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("a directory: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("theme = \"light\"\n[keys]\ndown = [\"j\"]"))
	f.Add([]byte("keys = 1"))
	f.Add([]byte("[[keys]]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse("config.toml", text)
		if err == nil && (s.Column < minColumn || s.Refresh < 0) {
			t.Errorf("%q is taken as %+v", text, s)
		}
	})
}
