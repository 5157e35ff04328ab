package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// wantRefusal holds an error to the house's form: one plain sentence that names
// the file, and of the right kind.
func wantRefusal(t *testing.T, err error, kind error, path string) {
	t.Helper()
	switch {
	case !errors.Is(err, kind):
		t.Fatalf("got %v, want %v", err, kind)
	case !strings.Contains(err.Error(), path):
		t.Errorf("%q does not name the file", err)
	case strings.Contains(err.Error(), "\n") || !strings.HasSuffix(err.Error(), "."):
		t.Errorf("%q is not one sentence", err)
	}
}

func TestOpenRefusesWhatIsNoLibraryAndLeavesIt(t *testing.T) {
	library := func(t *testing.T, change func(tx *bolt.Tx) error) []byte {
		path := filepath.Join(t.TempDir(), "library.db")
		l, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(l.update(change), l.Close()); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	nothing := func(*bolt.Tx) error { return nil }
	for name, c := range map[string]struct {
		content func(t *testing.T) []byte
		want    error
	}{
		"an OPML": {func(*testing.T) []byte {
			return []byte(`<?xml version="1.0"?><opml version="2.0"><body/></opml>`)
		}, ErrNotLibrary},
		"random bytes": {func(*testing.T) []byte { return bytes.Repeat([]byte("\x8bfnord\x00"), 40_000) }, ErrNotLibrary},
		"zeros":        {func(*testing.T) []byte { return make([]byte, 1<<16) }, ErrNotLibrary},
		"a newer schema": {func(t *testing.T) []byte {
			return library(t, func(tx *bolt.Tx) error { return putSchema(tx, schemaVersion+1) })
		}, ErrNewer},
		"cut to one page":   {func(t *testing.T) []byte { return library(t, nothing)[:os.Getpagesize()] }, ErrDamaged},
		"cut in the middle": {func(t *testing.T) []byte { b := library(t, nothing); return b[:len(b)/2] }, ErrDamaged},
		"its last byte missing": {func(t *testing.T) []byte {
			b := library(t, nothing)
			used := int64(0) // of which the library may have more than it uses
			path := filepath.Join(t.TempDir(), "library.db")
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			err = l.view(func(tx *bolt.Tx) error { used = tx.Size(); return nil })
			if err := errors.Join(err, l.Close()); err != nil {
				t.Fatal(err)
			}
			return b[:used-1]
		}, ErrDamaged},
		"both metas broken": {func(t *testing.T) []byte {
			b := library(t, nothing)
			for page := range 2 {
				binary.LittleEndian.PutUint64(b[page*os.Getpagesize()+pageHeader+56:], 1)
			}
			return b
		}, ErrDamaged},
		"another program's database": {func(t *testing.T) []byte {
			path := filepath.Join(t.TempDir(), "other.db")
			db, err := bolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err }); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}, ErrNotLibrary},
	} {
		t.Run(name, func(t *testing.T) {
			content := c.content(t)
			path := filepath.Join(t.TempDir(), "library.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := Open(path, Options{})
			if err == nil {
				t.Fatal("opened", l.Close())
			}
			wantRefusal(t, err, c.want, path)
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, content) {
				t.Errorf("the file was changed: %v", err)
			}
			if again, err := Open(path, Options{}); !errors.Is(err, c.want) {
				t.Errorf("the second time: %v, %v", again, err)
			}
		})
	}
}

func TestOpenMakesALibraryNobodyElseCanRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "broadsheet")
	path := filepath.Join(dir, "library.db")
	l, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, dir: 0o700 | os.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 2 || list[1].Name() != "library.db"+marksName {
		t.Errorf("the directory holds %v, %v", list, err)
	}
	for _, e := range list {
		if info, err := e.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

func TestASecondBroadsheetIsTold(t *testing.T) {
	l := newTestLibrary(t)
	second, err := Open(l.file, Options{Timeout: time.Millisecond})
	if err == nil {
		t.Fatal("opened twice", second.Close())
	}
	wantRefusal(t, err, ErrLocked, l.file)
}

func TestOpenInAPlaceThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(file, "library.db")
	_, err := Open(path, Options{})
	wantRefusal(t, err, ErrUnwritable, path)
	dir := t.TempDir()
	_, err = Open(dir, Options{})
	wantRefusal(t, err, ErrNotLibrary, dir)
}

// A first start cut short leaves its work under another name: the next start
// does not mind.
func TestAFirstStartCutShort(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "library.db")
	for name, size := range map[string]int{"library.db.new-1": 0, "library.db.new-2": 5000} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// Where files are not put in place as a whole, it may leave any part of a new
// library: nothing was ever in it.
func TestAFirstStartCutShortInItsPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.db")
	fresh, err := newLibraryFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(fresh)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(fresh); err != nil {
		t.Fatal(err)
	}
	for size := 0; size < len(whole); size += 1 + len(whole)/40 {
		for _, holes := range []bool{false, true} {
			begun := bytes.Clone(whole[:size])
			if holes && size > 8192 {
				clear(begun[4096:8192])
			}
			if err := os.WriteFile(path, begun, 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := Open(path, Options{})
			if err != nil {
				t.Fatalf("%d bytes: %v", size, err)
			}
			if _, err := l.AddFeeds([]feeds.Feed{{URL: "https://a.example/"}}); err != nil {
				t.Errorf("%d bytes: %v", size, err)
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
			if err := os.Remove(path + marksName); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A library that was in use does not become a new one: its marks or its backups
// are beside it.
func TestALibraryThatWasEmptiedIsNoticed(t *testing.T) {
	for _, beside := range []string{marksName, backupName + "2026-11-19"} {
		for what, content := range map[string][]byte{"nothing": nil, "zeros": make([]byte, 1<<16), "a few zeros": make([]byte, 100)} {
			path := filepath.Join(t.TempDir(), "library.db")
			if err := errors.Join(os.WriteFile(path, content, 0o600), os.WriteFile(path+beside, []byte(marksHead), 0o600)); err != nil {
				t.Fatal(err)
			}
			l, err := Open(path, Options{})
			if err == nil {
				t.Fatalf("%s beside %s was opened: %v", what, beside, l.Close())
			}
			wantRefusal(t, err, ErrDamaged, path)
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, content) {
				t.Errorf("%s was changed: %v", what, err)
			}
		}
	}
}

// Of two first starts at once, one must not replace the other's library.
func TestTwoFirstStarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.db")
	l, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.AddFeeds([]feeds.Feed{{URL: "https://a.example/"}}); err != nil {
		t.Fatal(err)
	}
	if err := createFile(path); err != nil { // the other one found no file a moment ago
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if l, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	if list, err := l.Subscriptions(); err != nil || len(list) != 1 {
		t.Errorf("subscriptions %v, %v", list, err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestAfterCloseEverythingIsRefused(t *testing.T) {
	l := newTestLibrary(t)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	_, err := l.Subscriptions()
	wantRefusal(t, err, ErrClosed, l.file)
	_, err = l.AddFeeds([]feeds.Feed{{URL: "https://a.example/"}})
	wantRefusal(t, err, ErrClosed, l.file)
	l.open()
}

func TestMigrationGoesOnWhereItStopped(t *testing.T) {
	l := newTestLibrary(t)
	calls, broken := 0, errors.New("power failure")
	ladder := []step{
		{to: schemaVersion, run: func(*bolt.Tx) (bool, error) { t.Error("an old step ran again"); return true, nil }},
		{to: schemaVersion + 1, run: func(tx *bolt.Tx) (bool, error) {
			if calls++; calls == 3 {
				return false, broken
			}
			b := tx.Bucket(bucketMeta)
			n := len(b.Get([]byte("fake")))
			return n == 2, b.Put([]byte("fake"), make([]byte, n+1))
		}},
		{to: schemaVersion + 2, run: func(tx *bolt.Tx) (bool, error) {
			have, err := schemaOf(tx)
			if err == nil && have != schemaVersion+1 {
				t.Errorf("step 3 runs at version %d", have)
			}
			return true, err
		}},
	}
	if err := l.migrate(ladder, schemaVersion+2); !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if err := l.migrate(ladder, schemaVersion+2); err != nil {
		t.Fatal(err)
	}
	if calls != 4 {
		t.Errorf("the step was called %d times, want 4: twice, in vain, and for the rest", calls)
	}
	err := l.update(func(tx *bolt.Tx) error {
		if have, err := schemaOf(tx); err != nil || have != schemaVersion+2 {
			t.Errorf("schema %d, %v", have, err)
		}
		return putSchema(tx, schemaVersion)
	})
	if err != nil {
		t.Fatal(err)
	}
}
