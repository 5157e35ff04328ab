package related

import "strings"

// american gives an English word the spelling of the United States, so that
// outlets on both sides of the ocean have it in common: neighbour is neighbor,
// organisation organization, centre center. Words that only look like such are
// spelled like no word, but all alike.
func american(w string) string {
	if len(w) < 6 {
		return w
	}
	if i := strings.Index(w, "our"); i > 0 && strings.IndexByte("bilmnv", w[i-1]) >= 0 {
		w = w[:i] + "or" + w[i+3:]
	}
	for _, s := range spellings {
		if stem, ok := strings.CutSuffix(w, s.british); ok && len(stem) >= s.least {
			return stem + s.american
		}
	}
	return w
}

// spellings are endings, with the letters that stand before them at least.
var spellings = [...]struct {
	british, american string
	least             int
}{
	{"isation", "ization", 3}, {"isations", "izations", 3},
	{"ise", "ize", 3}, {"ised", "ized", 3}, {"iser", "izer", 3}, {"ising", "izing", 3},
	{"yse", "yze", 3}, {"ysed", "yzed", 3}, {"ysing", "yzing", 3},
	{"tre", "ter", 3}, {"tred", "tered", 3},
	{"fence", "fense", 2}, {"logue", "log", 2}, {"ramme", "ram", 2},
	{"elled", "eled", 2}, {"elling", "eling", 2}, {"eller", "eler", 2},
}
