package ui_test

import (
	"strconv"
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

// storing is a library that takes its time.
type storing struct {
	*uitest.Library
	free chan struct{}
}

func (l storing) MarkRead(v feeds.View) ([]feeds.ArticleID, error) {
	<-l.free
	return l.Library.MarkRead(v)
}

func (l storing) SetStatus(ids []feeds.ArticleID, c feeds.StatusChange) ([]feeds.ArticleID, error) {
	<-l.free
	return l.Library.SetStatus(ids, c)
}

func TestMarkingVeryMuchSaysThatItIsUnderWay(t *testing.T) {
	l, _ := small()
	at := uitest.Now().Add(-time.Hour)
	for i := range 5000 {
		l.Publish(feeds.Item{Article: feeds.Article{Feed: 1, Title: strconv.Itoa(i), Published: at, Fetched: at}}, "News.")
	}
	deps := uitest.Deps(l)
	slow := storing{Library: l, free: make(chan struct{})}
	deps.Library = slow
	d := uitest.New(t, deps, 120, 30)
	d.Press("1", "j", "enter") // Unread
	for _, step := range []struct{ key, under, done string }{
		{"A", "marking …", "Marked 5,004 articles read."},
		{"z", "taking back …", "Taken back for 5,004 articles."},
	} {
		d.Held = 1
		d.Press(step.key)
		d.Contains(step.under)
		d.Press("j") // which takes sentences away
		d.Contains(step.under)
		d.Held = 0
		slow.free <- struct{}{}
		d.Settle()
		d.Contains(step.done)
		d.Lacks(step.under)
	}
}
