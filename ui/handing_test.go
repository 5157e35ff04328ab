package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnArticleIsGivenToACommand(t *testing.T) {
	t.Setenv("SHELL", "/bin/sh")
	out := filepath.Join(t.TempDir(), "out")
	d := uitest.New(t, uitest.Deps(one("It is **closed** `$(touch x)`.")), 100, 24)
	d.Press("|")
	d.Type("cat >" + out + "; echo done")
	d.Press("enter")
	if got := contents(t, out); !strings.HasPrefix(got, "# The bridge\n\nWire · ") || !strings.HasSuffix(got, "\nIt is **closed** `$(touch x)`.\n") {
		t.Errorf("the command was given %q", got)
	}
	if got := d.Terminal.String(); !strings.HasPrefix(got, "done\n") {
		t.Errorf("on the terminal %q", got)
	}
	d.Press("enter", "|", "enter") // the last command is offered
	if got := strings.Count(d.Terminal.String(), "done\n"); got != 2 {
		t.Errorf("it ran %d times", got)
	}
	d.Press("|", "esc")
	if got := strings.Count(d.Terminal.String(), "done\n"); got != 2 {
		t.Error("it ran although the reader left the prompt")
	}
	d.Press("|")
	d.Type("exit 3")
	d.Press("enter")
	d.Contains(`"exit 3" failed: exit status 3`)
}

func TestAnArticleIsSavedAsAFile(t *testing.T) {
	dir := t.TempDir()
	d := uitest.New(t, uitest.Deps(one("It is **closed**.")), 160, 24)
	d.Press("S")
	if got := d.Status(); !strings.HasPrefix(got, " Save as: The-bridge.md▏") {
		t.Errorf("the prompt is %q", got)
	}
	d.Press("ctrl+u")
	d.Type(filepath.Join(dir, "vote.md"))
	d.Press("enter")
	d.Contains("Saved as " + filepath.Join(dir, "vote.md"))
	if got := contents(t, filepath.Join(dir, "vote.md")); !strings.Contains(got, "It is **closed**.") {
		t.Errorf("saved: %q", got)
	}
	d.Press("S", "ctrl+w") // the directory is offered again
	d.Type("vote.html")
	d.Press("enter")
	if got := contents(t, filepath.Join(dir, "vote.html")); !strings.Contains(got, "<strong>closed</strong>") {
		t.Errorf("saved: %q", got)
	}

	if err := os.WriteFile(filepath.Join(dir, "mine.md"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"n", "", "no"} {
		d.Press("S", "ctrl+w")
		d.Type("mine.md")
		d.Press("enter")
		d.Contains("Write over it, y or n? mine.md:")
		d.Type(answer)
		d.Press("enter")
		d.Contains("left as it was")
	}
	if got := contents(t, filepath.Join(dir, "mine.md")); got != "mine" {
		t.Errorf("without leave it is %q", got)
	}
	d.Press("S", "ctrl+w")
	d.Type("mine.md")
	d.Press("enter")
	d.Type("y")
	d.Press("enter")
	d.Contains("Saved as")
	if got := contents(t, filepath.Join(dir, "mine.md")); !strings.Contains(got, "closed") {
		t.Errorf("with leave it is %q", got)
	}
	d.Press("S", "ctrl+w")
	d.Type("none/a.md")
	d.Press("enter")
	d.Contains("there is no directory")
}

// However long the name: what is asked is there to read.
func TestTheQuestionIsWholeWhateverTheName(t *testing.T) {
	name := filepath.Join(t.TempDir(), strings.Repeat("bridge-", 20)+".md")
	if err := os.WriteFile(name, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{40, 80, 120} {
		d := uitest.New(t, uitest.Deps(one("It is **closed**.")), width, 24)
		d.Press("S", "ctrl+u")
		d.Type(name)
		d.Press("enter")
		if got := d.Status(); !strings.HasPrefix(got, " Write over it, y or n? b") || !strings.Contains(got, "…: ▏") {
			t.Errorf("%d columns: %q", width, got)
		}
	}
}

func TestCopyingSaysHow(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	for name, value := range map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "", "TERM": "xterm", "TERM_PROGRAM": ""} {
		t.Setenv(name, value)
	}
	d := uitest.New(t, uitest.Deps(one("Text.")), 160, 24)
	d.Press("y")
	d.Contains("Copied through the terminal, if it allows that (OSC 52): https://wire.example/bridge")
	if d.Clipboard != "https://wire.example/bridge" {
		t.Errorf("the terminal was given %q", d.Clipboard)
	}
	t.Setenv("TERM", "linux")
	d.Press("y")
	d.Contains("Not copied: this terminal takes no text for the clipboard, and there is no wl-copy, xclip")
	if err := os.WriteFile(filepath.Join(bin, "xclip"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.Press("y")
	d.Contains("Copied with xclip: https://wire.example/bridge")
}

func TestMediaFilesAreListedAndPlayed(t *testing.T) {
	l := one("Listen.", feeds.Enclosure{URL: "https://wire.example/e.mp3?x=$(id)", Type: "audio/mpeg", Play: 34 * time.Minute, Length: 12_345_678, Title: "Episode 3"},
		feeds.Enclosure{URL: "https://wire.example/v.mp4", Play: 95 * time.Minute}, feeds.Enclosure{URL: "https://wire.example/report.pdf", Type: "application/pdf"})
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Contains("▶ Audio, 34 min, 12 MB: Episode 3", "▶ Recording, 1 h 35 min: v.mp4", "File: report.pdf", "u lists what can be opened.")
	d.Press("enter", "u", "1")
	d.Contains("No player is set: name one in the settings")

	played, browsed := filepath.Join(t.TempDir(), "played"), filepath.Join(t.TempDir(), "browsed")
	script := func(out string) []string { return []string{"sh", "-c", `printf %s "$1" >` + out, "sh"} }
	deps := uitest.Deps(l)
	deps.Settings.Player, deps.Settings.Browser = script(played), script(browsed)
	d = uitest.New(t, deps, 120, 30)
	d.Press("enter", "u", "1")
	d.Contains("Playing from wire.example")
	if got := contents(t, played); got != "https://wire.example/e.mp3?x=$(id)" {
		t.Errorf("the player was given %q", got)
	}
	d.Press("u", "3")
	if got := contents(t, browsed); got != "https://wire.example/report.pdf" {
		t.Errorf("the browser was given %q", got)
	}
	d.Press("u", "o") // the browser takes a recording too
	if got := contents(t, browsed); got != "https://wire.example/e.mp3?x=$(id)" {
		t.Errorf("the browser was given %q", got)
	}
	deps.Settings.Player = []string{"false"}
	d = uitest.New(t, deps, 140, 30)
	d.Press("enter", "u", "2")
	d.Contains(`the player "false" failed: exit status 1; name another with player in the settings`)
}
