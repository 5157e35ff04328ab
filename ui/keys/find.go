package keys

import (
	"slices"
	"strings"
)

// Where is the context in which the keys of an action do it.
func (b Bindings) Where(a Action) Context {
	for _, r := range b.rows {
		if r.Action == a {
			return r.Where
		}
	}
	return Anywhere
}

// Named is the action that is called so, or the only one whose name begins so.
// If there is none, several may begin so.
func (b Bindings) Named(text string) (action Action, several []Action) {
	name := asName(text)
	if name == "" {
		return None, nil
	}
	for _, r := range b.rows {
		switch {
		case string(r.Action) == name:
			return r.Action, nil
		case strings.HasPrefix(string(r.Action), name):
			several = append(several, r.Action)
		}
	}
	if len(several) == 1 {
		return several[0], nil
	}
	return None, several
}

// Matching are the bindings that a text may mean, best first: the one called so,
// those whose names begin with it, those with a part of their names that does,
// and those whose help has a word that begins with each of its words. All match
// nothing.
func (b Bindings) Matching(text string) []Binding {
	name, words := asName(text), strings.Fields(strings.ToLower(text))
	var best [4][]Binding
	for _, r := range b.rows {
		help := strings.FieldsFunc(strings.ToLower(r.Does), func(c rune) bool { return strings.ContainsRune(" ,;", c) })
		switch {
		case string(r.Action) == name:
			best[0] = append(best[0], r)
		case strings.HasPrefix(string(r.Action), name):
			best[1] = append(best[1], r)
		case strings.Contains(string(r.Action), "-"+name):
			best[2] = append(best[2], r)
		case !slices.ContainsFunc(words, func(w string) bool {
			return !slices.ContainsFunc(help, func(h string) bool { return strings.HasPrefix(h, w) })
		}):
			best[3] = append(best[3], r)
		}
	}
	return slices.Concat(best[:]...)
}

// asName is what was typed as names are written: "Refresh all" is refresh-all.
func asName(text string) string { return strings.Join(strings.Fields(strings.ToLower(text)), "-") }
