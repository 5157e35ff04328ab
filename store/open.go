package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	defaultTimeout = time.Second
	fileMode       = 0o600
	dirMode        = 0o700

	growth = 4 << 20 // the file grows by this much at a time

	// Remapping waits for every reader, and copies what a transaction looks at, so
	// the map is made large at once where that costs only address space (Windows
	// would enlarge the file to it).
	initialMap = 1 << 30
)

// openFile opens or creates the library. A new one is made complete under
// another name and then put in place, so that a first start cut short leaves
// either no library or a whole one, and an empty file is never ours.
func openFile(path string, timeout time.Duration) (*bolt.DB, *os.File, error) {
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() && cutShort(path, info.Size()) {
		if err = os.Remove(path); err == nil {
			err = fs.ErrNotExist
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := createFile(path); err != nil {
			return nil, nil, err
		}
	case err != nil:
		return nil, nil, unreadable(path, err)
	case info.IsDir():
		return nil, nil, notLibrary(path, "it is a directory")
	case !info.Mode().IsRegular():
		return nil, nil, notLibrary(path, "it is not a regular file")
	}
	if err := inspect(path); err != nil {
		if errors.Is(err, ErrNotLibrary) && accompanied(path) {
			err = damagedFile(path, errors.New("its beginning is gone"))
		}
		return nil, nil, err
	}
	return openDB(path, timeout)
}

// createFile makes an empty library. If another process puts one in place
// meanwhile, that one stays.
func createFile(path string) error {
	if err := makeDirs(filepath.Dir(path)); err != nil {
		return unwritable(path, err)
	}
	temp, err := newLibraryFile(path)
	if err == nil {
		defer func() { _ = os.Remove(temp) }() // after Link it is a second name, after Rename gone
		err = putInPlace(temp, path)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return unwritable(path, err)
	}
	return nil
}

// accompanied tells that a library stood at path: its marks or backups are
// beside it.
func accompanied(path string) bool {
	if _, err := os.Lstat(path + marksName); err == nil {
		return true
	}
	return len(dailyBackups(path, time.Time{})) > 0
}

// newLibraryMost is more bytes than a new library takes.
const newLibraryMost = 1 << 20

// cutShort recognises what a first start may leave where files are not put in
// place as a whole: the beginning of a new library, parts of which may be zeros.
// Nothing was ever in it. The same of a library that had been in use has its
// marks beside it, and is damage.
func cutShort(path string, size int64) bool {
	if size > newLibraryMost || accompanied(path) {
		return false
	}
	if size == 0 {
		return true
	}
	temp, err := newLibraryFile(path)
	if err != nil {
		return false
	}
	defer func() { _ = os.Remove(temp) }()
	info, err := os.Stat(temp)
	if err != nil || size >= info.Size() {
		return false
	}
	begun, err := os.ReadFile(path)
	fresh, freshErr := os.ReadFile(temp)
	if err != nil || freshErr != nil {
		return false
	}
	said := 0
	for i, b := range begun {
		switch b {
		case 0:
		case fresh[i]:
			said++
		default:
			return false
		}
	}
	return said > 0
}

// newLibraryFile makes an empty library under a name that says it is not in
// its place yet.
func newLibraryFile(path string) (temp string, err error) {
	if temp, err = newFileName(path); err != nil {
		return "", err
	}
	db, err := bolt.Open(temp, fileMode, boltOptions(defaultTimeout, nil))
	if err == nil {
		err = errors.Join(db.Update(initialise), db.Close())
	}
	if err != nil {
		_ = os.Remove(temp)
		return "", err
	}
	return temp, nil
}

func initialise(tx *bolt.Tx) error {
	for _, name := range allBuckets {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	return putSchema(tx, schemaVersion)
}

// Where bbolt keeps its mark: each of the first two pages begins with a page
// header, then a meta record that begins with this number.
const (
	boltMagic      = 0xED0CDAED
	pageHeader     = 16
	smallestPage   = 1024
	largestPage    = 1 << 24
	smallestHeader = pageHeader + 8
)

// inspect tells a library from other files without changing either. It takes
// no lock, so it judges nothing that a running writer could be changing.
func inspect(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return unwritable(path, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return unreadable(path, err)
	}
	if info.Size() == 0 {
		return emptiedFile(path)
	}
	// The first page may be damaged while the second is whole; how long a page
	// is says only the page itself.
	for at := int64(0); at < min(info.Size(), largestPage+1); at = max(2*at, smallestPage) {
		var head [smallestHeader]byte
		if _, err := f.ReadAt(head[:], at); err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return unreadable(path, err)
		}
		if binary.NativeEndian.Uint32(head[pageHeader:]) == boltMagic {
			return nil
		}
	}
	return notLibrary(path, "its beginning is of another kind")
}

func boltOptions(timeout time.Duration, opened **os.File) *bolt.Options {
	o := *bolt.DefaultOptions
	o.Timeout = timeout
	o.FreelistType = bolt.FreelistArrayType // see listedMost
	o.NoStatistics = true
	if opened != nil {
		o.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
			*opened = f
			return f, err
		}
		mapAtOnce(&o)
	}
	return &o
}

// listedMost is how large a file is, at most, whose free pages are kept as a list, of
// which the first are taken: small pages that are written together then lie together,
// and to look at all of them maps a few megabytes of the file, not thirty, as one look
// maps sixteen. In a list of very many it takes long to find some; so those of a large
// file are a map, which gives out any.
const listedMost = 256 << 20

func mapAtOnce(o *bolt.Options) {
	if runtime.GOOS != "windows" && math.MaxInt > math.MaxInt32 {
		o.InitialMmapSize = initialMap
	}
}

func openDB(path string, timeout time.Duration) (*bolt.DB, *os.File, error) {
	var db *bolt.DB
	var file *os.File
	o := boltOptions(timeout, &file)
	if info, err := os.Stat(path); err == nil && info.Size() > listedMost {
		o.FreelistType = bolt.FreelistMapType
	}
	err := guard(func() (err error) {
		db, err = bolt.Open(path, fileMode, o)
		return err
	})
	var panicked *pageDamage
	if errors.As(err, &panicked) && file != nil {
		abandon(file)
	}
	if err == nil {
		if err = guard(func() error { return db.View(wholeFile(file)) }); err != nil {
			_ = db.Close()
		}
	}
	var system syscall.Errno
	switch {
	case err == nil:
		db.AllocSize = growth
		return db, file, nil
	case errors.Is(err, berrors.ErrTimeout):
		return nil, nil, lockedFile(path)
	case errors.As(err, &system):
		return nil, nil, unwritable(path, err)
	}
	return nil, nil, damagedFile(path, err) // all else is bbolt not liking what it read
}

// cutTail gives back the room behind the last page, by which the file grew ahead.
// While the lock is held nobody needs it; that it stays costs only room.
func (l *Library) cutTail() {
	var size int64
	if err := l.view(func(tx *bolt.Tx) error { size = tx.Size(); return nil }); err == nil && size > 0 {
		_ = l.file.Truncate(size)
	}
}

// abandon closes a file that bbolt cannot be asked to close: after a panic it
// may hold its own locks for ever.
func abandon(file *os.File) {
	unlock(file)
	_ = file.Close() // nothing was written that is to be kept
}

type truncated struct{ have, want int64 }

func (t *truncated) Error() string {
	return fmt.Sprintf("%d of its %d bytes are missing", t.want-t.have, t.want)
}

// wholeFile notices a file that ends before its last page, which bbolt would
// extend with zeros at the next write, and one whose last commit bbolt does not
// see.
func wholeFile(file *os.File) func(tx *bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		info, err := file.Stat()
		if err != nil {
			return err
		}
		if info.Size() < tx.Size() {
			return &truncated{have: info.Size(), want: tx.Size()}
		}
		if f, err := openPages(file, info.Size()); err == nil && f.flipped {
			return errFlipped
		}
		return nil
	}
}
