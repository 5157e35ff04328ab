package elsewhere

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// program makes a program of a shell script and puts it before all others.
func program(t *testing.T, name, script string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnAddressIsOneArgument(t *testing.T) {
	out := filepath.Join(t.TempDir(), "args")
	browser := program(t, "browser", `printf '<%s>' "$@" >`+out)
	const address = "https://example.org/a?b=$(touch%20x)&c=;rm -rf ~#'\""
	for _, c := range []struct {
		command []string
		want    string
	}{
		{[]string{browser}, "<https://example.org/a?b=$(touch%20x)&c=;rm -rf ~#%27%22>"},
		{[]string{browser, "--new-tab"}, "<--new-tab><https://example.org/a?b=$(touch%20x)&c=;rm -rf ~#%27%22>"},
		{[]string{browser, "%s", "x"}, "<https://example.org/a?b=$(touch%20x)&c=;rm -rf ~#%27%22><x>"},
		{[]string{browser, "-u=%s"}, "<-u=%s><https://example.org/a?b=$(touch%20x)&c=;rm -rf ~#%27%22>"},
	} {
		wait, err := Open(c.command, address)
		if err != nil {
			t.Fatal(err)
		}
		if err := wait(); err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(read(t, out), "%20", " "); got != strings.ReplaceAll(c.want, "%20", " ") {
			t.Errorf("%q gave the arguments %s, want %s", c.command, got, c.want)
		}
	}
}

func TestWhatIsHandedToABrowser(t *testing.T) {
	for raw, want := range map[string]string{
		"https://me:secret@example.org/a?b#c": "https://example.org/a?b#c",
		"https://bank.example@evil.example/":  "https://evil.example/",
		"https://\u0430pple.example/":         "https://xn--pple-43d.example/",
		"HTTPS://Example.ORG:443/A":           "https://example.org/A",
		"https://example.org/--help":          "https://example.org/--help",
		"http://[::1]:8080/":                  "http://[::1]:8080/",
	} {
		c, err := Command([]string{"browser"}, raw)
		if err != nil || len(c.Args) != 2 || c.Args[1] != want {
			t.Errorf("%q gives %q, %v; want %q", raw, c, err, want)
		}
	}
}

func TestOnlyWebAddressesAreOpened(t *testing.T) {
	for _, raw := range []string{"javascript:alert(1)", "file:///etc/passwd", "--help", "-x", "", "example.org", "http:", "https://", "mailto:a@example.org", "ftp://example.org", "\x1b[2J", "-https://example.org/",
		" https://example.org/", "data:text/html,x", "JavaScript:alert(1)", "https:-x", "https://-x@/", "https:///x", "https://exa mple.org/", "view-source:https://example.org/", "https://example.org\n--help", "vbscript:x", "//example.org/"} {
		if _, err := Open([]string{"true"}, raw); !errors.Is(err, ErrScheme) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestAProgramThatFailsIsSaid(t *testing.T) {
	if _, err := Open([]string{"/nonexistent/browser"}, "https://example.org"); err == nil || err.Error() != `"/nonexistent/browser" cannot be started: no such file or directory` {
		t.Errorf("not there: %v", err)
	}
	broken := program(t, "broken", "exit 3")
	wait, err := Open([]string{broken}, "https://example.org")
	if err != nil {
		t.Fatal(err)
	}
	if err := wait(); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("it failed, and the error is %v", err)
	}
}

func TestBrowserOfTheEnvironment(t *testing.T) {
	program(t, "second", "")
	for named, want := range map[string][]string{
		"nosuchbrowser:second --tab %s": {"second", "--tab", "%s"}, "second": {"second"}, "": {"xdg-open"}, " : ": {"xdg-open"}, "nosuchbrowser": {"xdg-open"},
	} {
		t.Setenv("BROWSER", named)
		got := Browser(nil)
		if want[0] == "xdg-open" && got[0] == "open" {
			continue // of another system
		}
		if !slices.Equal(got, want) {
			t.Errorf("BROWSER=%q gives %q, want %q", named, got, want)
		}
	}
	if got := Browser([]string{"mine"}); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("the setting gives %q", got)
	}
	if !NeedsTerminal([]string{"/usr/bin/w3m"}) || NeedsTerminal([]string{"firefox"}) {
		t.Error("w3m draws on the terminal, and firefox does not")
	}
}

func TestCopyTakesTheProgramThatIsThere(t *testing.T) {
	for _, name := range []string{"WAYLAND_DISPLAY", "DISPLAY"} {
		t.Setenv(name, "")
	}
	if how, err := Copy(t.Context(), "x"); how == "wl-copy" || how == "xclip" || err != nil {
		t.Errorf("without a display: %q, %v", how, err)
	}
	t.Setenv("DISPLAY", ":0")
	out := filepath.Join(t.TempDir(), "clipboard")
	program(t, "xclip", "cat >"+out)
	if how, err := Copy(t.Context(), "https://example.org/ä"); how != "xclip" || err != nil {
		t.Errorf("with xclip: %q, %v", how, err)
	}
	if got := read(t, out); got != "https://example.org/ä" {
		t.Errorf("copied %q", got)
	}
	t.Setenv("WAYLAND_DISPLAY", "wayland-0")
	program(t, "wl-copy", "exit 1")
	if how, err := Copy(t.Context(), "x"); how != "" || err == nil {
		t.Errorf("a program that fails: %q, %v", how, err)
	}
}

func TestPipeGivesTheTextToTheCommandAndWaits(t *testing.T) {
	t.Setenv("SHELL", "/bin/sh")
	var out strings.Builder
	in := strings.NewReader("typed\nmore")
	p := &Pipe{Command: "tr a-z A-Z; echo error >&2", Input: "a $(touch x) `b` 'c'\n"}
	p.SetStdin(in)
	p.SetStdout(&out)
	p.SetStderr(&out)
	if err := p.Run(); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.HasPrefix(got, "A $(TOUCH X) `B` 'C'\nerror\n") || !strings.Contains(got, "Enter goes back") {
		t.Errorf("on the terminal: %q", got)
	}
	if in.Len() != len("more") {
		t.Errorf("%d bytes of what was typed are left", in.Len())
	}
	p = &Pipe{Command: "exit 7", Input: strings.Repeat("long ", 100_000)}
	p.SetStdin(strings.NewReader(""))
	p.SetStdout(&out)
	if err := p.Run(); err == nil || !strings.Contains(err.Error(), `"exit 7" failed: exit status 7`) {
		t.Errorf("a command that fails: %v", err)
	}
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	full, err := Save("~/vote.md", "first", false)
	if err != nil || full != filepath.Join(dir, "vote.md") || read(t, full) != "first" {
		t.Fatalf("saved %q: %v", full, err)
	}
	if again, err := Save(full, "second", false); !errors.Is(err, ErrExists) || again != full || read(t, full) != "first" {
		t.Errorf("a file that is there: %q, %v, and holds %q", again, err, read(t, full))
	}
	if err := os.Chmod(full, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Save(full, "second", true); err != nil || read(t, full) != "second" {
		t.Errorf("written over: %v, and holds %q", err, read(t, full))
	}
	if info, err := os.Stat(full); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its rights are %v (%v)", info.Mode(), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("files are left behind: %v, %v", left, err)
	}
	link := filepath.Join(dir, "link.md")
	if err := os.Symlink(filepath.Join(dir, "nowhere.md"), link); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "none", "a.md"): "there is no directory " + filepath.Join(dir, "none"),
		dir:                                "is a directory",
		filepath.Join(full, "a.md"):        "there is no directory",
		os.DevNull:                         "is no ordinary file",
		link:                               ErrExists.Error(),
	} {
		if _, err := Save(path, "x", false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it to say %s", path, err, want)
		}
	}
}
