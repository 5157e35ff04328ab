// Package relay lets one Broadsheet carry out the commands of another, over a
// socket that belongs to the library and to the user.
//
// The one that has the library open:
//
//	server, err := relay.Listen(path, version, func(ctx context.Context, call relay.Call) int { … })
//	defer server.Close() // stops what runs, and waits for it
//
// One that finds it open elsewhere:
//
//	status, err := relay.Run(ctx, path, relay.Call{Version: version, Args: os.Args[1:], Dir: dir, Stdin: os.Stdin, …})
//	if errors.Is(err, relay.ErrNobody) { … } // nobody listens: the library may be free again
//
// The socket lies beside the library; where that path is too long for a socket,
// in a directory of the user's own. Only the user can open it, and both ends
// make sure that the other is the same user. A peer that sends nonsense, or stops
// in the middle, costs its own command and nothing else.
//
// Both sides send frames: a letter that says what it is, the length in four
// bytes, and that many bytes.
//
//	caller  h hello   i a piece of standard input, none: its end
//	server  a alive: it has been taken up   w standard input is wanted
//	        o, e standard output, error   x exit status   n no: a sentence why not
package relay

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

const (
	frameHello  = 'h'
	frameInput  = 'i'
	frameAlive  = 'a'
	frameWant   = 'w'
	frameOut    = 'o'
	frameErr    = 'e'
	frameExit   = 'x'
	frameRefuse = 'n'

	maxFrame = 1 << 20   // more than any list of arguments
	piece    = 32 << 10  // of a stream
	maxCalls = 16        // at a time; a crontab has one or two
	maxInput = 128 << 20 // of standard input, in all: twice what any command reads

	// How long a peer may take for what it has ready, until it is taken for dead.
	helloTime = 5 * time.Second
	writeTime = 20 * time.Second
)

// Call is one command.
type Call struct {
	Version        string
	Args           []string
	Dir            string // what relative paths are relative to
	Now            string // BROADSHEET_NOW
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// hello is a Call as it is sent.
type hello struct {
	Version string   `json:"version"`
	Args    []string `json:"args"`
	Dir     string   `json:"dir"`
	Now     string   `json:"now"`
}

var (
	// ErrNobody says that nobody listens at the socket.
	ErrNobody = errors.New("no other Broadsheet answers")
	// ErrLost says that the other Broadsheet went away with the command half
	// done.
	ErrLost = errors.New("the other Broadsheet ended before the command was done; look what is there and try again")

	errFrame = errors.New("the other side does not speak as Broadsheet does")
)

// Refusal is why the other Broadsheet does not carry a command out: a sentence.
type Refusal struct{ Sentence string }

func (r *Refusal) Error() string { return r.Sentence }

// line sends and receives frames.
type line struct{ conn net.Conn }

func (l line) send(kind byte, payload []byte) error {
	if err := l.conn.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	frame := make([]byte, 5, 5+len(payload))
	frame[0] = kind
	binary.BigEndian.PutUint32(frame[1:], uint32(len(payload)))
	_, err := l.conn.Write(append(frame, payload...))
	return err
}

func (l line) receive() (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(l.conn, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxFrame {
		return 0, nil, errFrame
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(l.conn, payload)
	return head[0], payload, err
}

// stream sends what is written to it as frames of a kind. Once that fails it
// says so to stop, and every write fails.
type stream struct {
	line
	kind byte
	stop context.CancelCauseFunc
	ctx  context.Context
}

func (s *stream) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		if err := context.Cause(s.ctx); err != nil {
			return written, err
		}
		n := min(len(p), piece)
		if err := s.send(s.kind, p[:n]); err != nil {
			err = fmt.Errorf("whoever asked for this has gone: %w", err)
			s.stop(err)
			return written, err
		}
		written += n
		p = p[n:]
	}
	return written, nil
}
