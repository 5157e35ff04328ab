package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// A phrase stands in few of the articles that have its words, far behind
// thousands that do not.
func TestAPhraseIsFoundHoweverManyArticlesHaveItsWords(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	const all = manySeen + 3*fewSeen
	entries := make([]feeds.Entry, all)
	for i := range entries {
		text := fmt.Sprint("The river is in flood. ", i)
		switch i {
		case 7, all - 9, all - 1:
			text = fmt.Sprint("The flood of the river. ", i)
		}
		entries[i] = entry(fmt.Sprint(i), "Water", text, time.Duration(i)*time.Minute)
	}
	l.save(f.ID, entries...)
	items, err := l.Search(`"flood of the river"`, 10)
	// An entry further down in its feed has a lower number.
	if want := []feeds.ArticleID{all - 7, 9, 1}; err != nil || !slices.Equal(ids(items), want) {
		t.Errorf("got %v, %v; want %v", ids(items), err, want)
	}
}

// What is given piece by piece is what there is, in its order, and that which is
// in a title does not wait for the texts.
func TestASearchGivesWhatItHas(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	var entries []feeds.Entry
	for i := range 4 * fewSeen {
		entries = append(entries, entry(fmt.Sprint(i), "Water", fmt.Sprint("The flood of the river. ", i), time.Duration(i)*time.Minute))
	}
	l.save(f.ID, append(entries, entry("old", "The flood of the river", "", 9000*time.Hour))...)
	var parts [][]feeds.ArticleID
	err := l.SearchEach(context.Background(), `"flood of the river"`, 2*fewSeen, func(some []feeds.Item) { parts = append(parts, ids(some)) })
	if err != nil || len(parts) != 3 || len(parts[0]) != 1 || parts[0][0] != 1 || len(parts[1]) != fewSeen {
		t.Errorf("it came in %v, %v", parts, err)
	}
	items, err := l.Search(`"flood of the river"`, 2*fewSeen)
	if err != nil || !slices.Equal(ids(items), slices.Concat(parts...)) || len(items) != 2*fewSeen {
		t.Errorf("at once it is %v, %v", ids(items), err)
	}

	ctx, leave := context.WithCancel(context.Background())
	given := 0
	err = l.SearchEach(ctx, `"flood of the river"`, 1000, func(some []feeds.Item) {
		given += len(some)
		leave()
	})
	if !errors.Is(err, context.Canceled) || given != 1 {
		t.Errorf("a search that was left gave %d, %v", given, err)
	}
}

// Searching for phrases finds what a reader of all articles would find.
func TestPhrasesAreFoundWhereTheyStand(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	r := rand.New(rand.NewPCG(3, 4))
	words := []string{"Flood", "río", "STORM", "œuvre", "straße", "court"}
	plain := strings.NewReplacer("Flood", "flood", "río", "rio", "STORM", "storm", "œuvre", "oeuvre", "straße", "strasse")
	hanzi := []rune("北京大雨")
	some := func(n int) (list []string) {
		for range n {
			word := words[r.IntN(len(words))]
			if r.IntN(4) == 0 { // a run has a neighbour that is none
				word = string([]rune{hanzi[r.IntN(4)], hanzi[r.IntN(4)], hanzi[r.IntN(4)], hanzi[r.IntN(4)]}) + " 1"
			}
			list = append(list, word)
		}
		return list
	}
	type text struct{ title, body, page string }
	texts := map[feeds.ArticleID]text{}
	var order []feeds.ArticleID // the newest first
	for batch := range 30 {
		for range 10 {
			n := len(texts)
			x := text{title: strings.Join(some(2+r.IntN(3)), " "), body: strings.Join(some(20), " - ")}
			if l.save(f.ID, entry(fmt.Sprint(n), x.title, x.body, -time.Duration(n)*time.Minute)); n%5 == 0 {
				x.page = strings.Join(some(30), ", ")
			}
			texts[feeds.ArticleID(n+1)] = x
			order = slices.Insert(order, 0, feeds.ArticleID(n+1))
		}
		var wholes []feeds.Whole
		for id, x := range texts {
			if x.page != "" {
				wholes = append(wholes, feeds.Whole{Article: id, State: feeds.WholeHere, Body: feeds.Body{Markdown: x.page, Text: x.page}})
			}
		}
		if err := l.SaveWholes(wholes); err != nil {
			t.Fatal(err)
		}
		for more := batch%4 == 0; more; {
			var err error
			if more, err = l.mergeSome(); err != nil {
				t.Fatal(err)
			}
		}
	}
	flat := func(s string) string {
		s = plain.Replace(strings.NewReplacer(" - ", " ", ", ", " ").Replace(s))
		return " " + s + " "
	}
	for range 300 {
		phrase := some(2 + r.IntN(2))
		query := strings.Join(phrase, " ")
		want := [2][]feeds.ArticleID{}
		for _, id := range order {
			x := texts[id]
			in := func(s string) bool { return strings.Contains(flat(s), " "+plain.Replace(query)+" ") }
			has := func(s string) bool { // every word, though not side by side
				for w := range strings.FieldsSeq(plain.Replace(query)) {
					if !strings.Contains(flat(s), " "+w+" ") {
						return false
					}
				}
				return true
			}
			switch {
			case in(x.title):
				want[0] = append(want[0], id)
			case has(x.title+" "+x.body+" "+x.page) && (in(x.body) || in(x.page)):
				want[1] = append(want[1], id)
			}
		}
		items, err := l.Search(`"`+strings.ToUpper(query)+`"`, 1000)
		if err != nil || !slices.Equal(ids(items), slices.Concat(want[0], want[1])) {
			t.Fatalf("%q: got %v, %v\nwant %v", query, ids(items), err, want)
		}
		few := 1 + r.IntN(5)
		if items, err = l.Search(`"`+query+`"`, few); err != nil || len(items) != min(few, len(want[0])+len(want[1])) {
			t.Fatalf("%d of %q: got %v, %v", few, query, ids(items), err)
		}
	}
}
