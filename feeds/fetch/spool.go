package fetch

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
)

// LargeBody is the size of a document, in bytes, up to which it is read into
// memory as it comes. Nine feeds of ten are smaller. A larger one waits in a
// temporary file: many at once that drip must hold neither memory nor the turn
// of those that are complete.
const LargeBody = 256 << 10

// spool holds a document while it comes.
type spool struct {
	size int64
	head []byte       // its beginning: LargeBody bytes, or all when it is shorter
	file *os.File     // the rest; nil when there is none
	more bytes.Buffer // the rest, when there can be no file
}

var errSpool = errors.New("the temporary file cannot be written")

// fill reads a document to its end, or to an error.
func (s *spool) fill(body io.Reader) (err error) {
	s.head, err = readHead(body)
	s.size = int64(len(s.head))
	if err != nil {
		if err == io.EOF {
			err = nil
		}
		return err
	}
	// Without a directory for temporary files there is memory still.
	var rest io.Writer = &s.more
	if s.file, err = os.CreateTemp("", "broadsheet-large-*"); err == nil {
		_ = os.Remove(s.file.Name()) // killed, we leave nothing behind; what cannot do this does it in close
		rest = spoolWriter{s.file}
	}
	n, err := io.Copy(rest, body)
	s.size += n
	return err
}

// Dozens of documents come at a time, so each takes no more memory than has come
// of it: it is read in chunks, which are used again.
type chunk [16 << 10]byte

var chunks = sync.Pool{New: func() any { return new(chunk) }}

// readHead reads at most LargeBody bytes; with fewer comes the error that ended
// them, io.EOF at the end of the document.
func readHead(body io.Reader) (head []byte, err error) {
	var list []*chunk
	size := 0
	for size < LargeBody && err == nil {
		at := size % len(chunk{})
		if at == 0 && size == len(list)*len(chunk{}) {
			list = append(list, chunks.Get().(*chunk))
		}
		var n int
		n, err = body.Read(list[len(list)-1][at:])
		size += n
	}
	head = make([]byte, 0, size)
	for _, c := range list {
		head = append(head, c[:min(len(c), size-len(head))]...)
		chunks.Put(c)
	}
	if size == LargeBody && err == io.EOF {
		err = nil // which the rest ends with again
	}
	return head, err
}

// spoolWriter tells errors of the file from those of the network.
type spoolWriter struct{ f *os.File }

func (w spoolWriter) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	if err != nil {
		err = errors.Join(errSpool, err)
	}
	return n, err
}

// bytes is the whole of it.
func (s *spool) bytes() ([]byte, error) {
	if s.file == nil {
		return append(s.head, s.more.Bytes()...), nil
	}
	all := make([]byte, s.size)
	n := copy(all, s.head)
	_, err := s.file.ReadAt(all[n:], 0)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // the file is shorter than what was written
	}
	return all, err
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
		s.file = nil
	}
	s.head, s.more = nil, bytes.Buffer{}
}
