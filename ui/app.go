// Package ui is the screen: one model that routes messages and keys to panes,
// and acts on the intents they answer with.
//
//	err := ui.Run(ctx, ui.Deps{Library: library, Relater: engine, Refresher: refresher, …})
//	if errors.Is(err, ui.ErrDemo) { … } // the reader of an empty library chose the demo
//
// How it hangs together:
//
//	app.go      the model: what it is made of, and which function a message goes to
//	act.go      keys → actions → the focused pane → intents → what is done
//	views.go    the headlines: showing a view, its window of rows, jumps
//	reading.go  the article: opening, previews, the trail
//	pictures.go its pictures: which, how, and when they may be fetched
//	beside.go   the sidebar: what is related to the article
//	marks.go    read and saved: at once on the screen, in order into the library, undo
//	watch.go    stories followed and muted
//	story.go    dialogs upon a whole story: its timeline, its outlets compared
//	condense.go key sentences of an article or a story, and what of it is new
//	edited.go   how an article was edited
//	corrections.go  the reader's word on which articles tell one story
//	refresh.go  a refresh in the background; errand.go  how such work goes on
//	whole.go    the whole text of an article, from its page
//	pack.go     packing for a journey, and fetching whole texts after a refresh
//	looks.go    theme and measure
//	outside.go  what is handed on: to browser, player, clipboard, command, file
//	prompts.go  what is asked at the bottom: words to find, a command, a file; command.go an action by its name
//	screen.go   panes → one picture; overlay.go  a dialog upon it; frames.go  how soon that is seen; keyboard.go  how soon a key is heard
//	cmds.go     every side effect
//	msgs.go     every result of one, numbered
//	load.go     what the side effects read for the headlines and the sidebar
//
// Update does no I/O and does not block: what is slow is a command, and a
// command changes no state. An answer whose number is stale is dropped.
package ui

import (
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/feedlist"
	"broadsheet/ui/greeting"
	"broadsheet/ui/headlines"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
	"broadsheet/ui/reader"
	"broadsheet/ui/search"
	"broadsheet/ui/sidebar"
	"broadsheet/ui/status"
	"broadsheet/ui/theme"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// App is the model.
type App struct {
	deps     Deps
	bindings keys.Bindings
	looks    looks
	th       *theme.Theme
	press    *markdown.Press
	asks     requests

	feeds     *feedlist.Pane
	headlines *headlines.Pane
	reader    *reader.Pane
	sidebar   *sidebar.Pane
	search    *search.Pane
	status    *status.Line

	mode     mode
	dialog   pane.Pane      // over the panes; nil for none
	prompt   asked          // in the place of the status line
	greeting *greeting.Pane // in the mode greets

	focus  layout.Pane
	splits layout.Splits
	size   struct{ w, h int }
	screen layout.Screen
	paint  paint

	view        feeds.View // asked for; the headlines show it once its rows are here
	article     article
	gallery     gallery
	trail       trail
	marks       marks
	corrections corrections
	condense    condensing
	refresh     refreshing
	wholes      wholes
	finding     *searchRun // the last one; nil if there was none
	packing     packing
	counts      chore
	rows        chore
	roster      roster
	found       string        // what was last looked for in a text
	piped       string        // the command an article was last handed to
	savedIn     string        // the directory an article was last saved in
	articles    int           // in the library, as far as is known
	returns     feeds.StoryID // it comes back with the next rows, and the cursor goes to it; 0 for none
	quits       bool          // as soon as all marks are stored
	stops       bool          // as soon as the terminal has answered
	touched     bool          // a key was pressed: what is under the cursor may be being read

	wantsDemo bool // the reader of an empty library chose the demo
}

// mode is what the screen as a whole is doing.
type mode uint8

const (
	starts mode = iota // nothing is known yet
	reads
	greets // the library is empty
)

// chore is work of which one run is under way at a time; what is asked
// meanwhile is done once, after it.
type chore struct{ busy, again bool }

// begin reports whether to begin now.
func (c *chore) begin() bool {
	if c.busy {
		c.again = true
		return false
	}
	c.busy = true
	return true
}

// end reports whether to begin again.
func (c *chore) end() bool {
	again := c.again
	c.busy, c.again = false, false
	return again
}

// New makes the model.
func New(deps Deps) *App {
	if deps.Exec == nil {
		deps.Exec = tea.Exec
	}
	if deps.After == nil {
		deps.After = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	const renderedBytes = 8 << 20
	a := &App{deps: deps, looks: looks{wanted: deps.Settings.Theme, dark: true}, press: markdown.NewPress(renderedBytes), focus: layout.Headlines}
	a.th = a.looks.theme()
	a.bindings = bindingsOf(deps.Settings)
	a.feeds, a.headlines = feedlist.New(a.th), headlines.New(a.th)
	a.reader, a.sidebar = reader.New(a.th), sidebar.New(a.th)
	a.reader.SetKeys(a.bindings)
	a.reader.SetColumn(deps.Settings.Column)
	a.sidebar.SetKeys(a.bindings)
	a.search = search.New(a.th)
	a.status = status.New(a.th)
	switch {
	case deps.Demo:
		a.status.SetName("demo")
	case deps.Copy:
		a.status.SetName("copy")
		a.status.Say(status.Warning, "Another Broadsheet has the library open. This is a copy: what is marked here is not kept.")
	}
	a.article = newArticle()
	a.gallery = newGallery()
	a.tellTime()
	a.headlines.Show(a.view, a.feeds.Name(a.view))
	return a
}

// Init asks for what the first picture leaves out.
func (a *App) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, a.askTerminal(), a.loadFeeds(), a.loadView(a.view, wanted{place: toFirst}), a.nextMinute(), watchOutside(a.deps.Outside))
}

// Update takes in a message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := a.take(msg)
	return a, tea.Batch(cmd, a.showPictures())
}

// take sends a message to the function that knows it: here what the terminal
// says.
func (a *App) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a.deps.Leeway.Take()
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg.Content)
	case tea.MouseWheelMsg:
		a.deps.Leeway.Take()
		return a.wheel(msg.Mouse())
	case tea.MouseClickMsg:
		return a.click(msg.Mouse())
	case tea.WindowSizeMsg:
		return a.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.ModeReportMsg:
		return a.look(msg)
	case tea.TerminalVersionMsg, uv.KittyGraphicsEvent, uv.CellSizeEvent:
		return a.gallery.terminal.sees(msg)
	case uv.PrimaryDeviceAttributesEvent:
		return a.stopNow()
	}
	return a.takeAnswer(msg)
}

// takeAnswer is for what was asked of the library.
func (a *App) takeAnswer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case feedsMsg:
		return a.tookFeeds(msg)
	case windowMsg:
		return a.tookWindow(msg)
	case moreMsg:
		return a.tookMore(msg)
	case jumpMsg:
		return a.tookJump(msg)
	case articleMsg:
		return a.tookArticle(msg)
	case pictureMsg:
		return a.tookPicture(msg)
	case renderedMsg:
		return a.tookRendered(msg)
	case relatedMsg:
		return a.tookRelated(msg)
	case compareMsg:
		return a.tookCompare(msg)
	case timelineMsg:
		return a.tookTimeline(msg)
	case gistMsg:
		a.tookGist(msg)
	case rosterMsg:
		return a.tookRoster(msg)
	case toldMsg:
		a.tookTold(msg)
	case digestMsg:
		return a.tookDigest(msg)
	case versionsMsg:
		return a.tookVersions(msg)
	case changesMsg:
		return a.tookChanges(msg)
	case editionsMsg:
		return a.tookEditions(msg)
	case searchedMsg:
		return a.tookSearched(msg)
	default:
		return a.takeNews(msg)
	}
	return nil
}

// takeNews is for what was done, or is to be done, without the reader waiting
// for it.
func (a *App) takeNews(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case markedMsg:
		return a.tookMarked(msg)
	case correctedMsg:
		return a.tookCorrected(msg)
	case wholeMsg:
		return a.tookWhole(msg)
	case shownMsg:
		return a.tookShown(msg)
	case alwaysMsg:
		return a.tookAlways(msg)
	case packMsg:
		return a.tookPack(msg)
	case packedMsg:
		return a.tookPacked(msg)
	case refreshMsg:
		return a.tookRefresh(msg)
	case refreshedMsg:
		return a.tookRefreshed(msg)
	case settledMsg:
		return a.settled(msg)
	case watchMsg:
		return watchRefresh(msg.run)
	case reloadMsg:
		return a.reload()
	case stopMsg:
		return a.stopSoon()
	case silentMsg:
		return a.stopNow()
	case outsideMsg:
		a.article.related.clear()
		return tea.Batch(a.reloadSoon(), watchOutside(a.deps.Outside))
	case minuteMsg:
		a.tellTime()
		return tea.Batch(a.nextMinute(), a.keepPlace())
	case dueMsg:
		return tea.Batch(a.startRefresh(nil, false), a.nextDue())
	case subscribedMsg:
		return a.tookSubscribed(msg)
	case startedMsg:
		a.status.Say(status.Info, msg.text)
		return msg.wait
	case copiedMsg:
		a.tookCopied(msg)
	case handedMsg:
		return a.tookHanded(msg)
	case savedMsg:
		return a.tookSaved(msg)
	case saidMsg:
		a.said(msg)
	}
	return nil
}

// WantsDemo tells that the reader chose the demo.
func (a *App) WantsDemo() bool { return a.wantsDemo }

// panes are the panes by their places.
func (a *App) panes() [layout.Panes]pane.Pane {
	return [layout.Panes]pane.Pane{a.feeds, a.headlines, a.reader, a.sidebar}
}

// tellTime tells the panes what ages are counted to.
func (a *App) tellTime() {
	now := a.deps.Clock()
	a.headlines.SetNow(now)
	a.reader.SetNow(now)
}

// said shows a sentence on the status line.
func (a *App) said(msg saidMsg) {
	if msg.err != nil {
		a.fail(msg.err)
		return
	}
	a.status.Say(status.Info, msg.text)
}

// fail shows an error on the status line.
func (a *App) fail(err error) { a.status.Say(status.Error, err.Error()) }

// openDialog shows a pane over the others.
func (a *App) openDialog(d pane.Pane) tea.Cmd {
	a.dialog = d
	return a.arrange()
}

func (a *App) closeDialog() tea.Cmd {
	a.dialog = nil
	return a.arrange()
}
