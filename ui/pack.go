package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/settings"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// packing is what the screen knows of packing.
type packing struct {
	run *packRun // nil when none is under way
}

// packRun is a packing under way, or a quiet one after a refresh.
type packRun struct {
	*errand[pages.Event]
	request pages.Request
	quiet   bool
}

// pack packs what is unread of the view, or stops packing.
func (a *App) pack() tea.Cmd {
	if r := a.packing.run; r != nil && !r.quiet {
		r.cancel()
		a.status.Say(status.Info, "Stopping to pack …")
		return nil
	}
	if a.focus == layout.Article || a.focus == layout.Related {
		if item, ok := a.reader.Article(); ok {
			return a.startPack(pages.Request{Articles: []feeds.ArticleID{item.ID}, Related: true})
		}
	}
	if a.view.Kind == feeds.ViewMuted {
		q := pages.Request{Articles: []feeds.ArticleID{}, Related: true}
		for _, r := range a.headlines.Rows() {
			q.Articles = append(q.Articles, r.Item.ID)
		}
		return a.startPack(q)
	}
	return a.startPack(pages.Request{View: a.view, Related: true})
}

// startPack packs; what is fetched quietly has to wait.
func (a *App) startPack(q pages.Request) tea.Cmd {
	if a.deps.Copy {
		a.status.Say(status.Info, "This is a copy; pack in the Broadsheet that has the library open, or with broadsheet pack.")
		return nil
	}
	if r := a.packing.run; r != nil {
		if !r.quiet {
			a.status.Say(status.Info, "Packing is under way already; "+keys.Name(a.bindings.Key(keys.Pack))+" stops it.")
			return nil
		}
		r.cancel()
	}
	q.Pictures = a.deps.Settings.Pictures == settings.PicturesAlways
	q.MaxBytes = a.deps.Settings.Pack
	run := &packRun{newErrand[pages.Event](), q, false}
	a.packing.run = run
	a.status.Task(status.Packing, "packing …")
	return tea.Batch(runPack(a.deps.Pages, run), watchPack(run))
}

// prefetch quietly fetches the whole texts of feeds that want them always.
func (a *App) prefetch() tea.Cmd {
	if a.packing.run != nil || a.deps.Copy {
		return nil
	}
	run := &packRun{errand: newErrand[pages.Event](), quiet: true}
	a.packing.run = run
	return tea.Batch(runPack(a.deps.Pages, run), watchPack(run))
}

// runPack packs until it is done or stopped.
func runPack(fetcher Pages, run *packRun) tea.Cmd {
	return func() (msg tea.Msg) {
		run.run(func() {
			var sum pages.Summary
			var err error
			if run.quiet {
				sum, err = fetcher.Prefetch(run.ctx, run.announce)
			} else {
				sum, err = fetcher.Pack(run.ctx, run.request, run.announce)
			}
			if errors.Is(err, context.Canceled) {
				err, sum.Stopped = nil, true
			}
			msg = packedMsg{run: run, summary: sum, err: err}
		})
		return msg
	}
}

// watchPack waits for what a packing announces.
func watchPack(run *packRun) tea.Cmd {
	return func() tea.Msg {
		if events := run.take(); len(events) > 0 {
			return packMsg{run: run, events: events}
		}
		return nil
	}
}

// tookPack shows the progress of a packing, and marks what it brought.
func (a *App) tookPack(msg packMsg) tea.Cmd {
	cmds := []tea.Cmd{watchPack(msg.run)}
	for _, e := range msg.events {
		if e.Kind == pages.EventArticle {
			cmds = append(cmds, a.arrived(e.Outcome))
		}
		if msg.run == a.packing.run {
			a.status.Task(status.Packing, packed(e, msg.run.quiet))
		}
	}
	return tea.Batch(cmds...)
}

// arrived takes in that an article's page was looked at.
func (a *App) arrived(o pages.Outcome) tea.Cmd {
	if o.Status == pages.Skipped {
		return nil
	}
	if _, held := a.article.bodies.get(o.Article); held || a.article.id == o.Article {
		return a.readWhole(o.Article)
	}
	if o.State.Offline() {
		a.markWhole(o.Article, o.State)
	}
	return nil
}

// packed is the progress of a packing in a few words.
func packed(e pages.Event, quiet bool) string {
	what := "packing"
	switch {
	case e.Kind == pages.EventEnded:
		return ""
	case e.Kind == pages.EventPictures:
		what = "packing pictures"
	case quiet:
		what = "whole texts"
	}
	return fmt.Sprintf("%s %d/%d · %s", what, e.Done, e.Total, pages.Size(e.Bytes))
}

// tookPacked tells how a packing ended.
func (a *App) tookPacked(msg packedMsg) tea.Cmd {
	if msg.run != a.packing.run {
		return nil // it had to make room
	}
	a.packing.run = nil
	a.status.Task(status.Packing, "")
	switch {
	case msg.err != nil:
		a.fail(msg.err)
	case msg.run.quiet:
	case msg.summary.Offline:
		a.status.Say(status.Warning, "There is no network, so nothing could be packed; what is marked ≡ can be read.")
	default:
		a.status.Say(status.Info, packedAll(msg.summary))
	}
	return nil
}

// packedAll is the outcome of a packing in a sentence or two.
func packedAll(s pages.Summary) string {
	if s.Articles == 0 && !s.Stopped {
		return "Nothing here is unread, so there is nothing to pack."
	}
	text := fmt.Sprintf("%d of %d articles can be read in full offline", s.Readable(), s.Articles)
	if s.Stopped {
		text = "Stopped: " + text
	}
	var rest []string
	if s.None > 0 {
		rest = append(rest, fmt.Sprintf("of %d the page gives no whole text", s.None))
	}
	if n := s.Failed + s.Skipped; n > 0 {
		rest = append(rest, fmt.Sprintf("%d could not be fetched now", n))
	}
	if s.Full {
		rest = append(rest, "the size limit was reached")
	}
	if len(rest) > 0 {
		text += "; " + strings.Join(rest, ", ")
	}
	return text + "."
}

// sentenceOf is an error as a sentence of its own.
func sentenceOf(err error) string {
	text := err.Error()
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
