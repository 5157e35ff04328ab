package relay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func listen(t *testing.T, library string, do func(context.Context, Call) int) *Server {
	t.Helper()
	s, err := Listen(library, "1", do)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func call(in string, args ...string) (Call, *bytes.Buffer, *bytes.Buffer) {
	var out, said bytes.Buffer
	return Call{Version: "1", Args: args, Dir: "/somewhere", Now: "then", Stdin: strings.NewReader(in), Stdout: &out, Stderr: &said}, &out, &said
}

func TestACommandIsCarriedOut(t *testing.T) {
	for _, library := range []string{"library.db", strings.Repeat("long/", 30) + "library.db"} {
		library = filepath.Join(t.TempDir(), library)
		if err := os.MkdirAll(filepath.Dir(library), 0o700); err != nil {
			t.Fatal(err)
		}
		listen(t, library, func(_ context.Context, c Call) int {
			in, err := io.ReadAll(c.Stdin)
			fmt.Fprintf(c.Stdout, "%v %s %s %d %v", c.Args, c.Dir, c.Now, len(in), err)
			fmt.Fprint(c.Stderr, strings.Repeat("e", 3*piece+1))
			return 42
		})
		c, out, said := call(strings.Repeat("x", 5*piece+7), "mark", "read")
		status, err := Run(t.Context(), library, c)
		if want := fmt.Sprintf("[mark read] /somewhere then %d <nil>", 5*piece+7); err != nil || status != 42 || out.String() != want || said.Len() != 3*piece+1 {
			t.Errorf("status %d, %v, %q and %d bytes", status, err, out.String(), said.Len())
		}
	}
}

func TestNobodyListens(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library.db")
	c, _, _ := call("")
	if _, err := Run(t.Context(), library, c); !errors.Is(err, ErrNobody) {
		t.Errorf("without a socket: %v", err)
	}
	s := listen(t, library, func(context.Context, Call) int { return 0 })
	s.Close()
	if _, err := Run(t.Context(), library, c); !errors.Is(err, ErrNobody) {
		t.Errorf("after it: %v", err)
	}
	if err := os.WriteFile(library+".sock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), library, c); !errors.Is(err, ErrNobody) {
		t.Errorf("with a file in its place: %v", err)
	}
	if _, err := Listen(library, "1", nil); err == nil {
		t.Error("a file that is no socket was replaced")
	}
}

func TestAStaleSocketIsReplaced(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library.db")
	stale, err := net.ListenUnix("unix", &net.UnixAddr{Name: library + ".sock", Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	stale.SetUnlinkOnClose(false)
	_ = stale.Close()
	c, _, _ := call("")
	if _, err := Run(t.Context(), library, c); !errors.Is(err, ErrNobody) {
		t.Errorf("stale: %v", err)
	}
	listen(t, library, func(context.Context, Call) int { return 3 })
	if status, err := Run(t.Context(), library, c); err != nil || status != 3 {
		t.Errorf("status %d, %v", status, err)
	}
}

func TestOtherVersionsAreRefused(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library.db")
	listen(t, library, func(context.Context, Call) int { t.Error("carried out"); return 0 })
	c, _, _ := call("")
	c.Version = "2"
	_, err := Run(t.Context(), library, c)
	var refusal *Refusal
	if !errors.As(err, &refusal) || refusal.Sentence != "Broadsheet 1 has the library open, and this is Broadsheet 2: quit that one first" {
		t.Errorf("got %v", err)
	}
}

func TestACallerThatGoesStopsItsCommand(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library.db")
	begun, ended := make(chan struct{}), make(chan error, 1)
	listen(t, library, func(ctx context.Context, c Call) int {
		close(begun)
		<-ctx.Done()
		_, err := io.WriteString(c.Stdout, "too late")
		ended <- err
		return 0
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-begun; cancel() }()
	c, _, _ := call("")
	if _, err := Run(ctx, library, c); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := <-ended; err == nil {
		t.Error("the command could still write")
	}
}

func TestClosingStopsAndDrainingWaits(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library.db")
	begun, release := make(chan struct{}, 2), make(chan struct{})
	do := func(ctx context.Context, c Call) int {
		begun <- struct{}{}
		select {
		case <-release:
			return 0
		case <-ctx.Done():
			return 9
		}
	}
	run := func() chan int {
		got := make(chan int, 1)
		go func() {
			c, _, _ := call("")
			status, err := Run(context.Background(), library, c)
			if err != nil {
				status = -1
			}
			got <- status
		}()
		<-begun
		return got
	}
	s := listen(t, library, do)
	got := run()
	s.Close()
	if status := <-got; status != 9 {
		t.Errorf("closed: status %d, want 9", status)
	}
	s = listen(t, library, do)
	got = run()
	drained := make(chan struct{})
	go func() { s.Drain(); close(drained) }()
	close(release)
	if status := <-got; status != 0 {
		t.Errorf("drained: status %d, want 0", status)
	}
	<-drained
}

func TestAServerThatGoesIsSaid(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library.db")
	l, err := bind(library + ".sock")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for sent, want := range map[string]error{
		"":                      ErrNobody,
		"a\x00\x00\x00\x00":     ErrLost,
		"z\x00\x00\x00\x00":     ErrLost,
		"o\x00\x00\x00\x01hx":   ErrLost,
		"x\x00\x00\x00\x00":     ErrLost,
		"o\xff\xff\xff\xfflong": ErrNobody,
	} {
		go func() {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _, _ = line{conn}.receive()
			_, _ = io.WriteString(conn, sent)
			_ = conn.Close()
		}()
		c, _, _ := call("")
		if _, err := Run(t.Context(), library, c); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", sent, err, want)
		}
	}
}

// The common place belongs to everybody: a directory there that somebody else
// made, or can write to, is not used.
func TestADirectoryThatOthersCanUseIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := ownDirectory(dir); err != nil {
		t.Error(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := ownDirectory(dir); err == nil {
		t.Error("a directory that all can write is taken")
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	if err := ownDirectory(link); err == nil {
		t.Error("a link is taken")
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("h\x00\x00\x00\x02{}"))
	f.Add([]byte("h\x00\x00\x00\x26{\"version\":\"1\",\"args\":[\"x\"],\"dir\":\"/\"}"))
	f.Add([]byte("i\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, said []byte) {
		ours, theirs := net.Pipe()
		go func() {
			_, _ = theirs.Write(said)
			_ = theirs.Close()
		}()
		defer ours.Close()
		for {
			_, payload, err := line{ours}.receive()
			if len(payload) > maxFrame {
				t.Fatalf("a frame of %d bytes", len(payload))
			}
			if err != nil {
				return
			}
		}
	})
}
