package refresh

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/parse"
)

// maxEntries is how many articles of one document are taken in. The longest
// feeds in use, of podcasts that list all they ever made, have three or four
// thousand; a server that lists a hundred thousand would keep everything else
// waiting while they are related.
const maxEntries = 5000

// newestOf leaves out what is too much: the end of a document, or its beginning
// where the oldest comes first.
func newestOf(list []parse.Entry, missing string) (newest []parse.Entry, nowMissing string) {
	n := len(list)
	if n <= maxEntries {
		return list, missing
	}
	if first, last := list[0].Published, list[n-1].Published; !first.IsZero() && first.Before(last) {
		list = list[n-maxEntries:]
	} else {
		list = list[:maxEntries]
	}
	return slices.Clone(list), fmt.Sprintf("more than %d items, of which the newest count", maxEntries)
}

// entries cleans a document's entries and gives each its identity. Entries
// that turn out to be the same are given once, the first one. Ids that are
// loose, made anew for every look, are no identity.
func entries(d parse.Document, base string, loose bool) []feeds.Entry {
	vague := vagueIn(d.Entries, base, loose)
	seen := make(map[string]bool, len(d.Entries))
	out := make([]feeds.Entry, 0, len(d.Entries))
	for i := range d.Entries {
		if says := &d.Entries[i]; says.ID == "" && says.Link == "" && says.Title == "" && says.Summary == "" && says.Content == "" {
			continue
		}
		e := entry(&d.Entries[i], base)
		if e.Language == "" {
			e.Language = language(d.Language)
		}
		e.Key = identity(&d.Entries[i], &e, vague)
		if !seen[e.Key] {
			seen[e.Key] = true
			out = append(out, e)
		}
	}
	return out
}

func entry(p *parse.Entry, base string) feeds.Entry {
	if p.Base != "" {
		base = p.Base
	}
	e := feeds.Entry{
		Title:     clean.Title(p.Title),
		Author:    clean.Line(p.Author),
		Published: p.Published,
		Updated:   p.Updated,
		Language:  language(p.Language),
		Body:      body(p, base),
	}
	e.URL, _ = clean.URL(p.Link, base)
	e.Excerpt = excerpt(p, e.Body.Text, base)
	e.Words = clean.Words(e.Body.Text)
	e.Complete = feeds.Complete(e.Body.Text, e.Words)
	for _, m := range p.Enclosures {
		if url, ok := clean.URL(m.URL, base); ok {
			m.URL, m.Type, m.Title = url, clean.Line(m.Type), clean.Line(m.Title)
			e.Enclosures = append(e.Enclosures, m)
		}
	}
	return e
}

// body is the content, or the summary where that is all there is.
func body(p *parse.Entry, base string) feeds.Body {
	if strings.TrimSpace(p.Content) != "" {
		if b := clean.HTML(p.Content, base); b.Markdown != "" {
			return b
		}
	}
	return clean.HTML(p.Summary, base)
}

// excerpt is the publisher's own summary if there is one beside the content,
// else the beginning of the text.
func excerpt(p *parse.Entry, text, base string) string {
	if p.Summary != "" && p.Content != "" {
		if e := clean.Excerpt(clean.HTML(p.Summary, base).Text); e != "" {
			return e
		}
	}
	return clean.Excerpt(text)
}

// language is a BCP 47 tag in its usual writing, "" for what is none.
func language(tag string) string {
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	parts := strings.Split(tag, "-")
	for i, p := range parts {
		if len(p) == 0 || len(p) > 8 || strings.Trim(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			return ""
		}
		switch {
		case i > 0 && len(p) == 2:
			parts[i] = strings.ToUpper(p)
		case i > 0 && len(p) == 4:
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	if len(parts[0]) > 3 {
		return ""
	}
	return strings.Join(parts, "-")
}

// vague are the ids and links of a document that name nothing, because it
// gives them to entries that differ.
type vague struct {
	ids, links map[string]bool
}

// crowd is how many titles or dates make an id or a link vague. Two may be one
// article listed twice, before and after it was changed.
const crowd = 3

func vagueIn(list []parse.Entry, base string, loose bool) vague {
	v := vague{map[string]bool{}, map[string]bool{}}
	crowd := crowd
	if loose {
		crowd = 2 // no id would tell two articles with one link apart
	}
	linkOf := map[string]string{}
	idUses, linkUses := map[string][]string{}, map[string][]string{}
	add := func(uses map[string][]string, key, use string) int {
		if key != "" && !slices.Contains(uses[key], use) && len(uses[key]) < crowd {
			uses[key] = append(uses[key], use)
		}
		return len(uses[key])
	}
	for _, e := range list {
		id := strings.TrimSpace(e.ID)
		link, _ := clean.URL(e.Link, base)
		use := e.Published.String() + e.Title
		before, seen := linkOf[id]
		linkOf[id] = link
		if id != "" && (loose || seen && before != link || add(idUses, id, use) == crowd) {
			v.ids[id] = true
		}
		if link != "" && add(linkUses, link, use) == crowd {
			v.links[link] = true
		}
	}
	return v
}

// identity is the article's key within its feed: its id, else its link, else a
// hash of its content. The prefix keeps the three apart.
func identity(p *parse.Entry, e *feeds.Entry, vague vague) string {
	id := strings.TrimSpace(p.ID)
	if id != "" && !vague.ids[id] && !isLinkWithCounter(id, e.URL) {
		return "id:" + id
	}
	if e.URL != "" && !vague.links[e.URL] {
		return "link:" + e.URL
	}
	h := fnv.New128a()
	h.Write([]byte(e.Title + "\x00" + e.Body.Text))
	return "content:" + string(h.Sum(nil))
}

// isLinkWithCounter recognises ids like https://…/articles/c123#4: the link
// with a number that some publishers count up whenever they touch the article,
// which would make it a new one each time.
func isLinkWithCounter(id, link string) bool {
	before, counter, found := strings.Cut(id, "#")
	if !found || link == "" {
		return false
	}
	if _, err := strconv.Atoi(counter); err != nil {
		return false
	}
	url, ok := clean.URL(before, "")
	return ok && url == link
}
