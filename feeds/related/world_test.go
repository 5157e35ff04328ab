package related

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// shelfOf is a library that keeps only the related index, in memory.
type shelfOf map[string][]byte

func (s shelfOf) ViewIndex(fn func(feeds.IndexView) error) error {
	return fn(&viewOf{shelfOf: s})
}

// viewOf is one look at it, with its keys sorted when first asked for.
type viewOf struct {
	shelfOf
	keys []string
}

func (v *viewOf) Get(key []byte) []byte { return v.shelfOf[string(key)] }
func (v *viewOf) Leave()                {}
func (v *viewOf) Scan(from, to []byte, fn func(k, v []byte) bool) {
	if v.keys == nil {
		v.keys = slices.Sorted(maps.Keys(v.shelfOf))
	}
	i, _ := slices.BinarySearch(v.keys, string(from))
	for _, k := range v.keys[i:] {
		if k >= string(to) || !fn([]byte(k), v.shelfOf[k]) {
			return
		}
	}
}

func (s shelfOf) SaveIndex(changes []feeds.IndexChange) error {
	s.apply(changes)
	return nil
}

func (s shelfOf) apply(changes []feeds.IndexChange) {
	for _, c := range changes {
		if c.Value == nil {
			delete(s, string(c.Key))
		} else {
			s[string(c.Key)] = bytes.Clone(c.Value)
		}
	}
}

func (s shelfOf) size() int {
	n := 0
	for k, v := range s {
		n += len(k) + len(v)
	}
	return n
}

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// world is an engine with what it has said so far.
type world struct {
	t      testing.TB
	index  shelfOf
	engine *Engine
	docs   map[feeds.ArticleID]feeds.Document
	story  map[feeds.ArticleID]feeds.StoryID
	copies map[feeds.ArticleID][]feeds.ArticleID
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, index: shelfOf{}, docs: map[feeds.ArticleID]feeds.Document{},
		story: map[feeds.ArticleID]feeds.StoryID{}, copies: map[feeds.ArticleID][]feeds.ArticleID{}}
	w.engine = New(w.index, func() time.Time { return noon.Add(60 * 24 * time.Hour) })
	return w
}

func (w *world) add(docs ...feeds.Document) {
	w.t.Helper()
	w.put(w.engine.Add, docs)
}

// insert leaves it to the next add which stories there are.
func (w *world) insert(docs ...feeds.Document) {
	w.t.Helper()
	w.put(w.engine.Insert, docs)
}

// either adds or inserts, by chance.
func (w *world) either(r *rand.Rand, docs ...feeds.Document) {
	w.t.Helper()
	if r.IntN(2) == 0 {
		w.add(docs...)
	} else {
		w.insert(docs...)
	}
}

func (w *world) put(put func([]feeds.Document) (feeds.Relations, []feeds.IndexChange, error), docs []feeds.Document) {
	w.t.Helper()
	for i := range docs {
		if docs[i].ID == 0 {
			docs[i].ID = feeds.ArticleID(len(w.docs) + 1)
		}
		w.docs[docs[i].ID] = docs[i]
	}
	r, changes, err := put(docs)
	if err != nil {
		w.t.Fatal(err)
	}
	w.index.apply(changes)
	maps.Copy(w.story, r.Story)
	maps.Copy(w.copies, r.Copies)
}

func (w *world) related(id feeds.ArticleID) []feeds.Related {
	w.t.Helper()
	rows, err := w.engine.Related(id, 20)
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

// partition names each story and each group of copies by what is in it.
func (w *world) partition() string {
	stories, groups := map[feeds.StoryID][]string{}, map[string]bool{}
	name := func(id feeds.ArticleID) string { d := w.docs[id]; return d.Outlet + "/" + d.Title }
	for id := range w.docs {
		stories[w.story[id]] = append(stories[w.story[id]], name(id))
		g := []string{name(id)}
		for _, o := range w.copies[id] {
			g = append(g, name(o))
		}
		slices.Sort(g)
		groups[strings.Join(g, "=")] = true
	}
	var out []string
	for _, s := range stories {
		slices.Sort(s)
		out = append(out, strings.Join(s, "+"))
	}
	slices.Sort(out)
	return strings.Join(out, "\n") + "\n\n" + strings.Join(slices.Sorted(maps.Keys(groups)), "\n")
}

// generated makes n articles: events with words of their own, each told by
// several outlets over some days, some of them reprints, amid common words.
func generated(n int, seed uint64) []feeds.Document {
	r := rand.New(rand.NewPCG(seed, 1))
	word := func(i int) string {
		s := ""
		for i += 400; i > 0; i /= 20 {
			s += string("bcdfghjklmnprstvwxyz"[i%20]) + string("aeiou"[i%5])
		}
		return s
	}
	zipf := rand.NewZipf(r, 1.2, 8, 5000)
	var out []feeds.Document
	for event := 0; len(out) < n; event++ {
		start := noon.Add(time.Duration(event*40*24/max(1, n/4)) * time.Hour)
		var own []string
		for range 12 {
			own = append(own, word(6000+r.IntN(30000)))
		}
		tell := func(k int) string {
			var s []string
			for range k {
				if r.IntN(3) == 0 {
					s = append(s, own[r.IntN(len(own))])
				} else {
					s = append(s, word(int(zipf.Uint64())))
				}
			}
			return strings.Join(s, " ")
		}
		var last string
		for range 1 + r.IntN(6) {
			d := feeds.Document{Outlet: fmt.Sprint("Outlet ", r.IntN(40)), Title: tell(7), Text: tell(30 + r.IntN(60)), Language: "xx",
				Published: start.Add(time.Duration(r.IntN(48)) * time.Hour)}
			if last != "" && r.IntN(5) == 0 {
				d.Text = last
			}
			d.Fetched = d.Published.Add(time.Duration(r.IntN(9)) * time.Hour)
			switch r.IntN(24) {
			case 0:
				d.Published = time.Time{}
			case 1: // its clock is wrong
				d.Published = d.Fetched.AddDate(0, 0, 3)
			}
			last = d.Text
			out = append(out, d)
		}
	}
	return out[:n]
}

func TestSameStoriesInAnyOrder(t *testing.T) {
	docs := generated(700, 7)
	docs = append(docs, sentAgain(rand.New(rand.NewPCG(7, 7)), docs)...)
	w := newWorld(t)
	w.add(slices.Clone(docs)...)
	want := w.partition()
	if n := strings.Count(want, "+"); n < 100 {
		t.Fatalf("the generated world holds only %d ties, it proves nothing", n)
	}
	if n := strings.Count(want, "="); n < 20 {
		t.Fatalf("the generated world holds only %d copies, it proves nothing", n)
	}
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 2))
		mixed := slices.Clone(docs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		w := newWorld(t)
		var clock time.Duration // when it is related is all one, for what has no date too
		w.engine = New(w.index, func() time.Time { return noon.Add(60*24*time.Hour + clock) })
		for len(mixed) > 0 {
			clock = time.Duration(r.IntN(9*24)) * time.Hour
			n := min(len(mixed), 1+r.IntN(250))
			w.either(r, slices.Clone(mixed[:n])...)
			mixed = mixed[n:]
			if r.IntN(2) == 0 {
				w.engine.Reset() // as after a restart
			}
		}
		w.add()
		if got := w.partition(); got != want {
			t.Errorf("order %d gives other stories:\n%s", seed, firstDifference(got, want))
		}
	}
}

// What is inserted is decided by the next batch that decides, once; then
// nothing is left to do.
func TestInsertedArticlesAreDecidedOnce(t *testing.T) {
	w := newWorld(t)
	w.insert(append(filler(), events[0].same...)...)
	if len(w.story) > 0 {
		t.Fatalf("%d articles have a story before it was decided", len(w.story))
	}
	if rows := w.related(feeds.ArticleID(len(w.docs))); len(rows) < 2 {
		t.Errorf("an inserted article has %d related rows", len(rows))
	}
	w.engine.Reset()
	w.add()
	if len(w.story) != len(w.docs) {
		t.Errorf("%d of %d articles have a story", len(w.story), len(w.docs))
	}
	if _, changes, err := w.engine.Add(nil); err != nil || len(changes) > 0 {
		t.Errorf("deciding again changes %d records, %v", len(changes), err)
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer"
}

func TestStoryKeepsItsID(t *testing.T) {
	docs := generated(300, 11)
	w := newWorld(t)
	members := func() map[feeds.StoryID][]feeds.ArticleID {
		m := map[feeds.StoryID][]feeds.ArticleID{}
		for id, s := range w.story {
			m[s] = append(m[s], id)
		}
		return m
	}
	slices.SortStableFunc(docs, func(a, b feeds.Document) int { return a.Published.Compare(b.Published) })
	for i := 0; i < len(docs); i += 50 {
		before := maps.Clone(w.story)
		w.add(docs[i : i+50]...)
		for s, list := range members() {
			if !slices.Contains(list, feeds.ArticleID(s)) {
				t.Fatalf("story %v is not named by one of its articles %v", s, list)
			}
			// A story whose earlier articles were all of one story is that one grown.
			was := map[feeds.StoryID]bool{}
			for _, id := range list {
				if b, ok := before[id]; ok {
					was[b] = true
				}
			}
			if len(was) == 1 && !was[s] && slices.Contains(list, feeds.ArticleID(slices.Collect(maps.Keys(was))[0])) {
				t.Errorf("story %v grew and became %v", was, s)
			}
		}
	}
}

// An index that is lost is made anew of the same articles: each story has the id
// that its articles were told before, also one that the reader joined and one
// that an article of a lower id came to late.
func TestStoriesKeepTheirIDsInANewIndex(t *testing.T) {
	docs := generated(300, 17)
	w := newWorld(t)
	for i := range docs {
		docs[i].ID = feeds.ArticleID((i*7)%300 + 1) // so that the first of a story has not the lowest
	}
	for i := 0; i < len(docs); i += 60 {
		w.add(slices.Clone(docs[i : i+60])...)
	}
	var lone feeds.ArticleID
	count := map[feeds.StoryID]int{}
	for _, s := range w.story {
		count[s]++
	}
	for id := feeds.ArticleID(1); lone == 0; id++ {
		if count[w.story[id]] == 1 {
			lone = id
		}
	}
	most := feeds.ArticleID(0)
	for s, n := range count {
		if id := feeds.ArticleID(s); n > 2 && id > max(lone, most) {
			most = id
		}
	}
	w.correct(feeds.Correction{A: most, B: lone, Same: true})
	if w.story[lone] != feeds.StoryID(most) {
		t.Fatalf("joined, %d is in story %d, want %d", lone, w.story[lone], most)
	}
	lower := 0
	v := newWorld(t)
	for k, b := range w.index {
		if k[0] == keyWords {
			v.index[k] = b
		}
	}
	for i := range docs {
		d := &docs[i]
		if d.Story = w.story[d.ID]; d.ID < feeds.ArticleID(d.Story) {
			lower++
		}
	}
	if lower == 0 {
		t.Fatal("no article is older than the one its story is named by, this proves nothing")
	}
	v.insert(slices.Clone(docs[:200])...)
	v.add(slices.Clone(docs[200:])...)
	for id, s := range w.story {
		if v.story[id] != s {
			t.Errorf("%d was in story %d and is in %d in a new index", id, s, v.story[id])
		}
	}
	// An article that is edited, and told to be edited, still counts for the name.
	edited := docs[slices.IndexFunc(docs, func(d feeds.Document) bool { return d.ID == lone })]
	edited.Text += " It was said again on Tuesday."
	v.add(edited)
	if got := v.story[lone]; got != feeds.StoryID(most) {
		t.Errorf("edited, %d is in story %d, want %d", lone, got, most)
	}
}

func TestReplacedArticleIsRelatedAnew(t *testing.T) {
	w := newWorld(t)
	w.add(
		feeds.Document{ID: 1, Outlet: "A", Title: "Ferry Calliope runs aground off Marrowby", Text: "The ferry Calliope ran aground on the Marrowby reef; 80 passengers were taken off.", Published: noon},
		feeds.Document{ID: 2, Outlet: "B", Title: "Passengers rescued as Calliope hits reef at Marrowby", Text: "All 80 passengers left the ferry Calliope after it struck the reef.", Published: noon.Add(time.Hour)},
	)
	if w.story[1] != w.story[2] {
		t.Fatal("two reports of one event are not one story")
	}
	w.add(feeds.Document{ID: 2, Outlet: "B", Title: "Recipe: lemon tart for spring", Text: "Sift the flour, rub in the butter, grate two lemons.", Published: noon.Add(time.Hour)})
	if w.story[1] == w.story[2] {
		t.Error("the edited article is still in the story of its old text")
	}
	if rows := w.related(1); len(rows) > 0 {
		t.Errorf("still related: %v", rows)
	}
}

func TestEditedCopyIsNoCopy(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(), told("Wire", "Tarrow leases harbour", wire, 0), told("Star", "Tarrow leases harbour", wire, time.Hour))...)
	n := feeds.ArticleID(len(filler()))
	if len(w.copies[n+1]) != 1 || len(w.copies[n+2]) != 1 {
		t.Fatal("a reprint is not a copy")
	}
	edited := told("Star", "Recipe: lemon tart", "Sift the flour, rub in the butter, grate two lemons, and wait for the oven to be hot.", time.Hour)
	edited.ID = n + 2
	w.add(edited)
	if len(w.copies[n+1]) != 0 || len(w.copies[n+2]) != 0 {
		t.Errorf("copies after the edit: %v and %v", w.copies[n+1], w.copies[n+2])
	}
}

// A story far larger than its core is the same in any order too.
func TestLargeStoryInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	docs := generated(150, 41)
	own := strings.Fields("calliope marrowby reef ferry passengers harbour coastguard captain tide rescue lifeboat hull")
	for i := range 6 * storyCore {
		r.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Paper ", i), Title: strings.Join(own[:4+r.IntN(3)], " "), Language: "xx",
			Text: strings.Join(own[:8+r.IntN(4)], " "), Published: noon.Add(time.Duration(r.IntN(60)) * time.Hour)})
	}
	w := newWorld(t)
	w.add(slices.Clone(docs)...)
	want := w.partition()
	sizes := map[feeds.StoryID]int{}
	for _, s := range w.story {
		sizes[s]++
	}
	if n := slices.Max(slices.Collect(maps.Values(sizes))); n <= storyCore {
		t.Fatalf("the largest story has %d articles, this proves nothing", n)
	}
	for range 4 {
		v := newWorld(t)
		mixed := slices.Clone(docs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		for len(mixed) > 0 {
			n := min(len(mixed), 1+r.IntN(60))
			v.either(r, slices.Clone(mixed[:n])...)
			mixed = mixed[n:]
		}
		v.add()
		if got := v.partition(); got != want {
			t.Fatalf("another order gives other stories:\n%s", firstDifference(got, want))
		}
	}
}
