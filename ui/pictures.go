package ui

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/pictures"
	"broadsheet/ui/layout"
	"broadsheet/ui/picture"
	"broadsheet/ui/reader"
	"broadsheet/ui/settings"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// gallery is the pictures of the article in the article pane. After each message
// showPictures compares what is wanted with what was asked for, and asks for the
// rest, so that whatever changes the article, the pane or the looks need not
// know of pictures.
type gallery struct {
	terminal terminal
	hidden   bool                              // by the reader, with a key
	asked    recent[feeds.ArticleID, struct{}] // the articles whose pictures the reader asked for
	opened   feeds.ArticleID                   // the article that is read, not merely previewed
	hung     hanging                           // what the pictures there are were drawn for
	frames   map[string]frame                  // by address: those of the article
	drawn    recent[painting, hungOne]         // at hand for the next time
	nextID   int
	n        number
	stop     context.CancelFunc
}

// terminal is what the terminal can show of a picture.
type terminal struct {
	depth picture.Depth
	paper color.RGBA  // its background, if it told
	told  bool        // it did
	cell  image.Point // pixels of a cell
	kitty bool        // it draws pictures in the place of placeholders
}

// hanging is all that how pictures look depends on, and which.
type hanging struct {
	article feeds.ArticleID
	shown   bool
	room    picture.Room
	paint   picture.Paint
	kitty   bool
}

// painting is a picture as drawn in one way.
type painting struct {
	address string
	room    picture.Room
	paint   picture.Paint
	kitty   bool
}

// hungOne is a drawn picture; of one that the terminal holds, only its size.
type hungOne struct {
	grid  picture.Grid
	lines []string
}

// frame is how far a picture has come.
type frame struct {
	state reader.PictureState
	id    int  // in the terminal; 0 if it is not there
	final bool // it failed, and would again
}

const (
	keptPictures = 32 // drawn ones at hand: tens of kilobytes each
	keptAsked    = 1000
)

func newGallery() gallery {
	return gallery{
		terminal: terminal{cell: picture.UsualCell}, asked: newRecent[feeds.ArticleID, struct{}](keptAsked), frames: map[string]frame{},
		drawn: newRecent[painting, hungOne](keptPictures), nextID: picture.FirstID,
	}
}

// sees takes in what the terminal tells of how it shows pictures.
func (t *terminal) sees(msg tea.Msg) tea.Cmd {
	const largestCell = 256
	switch msg := msg.(type) {
	case tea.ColorProfileMsg:
		t.depth = picture.TooFew
		switch {
		case msg.Profile >= colorprofile.TrueColor:
			t.depth = picture.TrueColor
		case msg.Profile >= colorprofile.ANSI256:
			t.depth = picture.Indexed
		}
	case tea.BackgroundColorMsg:
		t.paper, t.told = solid(msg), true
	case tea.TerminalVersionMsg:
		if picture.Placeholders(msg.Name) {
			return tea.Raw(picture.Query())
		}
	case uv.KittyGraphicsEvent:
		t.kitty = t.kitty || picture.Answered(msg.Options.ID, msg.Payload)
	case uv.CellSizeEvent:
		if msg.Width > 0 && msg.Height > 0 && msg.Width < largestCell && msg.Height < largestCell {
			t.cell = image.Pt(msg.Width, msg.Height)
		}
	}
	return nil
}

// askTerminal asks what pictures can be shown in. Who does not answer gets half
// blocks.
func (a *App) askTerminal() tea.Cmd {
	if a.deps.Pictures == nil || a.deps.Settings.Pictures == settings.PicturesOff {
		return nil
	}
	const cellSize = "\x1b[16t"
	return tea.Batch(tea.RequestTerminalVersion, tea.Raw(cellSize))
}

// hanging is what the pictures should be like now.
func (a *App) hanging() hanging {
	g := &a.gallery
	item, open := a.reader.Article()
	columns, rows := a.reader.PictureRoom()
	if !open || a.picturesOff() || g.hidden || columns == 0 || !a.screen.Shows(layout.Article) {
		return hanging{}
	}
	h := hanging{
		shown: true, article: item.ID, kitty: g.terminal.kitty,
		room:  picture.Room{Columns: columns, Rows: rows, Cell: g.terminal.cell},
		paint: picture.Paint{Depth: g.terminal.depth, Paper: g.terminal.paper},
	}
	if ground, _ := a.looks.paper(a.th); ground != nil || !g.terminal.told {
		h.paint.Paper = solid(lipgloss.Color(a.th.Paper))
	}
	return h
}

// picturesOff reports whether no picture can be shown, whatever the reader does.
func (a *App) picturesOff() bool {
	return a.deps.Pictures == nil || a.deps.Settings.Pictures == settings.PicturesOff || a.gallery.terminal.depth == picture.TooFew
}

func solid(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff}
}

// mayFetch reports whether the network may be asked for the article's pictures:
// if the reader asked for them, or always does and has opened the article.
func (a *App) mayFetch() bool {
	g := &a.gallery
	_, asked := g.asked.get(g.hung.article)
	return asked || a.deps.Settings.Pictures == settings.PicturesAlways && g.opened == g.hung.article
}

// showPictures asks for the pictures that are to be seen and are not there yet.
func (a *App) showPictures() tea.Cmd {
	g := &a.gallery
	var cmds []tea.Cmd
	if now := a.hanging(); now != g.hung {
		cmds = append(cmds, a.takeDown())
		g.hung, g.n = now, a.asks.next(askPicture)
	}
	if !g.hung.shown {
		return tea.Batch(cmds...)
	}
	fetch := a.mayFetch()
	for _, address := range a.reader.Pictures() {
		f, known := g.frames[address]
		if !known || f.state == reader.PictureUnasked && fetch {
			cmds = append(cmds, a.hang(address, fetch))
		}
	}
	return tea.Batch(cmds...)
}

// hang shows a picture: at once if it is at hand, else when it comes.
func (a *App) hang(address string, fetch bool) tea.Cmd {
	g := &a.gallery
	at, held := g.drawn.get(g.hung.painting(address))
	if held && at.lines != nil {
		g.frames[address] = frame{state: reader.PictureDrawn}
		a.reader.SetPicture(address, at.show())
		return nil
	}
	g.frames[address] = frame{state: reader.PictureComing}
	if fetch || held {
		a.reader.SetPicture(address, reader.Picture{State: reader.PictureComing, Rows: at.grid.Rows})
	}
	ctx, cancel := context.WithCancel(context.Background())
	if before := g.stop; before != nil {
		g.stop = func() { before(); cancel() }
	} else {
		g.stop = cancel
	}
	job := pictureMsg{n: g.n, address: address}
	if g.hung.kitty {
		job.id = g.newID()
		g.frames[address] = frame{state: reader.PictureComing, id: job.id}
	}
	return drawPicture(ctx, a.deps.Pictures, g.hung, job, fetch)
}

func (h hanging) painting(address string) painting {
	return painting{address, h.room, h.paint, h.kitty}
}

func (d hungOne) show() reader.Picture {
	return reader.Picture{State: reader.PictureDrawn, Lines: d.lines, Columns: d.grid.Columns}
}

// newID is the next number for a picture in the terminal.
func (g *gallery) newID() int {
	id := g.nextID
	if g.nextID++; g.nextID > picture.LastID {
		g.nextID = picture.FirstID
	}
	return id
}

// takeDown stops what is being drawn, and has the terminal forget what it holds.
func (a *App) takeDown() tea.Cmd {
	g := &a.gallery
	if g.stop != nil {
		g.stop()
		g.stop = nil
	}
	send := g.forget()
	clear(g.frames)
	a.reader.ClearPictures()
	if send == "" {
		return nil
	}
	return tea.Raw(send)
}

// forget is what makes the terminal forget the article's pictures.
func (g *gallery) forget() string {
	var ids []int
	for _, f := range g.frames {
		if f.id != 0 && f.state == reader.PictureDrawn {
			ids = append(ids, f.id)
		}
	}
	slices.Sort(ids)
	return picture.Forget(ids...)
}

// tookPicture shows a picture, or says why it cannot be shown.
func (a *App) tookPicture(msg pictureMsg) tea.Cmd {
	if a.asks.stale(askPicture, msg.n) {
		return nil
	}
	g := &a.gallery
	switch {
	case msg.err == nil:
		g.frames[msg.address] = frame{state: reader.PictureDrawn, id: msg.id}
		one := hungOne{grid: msg.grid, lines: msg.lines}
		a.reader.SetPicture(msg.address, one.show())
		if msg.id != 0 {
			one.lines = nil // they are worth nothing once the terminal has forgotten it
		}
		g.drawn.put(g.hung.painting(msg.address), one)
		if msg.send != "" {
			return tea.Raw(msg.send)
		}
	case errors.Is(msg.err, pictures.ErrMissing) && !msg.fetched:
		g.frames[msg.address] = frame{state: reader.PictureUnasked}
		a.reader.SetPicture(msg.address, reader.Picture{State: reader.PictureUnasked})
	case errors.Is(msg.err, pictures.ErrTiny): // it counts readers, or parts paragraphs
		g.frames[msg.address] = frame{state: reader.PictureHidden, final: true}
		a.reader.SetPicture(msg.address, reader.Picture{})
	default:
		g.frames[msg.address] = frame{state: reader.PictureFailed, final: errors.Is(msg.err, pictures.ErrFormat) || errors.Is(msg.err, pictures.ErrTooLarge)}
		why := msg.err.Error()
		if errors.Is(msg.err, fetch.ErrOffline) {
			why = "there is no network." // on a train the address would say nothing more
		}
		a.reader.SetPicture(msg.address, reader.Picture{State: reader.PictureFailed, Why: why})
	}
	return nil
}

// togglePictures loads what is not here, or hides all, or shows them again.
func (a *App) togglePictures() tea.Cmd {
	g := &a.gallery
	if why := a.noPictures(); why != "" {
		a.status.Say(status.Info, why)
		return nil
	}
	item, _ := a.reader.Article()
	wanting := g.hidden
	for address, f := range g.frames {
		switch {
		case f.state == reader.PictureFailed && !f.final:
			delete(g.frames, address) // the network may be back
			wanting = true
		case f.state == reader.PictureUnasked:
			wanting = true
		}
	}
	if g.hidden = !wanting; g.hidden {
		a.status.Say(status.Info, "Pictures are hidden.")
		return nil
	}
	g.asked.put(item.ID, struct{}{})
	return nil
}

// noPictures says why the key can do nothing; "" if it can.
func (a *App) noPictures() string {
	_, open := a.reader.Article()
	columns, _ := a.reader.PictureRoom()
	switch {
	case !open || !a.screen.Shows(layout.Article):
		return "No article is open."
	case a.deps.Pictures == nil || a.deps.Settings.Pictures == settings.PicturesOff:
		return `Pictures are off; set pictures to "ask" in the settings to see them.`
	case a.gallery.terminal.depth == picture.TooFew:
		return "This terminal has too few colours for pictures."
	case len(a.reader.Pictures()) == 0:
		return "This article has no pictures."
	case columns == 0:
		return "The pane is too small for pictures; enlarge it or the window."
	}
	return ""
}
