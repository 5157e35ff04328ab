package relay

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"time"
)

// answerTime is how long the other Broadsheet may take for its first word. One
// that is stopped (SIGSTOP) or hangs says nothing.
const answerTime = 30 * time.Second

// Run has the Broadsheet that has the library open carry out a command, and
// returns its exit status. It ends when ctx does, and the command then too.
func Run(ctx context.Context, library string, call Call) (int, error) {
	socket, err := socketOf(library)
	if err != nil {
		return 0, ErrNobody
	}
	conn, err := dial(socket)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()

	l := line{conn}
	h, err := json.Marshal(hello{Version: call.Version, Args: call.Args, Dir: call.Dir, Now: call.Now})
	if err != nil {
		return 0, err
	}
	if len(h) > maxFrame {
		return 0, &Refusal{"the command is too long to be handed to the Broadsheet that has the library open; quit that one first"}
	}
	if err := l.send(frameHello, h); err != nil {
		return 0, ErrNobody
	}
	status, err := l.follow(call)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return status, err
}

// follow passes on what the other side says until it says the exit status.
func (l line) follow(call Call) (int, error) {
	if err := l.conn.SetReadDeadline(time.Now().Add(answerTime)); err != nil {
		return 0, ErrLost
	}
	begun := false
	for {
		kind, payload, err := l.receive()
		switch {
		case err != nil && begun:
			return 0, ErrLost
		case os.IsTimeout(err):
			return 0, &Refusal{"the Broadsheet that has the library open does not answer: quit it first, or end it"}
		case err != nil:
			return 0, ErrNobody // it closed its door just now
		}
		if !begun {
			begun = true
			if err := l.conn.SetReadDeadline(time.Time{}); err != nil {
				return 0, ErrLost
			}
		}
		switch kind {
		case frameOut:
			_, err = call.Stdout.Write(payload)
		case frameErr:
			_, err = call.Stderr.Write(payload)
		case frameWant:
			go l.pass(call.Stdin)
		case frameRefuse:
			return 0, &Refusal{string(payload)}
		case frameExit:
			if len(payload) != 1 {
				return 0, ErrLost
			}
			return int(payload[0]), nil
		case frameAlive:
		default:
			return 0, ErrLost
		}
		if err != nil {
			return 0, err // nobody reads our output: the command is stopped with us
		}
	}
}

// pass sends standard input.
func (l line) pass(in io.Reader) {
	buf := make([]byte, piece)
	for {
		n, err := in.Read(buf)
		if n > 0 && l.send(frameInput, buf[:n]) != nil {
			return
		}
		if err != nil {
			_ = l.send(frameInput, nil)
			return
		}
	}
}
