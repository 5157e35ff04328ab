package refresh

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/feeds"
)

// shelfless is a library that only notes what it is asked for.
type shelfless struct {
	Library
	saved, related bool
}

func (l *shelfless) SaveFetched(list []feeds.Fetched) ([]feeds.Stored, error) {
	l.saved = true
	return make([]feeds.Stored, len(list)), nil
}

func (l *shelfless) Unrelated(feeds.ArticleID, int) ([]feeds.Document, error) {
	l.related = true
	return nil, nil
}

// sitDown takes as many desks as there are for now.
func sitDown(t *testing.T, r *room) (leave []func()) {
	t.Helper()
	for range r.leeway.Processors() {
		up, err := r.desk(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, up)
	}
	if r.desks.TryAcquire(floor() / int64(r.leeway.Processors())) {
		t.Fatalf("there are more than %d desks", r.leeway.Processors())
	}
	return leave
}

// While somebody is at the screen, reading, saving and relating together keep one
// processor free; else saving and relating wait for no desk.
func TestASeatIsLeftForTheReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := &shelfless{}
		now := time.Now()
		r := New(Options{Library: lib, Leeway: feeds.NewLeeway(func() time.Time { return now })})
		work := func() {
			*lib = shelfless{}
			go func() {
				if err := r.save(make([]reading, 1), newOutlets(nil), newBell(1), func(feeds.Outcome) {}); err != nil {
					t.Error(err)
				}
			}()
			go func() {
				if err := r.catchUp(t.Context(), false, &tally{}); err != nil {
					t.Error(err)
				}
			}()
			synctest.Wait()
		}

		for _, up := range sitDown(t, r.room) {
			if work(); !lib.saved || !lib.related {
				t.Fatalf("beside those who read, with nobody at the screen: saved %t, related %t", lib.saved, lib.related)
			}
			up()
		}

		r.o.Leeway.Take()
		desks := sitDown(t, r.room)
		if work(); lib.saved || lib.related {
			t.Errorf("while all desks are taken that leave the reader one: saved %t, related %t", lib.saved, lib.related)
		}
		desks[0]()
		synctest.Wait()
		if !lib.saved || !lib.related {
			t.Errorf("in their turn: saved %t, related %t", lib.saved, lib.related)
		}

		now = now.Add(time.Minute)
		for _, up := range desks[1:] {
			up()
		}
		sitDown(t, r.room)
		if work(); !lib.saved || !lib.related {
			t.Errorf("when the reader has gone: saved %t, related %t", lib.saved, lib.related)
		}
	})
}

// While articles are put into the index, what waits to be saved and what is fetched
// is little; then it is as before.
func TestRelatingTakesRoomFromReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(nil)
		held, done := reading{}, 0
		hold := func(size int64) {
			if err := r.hold(t.Context(), &held, size); err != nil {
				t.Error(err)
			}
			done++
		}
		hold(maxHeld)
		var end func()
		go func() {
			var err error
			if end, err = r.yield(t.Context()); err != nil {
				t.Error(err)
			}
		}()
		if synctest.Wait(); end != nil {
			t.Fatal("relating begins while the room is full of documents")
		}
		held.drop()
		if synctest.Wait(); end == nil {
			t.Fatal("relating does not begin when the documents are saved")
		}
		done = 0
		hold(maxHeld - relatingHolds)
		go hold(1)
		var began atomic.Int64
		for range narrowReads + 3 {
			go func() {
				if _, err := r.begin(t.Context()); err != nil {
					t.Error(err)
				}
				began.Add(1)
			}()
		}
		if synctest.Wait(); done != 1 || began.Load() != narrowReads {
			t.Errorf("beside relating %d of 2 documents have room and %d are fetched, want 1 and %d", done, began.Load(), narrowReads)
		}
		end()
		if synctest.Wait(); done != 2 || began.Load() != narrowReads+3 {
			t.Errorf("after relating %d of 2 documents have room and %d are fetched, want 2 and %d", done, began.Load(), narrowReads+3)
		}
	})
}
