package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// refused runs a command that has to fail with one sentence about a file.
func refused(t *testing.T, c *exec.Cmd, about string) {
	t.Helper()
	out, err := c.CombinedOutput()
	said := string(out)
	if c.ProcessState.ExitCode() != 1 || !strings.HasPrefix(said, "broadsheet: ") || strings.Count(said, "\n") != 1 || !strings.Contains(said, about) {
		t.Errorf("%v ended with %v and said %q", c.Args[1:], err, said)
	}
}

// Under a limit on the size of files, what cannot be stored is not said to be,
// and what was stored before is there.
func TestAFileThatMayNotGrow(t *testing.T) {
	p, r := newPresses(t), newReader(t)
	for i := range 3 {
		r.run(0, "", "add", fmt.Sprintf("%s/%d", p.URL, i))
	}
	had := len(r.articles())
	limited := func(kilobytes int, args ...string) *exec.Cmd {
		c := r.command(args...)
		shell := exec.Command("/bin/sh", append([]string{"-c", fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, kilobytes*2), r.bin}, args...)...)
		shell.Dir, shell.Env = c.Dir, c.Env
		return shell
	}
	info, err := os.Stat(r.library())
	if err != nil {
		t.Fatal(err)
	}
	refused(t, limited(int(info.Size()>>10), "import", writeFile(t, r, manyFeeds(20_000))), "library")
	refused(t, limited(16, "backup", filepath.Join(r.home, "copy.db")), "copy.db")
	refused(t, limited(0, "mark", "read", "1"), "library")
	if got := len(r.articles()); got != had {
		t.Errorf("%d articles, want %d", got, had)
	}
	r.run(0, "", "check")
	r.run(0, "", "mark", "read", "1")
	r.run(0, "", "refresh", "--force")
	r.run(0, "", "check")
}

// manyFeeds is an OPML file whose feeds take more than a library has spare.
func manyFeeds(n int) string {
	var b strings.Builder
	b.WriteString(`<opml version="2.0"><body>`)
	for i := range n {
		fmt.Fprintf(&b, `<outline type="rss" text="Feed %d" xmlUrl="https://example.org/%s/%d"/>`, i, strings.Repeat("x", 200), i)
	}
	return b.String() + `</body></opml>`
}

func writeFile(t *testing.T, r *reader, content string) string {
	t.Helper()
	path := filepath.Join(r.home, "file.opml")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// nobody has a command run without the rights that root has over files.
func (r *reader) nobody(args ...string) *exec.Cmd {
	c := r.command(args...)
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return c
}

// chmod sets the rights of a file, and gives it to the one who runs nobody.
func (r *reader) chmod(path string, mode os.FileMode) {
	r.t.Helper()
	if os.Getuid() == 0 {
		if err := os.Chown(path, 65534, 65534); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := os.Chmod(path, mode); err != nil {
		r.t.Fatal(err)
	}
}

func TestPlacesThatCannotBeWritten(t *testing.T) {
	r, _ := subscribed(t)
	r.bin = copyBinary(t, r)
	for dir := r.home; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Dir(r.library())
	r.chmod(filepath.Dir(dir), 0o755)
	r.chmod(dir, 0o755)
	for _, name := range []string{"", ".marks"} {
		r.chmod(r.library()+name, 0o600)
	}
	if out, err := r.nobody("mark", "read", "1").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}

	r.chmod(r.library(), 0o400)
	for _, args := range [][]string{{"mark", "read", "2"}, {"refresh", "--force"}, {"add", "http://127.0.0.1:1/"}} {
		refused(t, r.nobody(args...), r.library())
	}
	r.chmod(r.library(), 0o600)

	// In a directory that cannot be written the files that are there still can.
	r.chmod(dir, 0o555)
	if out, err := r.nobody("mark", "saved", "3").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	refused(t, r.nobody("backup", filepath.Join(dir, "copy.db")), "copy.db")
	refused(t, r.nobody("--library", filepath.Join(dir, "other.db"), "edition", "science"), "other.db")
	r.chmod(dir, 0o755)
	if err := os.Remove(r.library() + ".marks"); err != nil {
		t.Fatal(err)
	}
	r.chmod(dir, 0o555)
	refused(t, r.nobody("mark", "read", "4"), ".marks") // it could not be kept in both places
	r.chmod(dir, 0o755)

	refused(t, r.command("--library", filepath.Join(r.home, "nowhere", "library.db"), "articles"), "nowhere")
	want := map[string]string{"1": "read", "2": "", "3": "saved", "4": ""}
	for _, a := range r.articles() {
		if mark, ok := want[a.text("id")]; ok && (a["read"] != (mark == "read") || a["saved"] != (mark == "saved")) {
			t.Errorf("article %s is read: %v, saved: %v; want %q", a.text("id"), a["read"], a["saved"], mark)
		}
	}
	r.run(0, "", "check")
}

// copyBinary puts the program where everybody can run it.
func copyBinary(t *testing.T, r *reader) string {
	t.Helper()
	b, err := os.ReadFile(r.bin)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(r.home, "broadsheet")
	if err := os.WriteFile(path, b, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// A clock that goes back or forward by years loses nothing, and keeps no feed
// from being fetched when it is right again.
func TestAClockThatIsWrongByYears(t *testing.T) {
	p, r := newPresses(t), newReader(t)
	r.run(0, "", "add", p.URL+"/0")
	if err := os.MkdirAll(filepath.Join(r.home, "config", "broadsheet"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.home, "config", "broadsheet", "config.toml"), []byte("keep = \"30d\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	had := len(r.articles())
	for _, at := range []string{"2046-01-01T00:00:00Z", "2006-01-01T00:00:00Z", "1971-01-01T00:00:00Z", "2026-11-22T18:00:00Z"} {
		c := r.command("refresh", "--json")
		c.Env = append(c.Env, "BROADSHEET_NOW="+at)
		out, err := c.Output()
		if err != nil || !strings.Contains(string(out), `"ok":1`) {
			t.Errorf("at %s: %v, %s", at, err, out)
		}
		has := len(r.articles())
		if has != had+5 {
			t.Errorf("at %s there are %d articles, want %d", at, has, had+5)
		}
		had = has
		r.run(0, "", "check")
	}
}
