package ui_test

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// wired is small with a text that three outlets carry: ids[4] to ids[6], told
// in the storm's story, after it.
func wired() (*uitest.Library, []feeds.ArticleID) {
	l, ids := small()
	for i, name := range []string{"Echo", "Mirror", "Parrot"} {
		f := l.Add(feeds.Feed{URL: "https://" + name + ".example", Title: name, Outlet: name})
		at := uitest.Now().Add(-time.Duration(50-i) * time.Minute)
		ids = append(ids, l.Publish(feeds.Item{Story: 1, Article: feeds.Article{
			Feed: f, Title: fmt.Sprintf("Wire text on the surge (%s)", name), Published: at, Fetched: at, URL: "https://wire.example/" + name,
		}}, "The wire tells it."))
	}
	l.Reprint(ids[4:]...)
	return l, ids
}

func TestCopiesFoldAndOpen(t *testing.T) {
	l, ids := wired()
	d := uitest.New(t, uitest.Deps(l), 140, 40)
	d.Press("enter", "4", "j")
	d.Contains("same text · 3 outlets", "Echo")
	d.Lacks("● Mirror", "● Parrot")
	d.Press("space")
	d.Contains("▾ same text", "● Mirror", "● Parrot")
	d.Press("j", "j", "enter")
	d.Contains("Wire text on the surge (Parrot)", "2 others carry this text", "The same text")
	for _, id := range ids[4:] {
		if !l.Status(id).Read {
			t.Errorf("copy %d of an article that was opened is unread", id)
		}
	}
	d.Lacks("● Mirror", "● Echo")
}

func TestSpacePagesInTheArticle(t *testing.T) {
	l := uitest.NewLibrary()
	d := uitest.New(t, uitest.Deps(l), 80, 14)
	d.Press("enter", "space")
	d.Contains("council meets")
}

func TestMarkingMarksCopiesAndIsTakenBackAsOne(t *testing.T) {
	l, ids := wired()
	d := uitest.New(t, uitest.Deps(l), 140, 40)
	d.Press("1", "j", "j", "j", "enter") // All
	d.Contains("7 unread of 7")
	d.Press("j", "s", "N")
	for _, id := range ids[4:] {
		if s := l.Status(id); !s.Saved || !s.Read {
			t.Errorf("the status of copy %d is %+v", id, s)
		}
	}
	d.Contains("4 unread of 7", "Saved                    3")
	d.Press("z")
	d.Contains("Taken back for 3 articles.", "7 unread of 7")
	d.Press("z")
	d.Contains("Taken back for 3 articles.")
	for _, id := range ids[4:] {
		if l.Status(id) != (feeds.Status{}) {
			t.Errorf("undo left %+v on copy %d", l.Status(id), id)
		}
	}
}

func TestOnlyTheCopiesThatChangedAreTakenBack(t *testing.T) {
	l, ids := wired()
	yes := true
	if _, err := l.SetStatus(ids[6:], feeds.StatusChange{Saved: &yes}); err != nil {
		t.Fatal(err)
	}
	d := uitest.New(t, uitest.Deps(l), 140, 40)
	d.Press("1", "j", "j", "j", "enter", "j", "j", "s", "z")
	d.Contains("Taken back for 2 articles.")
	if !l.Status(ids[6]).Saved || l.Status(ids[4]).Saved {
		t.Error("undo did not leave the copies as they were")
	}
}

func TestAStoryThatGrowsSaysSo(t *testing.T) {
	l := &uitest.Library{}
	for i, hours := range []int{9, 8, 2, 1, 1} {
		name := fmt.Sprint("Outlet ", i)
		f := l.Add(feeds.Feed{URL: "https://" + fmt.Sprint(i) + ".example", Title: name, Outlet: name})
		at := uitest.Now().Add(-time.Duration(hours) * time.Hour)
		l.Publish(feeds.Item{Story: 1, Article: feeds.Article{Feed: f, Title: "Flood " + name, Published: at, Fetched: at}}, "Text.")
	}
	l.Reprint(4, 5)
	d := uitest.New(t, uitest.Deps(l), 140, 40)
	d.Contains("5 outlets ▲ 2 new · first: Outlet 0, 9 h ago")
}

// shortSighted finds every copy of an article related, one by one.
type shortSighted struct {
	*uitest.Library
	ids []feeds.ArticleID
}

func (s shortSighted) Related(id feeds.ArticleID, _ int) ([]feeds.Related, error) {
	var list []feeds.Related
	for _, other := range s.ids {
		if other != id {
			list = append(list, feeds.Related{Article: other, Kind: feeds.Coverage, Score: .7})
		}
	}
	return list, nil
}

func TestEveryArticleHasOneRow(t *testing.T) {
	l, ids := wired()
	deps := uitest.Deps(l)
	deps.Relater = shortSighted{l, ids[4:]}
	d := uitest.New(t, deps, 140, 60)
	d.Press("4")
	d.Contains(" 1 ─╮", "▸ same text · 3 outlets")
	d.Press("space", "enter", "4", "g", "space")
	d.Contains("The same text", "▾ same text · 3 outlets")
	d.Lacks("Coverage")
}

// Of a story that very many tell the sidebar lists the best, and says that there
// are more.
func TestASidebarThatIsCutSaysSo(t *testing.T) {
	for n, want := range map[int]string{30: "─ 29 ─", 60: "─ 40 or more ─"} {
		d := uitest.New(t, uitest.Deps(toldBy(n)), 140, 40)
		d.Contains(want)
	}
}
