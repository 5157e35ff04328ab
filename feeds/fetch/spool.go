package fetch

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// LargeBody is the size of a document, in bytes, up to which it is read into
// memory as it comes. Nine feeds of ten are smaller. A larger one waits in a
// temporary file: many at once that drip must hold neither memory nor the turn
// of those that are complete.
const LargeBody = 256 << 10

// spool holds a document while it comes.
type spool struct {
	size int64
	head bytes.Buffer // its beginning: LargeBody bytes, or all when there is no file
	file *os.File     // the rest; nil when there is none
}

var errSpool = errors.New("the temporary file cannot be written")

// fill reads a document to its end, or to an error.
func (s *spool) fill(body io.Reader) error {
	n, err := io.CopyN(&s.head, body, LargeBody)
	s.size = n
	if err != nil {
		if err == io.EOF {
			err = nil
		}
		return err
	}
	// Without a directory for temporary files there is memory still.
	var rest io.Writer = &s.head
	if s.file, err = os.CreateTemp("", "broadsheet-large-*"); err == nil {
		_ = os.Remove(s.file.Name()) // killed, we leave nothing behind; what cannot do this does it in close
		rest = spoolWriter{s.file}
	}
	n, err = io.Copy(rest, body)
	s.size += n
	return err
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
		return s.head.Bytes(), nil
	}
	all := make([]byte, s.size)
	n := copy(all, s.head.Bytes())
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
	s.head = bytes.Buffer{}
}
