package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// A power cut leaves what was brought to the disk, and any part of what was
// written since. bbolt commits in two steps: pages, sync; the head, sync. So
// between two states of the file that are one commit apart there can be: the old
// head with any sectors of the new pages, or all of the pages with any part of
// the new head. The journal of marks is written after that; of its new lines any
// part may be there, or zeros in their place.

const sector = 512

type diskState struct{ library, marks []byte }

// cut gives a state between two, which are one commit apart.
func cut(random *rand.Rand, from, to diskState) (state diskState, what string) {
	at, is := from.library, to.library
	lib := bytes.Clone(at)
	if len(is) > len(lib) && random.IntN(4) > 0 { // the file grows first
		lib = append(lib, make([]byte, len(is)-len(lib))...)
	}
	stage := random.IntN(5)
	if stage > 1 {
		lib = bytes.Clone(is)
		copy(lib[:8192], at[:min(8192, len(at))])
	}
	share := random.IntN(101)
	for off := 8192; stage <= 1 && off < min(len(is), len(lib)); off += sector {
		end := min(off+sector, len(is))
		if random.IntN(100) < share {
			copy(lib[off:end], is[off:end])
		}
	}
	switch stage {
	case 0, 1:
		return diskState{lib, from.marks}, fmt.Sprintf("%d%% of the pages", share)
	case 2: // the head, cut anywhere: what is new of it lies in its first sector
		n := random.IntN(pageHeader + headSize)
		for page := range 2 {
			copy(lib[page*4096:page*4096+n], is[page*4096:page*4096+n])
		}
		return diskState{lib, from.marks}, fmt.Sprintf("%d bytes of the head", n)
	}
	marks := bytes.Clone(to.marks)
	if bytes.HasPrefix(marks, from.marks) {
		n := len(from.marks) + random.IntN(len(marks)-len(from.marks)+1)
		if stage == 3 {
			marks = marks[:n]
		} else {
			clear(marks[n:])
		}
	}
	return diskState{bytes.Clone(is), marks}, fmt.Sprintf("%d bytes of the marks, stage %d", len(marks), stage)
}

func TestAPowerCutLosesNothingThatWasReported(t *testing.T) {
	l := newTestLibrary(t)
	n := newNewsroom()
	random := rand.New(rand.NewPCG(5, 5))
	disk := func() diskState {
		t.Helper()
		library, err := os.ReadFile(l.file)
		if err != nil {
			t.Fatal(err)
		}
		marks, err := os.ReadFile(l.file + marksName)
		if err != nil {
			t.Fatal(err)
		}
		return diskState{library, marks}
	}
	head := func(d diskState) uint64 {
		t.Helper()
		f, err := openPages(bytes.NewReader(d.library), int64(len(d.library)))
		if err != nil {
			t.Fatal(err)
		}
		return f.head.tx
	}
	next := func() feeds.Entry {
		e := n.entry(testNow)
		e.Title = fmt.Sprint("Title ", n.n)
		return e
	}
	f := l.feed("https://outlet.example/feed")
	l.save(f.ID, next())
	l.reopen() // with its journal
	compared := 0
	for step := range rounds(24, 60) {
		l.mergeMu.Lock() // so that nothing else is committed meanwhile
		before, was := disk(), l.statuses()
		var entries []feeds.Entry
		switch step % 4 {
		case 0, 1:
			for range 1 + random.IntN(40) {
				entries = append(entries, next())
			}
			l.save(f.ID, entries...)
		case 2:
			l.mark(true, step%8 == 2, 1, feeds.ArticleID(2+step))
		default:
			l.feed(fmt.Sprintf("https://outlet.example/feed/%d", step))
		}
		after, is := disk(), l.statuses()
		l.mergeMu.Unlock()
		if head(after) != head(before)+1 {
			continue // not one commit apart
		}
		compared++
		for range rounds(4, 60) {
			state, what := cut(random, before, after)
			found := afterCut(t, state, fmt.Sprintf("step %d, %s", step, what))
			if found != was && found != is {
				t.Errorf("step %d, %s: there is\n%s\nwant\n%s\nor\n%s", step, what, found, was, is)
			}
		}
	}
	if compared < 12 {
		t.Errorf("only %d commits were cut", compared)
	}
}

// afterCut starts on what a power cut left, and gives the marks there.
func afterCut(t *testing.T, state diskState, what string) string {
	t.Helper()
	l := &testLibrary{t: t, file: filepath.Join(t.TempDir(), "library.db"), now: testNow}
	if err := errors.Join(os.WriteFile(l.file, state.library, 0o600), os.WriteFile(l.file+marksName, state.marks, 0o600)); err != nil {
		t.Fatal(err)
	}
	lib, err := Open(l.file, Options{Clock: func() time.Time { return testNow }})
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return ""
	}
	l.Library = lib
	found := l.statuses()
	l.shut()
	l.open()
	if problems, err := l.Check(); err != nil || len(problems) > 0 {
		t.Errorf("%s: %v, %q", what, err, problems)
	}
	if again := l.statuses(); again != found {
		t.Errorf("%s: after another start there is %s", what, again)
	}
	marks, _, err := readMarks(l.file + marksName)
	kept := 0
	for _, s := range marks {
		if s != (feeds.Status{}) {
			kept++
		}
	}
	if want := strings.Count(found+" ", "r ") + strings.Count(found+" ", "b "); err != nil || kept != want {
		t.Errorf("%s: the journal holds %d marks, want %d, %v", what, kept, want, err)
	}
	l.shut()
	return found
}
