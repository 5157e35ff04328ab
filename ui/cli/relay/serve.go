package relay

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Server carries out commands for others.
type Server struct {
	version string
	do      func(context.Context, Call) int
	socket  string
	own     os.FileInfo // of our socket, to remove no other's
	listen  *net.UnixListener
	ctx     context.Context
	stop    context.CancelFunc
	slots   chan struct{}
	closing atomic.Bool
	running sync.WaitGroup
}

// Listen begins to serve the library at path, which the caller has open. do
// carries one command out and returns its exit status; it may be called by
// several goroutines at once, and is to end soon after its context has.
func Listen(library, version string, do func(context.Context, Call) int) (*Server, error) {
	socket, err := socketOf(library)
	if err != nil {
		return nil, err
	}
	if err := prepare(library, socket); err != nil {
		return nil, err
	}
	l, err := bind(socket)
	if err != nil {
		return nil, err
	}
	s := &Server{version: version, do: do, socket: socket, listen: l, slots: make(chan struct{}, maxCalls)}
	s.own, _ = os.Lstat(socket)
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.running.Go(s.accept)
	return s, nil
}

// Close takes no more calls, stops those under way, and returns when the last
// has ended.
func (s *Server) Close() {
	s.stop()
	s.Drain()
}

// Drain takes no more calls, and returns when the last of those under way has
// ended.
func (s *Server) Drain() {
	if now, err := os.Lstat(s.socket); err == nil && s.own != nil && os.SameFile(now, s.own) {
		_ = os.Remove(s.socket)
	}
	s.closing.Store(true)
	_ = s.listen.Close()
	s.running.Wait()
	s.stop()
}

func (s *Server) accept() {
	for {
		conn, err := s.listen.AcceptUnix()
		if err != nil {
			if s.closing.Load() || !isTemporary(err) {
				return
			}
			time.Sleep(100 * time.Millisecond) // out of file descriptors, most likely
			continue
		}
		select {
		case s.slots <- struct{}{}:
			s.running.Go(func() {
				defer func() { <-s.slots }()
				s.serve(conn)
			})
		default:
			_ = line{conn}.send(frameRefuse, []byte("too many other Broadsheets ask for something at once; try again"))
			_ = conn.Close()
		}
	}
}

func isTemporary(err error) bool {
	t, ok := err.(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// serve carries out one call.
func (s *Server) serve(conn *net.UnixConn) {
	defer func() { _ = conn.Close() }()
	if !isOurUser(conn) {
		return
	}
	l := line{conn}
	call, err := s.hello(l)
	if err != nil {
		_ = l.send(frameRefuse, []byte(err.Error()))
		return
	}
	if l.send(frameAlive, nil) != nil {
		return
	}
	ctx, stop := context.WithCancelCause(s.ctx)
	defer stop(nil)
	in := &input{line: l, ctx: ctx, pieces: make(chan []byte)}
	call.Stdin, call.Stdout, call.Stderr = in, &stream{l, frameOut, stop, ctx}, &stream{l, frameErr, stop, ctx}
	// The end of the conversation stops the command, and the end of the
	// command ends the conversation.
	s.running.Go(func() { stop(in.listen()) })
	status := s.do(ctx, call)
	_ = l.send(frameExit, []byte{byte(status)})
}

// hello reads what is asked for.
func (s *Server) hello(l line) (Call, error) {
	if err := l.conn.SetReadDeadline(time.Now().Add(helloTime)); err != nil {
		return Call{}, err
	}
	kind, payload, err := l.receive()
	if err != nil || kind != frameHello {
		return Call{}, errFrame
	}
	var h hello
	if err := json.Unmarshal(payload, &h); err != nil {
		return Call{}, errFrame
	}
	if h.Version != s.version {
		return Call{}, fmt.Errorf("Broadsheet %s has the library open, and this is Broadsheet %s: quit that one first", s.version, h.Version)
	}
	return Call{Version: h.Version, Args: h.Args, Dir: h.Dir, Now: h.Now}, l.conn.SetReadDeadline(time.Time{})
}

// input is the caller's standard input. It is asked for only when the command
// reads it: else what somebody types ahead would be swallowed.
type input struct {
	line
	ctx    context.Context
	pieces chan []byte
	rest   []byte
	asked  bool
	ended  bool
}

func (in *input) Read(p []byte) (int, error) {
	for len(in.rest) == 0 {
		if in.ended {
			return 0, io.EOF
		}
		if !in.asked {
			in.asked = true
			if err := in.send(frameWant, nil); err != nil {
				return 0, err
			}
		}
		select {
		case in.rest = <-in.pieces:
			in.ended = len(in.rest) == 0
		case <-in.ctx.Done():
			return 0, context.Cause(in.ctx)
		}
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}

// listen takes what the caller sends until it goes.
func (in *input) listen() error {
	total := 0
	for {
		kind, payload, err := in.receive()
		if err != nil {
			return err
		}
		if total += len(payload); kind != frameInput || total > maxInput {
			return errFrame
		}
		select {
		case in.pieces <- payload:
		case <-in.ctx.Done():
			return context.Cause(in.ctx)
		}
	}
}
