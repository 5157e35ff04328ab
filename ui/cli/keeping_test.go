package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

func (r *reader) library() string { return filepath.Join(r.home, "data", "broadsheet", "library.db") }

// damage zeroes the pages that hold a text, where the library is read, and gives
// the file as it is then.
func (r *reader) damage(text string) []byte {
	r.t.Helper()
	b, err := os.ReadFile(r.library())
	if err != nil {
		r.t.Fatal(err)
	}
	found := 0
	for at := 0; at < len(b); found++ {
		next := bytes.Index(b[at:], []byte(text))
		if next < 0 {
			break
		}
		page := (at + next) / 4096 * 4096
		clear(b[page : page+4096])
		at = page + 4096
	}
	if found == 0 {
		r.t.Fatalf("there is no %q in the library", text)
	}
	if err := os.WriteFile(r.library(), b, 0o600); err != nil {
		r.t.Fatal(err)
	}
	return b
}

func TestADamagedLibraryIsRepaired(t *testing.T) {
	r, n := subscribed(t)
	r.run(0, "", "mark", "saved", r.article("Storm closes").text("id"))
	broken := r.damage("Storm closes the port") // the page with the articles
	r.run(1, "", "check")
	if after, err := os.ReadFile(r.library()); err != nil || !bytes.Equal(after, broken) {
		t.Errorf("check changed the file: %v", err)
	}
	out := r.run(0, "", "check", "--repair")
	if !strings.Contains(out, "repaired") || !strings.Contains(out, "lost") || !strings.Contains(out, "library.db.damaged-2026-11-22") {
		t.Errorf("repair said %q", out)
	}
	if kept, err := os.ReadFile(r.library() + ".damaged-2026-11-22"); err != nil || !bytes.Equal(kept, broken) {
		t.Errorf("the damaged file is not kept as it was: %v", err)
	}
	r.run(0, "", "check")
	if len(lines(t, r.run(0, "", "feeds", "--json"))) == 0 { // they were in the same page
		r.run(0, n.opml(), "import", "-")
	}
	r.run(0, "", "refresh", "--force")
	if got := len(r.articles()); got != 9 {
		t.Errorf("%d articles after the refresh, want 9", got)
	}
	if a := r.article("Storm closes"); a["saved"] != true {
		t.Error("the article is no longer saved")
	}
	r.run(0, "", "check")
}

func TestALostLibraryKeepsItsMarksAndItsBackup(t *testing.T) {
	r, n := subscribed(t)
	r.run(0, "", "mark", "saved", r.article("Owls in").text("id"))
	if err := os.Remove(r.library()); err != nil {
		t.Fatal(err)
	}
	if _, said := r.try(1, "", "articles"); !strings.Contains(said, "--restore") {
		t.Errorf("it said %q", said)
	}
	r.run(0, n.opml(), "import", "-") // a new one all the same
	r.run(0, "", "refresh")
	if saved := r.articles("--saved"); len(saved) != 1 || !strings.Contains(saved[0].text("title"), "Owls in") {
		t.Errorf("saved are %v", saved)
	}
	if err := os.Remove(r.library()); err != nil {
		t.Fatal(err)
	}
	if out := r.run(0, "", "check", "--restore"); !strings.Contains(out, "library.db.backup-2026-11-22") {
		t.Errorf("restore said %q", out)
	}
	if saved := r.articles("--saved"); len(saved) != 1 || len(r.articles()) != 9 {
		t.Errorf("after the restore: %v of %d", saved, len(r.articles()))
	}
	r.run(0, "", "check", "--compact")
}

func TestBackupWhileTheReaderIsOpen(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(80, 24)
	s.until("Storm closes the port")
	r.run(0, "", "backup", "copy.db")
	_, said := r.try(1, "", "check", "--restore")
	if !strings.Contains(said, "open") {
		t.Errorf("going back to a backup while the reader is open said %q", said)
	}
	s.press("Q")
	s.wait()
	if got := len(lines(t, r.run(0, "", "articles", "--json", "--library", filepath.Join(r.home, "copy.db")))); got != 9 {
		t.Errorf("the copy holds %d articles, want 9", got)
	}
}

func TestAnEmptiedLibraryIsSaidAndPutBack(t *testing.T) {
	r, _ := subscribed(t)
	if err := os.Truncate(r.library(), 0); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"articles", "refresh", "check", "feeds"} {
		r.run(1, "", command)
	}
	if info, err := os.Stat(r.library()); err != nil || info.Size() != 0 {
		t.Errorf("the file was changed: %v, %v", info, err)
	}
	r.run(0, "", "check", "--repair")
	if got := len(r.articles()); got != 9 {
		t.Errorf("%d articles, want those of the backup", got)
	}
}

// Nothing is said to be saved, and nothing to be whole, where nothing could be read.
func TestARepairOfNothingSaysSo(t *testing.T) {
	r, _ := subscribed(t)
	backups, err := filepath.Glob(r.library() + ".backup-*")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range backups {
		if err := os.Remove(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(r.library(), 0); err != nil {
		t.Fatal(err)
	}
	out := r.run(0, "", "check", "--repair")
	if !strings.Contains(out, "Nothing could be read") || !strings.Contains(out, "Subscribe to your feeds again") || strings.Contains(out, "nothing lost") {
		t.Errorf("repair said %q", out)
	}
}

func TestTheReaderAsksWhatToDoWithADamagedLibrary(t *testing.T) {
	r, _ := subscribed(t)
	if err := os.WriteFile(r.library(), []byte("no library"), 0o600); err != nil {
		t.Fatal(err)
	}
	ask := func(answer string) string {
		t.Helper()
		c := r.command()
		tty, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			t.Fatal(err)
		}
		defer tty.Close()
		var said strings.Builder
		buf := make([]byte, 4096)
		for !strings.Contains(said.String(), "Which?") {
			n, err := tty.Read(buf)
			said.Write(buf[:n])
			if err != nil {
				t.Fatalf("it ended with %q", said.String())
			}
		}
		if _, err := tty.WriteString(answer + "\n"); err != nil {
			t.Fatal(err)
		}
		answered := false
		for {
			n, err := tty.Read(buf)
			said.Write(buf[:n])
			if err != nil {
				break
			}
			if !answered && strings.Contains(said.String(), "\x1b[?1049h") { // the screen is up
				answered = true
				if _, err := tty.WriteString("Q"); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = c.Wait()
		return said.String()
	}
	if said := ask("q"); !strings.Contains(said, "left as it is") {
		t.Errorf("it said %q", said)
	}
	if b, err := os.ReadFile(r.library()); err != nil || string(b) != "no library" {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if said := ask("b"); !strings.Contains(said, "backup of 22 November 2026") || !strings.Contains(said, "kept as library.db.damaged-2026-11-22") {
		t.Errorf("it said %q", said)
	}
	if got := len(r.articles()); got != 9 {
		t.Errorf("%d articles, want those of the backup", got)
	}
}
