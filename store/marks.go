package store

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"sync"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// What the reader marked read or saved is also kept in a journal beside the
// library, so that a lost library does not lose it: see recall.go for the way
// back. It is text, a line for each change, the last line of an article counts:
//
//	broadsheet marks 1 0123456789abcdef
//	hd5lU7cPqwqB3w1ir8vk8Q…
//
// The first line names this writing of the journal. The others are, in base 64,
// the article's mark key and its CRC-32C, with the status as a letter between.
//
// A change is committed in the library first, together with how long the journal
// will be then, and appended to the journal next, and only then reported. So at
// the next start the lengths tell what happened: a journal that is shorter, or
// whose last lines did not reach the disk, lacks what was never reported and is
// written anew; one that is longer, or another writing, knows more than the
// library, which was lost, emptied or put back from a backup, and is taken up.

// marksName is what the journal's name adds to the library's.
const marksName = ".marks"

const (
	marksHead    = "broadsheet marks 1 "
	marksHeadLen = len(marksHead) + 16 + 1
	markWidth    = 12
	markLine     = 16 + 1 + 6 + 1

	// marksLeast is how long a journal gets before it is worth writing anew.
	marksLeast = 1 << 20
)

// A markKey names an article whatever library it is in, by its feed's address
// and its identity there.
type markKey [markWidth]byte

func markKeyOf(url string, k []byte) markKey {
	h := sha256.New()
	h.Write([]byte(url))
	h.Write(k[feedWidth:])
	return markKey(h.Sum(nil)[:markWidth])
}

// statusLetters are what a status is written as, by its flags: four that bear no
// watch of a story, four that have it followed, four that have it muted.
const statusLetters = "-rsbfghimnop"

func appendMark(b []byte, k markKey, s feeds.Status) []byte {
	from := len(b)
	b = base64.RawURLEncoding.AppendEncode(b, k[:])
	b = append(b, statusLetters[encodeStatus(s)[0]])
	sum := crc32.Checksum(b[from:], castagnoli)
	b = base64.RawURLEncoding.AppendEncode(b, binary.BigEndian.AppendUint32(nil, sum))
	return append(b, '\n')
}

// readMark reads what appendMark wrote, without the end of the line.
func readMark(line []byte) (k markKey, s feeds.Status, ok bool) {
	if len(line) != markLine-1 {
		return k, s, false
	}
	flags := bytes.IndexByte([]byte(statusLetters), line[16])
	var sum [4]byte
	_, err := base64.RawURLEncoding.Decode(k[:], line[:16])
	_, sumErr := base64.RawURLEncoding.Decode(sum[:], line[17:])
	if err != nil || sumErr != nil || flags < 0 || binary.BigEndian.Uint32(sum[:]) != crc32.Checksum(line[:17], castagnoli) {
		return k, s, false
	}
	return k, decodeStatus([]byte{byte(flags)}), true
}

// marksStamp is what the library knows of its journal.
type marksStamp struct {
	writing uint64 // 0: none
	size    int64
	base    int64 // its size when it was last written anew

	// What was appended last may be there in size only, after a power cut.
	tail int64  // its size
	sum  uint32 // its CRC-32C
}

// after is the stamp when lines have been appended.
func (s marksStamp) after(lines []byte) marksStamp {
	s.size += int64(len(lines))
	s.tail, s.sum = int64(len(lines)), crc32.Checksum(lines, castagnoli)
	return s
}

func getStamp(tx *bolt.Tx) (s marksStamp) {
	if v := tx.Bucket(bucketMeta).Get(metaMarks); len(v) == 36 {
		s.writing = binary.BigEndian.Uint64(v)
		s.size, s.base = int64(binary.BigEndian.Uint64(v[8:])), int64(binary.BigEndian.Uint64(v[16:]))
		s.tail, s.sum = int64(binary.BigEndian.Uint64(v[24:])), binary.BigEndian.Uint32(v[32:])
	}
	return s
}

func putStamp(tx *bolt.Tx, s marksStamp) error {
	v := binary.BigEndian.AppendUint64(nil, s.writing)
	for _, n := range []int64{s.size, s.base, s.tail} {
		v = binary.BigEndian.AppendUint64(v, uint64(n))
	}
	return tx.Bucket(bucketMeta).Put(metaMarks, binary.BigEndian.AppendUint32(v, s.sum))
}

// journal is the open journal. mu is held from before a status is committed
// until its line is on the disk.
type journal struct {
	mu    sync.Mutex
	path  string
	file  *os.File // nil until the first mark
	stamp marksStamp
	stale bool // it must be written anew before anything is appended
}

// beginMarks makes the journal ready for more lines.
func (l *Library) beginMarks() error {
	j := &l.marks
	if j.stale {
		if err := l.rewriteMarks(); err != nil {
			return err
		}
	}
	if j.file != nil {
		return nil
	}
	f, err := os.OpenFile(j.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return marksUnwritable(j.path, err)
	}
	j.file = f
	return nil
}

// append adds lines that the library has counted already.
func (j *journal) append(lines []byte) error {
	j.stamp = j.stamp.after(lines)
	_, err := j.file.Write(lines)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		j.stale = true
		return marksUnwritable(j.path, err)
	}
	return nil
}

// grown tells that most of the journal is of no use any more.
func (j *journal) grown() bool { return j.stamp.size > max(marksLeast, 2*j.stamp.base) }

func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file != nil {
		_ = j.file.Close() // every line was brought to the disk
		j.file = nil
	}
}

// tidyMarks writes the journal anew when it must be or it pays.
func (l *Library) tidyMarks() error {
	l.marks.mu.Lock()
	defer l.marks.mu.Unlock()
	if !l.marks.stale && !l.marks.grown() {
		return nil
	}
	return l.rewriteMarks()
}

// rewriteMarks writes a journal of what the library holds. The library learns
// of it before it takes the old one's place: what is cut short between the two
// is found to be another writing, which says nothing that the library does not
// hold.
func (l *Library) rewriteMarks() error {
	j := &l.marks
	if j.file != nil {
		_ = j.file.Close()
		j.file = nil
	}
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails
	stamp := marksStamp{writing: binary.BigEndian.Uint64(id[:]) | 1}
	err := makeFile(j.path, true, func(f *os.File) error {
		w := bufio.NewWriterSize(f, 1<<16)
		fmt.Fprintf(w, "%s%016x\n", marksHead, stamp.writing)
		stamp.size = int64(marksHeadLen)
		err := l.view(func(tx *bolt.Tx) error {
			return eachMark(tx, func(k markKey, s feeds.Status) error {
				stamp.size += markLine
				_, err := w.Write(appendMark(nil, k, s))
				return err
			})
		})
		if err == nil {
			err = w.Flush()
		}
		if err == nil {
			err = f.Sync()
		}
		if err == nil {
			stamp.base = stamp.size
			err = l.update(func(tx *bolt.Tx) error { return putStamp(tx, stamp) })
		}
		return err
	})
	var ours *libraryError
	switch {
	case errors.As(err, &ours):
		return err
	case err != nil:
		return marksUnwritable(j.path, err)
	}
	j.stamp, j.stale = stamp, false
	return nil
}

// eachMark calls fn for every article that has a status, and for every mark of
// one that has not come yet.
func eachMark(tx *bolt.Tx, fn func(markKey, feeds.Status) error) error {
	if err := eachIdentity(tx, func(url string, k []byte, id feeds.ArticleID) error {
		if s := getStatus(tx, id); s != (feeds.Status{}) {
			return fn(markKeyOf(url, k), s)
		}
		return nil
	}); err != nil {
		return err
	}
	return tx.Bucket(bucketMarks).ForEach(func(k, v []byte) error {
		if len(k) != markWidth {
			return badRecord(bucketMarks, k)
		}
		return fn(markKey(k), decodeStatus(v))
	})
}

// eachIdentity calls fn for every identity of a feed that is subscribed to.
func eachIdentity(tx *bolt.Tx, fn func(url string, k []byte, id feeds.ArticleID) error) error {
	var feed feeds.Feed
	c := tableOf(tx, bucketIdentities).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if of := parseFeedKey(k); of != feed.ID {
			f, ok, err := getFeed(tx, of)
			if err != nil {
				return err
			}
			if feed = f; !ok {
				feed = feeds.Feed{ID: of}
			}
		}
		who, ok := decodeIdentity(k, v)
		if !ok {
			return badRecord(bucketIdentities, k)
		}
		if feed.URL != "" {
			if err := fn(feed.URL, k, who.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// markLines are the journal's lines of articles whose status has changed. An
// article whose feed was removed has none: it could not come again.
func markLines(tx *bolt.Tx, changed map[feeds.FeedID]map[feeds.ArticleID]feeds.Status) (lines []byte, err error) {
	for of, statuses := range changed {
		feed, ok, err := getFeed(tx, of)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		// An article may have several identities: see rematch.go.
		prefix := feedKey(of)
		c := tableOf(tx, bucketIdentities).Cursor()
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			who, ok := decodeIdentity(k, v)
			if !ok {
				return nil, badRecord(bucketIdentities, k)
			}
			if s, wanted := statuses[who.id]; wanted {
				lines = appendMark(lines, markKeyOf(feed.URL, k), s)
			}
		}
	}
	return lines, nil
}

// readMarks gives what the journal says, the last line of each article, and
// which writing it is, 0 if that cannot be read. Lines that are damaged are
// passed over.
func readMarks(path string) (marks map[markKey]feeds.Status, writing uint64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = f.Close() }()
	marks = map[markKey]feeds.Status{}
	in := bufio.NewScanner(f)
	for first := true; in.Scan(); first = false {
		line := in.Bytes()
		if first {
			writing = writingOf(line)
		}
		if k, s, ok := readMark(line); ok {
			marks[k] = s
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) { // what follows is no journal
		return marks, writing, nil
	}
	return marks, writing, in.Err()
}

func writingOf(line []byte) uint64 {
	id, ok := bytes.CutPrefix(line, []byte(marksHead))
	b, err := hex.DecodeString(string(id))
	if !ok || err != nil || len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

// journalState gives the stamp of the journal at path as it is: a writing of 0
// and no error when its first line is damaged, and the sum of as many bytes at
// its end as the library says were appended last.
func journalState(path string, known marksStamp) (s marksStamp, err error) {
	f, err := os.Open(path)
	if err != nil {
		return s, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return s, err
	}
	s.size = info.Size()
	head := make([]byte, marksHeadLen)
	if _, err := io.ReadFull(f, head); err == nil {
		s.writing = writingOf(head[:marksHeadLen-1])
	} else if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return s, err
	}
	if known.tail > 0 && known.tail <= s.size {
		tail := make([]byte, known.tail)
		if _, err := f.ReadAt(tail, s.size-known.tail); err != nil {
			return s, err
		}
		s.tail, s.sum = known.tail, crc32.Checksum(tail, castagnoli)
	}
	return s, nil
}

func marksUnwritable(path string, cause error) error {
	if errors.Is(cause, fs.ErrNotExist) {
		cause = errors.New("it is gone")
	}
	return &libraryError{
		sentence: fmt.Sprintf("The marks beside the library, %s, cannot be written (%v): %s.", path, plainCause(cause), advice(cause)),
		kind:     ErrUnwritable, cause: cause,
	}
}

func marksUnreadable(path string, cause error) error {
	return &libraryError{
		sentence: fmt.Sprintf("The marks beside the library, %s, cannot be read (%v): correct the file's permissions, or move it aside.", path, plainCause(cause)),
		kind:     ErrUnwritable, cause: cause,
	}
}
