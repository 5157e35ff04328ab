package related

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

// A few that come to many are searched for one by one where news is of all
// kinds. Where it is much alike each search would compare hundreds, so after
// some of them the others are swept over. Both give the stories that all
// together have.
func TestAFewAreSweptOverWhereNewsIsAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	alike, unlike := forms(r, 600), generated(600, 5)
	for name, docs := range map[string][]feeds.Document{"alike": alike, "of all kinds": unlike} {
		for i := range docs {
			docs[i].ID = feeds.ArticleID(i + 1)
			docs[i].Published = noon.AddDate(0, 0, 6).Add(time.Duration(i) * 5 * time.Minute)
			docs[i].Fetched = docs[i].Published
		}
		const few = 20
		all := newWorld(t)
		all.add(slices.Clone(docs)...)
		w := newWorld(t)
		w.add(slices.Clone(docs[:len(docs)-few])...)
		w.insert(slices.Clone(docs[len(docs)-few:])...)
		var tell *teller
		err := w.index.ViewIndex(func(v feeds.IndexView) error {
			tell = newBatch(w.engine, v).teller()
			if err := tell.pushUndecided(); err != nil {
				return err
			}
			if n := tell.queue.len(); n != few || tell.sweep != nil {
				t.Fatalf("%s: %d are to be decided, %d came, or they are swept over from the beginning: this proves nothing", name, n, few)
			}
			return tell.decideAll(t.Context())
		})
		if err != nil {
			t.Fatal(err)
		}
		if name == "alike" && (tell.searched != sounding) {
			t.Errorf("%d of %d that are like hundreds were searched for one by one", tell.searched, few)
		}
		if name != "alike" && tell.searched != few {
			t.Errorf("%d of %d that are like few were searched for one by one", tell.searched, few)
		}
		w.add()
		if got, want := w.partition(), all.partition(); got != want {
			t.Errorf("%s: other stories than of all together:\n%s", name, firstDifference(got, want))
		}
	}
}
