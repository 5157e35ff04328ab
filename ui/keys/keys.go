// Package keys holds the bindings: which keys do what, and in which words.
// Help, hints and remapping all come from this one table.
//
//	bindings := keys.Default()
//	if err := bindings.Remap(map[string][]string{"down": {"j", "down", "ctrl+n"}}); err != nil { … }
//	action := bindings.Action(msg.String()) // keys.Down
package keys

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Action is what a key does. Panes are told actions, never keys.
type Action string

// Group gathers bindings under a heading in the help.
type Group string

const (
	Move    Group = "Move"
	Open    Group = "Read"
	Related Group = "Related stories"
	Mark    Group = "Mark"
	Program Group = "Program"
)

// The actions.
const (
	None Action = ""

	Down         Action = "down"
	Up           Action = "up"
	Top          Action = "top"
	Bottom       Action = "bottom"
	HalfDown     Action = "half-down"
	HalfUp       Action = "half-up"
	Left         Action = "left"
	Right        Action = "right"
	NextPane     Action = "next-pane"
	PreviousPane Action = "previous-pane"
	Pane1        Action = "pane-1"
	Pane2        Action = "pane-2"
	Pane3        Action = "pane-3"
	Pane4        Action = "pane-4"

	Enter           Action = "open"
	Back            Action = "back"
	Quit            Action = "quit"
	Suspend         Action = "suspend"
	PageDown        Action = "page-down"
	PageUp          Action = "page-up"
	NextUnread      Action = "next-unread"
	PreviousUnread  Action = "previous-unread"
	NextArticle     Action = "next-article"
	PreviousArticle Action = "previous-article"
	Browser         Action = "browser"
	CopyLink        Action = "copy-link"
	Links           Action = "links"
	Pipe            Action = "pipe"
	SaveFile        Action = "save-file"
	Gist            Action = "gist"
	New             Action = "only-new"
	Edits           Action = "edits"
	NextHeading     Action = "next-heading"
	PreviousHeading Action = "previous-heading"
	TableLeft       Action = "table-left"
	TableRight      Action = "table-right"
	FindText        Action = "find"
	WholeText       Action = "whole-text"
	NextHit         Action = "next-hit"
	PreviousHit     Action = "previous-hit"
	Pictures        Action = "pictures"

	NextRelated     Action = "next-related"
	PreviousRelated Action = "previous-related"
	TrailBack       Action = "trail-back"
	TrailForward    Action = "trail-forward"
	Why             Action = "why"
	Unfold          Action = "unfold"
	Timeline        Action = "timeline"
	Compare         Action = "compare"
	Join            Action = "join-story"
	TakeOut         Action = "leave-story"

	Save       Action = "save"
	ToggleRead Action = "toggle-read"
	MarkRead   Action = "mark-read"
	Follow     Action = "follow"
	Mute       Action = "mute"
	Undo       Action = "undo"

	Refresh     Action = "refresh"
	Pack        Action = "pack"
	AlwaysWhole Action = "always-whole"
	RefreshAll  Action = "refresh-all"
	Search      Action = "search"
	Filter      Action = "filter"
	Grow        Action = "grow"
	Shrink      Action = "shrink"
	Command     Action = "command"
	Help        Action = "help"
)

// Binding is one row of the table.
type Binding struct {
	Action Action
	Keys   []string // as bubbletea names them: "j", "ctrl+d", "shift+tab", "space"
	Does   string   // for the help: "next article"
	Hint   string   // one word for the status line; "" if it never shows there
	Group  Group
	Where  Context // where the keys do it; everywhere else they may do something else
}

// Context is a part of the screen in which a key may do something of its own.
type Context string

const (
	Anywhere  Context = ""
	InSidebar Context = "sidebar"
	InReader  Context = "reader"
	InFind    Context = "find" // in the reader, while hits are shown
)

// within is the larger context that one lies in.
func (c Context) within() Context {
	if c == InFind {
		return InReader
	}
	return Anywhere
}

// Bindings is the table in force. Its zero value binds nothing.
type Bindings struct {
	rows  []Binding
	byKey map[place]Action
}

// place is a key in a context.
type place struct {
	where Context
	key   string
}

// Default returns the bindings of the design.
func Default() Bindings {
	return build([]Binding{
		{Down, []string{"j", "down"}, "down", "", Move, Anywhere},
		{Up, []string{"k", "up"}, "up", "", Move, Anywhere},
		{Top, []string{"g", "home"}, "to the top", "", Move, Anywhere},
		{Bottom, []string{"G", "end"}, "to the bottom", "", Move, Anywhere},
		{HalfDown, []string{"ctrl+d"}, "half a page down", "", Move, Anywhere},
		{HalfUp, []string{"ctrl+u"}, "half a page up", "", Move, Anywhere},
		{Left, []string{"h", "left"}, "to the pane on the left", "", Move, Anywhere},
		{Right, []string{"l", "right"}, "to the pane on the right", "", Move, Anywhere},
		{NextPane, []string{"tab"}, "to the next pane", "pane", Move, Anywhere},
		{PreviousPane, []string{"shift+tab"}, "to the pane before", "", Move, Anywhere},
		{Pane1, []string{"1"}, "to the feeds", "", Move, Anywhere},
		{Pane2, []string{"2"}, "to the headlines", "", Move, Anywhere},
		{Pane3, []string{"3"}, "to the article", "", Move, Anywhere},
		{Pane4, []string{"4"}, "to the related stories", "", Move, Anywhere},

		{Enter, []string{"enter"}, "open", "open", Open, Anywhere},
		{Back, []string{"q", "esc"}, "back; from the feeds, quit", "back", Open, Anywhere},
		{PageDown, []string{"space", "pgdown"}, "a page down; fold a folder", "page", Open, Anywhere},
		{PageUp, []string{"b", "pgup"}, "a page up", "", Open, Anywhere},
		{NextUnread, []string{"n"}, "next unread article", "unread", Open, Anywhere},
		{PreviousUnread, []string{"p"}, "previous unread article", "", Open, Anywhere},
		{NextArticle, []string{"J"}, "next article", "", Open, Anywhere},
		{PreviousArticle, []string{"K"}, "previous article", "", Open, Anywhere},
		{Browser, []string{"o"}, "open in the browser", "browser", Open, Anywhere},
		{CopyLink, []string{"y"}, "copy the link", "", Open, Anywhere},
		{Links, []string{"u"}, "the article's links", "", Open, Anywhere},
		{Pipe, []string{"|"}, "give the article to a command", "", Open, Anywhere},
		{SaveFile, []string{"S"}, "save it as a file", "", Open, Anywhere},
		{Gist, []string{"i"}, "key sentences", "gist", Open, Anywhere},
		{New, []string{"v"}, "dim what is not new", "new", Open, Anywhere},
		{Edits, []string{"e"}, "what was changed in it", "edits", Open, Anywhere},
		{WholeText, []string{"t"}, "whole text, or the feed's own", "whole", Open, InReader},
		{FindText, []string{"/"}, "find in the article", "find", Open, InReader},
		{NextHit, []string{"n"}, "next hit, while finding", "next", Open, InFind},
		{PreviousHit, []string{"N"}, "previous hit", "previous", Open, InFind},
		{NextHeading, []string{"}"}, "next heading", "", Open, InReader},
		{PreviousHeading, []string{"{"}, "previous heading", "", Open, InReader},
		{Pictures, []string{"I"}, "load or hide pictures", "pictures", Open, Anywhere},
		{TableLeft, []string{"<"}, "a wide table to the left", "", Open, InReader},
		{TableRight, []string{">"}, "a wide table to the right", "", Open, InReader},

		{NextRelated, []string{"]"}, "next related article", "related", Related, Anywhere},
		{PreviousRelated, []string{"["}, "previous related article", "", Related, Anywhere},
		{TrailBack, []string{"H"}, "back along the trail", "trail", Related, Anywhere},
		{TrailForward, []string{"L"}, "forward along the trail", "", Related, Anywhere},
		{Why, []string{"w"}, "why it is related", "why", Related, Anywhere},
		{Unfold, []string{"space"}, "unfold, in related stories", "unfold", Related, InSidebar},
		{Timeline, []string{"t", "T"}, "who published what when", "story", Related, Anywhere},
		{Compare, []string{"c"}, "compare the outlets", "compare", Related, Anywhere},
		{Join, []string{"M"}, "join two stories", "", Related, Anywhere},
		{TakeOut, []string{"X"}, "take out of its story", "", Related, Anywhere},

		{Save, []string{"s"}, "save, or no longer", "save", Mark, Anywhere},
		{ToggleRead, []string{"N"}, "mark read or unread", "", Mark, Anywhere},
		{MarkRead, []string{"A"}, "mark all that is listed read", "", Mark, Anywhere},
		{Follow, []string{"f"}, "follow its story, or not", "follow", Mark, Anywhere},
		{Mute, []string{"x"}, "mute its story, or not", "mute", Mark, Anywhere},
		{Undo, []string{"z"}, "undo a mark or correction", "", Mark, Anywhere},

		{Refresh, []string{"r"}, "refresh this feed", "", Program, Anywhere},
		{RefreshAll, []string{"R"}, "refresh all; again to stop", "refresh", Program, Anywhere},
		{Pack, []string{"P"}, "pack for a journey, or stop", "pack", Program, Anywhere},
		{AlwaysWhole, []string{"W"}, "whole texts of a feed, always", "", Program, Anywhere},
		{Search, []string{"/"}, "search", "search", Program, Anywhere},
		{Filter, []string{"F"}, "only unread, or all", "filter", Program, Anywhere},
		{Grow, []string{"+", "="}, "enlarge the pane", "", Program, Anywhere},
		{Shrink, []string{"_", "-"}, "shrink the pane", "", Program, Anywhere},
		{Command, []string{":"}, "any action, by its name", "command", Program, Anywhere},
		{Help, []string{"?"}, "this help", "help", Program, Anywhere},
		{Suspend, []string{"ctrl+z"}, "back to the shell; fg returns", "", Program, Anywhere},
		{Quit, []string{"Q", "ctrl+c"}, "quit", "quit", Program, Anywhere},
	})
}

// Action is what key does anywhere; None if it does nothing.
func (b Bindings) Action(key string) Action { return b.byKey[place{Anywhere, key}] }

// ActionIn is what key does in a context: what it does there, or else in the
// larger one.
func (b Bindings) ActionIn(where Context, key string) Action {
	for ; where != Anywhere; where = where.within() {
		if a, ok := b.byKey[place{where, key}]; ok {
			return a
		}
	}
	return b.Action(key)
}

// Rows are all bindings, in the order of the help.
func (b Bindings) Rows() []Binding { return b.rows }

// Key is the key to name for an action in a hint; "" if it has none.
func (b Bindings) Key(a Action) string {
	for _, r := range b.rows {
		if r.Action == a && len(r.Keys) > 0 {
			return r.Keys[0]
		}
	}
	return ""
}

// KeyIn is Key in a context, where another action may have taken the first ones.
func (b Bindings) KeyIn(where Context, a Action) string {
	for _, r := range b.rows {
		if r.Action != a {
			continue
		}
		for _, k := range r.Keys {
			if b.ActionIn(where, k) == a {
				return k
			}
		}
	}
	return ""
}

// KeyWhileTyping is Key where printed keys are text.
func (b Bindings) KeyWhileTyping(a Action) string {
	for _, r := range b.rows {
		if r.Action != a {
			continue
		}
		for _, k := range r.Keys {
			if utf8.RuneCountInString(k) > 1 && k != "space" {
				return k
			}
		}
	}
	return ""
}

// Hint is the word for an action in a hint; "" if it never shows in one.
func (b Bindings) Hint(a Action) string {
	for _, r := range b.rows {
		if r.Action == a {
			return r.Hint
		}
	}
	return ""
}

// Remap replaces the keys of the named actions. A key given to one action is
// taken from the action that had it by default; a key given to two in one
// context is an error, and so is an action that does not exist or a key that
// none is called. A key that an action has anyway takes nothing from others.
func (b *Bindings) Remap(to map[string][]string) error {
	rows := slices.Clone(b.rows)
	given := map[place]string{}
	names := make([]string, 0, len(to))
	for name := range to {
		names = append(names, name)
	}
	sort.Strings(names)
	taken := map[place]bool{}
	for _, name := range names {
		i := slices.IndexFunc(rows, func(r Binding) bool { return string(r.Action) == name })
		if i < 0 {
			return fmt.Errorf("there is no action %q to bind keys to; the actions are %s", name, actionNames(rows))
		}
		for _, key := range to[name] {
			if err := check(key); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			at := place{rows[i].Where, key}
			if other, ok := given[at]; ok && other != name {
				return fmt.Errorf("the key %q is given to both %q and %q; give it to one", key, other, name)
			}
			given[at] = name
			if !slices.Contains(rows[i].Keys, key) {
				taken[at] = true
			}
		}
	}
	for i, r := range rows {
		if ks, ok := to[string(r.Action)]; ok {
			rows[i].Keys = nil
			for _, k := range ks {
				if !slices.Contains(rows[i].Keys, k) {
					rows[i].Keys = append(rows[i].Keys, k)
				}
			}
			continue
		}
		rows[i].Keys = slices.DeleteFunc(slices.Clone(r.Keys), func(k string) bool {
			_, mine := given[place{r.Where, k}]
			return mine || taken[place{Anywhere, k}]
		})
	}
	made := build(rows)
	if made.Key(Quit) == "" {
		return fmt.Errorf("no key is left for %q; keep a way to quit", Quit)
	}
	*b = made
	return nil
}

func build(rows []Binding) Bindings {
	b := Bindings{rows: rows, byKey: map[place]Action{}}
	for _, r := range rows {
		for _, k := range r.Keys {
			b.byKey[place{r.Where, k}] = r.Action
		}
	}
	return b
}

func actionNames(rows []Binding) string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = string(r.Action)
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}
