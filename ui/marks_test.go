package ui_test

import (
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

func TestMarkingTheFrontPageReadMarksWholeStories(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("A")
	d.Contains("Marked 4 articles read.")
	d.Lacks("● Storm surge")
	for _, id := range ids {
		if !l.Status(id).Read {
			t.Errorf("article %d of a story shown is unread", id)
		}
	}
	d.Press("z")
	d.Contains("Taken back for 4 articles.", "● Storm surge")
	for _, id := range ids {
		if l.Status(id).Read {
			t.Errorf("article %d is still read", id)
		}
	}
}

func TestMarkingReadLeavesWhatTheReaderCouldNotSee(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("1", "j", "enter") // Unread
	at := uitest.Now().Add(-time.Minute)
	late := l.Publish(feeds.Item{Article: feeds.Article{Feed: 1, Title: "Just in", Published: at, Fetched: at}}, "News.")
	d.Press("A")
	d.Contains("Marked 4 articles read, but not the 1 that", "● Just in", "1 unread")
	if l.Status(late).Read || !l.Status(ids[3]).Read {
		t.Error("not exactly what could be seen is read")
	}
	d.Press("z")
	d.Contains("Taken back for 4 articles.")
	d.Press("A")
	d.Contains("Marked 5 articles read.")
	d.Press("A")
	d.Contains("All of it was read before.")
}
