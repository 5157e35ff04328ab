package fetch

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// maxLayers is how often a body may be packed: once by the server on the way,
// once because the file itself is packed, and once by mistake.
const maxLayers = 3

var (
	errTooLarge = errors.New("the document is too large")
	errPacking  = errors.New("the body is packed in an unknown or damaged way")
)

// readBody reads and unpacks a body. The limit holds for what comes over the
// network, for every layer of packing, and for the document itself, so neither
// a bomb nor endless packing of nothing gets past it. With an error comes what
// was read before it.
func readBody(resp *http.Response, limit int64) (s spool, err error) {
	if resp.ContentLength > limit {
		return s, errTooLarge
	}
	body, err := unpack(&limited{r: resp.Body, left: limit}, codings(resp.Header), limit)
	if err != nil {
		return s, err
	}
	err = s.fill(body)
	return s, err
}

// codings lists how a body says it is packed, outermost first.
func codings(h http.Header) []string {
	var list []string
	for _, c := range strings.Split(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		if c = strings.ToLower(strings.TrimSpace(c)); c != "" && c != "identity" {
			list = append(list, c)
		}
	}
	slices.Reverse(list)
	return list
}

// unpack takes off the layers a body says it has, and gzip layers whether said
// or not. Servers lie both ways (they pack without saying so, and say so
// without packing), so a layer is taken off only where its mark is found.
func unpack(body io.Reader, said []string, limit int64) (io.Reader, error) {
	if len(said) > maxLayers {
		return nil, errPacking
	}
	for layer := range maxLayers {
		coding := "gzip"
		if layer < len(said) {
			coding = said[layer]
		}
		buffered := bufio.NewReader(body)
		inner, err := unwrap(buffered, coding)
		if err != nil {
			return nil, err
		}
		if inner == nil {
			body = buffered
			continue
		}
		body = &limited{r: inner, left: limit}
	}
	return body, nil
}

// unwrap takes one layer off a body, or returns nil if the body does not have it.
func unwrap(body *bufio.Reader, coding string) (io.Reader, error) {
	start, err := body.Peek(512)
	if err != nil && err != io.EOF && len(start) == 0 {
		return nil, err // else it comes again after what there is
	}
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(start, []byte{0x1f, 0x8b, 8}) {
			return nil, nil
		}
		z, err := gzip.NewReader(body)
		if err != nil {
			return nil, packingError(err)
		}
		return &unpacker{z}, nil
	case "deflate":
		// The word means zlib, but some servers send a bare flate stream.
		if len(start) >= 2 && start[0]&0x0f == 8 && (int(start[0])<<8|int(start[1]))%31 == 0 {
			z, err := zlib.NewReader(body)
			if err != nil {
				return nil, packingError(err)
			}
			return &unpacker{z}, nil
		}
		if inflates(start) {
			return &unpacker{flate.NewReader(body)}, nil
		}
		return nil, nil
	}
	if looksPlain(start) {
		return nil, nil
	}
	return nil, errPacking
}

// inflates says whether bytes can be the start of a bare flate stream.
func inflates(start []byte) bool {
	_, err := io.Copy(io.Discard, io.LimitReader(flate.NewReader(bytes.NewReader(start)), 64<<10))
	var corrupt flate.CorruptInputError
	return len(start) > 0 && !errors.As(err, &corrupt)
}

// looksPlain says whether bytes are the start of a document in clear.
func looksPlain(start []byte) bool {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(start) == 0 || start[0] == '<' || start[0] == '{' ||
		bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
}

// unpacker reads a packed layer and calls its errors by one name. A cut layer
// stays an unexpected EOF.
type unpacker struct{ r io.Reader }

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err == gzip.ErrHeader { // padding after the last member: the document is whole
		return n, io.EOF
	}
	return n, packingError(err)
}

func packingError(err error) error {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, zlib.ErrHeader) || errors.Is(err, zlib.ErrChecksum) || errors.Is(err, zlib.ErrDictionary) {
		return errors.Join(errPacking, err)
	}
	return err
}

// limited fails once more than left bytes have come. Its errors last.
type limited struct {
	r    io.Reader
	left int64
	err  error
}

func (l *limited) Read(p []byte) (n int, err error) {
	if l.err != nil {
		return 0, l.err
	}
	n, l.err = l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		n, l.err = 0, errTooLarge
	}
	return n, l.err
}
