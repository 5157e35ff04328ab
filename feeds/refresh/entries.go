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

// entries cleans a document's entries and gives each its identity, but leaves
// out those whose imprints are known. Entries that turn out to be the same are
// given once, the first one. Ids that are loose, made anew for every look, are
// no identity.
func (got *reading) entries(d parse.Document, base string, known []feeds.Imprint) {
	loose := got.subscription.LooseIDs
	vague := vagueIn(d.Entries, base, loose)
	seen := make(map[string]bool, len(d.Entries))
	m, spoken := newMint(d.Language, loose), language(d.Language)
	if len(known) == 0 {
		got.fetched.Entries = make([]feeds.Entry, 0, len(d.Entries))
	}
	got.fetched.Imprints = make([]feeds.Imprint, 0, len(d.Entries))
	for i := range d.Entries {
		says := &d.Entries[i]
		if says.ID == "" && says.Link == "" && says.Title == "" && says.Summary == "" && says.Content == "" {
			continue
		}
		from := firstOf(says.Base, base)
		link, _ := clean.URL(says.Link, from)
		key := name(says.ID, link, vague)
		if key != "" {
			if seen[key] {
				continue
			}
			seen[key] = true
			imprint := m.strike(says, key, from)
			got.fetched.Imprints = append(got.fetched.Imprints, imprint)
			if isKnown(imprint, known) {
				got.fetched.Same++
				continue
			}
		}
		e := entry(says, from)
		e.URL = link
		if e.Language == "" {
			e.Language = spoken
		}
		if e.Key = key; key == "" {
			e.Key = contentKey(&e)
			if seen[e.Key] {
				continue
			}
			seen[e.Key] = true
		}
		got.fetched.Entries = append(got.fetched.Entries, e)
	}
}

func entry(p *parse.Entry, base string) feeds.Entry {
	e := feeds.Entry{
		Title:     clean.Title(p.Title),
		Author:    clean.Line(p.Author),
		Published: p.Published,
		Updated:   p.Updated,
		Language:  language(p.Language),
		Body:      body(p, base),
	}
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
	if tag == "" {
		return ""
	}
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
	type use struct {
		at    int64
		title string
	}
	linkOf := make(map[string]string, len(list))
	idUses, linkUses := make(map[string][]use, len(list)), make(map[string][]use, len(list))
	add := func(uses map[string][]use, key string, use use) int {
		if key != "" && !slices.Contains(uses[key], use) && len(uses[key]) < crowd {
			uses[key] = append(uses[key], use)
		}
		return len(uses[key])
	}
	for i := range list {
		e := &list[i]
		id := strings.TrimSpace(e.ID)
		link, _ := clean.URL(e.Link, base)
		use := use{e.Published.Unix(), e.Title}
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

// An article's key within its feed is its id, else its link, else a hash of its
// content. The prefix keeps the three apart.

// name is the key of an article that has an id or a link; "" if it has neither.
func name(id, link string, vague vague) string {
	id = strings.TrimSpace(id)
	if id != "" && !vague.ids[id] && !isLinkWithCounter(id, link) {
		return "id:" + id
	}
	if link != "" && !vague.links[link] {
		return "link:" + link
	}
	return ""
}

func contentKey(e *feeds.Entry) string {
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
