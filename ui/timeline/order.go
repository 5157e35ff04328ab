package timeline

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/feeds"
)

// role says how an article stands to those before it.
type role uint8

const (
	tells   role = iota // the first of its outlet
	follows             // its outlet told the story before
	copies              // its text was there before
)

// entry is an article in its place.
type entry struct {
	feeds.Item
	role role
}

// order puts the articles of a story in the order they came out.
func order(items []feeds.Item) []entry {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b feeds.Item) int {
		return cmp.Or(feeds.When(a.Article).Compare(feeds.When(b.Article)), cmp.Compare(a.ID, b.ID))
	})
	before := map[feeds.ArticleID]bool{}
	outlets := map[string]bool{}
	list := make([]entry, len(items))
	for i, it := range items {
		list[i].Item = it
		switch {
		case slices.ContainsFunc(it.Copies, func(id feeds.ArticleID) bool { return before[id] }):
			list[i].role = copies
		case outlets[it.Outlet] && it.Outlet != "":
			list[i].role = follows
		}
		before[it.ID] = true
		outlets[it.Outlet] = true
	}
	return list
}

// Missing are the reader's outlets that no article of a story is from.
type Missing struct {
	Silent  []string // their feeds were read and do not have it
	Failed  []string // not known: a feed of theirs could not be read the last time
	Unread  []string // not known: a feed of theirs was never fetched
	Checked int      // outlets that might carry it, those that do among them
}

// Absent finds the outlets that do not carry a story. Those that publish in
// other languages than the story's are left out; a feed whose language is not
// known counts. An outlet of several feeds is silent only if all were read.
func Absent(items []feeds.Item, subscriptions []feeds.Subscription) Missing {
	carries, languages := map[string]bool{}, map[string]bool{}
	for _, it := range items {
		carries[it.Outlet] = true
		if tag := primary(it.Language); tag != "" {
			languages[tag] = true
		}
	}
	status := map[string]feeds.FetchStatus{}
	for _, s := range subscriptions {
		if tag := primary(s.Language); tag != "" && len(languages) > 0 && !languages[tag] {
			continue
		}
		name := s.Outlet
		if name == "" {
			name = s.Name()
		}
		if was, known := status[name]; !known || was != feeds.FetchFailed && s.Status != feeds.FetchOK && s.Status != feeds.FetchNotModified {
			status[name] = s.Status
		}
	}
	m := Missing{Checked: len(status)}
	for name, s := range status {
		switch {
		case carries[name]:
		case s == feeds.FetchFailed:
			m.Failed = append(m.Failed, name)
		case s == feeds.FetchOK || s == feeds.FetchNotModified:
			m.Silent = append(m.Silent, name)
		default:
			m.Unread = append(m.Unread, name)
		}
	}
	for _, names := range [][]string{m.Silent, m.Failed, m.Unread} {
		slices.SortFunc(names, func(a, b string) int {
			return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
		})
	}
	return m
}

// primary is the language itself of a tag such as en-AU.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(tag)
}
