package main

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/store"
	"broadsheet/ui/uitest/newsworld"
)

// Two libraries are made and measured side by side; the refresh at the end
// brings exactly what is new, in the order of its time.
func TestLibrariesAreMeasuredSideBySide(t *testing.T) {
	world := newsworld.World{Seed: 3, Feeds: 8, PerDay: 96, End: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	m := measurement{world: world, fresh: 2}
	for _, n := range []int{40, 120} {
		file := filepath.Join(t.TempDir(), "library.db")
		world.Articles = n
		if err := fill(context.Background(), file, world, "127.0.0.1:8765"); err != nil {
			t.Fatal(err)
		}
		m.files = append(m.files, file)
	}
	var table strings.Builder
	if err := report(context.Background(), &table, m); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"(?m)^\\| what \\| 40 \\| 120 \\|\n\\|---\\|---\\|---\\|$",
		`(?m)^\| its sidebar( \| [0-9.]+, [0-9.]+){2} \|$`,
		`(?m)^\| a refresh of all feeds with 2 new articles each, without the network( \| [0-9]+ \(16 new\)){2} \|$`,
	} {
		if !regexp.MustCompile(row).MatchString(table.String()) {
			t.Errorf("no row is like %s in\n%s", row, table.String())
		}
	}
	library, err := store.Open(m.files[0], store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = library.Close() })
	newest, err := library.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 16, false)
	if err != nil || len(newest) != 16 {
		t.Fatalf("%d articles, %v", len(newest), err)
	}
	for i, a := range newest {
		if want := world.End.Add(time.Duration(16-i) * 15 * time.Minute); !a.Published.Equal(want) {
			t.Errorf("article %d from the end appeared at %v, want %v", i, a.Published, want)
		}
	}
}
