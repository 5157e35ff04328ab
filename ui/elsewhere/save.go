package elsewhere

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrExists says that there is a file of that name.
var ErrExists = errors.New("there is a file of that name")

// Save writes a text to a file and returns its whole path. A file that is there
// is written over only if that is said; ErrExists else.
func Save(path, text string, over bool) (string, error) {
	full, err := filepath.Abs(Home(path))
	if err != nil {
		return "", fmt.Errorf("%s is no name for a file: %w", path, err)
	}
	dir := filepath.Dir(full)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", fmt.Errorf("there is no directory %s: make it first, or choose another", dir)
	}
	switch info, err := os.Stat(full); {
	case err == nil && info.IsDir():
		return "", fmt.Errorf("%s is a directory: add a name for the file", full)
	case err == nil && !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no ordinary file: choose another name", full)
	}
	if over {
		return full, unwritten(full, replace(full, text))
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return full, ErrExists
	}
	if err != nil {
		return "", unwritten(full, err)
	}
	return full, unwritten(full, fill(f, text))
}

// replace writes a text beside a file and puts it in its place, so that one of
// the two is whole whatever happens.
func replace(full, text string) error {
	f, err := os.CreateTemp(filepath.Dir(full), ".broadsheet-*")
	if err != nil {
		return err
	}
	if info, err := os.Stat(full); err == nil {
		_ = f.Chmod(info.Mode().Perm()) // the new file may have other rights, but it must be there
	}
	if err := fill(f, text); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), full); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// fill writes a file, which is gone again if it could not be written whole.
func fill(f *os.File, text string) error {
	_, err := f.WriteString(text)
	err = errors.Join(err, f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func unwritten(full string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s cannot be written: %w", full, reason(err))
}

// Home is a path with a leading ~/ spelled out.
func Home(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}
