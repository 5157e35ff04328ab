package store

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"broadsheet/feeds"
)

// What can go wrong. Each error the library returns is one plain sentence that
// names the file and says what to do, and is one of these where one fits.
var (
	ErrNotFound   = errors.New("not in the library")
	ErrLocked     = errors.New("the library is in use")
	ErrDamaged    = errors.New("the library is damaged")
	ErrNotLibrary = errors.New("not a Broadsheet library")
	ErrNewer      = errors.New("the library is of a newer Broadsheet")
	ErrUnwritable = errors.New("the library cannot be written")
	ErrClosed     = errors.New("the library is closed")
	ErrNoRange    = errors.New("the view is not a range of articles")
)

// libraryError is a sentence for the reader with its kind and its cause for
// errors.Is.
type libraryError struct {
	sentence string
	kind     error
	cause    error
}

func (e *libraryError) Error() string { return e.sentence }

// Locked reports whether another program has the library open.
func (e *libraryError) Locked() bool { return errors.Is(e.kind, ErrLocked) }

// Damaged tells whoever does not know this package that a repair would make a
// library of what is at the path.
func (e *libraryError) Damaged() bool { return e.kind == ErrDamaged || e.kind == ErrNotLibrary }

func (e *libraryError) Unwrap() []error {
	if e.cause == nil {
		return []error{e.kind}
	}
	return []error{e.kind, e.cause}
}

func damagedFile(path string, cause error) error {
	return &libraryError{
		sentence: fmt.Sprintf("The library %s is damaged (%v) and is left as it is: broadsheet check --repair saves what can be read of it and keeps the damaged file.", path, cause),
		kind:     ErrDamaged, cause: cause,
	}
}

func lockedFile(path string) error {
	return &libraryError{
		sentence: fmt.Sprintf("Another Broadsheet holds the library %s open: quit it first, or name another file with --library.", path),
		kind:     ErrLocked,
	}
}

func notLibrary(path, why string) error {
	return &libraryError{
		sentence: fmt.Sprintf("The file %s is not a Broadsheet library (%s): it is left as it is; name another file with --library.", path, why),
		kind:     ErrNotLibrary,
	}
}

func emptiedFile(path string) error {
	return damagedFile(path, errors.New("it is empty, and its marks or backups lie beside it"))
}

func newerFile(path string, have uint32) error {
	return &libraryError{
		sentence: fmt.Sprintf("The library %s was written by a newer Broadsheet (schema %d, this one knows %d): update Broadsheet, or name another file with --library.", path, have, schemaVersion),
		kind:     ErrNewer,
	}
}

func unwritable(path string, cause error) error {
	return &libraryError{
		sentence: fmt.Sprintf("The library %s cannot be written (%v): %s.", path, plainCause(cause), advice(cause)),
		kind:     ErrUnwritable, cause: cause,
	}
}

// advice says what to do about a file that cannot be written.
func advice(cause error) string {
	switch reason(cause) {
	case syscall.ENOSPC, syscall.EDQUOT:
		return "free some space on the disk and try again"
	case syscall.EFBIG:
		return "files may not grow that large here; raise the limit (ulimit -f) and try again"
	case syscall.EROFS:
		return "the disk is read-only; name another file with --library"
	case syscall.EACCES, syscall.EPERM:
		return "change its permissions, or name another file with --library"
	}
	return "check the place and its permissions"
}

// reason is the system's word in an error, 0 if there is none. bbolt passes some
// of them on as text only.
func reason(err error) syscall.Errno {
	var system syscall.Errno
	if errors.As(err, &system) {
		return system
	}
	for _, known := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EROFS, syscall.EIO} {
		if err != nil && strings.Contains(err.Error(), known.Error()) {
			return known
		}
	}
	return 0
}

func unreadable(path string, cause error) error {
	return &libraryError{
		sentence: fmt.Sprintf("The library %s cannot be read (%v): check the file and its permissions.", path, plainCause(cause)),
		kind:     ErrUnwritable, cause: cause,
	}
}

func noArticle(id feeds.ArticleID) error {
	return &libraryError{sentence: fmt.Sprintf("There is no article %d in the library.", id), kind: ErrNotFound}
}

func noFeed(id feeds.FeedID) error {
	return &libraryError{sentence: fmt.Sprintf("There is no feed %d in the library.", id), kind: ErrNotFound}
}

func noStory(id feeds.StoryID) error {
	return &libraryError{sentence: fmt.Sprintf("There is no story %d in the library.", id), kind: ErrNotFound}
}

// damagedRecord is a value whose checksum or shape is wrong; the rest of the
// file may be whole.
type damagedRecord struct {
	bucket string
	key    []byte
}

func (d *damagedRecord) Error() string {
	return fmt.Sprintf("record %x of %s does not match its checksum", d.key, d.bucket)
}

func badRecord(bucket, key []byte) error {
	return &damagedRecord{bucket: string(bucket), key: append([]byte(nil), key...)}
}

// explain turns whatever a transaction ended with into one of our sentences.
func (l *Library) explain(err error, writing bool) error {
	var ours *libraryError
	var record *damagedRecord
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		return err
	case errors.As(err, &record), errors.Is(err, errIncomplete), errors.Is(err, errSegment):
		return damagedFile(l.path, err)
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return &libraryError{sentence: fmt.Sprintf("The library %s is closed.", l.path), kind: ErrClosed, cause: err}
	case writing:
		return unwritable(l.path, err)
	}
	return unreadable(l.path, err)
}

// plainCause drops the operation and path that the sentence already names.
func plainCause(err error) error {
	if system := reason(err); system != 0 {
		return system
	}
	return err
}
