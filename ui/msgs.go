package ui

import (
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/feeds/rank"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/compare"
	"broadsheet/ui/feedlist"
	"broadsheet/ui/headlines"
	"broadsheet/ui/history"
	"broadsheet/ui/markdown"
	"broadsheet/ui/picture"
	"broadsheet/ui/reader"

	tea "charm.land/bubbletea/v2"
)

// kind is a kind of request whose answers are numbered. Only the answer to the
// last request of its kind is used.
type kind uint8

const (
	askFeeds   kind = iota // subscriptions and counts
	askView                // a view's window of rows
	askMore                // rows at an edge of the window
	askJump                // the next unread article
	askArticle             // an article with its text
	askRelated             // what is related to it
	askPreview             // the cursor came to rest
	askStory               // a story, for a dialog
	askPicture             // the pictures of an article
	askGist                // the key sentences of the article
	askTold                // what of it was read before
	askEdits               // its versions, and what differs
	kinds
)

// number identifies a request among those of its kind.
type number uint64

// requests counts the requests.
type requests [kinds]number

// next is the number of a new request.
func (r *requests) next(k kind) number {
	r[k]++
	return r[k]
}

// stale reports whether a newer request of the kind was made.
func (r *requests) stale(k kind, n number) bool { return r[k] != n }

// feedsMsg brings the feed list.
type feedsMsg struct {
	n             number
	subscriptions []feeds.Subscription
	list          feedlist.Sorted
	totals        feedlist.Totals
	shown         feeds.View // the view that counts are of
	counts        feeds.Counts
	err           error
}

// rosterMsg brings who might carry a story.
type rosterMsg struct {
	roster *rank.Roster
	heard  voices
	err    error
}

// windowMsg brings a view's rows, in the place of those held.
type windowMsg struct {
	n      number
	view   feeds.View
	window window
	place  place
	since  int // marks made before it was read
	err    error
}

// moreMsg brings rows for an edge of the window.
type moreMsg struct {
	n     number
	rows  []headlines.Row
	back  bool
	since int  // marks made before it was read
	edge  bool // the view ends there
	err   error
}

// jumpMsg brings the next unread article; found is false if there is none.
type jumpMsg struct {
	n     number
	item  feeds.Item
	found bool
	open  bool // the reader is in the article pane: open it
	err   error
}

// articleMsg brings an article and the beginning of its text, or all of it.
type articleMsg struct {
	n     number
	texts loadedBody
	since int // marks made before it was read
	head  markdown.Rendered
	err   error

	bookmark feeds.Bookmark
}

// renderedMsg brings the whole of an article's text.
type renderedMsg struct {
	n    number
	id   feeds.ArticleID
	text markdown.Rendered
	err  error
}

// pictureMsg brings a picture as it is to be seen.
type pictureMsg struct {
	n       number
	address string
	id      int // its number in the terminal; 0 if it is not sent there
	grid    picture.Grid
	lines   []string
	send    string // to the terminal, before the lines mean anything
	fetched bool   // the network was asked
	err     error
}

// relatedMsg brings what is related to an article.
type relatedMsg struct {
	n       number
	id      feeds.ArticleID
	related relatedRows
	since   int // marks made before it was read
	err     error
}

// timelineMsg brings a story and who does not carry it.
type timelineMsg struct {
	n       number
	told    told
	missing rank.Missing
	since   int // marks made before it was read
	err     error
}

// compareMsg brings how outlets tell a story.
type compareMsg struct {
	n        number
	tellings []compare.Telling
	outlets  int // that tell the story, those not compared among them
	since    int // marks made before it was read
	err      error
}

// gistMsg brings the key sentences of a text.
type gistMsg struct {
	n    number
	id   feeds.ArticleID
	text string
	keys []markdown.Range
	of   int // sentences of the whole
}

// toldMsg brings what of an article was read before; nothing if no other article
// of its story was.
type toldMsg struct {
	n    number
	id   feeds.ArticleID
	told *reader.Told
	err  error
}

// digestMsg brings a story in sentences.
type digestMsg struct {
	n      number
	title  string
	quotes []gist.Said
	since  int // marks made before it was read
	err    error
}

// versionsMsg brings the versions of an article, the earliest first.
type versionsMsg struct {
	n        number
	item     feeds.Item
	versions []history.Version
	err      error
}

// changesMsg brings what one version changed of the one before.
type changesMsg struct {
	n       number
	step    int
	changes history.Changes
}

// markedMsg tells that a change of status is stored.
type markedMsg struct {
	mark    mark
	changed []feeds.ArticleID
	back    []feeds.StatusOf // what takes it back, of what was done to a story
	left    int              // articles of a whole view that were spared because they were never in sight
	err     error
}

// correctedMsg tells that a correction was carried out; without words there was
// nothing to correct.
type correctedMsg struct {
	correction
	err error
}

// subscribedMsg tells that feeds were added.
type subscribedMsg struct {
	added   []feeds.Feed
	leftOut []string // what of a file was not taken, in a sentence each
	err     error
}

// editionsMsg brings the editions to choose from.
type editionsMsg struct {
	editions []feeds.Edition
	err      error
}

// searchedMsg brings what a search has found since the one before.
type searchedMsg struct {
	run   *searchRun
	found []found
}

// wholeMsg brings what became of the page of an article, fetched or read anew.
type wholeMsg struct {
	id      feeds.ArticleID
	whole   feeds.Whole
	fetched bool // a person asked for it; else it is what the library has
	err     error
}

// shownMsg tells that the choice between an article's texts is stored.
type shownMsg struct {
	id  feeds.ArticleID
	err error
}

// alwaysMsg tells that it is stored whether feeds want whole texts always.
type alwaysMsg struct {
	text   string // to say then
	wanted bool
	err    error
}

// packMsg brings what a packing announced since the last one.
type packMsg struct {
	run    *packRun
	events []pages.Event
}

// packedMsg tells that a packing is over.
type packedMsg struct {
	run     *packRun
	summary pages.Summary
	err     error
}

// refreshMsg brings what a refresh announced since the last one.
type refreshMsg struct {
	run    *refreshRun
	events []feeds.Event
}

// refreshedMsg tells that a refresh is over.
type refreshedMsg struct {
	run     *refreshRun
	summary feeds.Summary
	news    news
	err     error
}

// settledMsg tells that the cursor has rested for a moment on what it asked for.
type settledMsg struct {
	n       number
	view    feeds.View      // to show; for the feed list
	article feeds.ArticleID // to preview; 0 if the view is meant
}

// watchMsg tells that it is time to see what else a refresh announced.
type watchMsg struct{ run *refreshRun }

// reloadMsg tells that it is time to show what a refresh brought.
type reloadMsg struct{}

// minuteMsg tells that ages must be drawn anew.
type minuteMsg time.Time

// stopMsg tells that the program is to stop for a while.
type stopMsg struct{}

// silentMsg tells that the terminal has had its time to answer.
type silentMsg struct{}

// outsideMsg tells that another program has changed the library.
type outsideMsg struct{}

// dueMsg tells that it is time to look for feeds that are due.
type dueMsg struct{}

// startedMsg tells that a program was started on an address.
type startedMsg struct {
	text string
	wait tea.Cmd // until it ends
}

// copiedMsg tells how a text came to the clipboard, besides by the terminal.
type copiedMsg struct {
	text string
	how  string // the program; "" if there is none
	deaf bool   // the terminal takes none
	err  error
}

// handedMsg brings an article to be handed to a command.
type handedMsg struct {
	command, text string
	err           error
}

// savedMsg tells what became of saving an article as a file.
type savedMsg struct {
	saves saves
	path  string // its whole path
	err   error
}

// saidMsg brings a sentence for the status line.
type saidMsg struct {
	text string
	err  error
}
