package pictures_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/feeds/pictures"
)

// world is a cache, and the network behind it.
type world struct {
	t     *testing.T
	dir   string
	limit int64
	web   map[string][]byte
	asked []string
	now   time.Time
	mu    sync.Mutex
	*pictures.Cache
}

func newWorld(t *testing.T, limit int64) *world {
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "library.pictures"), limit: limit, web: map[string][]byte{}, now: time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)}
	w.open()
	return w
}

// open is what a new run of the program does.
func (w *world) open() {
	w.Cache = pictures.New(pictures.Options{Dir: w.dir, Limit: w.limit, Get: w.get, Clock: func() time.Time {
		w.now = w.now.Add(time.Minute)
		return w.now
	}})
}

func (w *world) get(_ context.Context, address string) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, address)
	data, ok := w.web[address]
	if !ok {
		return nil, errors.New("there is no network")
	}
	return data, nil
}

func (w *world) fetch(address string) {
	w.t.Helper()
	if _, err := w.Fetch(w.t.Context(), address); err != nil {
		w.t.Fatalf("%s: %v", address, err)
	}
}

func (w *world) load(address string) error {
	m, err := w.Load(w.t.Context(), address, func(int, int) (int, int) { return 4, 4 })
	if err == nil && m.Rect != image.Rect(0, 0, 4, 4) {
		w.t.Errorf("%s is %v", address, m.Rect)
	}
	return err
}

// files are those on the disk.
func (w *world) files() []string {
	list, err := filepath.Glob(filepath.Join(w.dir, "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

const one, two = "https://a.example/1.png", "https://a.example/2.png"

func TestAPictureIsFetchedOnceAndStays(t *testing.T) {
	w := newWorld(t, 0)
	w.web[one] = pngOf(t, halves(64, 64))
	if err := w.load(one); !errors.Is(err, pictures.ErrMissing) || w.Has(one) || len(w.asked) > 0 {
		t.Fatalf("before it is fetched: %v, asked for %v", err, w.asked)
	}
	w.fetch(one)
	w.fetch(one)
	w.open()
	w.fetch(one)
	if err := w.load(one); err != nil || !w.Has(one) || len(w.asked) != 1 {
		t.Errorf("%v; asked for %v, want once", err, w.asked)
	}
}

func TestWhatIsNoPictureIsNotKeptAndNotAskedForAgain(t *testing.T) {
	w := newWorld(t, 0)
	w.web[one] = []byte("<!doctype html>")
	w.web[two] = pngOf(t, halves(1, 1))
	for range 3 {
		if _, err := w.Fetch(t.Context(), one); !errors.Is(err, pictures.ErrFormat) {
			t.Errorf("a page: %v", err)
		}
		if _, err := w.Fetch(t.Context(), two); !errors.Is(err, pictures.ErrTiny) {
			t.Errorf("a counter: %v", err)
		}
	}
	if len(w.asked) != 2 || len(w.files()) != 0 {
		t.Errorf("asked for %v, kept %v", w.asked, w.files())
	}
	for range 2 { // the network may be back the next time
		if _, err := w.Fetch(t.Context(), "https://a.example/3.png"); err == nil {
			t.Error("no network, no error")
		}
	}
	if len(w.asked) != 4 {
		t.Errorf("asked for %v", w.asked)
	}
}

func TestWhatWasNotUsedForLongestGoesFirst(t *testing.T) {
	size := int64(len(pictures.Seal(one, pngOf(t, halves(64, 64)))))
	w := newWorld(t, 3*size)
	name := func(i int) string { return fmt.Sprintf("https://a.example/%d.png", i) }
	for i := range 5 {
		w.web[name(i)] = pngOf(t, halves(64, 64))
	}
	for i := range 3 {
		w.fetch(name(i))
	}
	if err := w.load(name(0)); err != nil {
		t.Fatal(err)
	}
	w.fetch(name(1)) // a journey is packed with what is here already
	w.open()         // when they were used is known to the next run
	w.fetch(name(3))
	w.fetch(name(4))
	have := ""
	for i := range 5 {
		if w.Has(name(i)) {
			have += fmt.Sprint(i)
		}
	}
	if have != "134" || len(w.files()) != 3 {
		t.Errorf("kept %s in %d files, want 1, 3 and 4", have, len(w.files()))
	}
	total := int64(0)
	for _, f := range w.files() {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > w.limit {
		t.Errorf("%d bytes are kept, the limit is %d", total, w.limit)
	}
}

func TestAFileThatIsNotAsItWasWrittenIsNoPicture(t *testing.T) {
	other := pngOf(t, halves(80, 80))
	for name, spoil := range map[string]func(b []byte) []byte{
		"cut":           func(b []byte) []byte { return b[:len(b)/2] },
		"empty":         func([]byte) []byte { return nil },
		"a bit flipped": func(b []byte) []byte { b[len(b)-20] ^= 4; return b },
		"another's":     func(b []byte) []byte { return []byte(strings.Replace(string(b), one, two, 1)) },
		"replaced":      func([]byte) []byte { return other },
		"grown":         func(b []byte) []byte { return append(b, make([]byte, 9<<20)...) },
	} {
		w := newWorld(t, 0)
		w.web[one] = pngOf(t, halves(64, 64))
		w.fetch(one)
		file := w.files()[0]
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, spoil(b), 0o600); err != nil {
			t.Fatal(err)
		}
		w.open()
		if err := w.load(one); !errors.Is(err, pictures.ErrMissing) || w.Has(one) {
			t.Errorf("%s: %v, has it: %t; want it missing", name, err, w.Has(one))
		}
		w.fetch(one)
		if err := w.load(one); err != nil || len(w.asked) != 2 {
			t.Errorf("%s: fetched again: %v, asked for %v", name, err, w.asked)
		}
	}
}

// A file with the right sums may still hold what no picture may: who can write
// it can also compute them.
func TestTheCacheIsHeldToTheLimitsToo(t *testing.T) {
	w := newWorld(t, 0)
	w.web[one] = pngOf(t, halves(64, 64))
	w.fetch(one)
	file := w.files()[0]
	bomb := pictures.Seal(one, claims(t, 60_000, 60_000, 8, 2, 10))
	if err := os.WriteFile(file, bomb, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.load(one); !errors.Is(err, pictures.ErrTooLarge) || w.Has(one) {
		t.Errorf("%v, has it: %t", err, w.Has(one))
	}
}

func TestWhatAStoppedRunLeftHalfWrittenGoes(t *testing.T) {
	w := newWorld(t, 0)
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "00ff.picture.part"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.web[one] = pngOf(t, halves(64, 64))
	w.fetch(one)
	if files := w.files(); len(files) != 1 || strings.HasSuffix(files[0], ".part") {
		t.Errorf("%v", files)
	}
}

func TestWithoutRoomItSaysSo(t *testing.T) {
	w := newWorld(t, 0)
	if err := os.WriteFile(w.dir, nil, 0o600); err != nil { // a file where the directory should be
		t.Fatal(err)
	}
	w.web[one] = pngOf(t, halves(64, 64))
	if _, err := w.Fetch(t.Context(), one); err == nil || !strings.Contains(err.Error(), "cannot be kept in "+w.dir) {
		t.Errorf("%v", err)
	}
}

func TestManyMayUseItAtOnce(t *testing.T) {
	w := newWorld(t, 3000)
	for i := range 8 {
		w.web[fmt.Sprint("https://a.example/", i)] = jpegOf(t, halves(64+i, 64))
	}
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			address := fmt.Sprint("https://a.example/", i%8)
			if _, err := w.Fetch(t.Context(), address); err != nil {
				t.Error(err)
			}
			if err := w.load(address); err != nil && !errors.Is(err, pictures.ErrMissing) {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
