package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/feeds"
)

// A copy holds what had been stored when it began, and is a sound library.
func TestBackupIsTheLibraryWhileItIsUsed(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://outlet.example/feed")
	n := newNewsroom()
	var entries []feeds.Entry
	for range 60 {
		entries = append(entries, n.entry(testNow))
	}
	l.save(f.ID, entries...)
	stop, ended := make(chan struct{}), make(chan error)
	go func() { // a refresh that goes on
		for {
			select {
			case <-stop:
				ended <- nil
				return
			default:
			}
			if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: f.ID}, Entries: []feeds.Entry{n.entry(testNow)}}}); err != nil {
				ended <- err
				return
			}
		}
	}()
	file := filepath.Join(t.TempDir(), "copy.db")
	err := l.Backup(file, false)
	close(stop)
	if err := errors.Join(err, <-ended); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != fileMode {
		t.Errorf("the copy has the mode %v, %v", info.Mode(), err)
	}
	copied, err := Open(file, Options{Clock: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := copied.Close(); err != nil {
			t.Error(err)
		}
	}()
	if problems, err := copied.Check(); err != nil || len(problems) > 0 {
		t.Errorf("the copy is not sound: %v, %q", err, problems)
	}
	if c, err := copied.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || c.Total < 60 {
		t.Errorf("the copy holds %v, %v; want at least 60 articles", c, err)
	}
}

func TestBackupReplacesNothingUnasked(t *testing.T) {
	l := newTestLibrary(t)
	l.feed("https://outlet.example/feed")
	dir := t.TempDir()
	file := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(file, []byte("notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := l.Backup(file, false)
	wantRefusal(t, err, ErrUnwritable, file)
	if b, err := os.ReadFile(file); err != nil || string(b) != "notes" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if err := l.Backup(file, true); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(file); err != nil || bytes.Equal(b, []byte("notes")) {
		t.Errorf("the file was not replaced: %v", err)
	}
	err = l.Backup(l.file, true)
	wantRefusal(t, err, ErrUnwritable, l.file)
	missing := filepath.Join(dir, "nowhere", "copy.db")
	err = l.Backup(missing, false)
	wantRefusal(t, err, ErrUnwritable, missing)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not say that there is no directory", err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("the directory holds %v, %v", list, err)
	}
}
