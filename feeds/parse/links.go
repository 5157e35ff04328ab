package parse

import (
	"strings"

	"broadsheet/feeds"
	"broadsheet/feeds/parse/repair"
)

// attributes reads an element whose attributes hold all we want of it; the
// content of a media:content is read on, for what describes it.
func (n *reader) attributes(t repair.Token, f field, b base) {
	l := pageLink{}
	var length, play, medium, width string
	for _, a := range n.Attrs {
		if len(a.Value) > maxPlain {
			continue
		}
		to := (*string)(nil)
		switch repair.Lower(a.Name) {
		case "href", "url":
			to = &l.URL
		case "rel":
			to = &l.rel
		case "type":
			to = &l.Type
		case "title":
			to = &l.Title
		case "length", "filesize":
			to = &length
		case "duration":
			to = &play
		case "medium":
			to = &medium
		case "width":
			to = &width
		}
		if to != nil && *to == "" {
			*to = string(n.decode(a.Value))
		}
	}
	l.rel, l.Length, l.Play = strings.ToLower(l.rel), size(length), playTime(play)
	l.URL = b.resolve(strings.TrimSpace(l.URL))
	n.link(f, l, medium, size(width))
	if !t.Empty && f != fieldMedia {
		n.Inner(t)
	}
}

// link puts a link or file into the record.
func (n *reader) link(f field, l pageLink, medium string, width int64) {
	r := n.record()
	switch f {
	case fieldEnclosure:
		l.URL = enclosureAddress(l.URL)
		r.enclosures = add(r.enclosures, l.Enclosure)
	case fieldMedia:
		l.URL = cleanAddress(l.URL)
		if l.Type == "" && medium != "" {
			l.Type = medium + "/*"
		}
		r.media = add(r.media, l.Enclosure)
		if isPicture(l.Enclosure) && r.picture.better(width) {
			r.picture = picture{l.URL, width}
		}
	case fieldThumbnail:
		if l.URL = cleanAddress(l.URL); l.URL != "" && r.thumbnail.better(width) {
			r.thumbnail = picture{l.URL, width}
		}
	default:
		if l.rel == "enclosure" {
			l.URL = enclosureAddress(l.URL)
		}
		if l.URL != "" && len(r.links) < maxLinks {
			r.links = append(r.links, l)
		}
	}
}

func add(list []feeds.Enclosure, e feeds.Enclosure) []feeds.Enclosure {
	if e.URL == "" || len(list) >= maxEnclosures {
		return list
	}
	return append(list, e)
}

// location reads a <link>: Atom's, RSS's, or either in the other's feed.
func (n *reader) location(t repair.Token, b base) {
	if n.attr("href") != "" {
		n.attributes(t, fieldLink, b)
		return
	}
	rel := strings.ToLower(n.attr("rel"))
	l := pageLink{plain: true}
	l.URL = b.resolve(string(n.plain(n.inner(t))))
	if rel == "" || rel == "alternate" {
		n.link(fieldLink, l, "", 0)
	}
}
