package store

import (
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Texts for a refresh behind the screen are read behind it, those that the screen
// searches are not.
func TestTextsAreReadAsWhoAsksForThemWorks(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	var ids []feeds.ArticleID
	for i := range 40 {
		text := strings.Repeat(fmt.Sprintf("Text %d of many. ", i), blockSize/160)
		e := feeds.Entry{Key: fmt.Sprint(i), Title: fmt.Sprint("Title ", i), Published: testNow, Body: feeds.Body{Markdown: text, Text: text}}
		ids = append(ids, l.save(f.ID, e).New...)
	}
	// what the threads that read are worth to the system
	worths := func() (all []int) {
		var mu sync.Mutex
		err := l.view(func(tx *bolt.Tx) error {
			return l.readTexts(tx, ids, func() func(int, string) error {
				worth, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
				mu.Lock()
				defer mu.Unlock()
				all = append(all, worth)
				return func(int, string) error { return err }
			})
		})
		if err != nil || len(all) == 0 {
			t.Fatalf("%d read, %v", len(all), err)
		}
		return all
	}
	usual := worths()[0]
	if usual <= 1 {
		return // as nice as can be already: there is nothing to stand back to
	}
	leeway := feeds.NewLeeway(time.Now)
	leeway.Watch()
	leeway.Aside(func() {
		for _, worth := range worths() {
			if worth >= usual {
				t.Errorf("aside, one who reads is worth %d, want less than %d", worth, usual)
			}
		}
	})
	for _, worth := range worths() {
		if worth != usual {
			t.Errorf("for the screen, one who reads is worth %d, want %d", worth, usual)
		}
	}
}
