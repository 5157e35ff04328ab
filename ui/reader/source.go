package reader

import (
	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
)

// Source says which of an article's texts is shown, and what is known of the
// whole one. Set it before the text it is about.
type Source struct {
	State  feeds.WholeState
	Page   bool   // the text shown is the page's, not the feed's own
	Busy   bool   // the page is being fetched
	Reason string // why its page gave no text, in a sentence
}

// SetSource tells what is known of the whole text of the article that is open.
func (p *Pane) SetSource(id feeds.ArticleID, s Source) {
	if p.state == nothing || p.item.ID != id || p.source == s {
		return
	}
	s.Reason = cells.Fold(s.Reason)
	p.source = s
	p.relayout()
}

// provenance is the sentence over a text that says where it comes from, if that
// needs saying.
func (p *Pane) provenance() styled {
	s, key := p.source, p.keys.Key(keys.WholeText)
	back := func(text, what string) string {
		if key == "" {
			return text + "."
		}
		return text + "; " + keys.Name(key) + " " + what + "."
	}
	kept := s.State == feeds.WholeHere || s.State == feeds.WholeStale
	switch {
	case s.Busy:
		return styled{p.th.Muted, "The page is being fetched for the whole text …"}
	case s.Page && s.State == feeds.WholeStale:
		return styled{p.th.Warning, back("Whole text, from the page as it was before the article was edited", "shows the feed’s own")}
	case s.Page:
		return styled{p.th.Muted, back("Whole text, from the page", "shows the feed’s own")}
	case kept:
		return styled{p.th.Muted, back("The feed’s own text", "shows the whole text")}
	case s.State == feeds.WholeInFeed && s.Reason != "":
		return styled{p.th.Muted, "The feed gave the whole text; its page has no more."}
	case s.Reason != "":
		return styled{p.th.Warning, s.Reason}
	}
	return styled{}
}
