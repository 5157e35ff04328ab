package ui

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/elsewhere"
	"broadsheet/ui/export"
	"broadsheet/ui/prompt"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// soon is how long a program must run for its end not to be the reader's
// concern: one that fails so soon has not opened anything.
const soon = 10 * time.Second

// browse opens the current article's page.
func (a *App) browse() tea.Cmd {
	item, ok := a.current()
	switch {
	case !ok:
		return nil
	case item.URL == "":
		a.status.Say(status.Warning, "This article has no address to open.")
		return nil
	}
	return a.openURL(item.URL)
}

// openURL opens an address in the browser; one that draws on the terminal gets
// it while it runs.
func (a *App) openURL(address string) tea.Cmd {
	command, exec := a.deps.Settings.Browser, a.deps.Exec
	return func() tea.Msg {
		command := elsewhere.Browser(command)
		if !elsewhere.NeedsTerminal(command) {
			return open("browser", command, address, "Opened in the browser: ")
		}
		cmd, err := elsewhere.Command(command, address)
		if err != nil {
			return saidMsg{err: err}
		}
		return exec(elsewhere.Terminal{Cmd: cmd}, func(err error) tea.Msg {
			if err != nil {
				err = otherwise("browser", fmt.Errorf("%q failed: %w", command[0], err))
			}
			return saidMsg{err: err}
		})()
	}
}

// play opens an audio or video file in the player.
func (a *App) play(address string) tea.Cmd {
	command := a.deps.Settings.Player
	if len(command) == 0 {
		a.status.Say(status.Warning, `No player is set: name one in the settings, such as player = ["mpv", "--force-window"]. The browser opens it too.`)
		return nil
	}
	return func() tea.Msg {
		return open("player", command, address, "Playing from ")
	}
}

// open starts a program on an address; kind is what it is, and which setting
// names it.
func open(kind string, command []string, address, done string) tea.Msg {
	wait, err := elsewhere.Open(command, address)
	if errors.Is(err, elsewhere.ErrScheme) {
		return saidMsg{err: err}
	}
	if err != nil {
		return saidMsg{err: otherwise(kind, err)}
	}
	begun := time.Now()
	return startedMsg{text: done + host(address), wait: func() tea.Msg {
		if err := wait(); err != nil && time.Since(begun) < soon {
			return saidMsg{err: otherwise(kind, err)}
		}
		return nil
	}}
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// otherwise says what to do about a program that failed.
func otherwise(kind string, err error) error {
	return fmt.Errorf("the %s %w; name another with %s in the settings", kind, err, kind)
}

// copyLink copies the current article's address: by the terminal, which gives
// no answer, and by a program if there is one.
func (a *App) copyLink() tea.Cmd {
	item, ok := a.current()
	switch {
	case !ok:
		return nil
	case item.URL == "":
		a.status.Say(status.Warning, "This article has no address to copy.")
		return nil
	}
	return tea.Batch(tea.SetClipboard(item.URL), func() tea.Msg {
		how, err := elsewhere.Copy(context.Background(), item.URL)
		return copiedMsg{text: item.URL, how: how, deaf: elsewhere.Deaf(), err: err}
	})
}

func (a *App) tookCopied(msg copiedMsg) {
	switch {
	case msg.how != "":
		a.status.Say(status.Info, "Copied with "+msg.how+": "+msg.text)
	case msg.deaf && msg.err != nil:
		a.status.Say(status.Error, fmt.Sprintf("This terminal takes no text for the clipboard, and %v: %s", msg.err, msg.text))
	case msg.deaf:
		a.status.Say(status.Warning, "Not copied: this terminal takes no text for the clipboard, and there is no wl-copy, xclip, xsel or pbcopy: "+msg.text)
	case msg.err != nil:
		a.status.Say(status.Warning, fmt.Sprintf("Copied through the terminal, if it allows that (OSC 52); %v: %s", msg.err, msg.text))
	default:
		a.status.Say(status.Info, "Copied through the terminal, if it allows that (OSC 52): "+msg.text)
	}
}

// body is how to come by an article's text in a command: the one shown, else
// the library's.
func (a *App) body(id feeds.ArticleID) func() (feeds.Body, error) {
	if a.article.id == id && a.article.loaded {
		shown := a.article.body
		return func() (feeds.Body, error) { return shown, nil }
	}
	library := a.deps.Library
	return func() (feeds.Body, error) { return pages.Shown(library, id) }
}

// pipes is the job of handing an article to a command.
type pipes struct{ item feeds.Item }

// askPipe asks which command to hand the current article to.
func (a *App) askPipe() tea.Cmd {
	item, ok := a.current()
	if !ok {
		return nil
	}
	return a.ask(prompt.New(a.th, "Give the article to the command", a.piped), pipes{item})
}

func (pipes) typed(*App, string) tea.Cmd { return nil }
func (pipes) left(*App)                  {}

func (p pipes) entered(a *App, command string) tea.Cmd {
	command = strings.TrimSpace(command)
	if command == "" {
		return nil
	}
	a.piped = command
	body, zone := a.body(p.item.ID), a.deps.Clock().Location()
	return func() tea.Msg {
		text, err := body()
		return handedMsg{command: command, text: export.Markdown(p.item, text, zone), err: err}
	}
}

func (a *App) tookHanded(msg handedMsg) tea.Cmd {
	if msg.err != nil {
		a.fail(msg.err)
		return nil
	}
	return a.deps.Exec(&elsewhere.Pipe{Command: msg.command, Input: msg.text}, func(err error) tea.Msg {
		return saidMsg{err: err}
	})
}

// saves is the job of saving an article as a file.
type saves struct {
	item feeds.Item
	path string
}

// askSave asks where to save the current article. Relative names are those of
// the directory the program was started in.
func (a *App) askSave() tea.Cmd {
	item, ok := a.current()
	if !ok {
		return nil
	}
	offered := filepath.Join(a.savedIn, export.FileName(item, ".md"))
	p := prompt.NewPath(a.th, "Save as", offered)
	p.SetNote(".md, .html or .txt")
	return a.ask(p, saves{item: item})
}

func (saves) typed(*App, string) tea.Cmd { return nil }
func (saves) left(*App)                  {}

func (s saves) entered(a *App, path string) tea.Cmd {
	if s.path = strings.TrimSpace(path); s.path == "" {
		return nil
	}
	return a.saveFile(s, false)
}

func (a *App) saveFile(s saves, over bool) tea.Cmd {
	body, zone := a.body(s.item.ID), a.deps.Clock().Location()
	return func() tea.Msg {
		msg := savedMsg{saves: s}
		text, err := body()
		if err != nil {
			msg.err = err
			return msg
		}
		whole, err := export.As(s.path, s.item, text, zone)
		if err == nil {
			msg.path, err = elsewhere.Save(s.path, whole, over)
		}
		msg.err = err
		return msg
	}
}

func (a *App) tookSaved(msg savedMsg) tea.Cmd {
	switch {
	case errors.Is(msg.err, elsewhere.ErrExists):
		return a.ask(prompt.New(a.th, "Write over it, y or n? "+filepath.Base(msg.path), ""), overwrites(msg.saves))
	case msg.err != nil:
		a.fail(msg.err)
	default:
		a.savedIn = filepath.Dir(msg.saves.path)
		a.status.Say(status.Info, "Saved as "+msg.path)
	}
	return nil
}

// overwrites is the job of asking before a file is written over.
type overwrites saves

func (overwrites) typed(*App, string) tea.Cmd { return nil }

func (o overwrites) entered(a *App, answer string) tea.Cmd {
	if answer := strings.ToLower(strings.TrimSpace(answer)); answer != "y" && answer != "yes" {
		o.left(a)
		return nil
	}
	return a.saveFile(saves(o), true)
}

func (overwrites) left(a *App) { a.status.Say(status.Info, "The file was left as it was.") }
