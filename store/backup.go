package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// backup copies the library as it is in one transaction. Others read and write
// meanwhile.
func (l *Library) backup(path string, replace bool) error {
	if here, err := os.Stat(l.path); err == nil {
		if there, err := os.Stat(path); err == nil && os.SameFile(here, there) {
			return &libraryError{sentence: fmt.Sprintf("The file %s is the library itself: name another file for the backup.", path), kind: ErrUnwritable}
		}
	}
	err := makeFile(path, replace, func(f *os.File) error { return l.copyTo(f) })
	var ours *libraryError
	switch {
	case err == nil, errors.As(err, &ours):
		return err
	case errors.Is(err, fs.ErrExist):
		return &libraryError{
			sentence: fmt.Sprintf("There is a file %s already: name another one for the backup, or replace it with --force.", path),
			kind:     ErrUnwritable, cause: fs.ErrExist,
		}
	}
	return &libraryError{
		sentence: fmt.Sprintf("The backup %s cannot be written (%v): %s.", path, plainCause(err), advice(err)),
		kind:     ErrUnwritable, cause: err,
	}
}

// copyTo writes the whole library. What w says is returned as it is.
func (l *Library) copyTo(w io.Writer) error {
	var theirs error
	err := l.view(func(tx *bolt.Tx) error {
		out := &keepError{w: w}
		_, err := tx.WriteTo(out)
		if theirs = out.err; theirs != nil {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return theirs
}

// keepError remembers what a writer said, which bbolt rewords.
type keepError struct {
	w   io.Writer
	err error
}

func (k *keepError) Write(b []byte) (int, error) {
	n, err := k.w.Write(b)
	if err != nil {
		k.err = err
	}
	return n, err
}
