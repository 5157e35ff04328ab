package reader

import (
	"slices"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/markdown"
)

// Pictures stand above the words that describe them, which are there with or
// without them. The pane says which pictures there are and how much room each
// has; whoever can load and draw them says what became of each:
//
//	for _, address := range p.Pictures() {
//		p.SetPicture(address, reader.Picture{State: reader.PictureDrawn, Lines: lines, Columns: 72})
//	}

// Picture is what is known of one of the article's pictures. The zero value is
// one of which nothing is shown.
type Picture struct {
	State   PictureState
	Lines   []string // drawn, each Columns wide
	Columns int
	Rows    int    // of one that is coming: how many to keep free for it
	Why     string // of one that failed: a sentence
}

// PictureState is how far a picture has come.
type PictureState uint8

const (
	PictureHidden  PictureState = iota
	PictureUnasked              // it must be asked for, because loading it tells its server
	PictureComing
	PictureDrawn
	PictureFailed
)

const (
	maxPictures  = 24 // of one article
	leastColumns = 36 // of a text with pictures in it
	leastRows    = 8  // of a pane
	sentenceRows = 3
	firstBlocks  = 3 // a picture in them leads the article
)

// PictureRoom is the most columns and rows a picture may take, none where the
// pane is too small for pictures: a picture is seen as a whole, with some text.
func (p *Pane) PictureRoom() (columns, rows int) {
	_, columns = p.column()
	if columns < leastColumns || p.height < leastRows {
		return 0, 0
	}
	return columns, p.height * 3 / 5
}

// Pictures are the addresses of the article's pictures, as far as its text is
// here: the one that leads it, then those in the text.
func (p *Pane) Pictures() []string { return p.pictures.addresses }

// SetPicture says what became of a picture. The place of reading stays.
func (p *Pane) SetPicture(address string, picture Picture) {
	if p.pictures.known == nil {
		p.pictures.known = map[string]Picture{}
	}
	p.pictures.known[address] = picture
	p.relayout()
}

// ClearPictures takes all pictures off.
func (p *Pane) ClearPictures() {
	if len(p.pictures.known) > 0 {
		clear(p.pictures.known)
		p.relayout()
	}
}

// gallery is the pictures of the open article.
type gallery struct {
	known     map[string]Picture // by address
	addresses []string
	lead      feeds.Enclosure // shown before the text; none if its URL is ""
}

// placed is a picture at its place in the text.
type placed struct {
	address string
	before  int // the line it stands before
}

// findPictures notes which pictures the article has.
func (p *Pane) findPictures() []placed {
	g := &p.pictures
	g.addresses, g.lead = g.addresses[:0], feeds.Enclosure{}
	if p.state != shown && p.state != missing {
		return nil
	}
	places := inBlocks(&p.page.body)
	for _, at := range places {
		g.addresses = append(g.addresses, at.address)
	}
	if lead, ok := p.item.Lead(g.addresses); ok && !leads(&p.page.body, places) {
		g.lead = lead
		places = slices.Insert(places, 0, placed{lead.URL, 0})
		g.addresses = slices.Insert(g.addresses, 0, lead.URL)
	}
	n := min(len(places), maxPictures)
	g.addresses = g.addresses[:n]
	return places[:n]
}

// inBlocks are the pictures of a text, each before the block that its words
// stand in. One that comes twice is shown the first time.
func inBlocks(body *markdown.Rendered) []placed {
	var places []placed
	seen := map[string]bool{}
	block, last := 0, 0
	for _, l := range body.Links {
		if !l.Picture || seen[l.URL] {
			continue
		}
		seen[l.URL] = true
		for block < len(body.Blocks)-1 && body.Blocks[block+1].Line <= l.Line {
			block++
		}
		at := placed{address: l.URL, before: l.Line}
		if block < len(body.Blocks) && body.Blocks[block].Line <= l.Line {
			at.before = body.Blocks[block].Line
		}
		at.before = max(at.before, last) // a table's numbers need not stand in order
		last = at.before
		places = append(places, at)
	}
	return places
}

// leads reports whether the text begins with a picture of its own.
func leads(body *markdown.Rendered, places []placed) bool {
	if len(places) == 0 {
		return false
	}
	return len(body.Blocks) <= firstBlocks || places[0].before < body.Blocks[firstBlocks].Line
}

// layPictures puts the pictures and what is said of them between the lines.
func (p *Pane) layPictures(margin, column int) {
	places := p.findPictures()
	hinted := false
	for i, at := range places {
		picture := p.pictures.known[at.address]
		var rows []string
		switch picture.State {
		case PictureUnasked:
			if !hinted {
				rows = p.sentence(margin, column, p.pictureHint(places[i:]))
			}
			hinted = true
		case PictureComing:
			rows = p.sentence(margin, column, "The picture is loading …")
			for range picture.Rows - len(rows) {
				rows = append(rows, p.blank())
			}
		case PictureDrawn:
			for _, l := range picture.Lines {
				rows = append(rows, p.aligned(margin, l, picture.Columns))
			}
		case PictureFailed:
			rows = p.sentence(margin, column, "Not shown: "+picture.Why)
		}
		if len(rows) == 0 {
			continue
		}
		if at.address == p.pictures.lead.URL {
			rows = append(rows, p.leadCaption(margin, column, picture)...)
		}
		p.page.asides = append(p.page.asides, aside{before: at.before, rows: rows})
	}
}

// pictureHint says how to see the pictures that must be asked for.
func (p *Pane) pictureHint(places []placed) string {
	n := 0
	for _, at := range places {
		if p.pictures.known[at.address].State == PictureUnasked {
			n++
		}
	}
	key := p.keys.Key(keys.Pictures)
	switch {
	case key == "":
		return ""
	case n == 1:
		return keys.Name(key) + " loads the picture."
	}
	return keys.Name(key) + " loads " + number(n) + " pictures."
}

// leadCaption is what stands under the picture that leads the article: words of
// the text do not describe it.
func (p *Pane) leadCaption(margin, column int, picture Picture) []string {
	var rows []string
	if title := cells.Fold(p.pictures.lead.Title); title != "" {
		for _, l := range cells.Wrap(p.th.Measure, title, column, 2) {
			rows = append(rows, p.row(margin, p.th.Muted.Render(l)))
		}
	} else if picture.State == PictureFailed {
		rows = append(rows, p.row(margin, p.th.Muted.Render("Picture")))
	}
	return append(rows, p.blank())
}

func (p *Pane) sentence(margin, column int, text string) []string {
	var rows []string
	for _, l := range cells.Wrap(p.th.Measure, cells.Fold(text), column, sentenceRows) {
		rows = append(rows, p.row(margin, p.th.Muted.Render(l)))
	}
	return rows
}

// aligned is row for a text whose width is known: a picture's line is long, and
// measuring it is not free.
func (p *Pane) aligned(margin int, text string, columns int) string {
	if margin+columns > p.width {
		return p.row(margin, text)
	}
	return cells.Spaces(margin) + text + cells.Spaces(p.width-margin-columns)
}
