package related

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// A is like B, B like C, and so on, until the last has nothing in common with the
// first: each of a row of articles tells a window of a row of words, a little
// further on than the one before. That makes stories of neighbours, but none that
// goes on: an article joins those it has half its words in common with, on the
// average, so the ends of a story are hardly more than a window apart.
func TestAChainOfArticlesIsNotOneStory(t *testing.T) {
	const window, articles = 24, 24
	for seed := range uint64(12) {
		step := []int{2, 3, 4, 6}[seed%4]
		r := rand.New(rand.NewPCG(seed, 5))
		var words []string
		for range window + articles*step {
			words = append(words, madeWord(r, 4))
		}
		usual := newNarrator(seed)
		docs := generated(150, 41)
		first := len(docs)
		for i := range articles {
			own := append([]string{}, words[i*step:i*step+window]...)
			r.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
			docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Paper ", i), Title: strings.Join(own[:6], " "), Language: "xx",
				Text: usual.usual(10) + " " + strings.Join(own, " "), Published: noon.Add(time.Duration(i) * time.Hour)})
		}
		w := newWorld(t)
		w.add(docs...)
		begins, size := map[feeds.StoryID]int{}, map[feeds.StoryID]int{}
		most := 0
		for i := range articles {
			s := w.story[feeds.ArticleID(first+i+1)]
			if _, ok := begins[s]; !ok {
				begins[s] = i
			}
			size[s]++
			most = max(most, size[s])
			if far := (i - begins[s]) * step; far > window*5/4 {
				t.Errorf("seed %d: articles %d and %d are of one story, %d words apart in windows of %d", seed, begins[s], i, far, window)
			}
		}
		if most < 2 {
			t.Errorf("seed %d: no two neighbours are of one story, this proves nothing", seed)
		}
	}
}
