package feeds_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rules says what of the house each package may import; the longest matching
// prefix counts. Tests may import more: they build worlds out of real parts.
var rules = map[string][]string{
	".":              {"store", "ui/cli", "ui/memory"},
	"feeds":          {},
	"feeds/fetch":    {"feeds"},
	"feeds/parse":    {"feeds", "feeds/parse/", "feeds/charset", "feeds/dates"},
	"feeds/fulltext": {"feeds/charset"},
	"feeds/clean":    {"feeds"},
	"feeds/opml":     {"feeds", "feeds/charset"},
	"feeds/demo":     {"feeds"},
	"feeds/related":  {"feeds", "feeds/related/"},
	"feeds/rank":     {"feeds"},
	"feeds/gist":     {"feeds"},
	"feeds/novelty":  {"feeds", "feeds/gist"}, // it reads sentences as the gist does
	"feeds/edits":    {"feeds"},
	"feeds/discover": {"feeds", "feeds/charset"},
	"feeds/pictures": {"feeds"},
	"feeds/refresh":  {"feeds", "feeds/"},
	"store":          {"feeds"},
	"ui":             {"feeds", "feeds/", "ui/"},
	"ui/cli":         {"feeds", "feeds/", "ui", "ui/"},
	"ui/uitest":      {"feeds", "feeds/", "ui", "ui/"},
	// Not part of the program: it makes libraries to try the program on.
	"ui/uitest/newsworld": {"feeds", "feeds/", "store", "ui/uitest/"},
}

// panes know neither each other nor the root: what they share is in these.
var shared = []string{"ui/pane", "ui/keys", "ui/theme", "ui/list", "ui/line", "ui/cells", "ui/age", "ui/find", "ui/field", "ui/markdown", "ui/quotes"}

var panes = []string{"ui/feedlist", "ui/headlines", "ui/reader", "ui/sidebar", "ui/search", "ui/help", "ui/greeting", "ui/status", "ui/timeline", "ui/compare", "ui/prompt", "ui/digest", "ui/history"}

// vocabulary imports only the standard library.
const vocabulary = "feeds"

func TestImportsRunOneWay(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		dir, err := filepath.Rel("..", filepath.Dir(path))
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := forbidden(filepath.ToSlash(dir), name); why != "" {
				t.Errorf("%s imports %s: %s", filepath.ToSlash(path[3:]), name, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("looked at only %d files: the test is not standing in the house", seen)
	}
}

func forbidden(dir, name string) string {
	house, ours := strings.CutPrefix(name, "broadsheet/")
	if !ours {
		if dir == vocabulary && strings.Contains(strings.Split(name, "/")[0], ".") {
			return "the vocabulary imports only the standard library"
		}
		return ""
	}
	if within(panes, dir) && strings.HasPrefix(house, "ui") && !within(shared, house) {
		return "a pane imports no other pane and not the root"
	}
	allowed, ok := rulesFor(dir)
	if !ok {
		return "its package has no rule; give it one"
	}
	for _, a := range allowed {
		if house == a || strings.HasSuffix(a, "/") && strings.HasPrefix(house, a) {
			if dir != "ui/cli" && house == "ui/cli" && dir != "." {
				return "only main imports the command line"
			}
			return ""
		}
	}
	return "the rules of the house forbid it"
}

func rulesFor(dir string) ([]string, bool) {
	for d := dir; d != "."; d = filepath.ToSlash(filepath.Dir(d)) {
		if r, ok := rules[d]; ok {
			return r, true
		}
	}
	r, ok := rules["."]
	return r, ok && dir == "."
}

func within(list []string, dir string) bool {
	for _, p := range list {
		if dir == p || strings.HasPrefix(dir, p+"/") {
			return true
		}
	}
	return false
}

// The test of the test: what the design forbids is seen.
func TestForbiddenImportsAreSeen(t *testing.T) {
	for _, c := range []struct{ dir, name string }{
		{"store", "broadsheet/feeds/clean"},
		{"feeds", "go.etcd.io/bbolt"},
		{"feeds", "broadsheet/store"},
		{"feeds/related", "broadsheet/store"},
		{"feeds/fetch", "broadsheet/feeds/parse"},
		{"feeds/charset", "broadsheet/feeds/parse"},
		{"feeds/refresh", "broadsheet/ui"},
		{"ui/reader", "broadsheet/ui/sidebar"},
		{"ui/reader", "broadsheet/ui"},
		{"ui/reader", "broadsheet/store"},
		{"ui", "broadsheet/store"},
		{"ui", "broadsheet/ui/cli"},
		{".", "broadsheet/feeds"},
		{"elsewhere", "broadsheet/feeds"},
	} {
		if forbidden(c.dir, c.name) == "" {
			t.Errorf("%s may import %s", c.dir, c.name)
		}
	}
	for _, c := range []struct{ dir, name string }{
		{"feeds/refresh", "broadsheet/feeds/clean"},
		{"feeds/refresh/pages", "broadsheet/feeds/fulltext"},
		{"ui/cli", "broadsheet/ui/settings"},
		{"store", "go.etcd.io/bbolt"},
		{"feeds", "time"},
		{".", "broadsheet/store"},
	} {
		if why := forbidden(c.dir, c.name); why != "" {
			t.Errorf("%s may not import %s: %s", c.dir, c.name, why)
		}
	}
}
