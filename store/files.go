package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Every file the library puts beside itself is made whole under another name,
// brought to the disk, and only then given its own name, so that whatever cuts
// the work short leaves the old file or the new one, and never half of one.

// unfinished marks the names of files that are being made. What is left of
// such files is of no use to anybody.
const unfinished = ".new-"

// makeFile makes the file path by fill. With replace it takes the place of
// another; without, fs.ErrExist says that there is one.
func makeFile(path string, replace bool, fill func(f *os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+unfinished+"*")
	if err != nil {
		return err
	}
	temp := f.Name()
	defer func() { _ = os.Remove(temp) }() // after a rename it is gone, after a link a second name
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if replace {
		if err := os.Rename(temp, path); err != nil {
			return err
		}
		syncDir(filepath.Dir(path))
		return nil
	}
	return putInPlace(temp, path)
}

// followed is the file that path leads to: what takes its place must not take
// that of a link to it.
func followed(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// newFileName makes an empty file that is to become the one at path.
func newFileName(path string) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+unfinished+"*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// putInPlace gives temp the name path; fs.ErrExist if that name is taken.
func putInPlace(temp, path string) error {
	err := os.Link(temp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// A file system without hard links.
		if _, statErr := os.Lstat(path); errors.Is(statErr, fs.ErrNotExist) {
			err = os.Rename(temp, path)
		}
	}
	if err != nil {
		return err
	}
	syncDir(filepath.Dir(path))
	return nil
}

// makeDirs makes a directory and those above it, each of them noted on the
// disk by the one above.
func makeDirs(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if above := filepath.Dir(dir); above != dir {
		if err := makeDirs(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	syncDir(filepath.Dir(dir))
	return nil
}

// syncDir brings the names in a directory to the disk. Not every system can;
// a name is then only as durable as its directory.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// clearLeftovers removes what a kill left of files beside the library at path.
// Whoever holds the library writes its journal and its backups; another process
// that is about to make a library of the same name has only just begun.
func clearLeftovers(path string) {
	library, err := os.Stat(path)
	if err != nil {
		return
	}
	base := filepath.Base(path)
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), base)
		what, _, left := strings.Cut(rest, unfinished)
		if !ours || !left {
			continue
		}
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		old := info.ModTime().Before(library.ModTime().Add(-time.Hour))
		if what == marksName || strings.HasPrefix(what, backupName) || what == "" && old {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name())) // it is tried again
		}
	}
}
