package pictures

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// shelf keeps pictures as files, each under the hash of its address:
//
//	magic · address · line feed · hash of the picture · the picture
//
// When a file was used last is its time of modification, so that a later run
// knows it too.
type shelf struct {
	dir   string
	limit int64
	now   func() time.Time

	mu    sync.Mutex
	files map[string]file // by name; nil until the directory was read
	total int64
}

type file struct {
	size int64
	used time.Time
}

const (
	magic   = "broadsheet picture 1\n"
	suffix  = ".picture"
	halfway = ".part" // a file that is being written
)

func nameOf(address string) string {
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:16]) + suffix
}

// read learns what is in the directory. What was left half-written goes.
func (s *shelf) read() {
	if s.files != nil {
		return
	}
	s.files = map[string]file{}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return // there is none yet, or it says so when it is written to
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), halfway) {
			_ = os.Remove(filepath.Join(s.dir, e.Name())) // it is tried again next time
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), suffix) {
			s.files[e.Name()] = file{info.Size(), info.ModTime()}
			s.total += info.Size()
		}
	}
}

func (s *shelf) has(address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read()
	_, ok := s.files[nameOf(address)]
	return ok
}

// use notes that a picture is wanted, if it is there.
func (s *shelf) use(address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read()
	name := nameOf(address)
	f, ok := s.files[name]
	if ok {
		s.note(name, f.size)
	}
	return ok
}

// note puts down when a file was used. Failing, it is evicted a little early in
// a later run.
func (s *shelf) note(name string, size int64) {
	now := s.now()
	s.files[name] = file{size, now}
	_ = os.Chtimes(filepath.Join(s.dir, name), now, now)
}

// get reads a picture. A file that is not as it was written is removed.
func (s *shelf) get(address string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read()
	name := nameOf(address)
	if _, ok := s.files[name]; !ok {
		return nil, ErrMissing
	}
	record, err := readLimited(filepath.Join(s.dir, name), MaxBytes+int64(len(magic)+len(address)+1+sha256.Size))
	data, ok := unseal(record, address)
	if err != nil || !ok {
		s.remove(name)
		return nil, ErrMissing
	}
	s.note(name, int64(len(record)))
	return data, nil
}

func readLimited(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, errors.New("this is no picture of ours")
	}
	return os.ReadFile(path)
}

func seal(address string, data []byte) []byte {
	sum := sha256.Sum256(data)
	return slices.Concat([]byte(magic), []byte(address), []byte{'\n'}, sum[:], data)
}

func unseal(record []byte, address string) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(record, []byte(magic+address+"\n"))
	if !ok || len(rest) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(rest[sha256.Size:])
	return rest[sha256.Size:], bytes.Equal(sum[:], rest[:sha256.Size])
}

// put writes a picture, and removes those not used for longest until there is
// room for it.
func (s *shelf) put(address string, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read()
	record := seal(address, data)
	if int64(len(record)) > s.limit {
		return ErrTooLarge
	}
	name := nameOf(address)
	s.forget(name)
	s.makeRoom(int64(len(record)))
	if err := s.write(name, record); err != nil {
		return fmt.Errorf("the picture cannot be kept in %s: %w; make room there, or turn pictures off in the settings", s.dir, bare(err))
	}
	s.note(name, int64(len(record)))
	s.total += int64(len(record))
	return nil
}

func (s *shelf) write(name string, record []byte) error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path+halfway, record, 0o600); err != nil {
		_ = os.Remove(path + halfway) // what is left of it
		return err
	}
	return os.Rename(path+halfway, path)
}

// makeRoom removes the files not used for longest, until so many bytes more
// are within the limit.
func (s *shelf) makeRoom(more int64) {
	if s.total+more <= s.limit {
		return
	}
	names := make([]string, 0, len(s.files))
	for name := range s.files {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(s.files[a].used.Compare(s.files[b].used), strings.Compare(a, b))
	})
	for _, name := range names {
		if s.total+more <= s.limit {
			return
		}
		s.remove(name)
	}
}

func (s *shelf) drop(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(nameOf(address))
}

// remove takes a file off the shelf. One that cannot be removed is found again
// by the next run.
func (s *shelf) remove(name string) {
	_ = os.Remove(filepath.Join(s.dir, name))
	s.forget(name)
}

func (s *shelf) forget(name string) {
	s.total -= s.files[name].size
	delete(s.files, name)
}

// bare is a file error without the path it repeats.
func bare(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
