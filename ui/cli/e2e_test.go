package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	// What the binary is built from: go test, which does not see it being
	// built, would otherwise take an old result for a new one.
	_ "broadsheet/store"
	_ "broadsheet/ui/cli"
)

// newsroom serves the feeds of testdata on loopback, each in the encoding it
// declares, with validators.
type newsroom struct {
	*httptest.Server
	notModified atomic.Int32
	broken      atomic.Bool // the courier answers 500
}

var encodings = map[string]encoding.Encoding{
	"vestnik.rss.xml": charmap.Windows1251,
	"minato.rss.xml":  japanese.ShiftJIS,
	"cronica.rss.xml": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
}

var feedFiles = []string{"harbour.rss.xml", "courier.atom.xml", "bulletin.rdf.xml", "notes.json", "vestnik.rss.xml", "minato.rss.xml", "cronica.rss.xml"}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	n := &newsroom{}
	mux := http.NewServeMux()
	for _, name := range feedFiles {
		body, err := os.ReadFile(filepath.Join("testdata", "feeds", name))
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := encodings[name]; ok {
			if body, err = e.NewEncoder().Bytes(body); err != nil {
				t.Fatal(err)
			}
		}
		mux.HandleFunc("/"+name, func(w http.ResponseWriter, r *http.Request) {
			if name == "courier.atom.xml" && n.broken.Load() {
				http.Error(w, "no", http.StatusInternalServerError)
				return
			}
			tag := fmt.Sprintf("%q", name)
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				n.notModified.Add(1)
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Type", "application/xml")
			_, _ = w.Write(body)
		})
	}
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><title>Gazette</title><link rel="alternate" type="application/rss+xml" href="/harbour.rss.xml"><p>Hello`)
	})
	mux.HandleFunc("/plain", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><title>Nothing here</title><p>No feed</p>`)
	})
	mux.HandleFunc("/text", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "just words") })
	n.Server = httptest.NewServer(mux)
	t.Cleanup(n.Close)
	return n
}

// opml lists the newsroom's feeds.
func (n *newsroom) opml() string {
	var b strings.Builder
	b.WriteString(`<opml version="2.0"><body><outline text="Coast">`)
	for _, name := range feedFiles {
		fmt.Fprintf(&b, `<outline type="rss" text="" xmlUrl="%s/%s"/>`, n.URL, name)
	}
	b.WriteString(`</outline></body></opml>`)
	return b.String()
}

var (
	buildOnce sync.Once
	built     string
	buildErr  error
)

// TestMain removes the binary that the tests share.
func TestMain(m *testing.M) {
	status := m.Run()
	if built != "" {
		os.RemoveAll(filepath.Dir(built))
	}
	os.Exit(status)
}

// binary builds the program once.
func binary(t *testing.T) string {
	t.Helper()
	buildOnce.Do(func() {
		dir, err := os.MkdirTemp("", "broadsheet-test-")
		if err != nil {
			buildErr = err
			return
		}
		built = filepath.Join(dir, "broadsheet")
		out, err := exec.Command("go", "build", "-o", built, "broadsheet").CombinedOutput()
		if err != nil {
			buildErr = fmt.Errorf("%w: %s", err, out)
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return built
}

// reader is one person's machine: a home with nothing in it.
type reader struct {
	t    *testing.T
	bin  string
	home string
}

func newReader(t *testing.T) *reader { return &reader{t, binary(t), t.TempDir()} }

const now = "2026-11-22T12:00:00Z"

func (r *reader) command(args ...string) *exec.Cmd {
	c := exec.Command(r.bin, args...)
	c.Dir = r.home
	c.Env = []string{
		"HOME=" + r.home, "XDG_DATA_HOME=" + filepath.Join(r.home, "data"), "XDG_CONFIG_HOME=" + filepath.Join(r.home, "config"),
		"TMPDIR=" + r.home, "BROADSHEET_NOW=" + now, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "TZ=UTC",
	}
	return c
}

// run runs a command and returns its output; its standard error must be one
// sentence if it fails, and empty if it does not.
func (r *reader) run(status int, stdin string, args ...string) string {
	r.t.Helper()
	out, said := r.try(status, stdin, args...)
	switch {
	case status == 0 && said != "":
		r.t.Errorf("broadsheet %s said %q", strings.Join(args, " "), said)
	case status != 0 && (!strings.HasPrefix(said, "broadsheet: ") || strings.Count(said, "\n") != 1):
		r.t.Errorf("broadsheet %s said %q, want one sentence on one line", strings.Join(args, " "), said)
	}
	return out
}

func (r *reader) try(status int, stdin string, args ...string) (out, said string) {
	r.t.Helper()
	c := r.command(args...)
	c.Stdin = strings.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if got := c.ProcessState.ExitCode(); got != status {
		r.t.Fatalf("broadsheet %s ended with %d (%v), want %d\n%s%s", strings.Join(args, " "), got, err, status, stdout.String(), stderr.String())
	}
	return stdout.String(), stderr.String()
}

// object is one line of JSON.
type object map[string]any

func (o object) text(key string) string { s, _ := o[key].(string); return s }

// keys of the object, sorted, with a space between.
func (o object) keys() string {
	return strings.Join(slices.Sorted(maps.Keys(o)), " ")
}

// lines reads JSON Lines.
func lines(t *testing.T, out string) []object {
	t.Helper()
	var list []object
	for line := range strings.Lines(out) {
		var o object
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		list = append(list, o)
	}
	return list
}
