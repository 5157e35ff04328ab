package gist

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

var outlets = []string{
	`The river Alder burst its banks at Millford on Monday night after three days of rain.
Rescue boats took 240 people from the flooded streets of Millford.
A dog was found on a roof.`,
	`The Alder burst its banks in Millford on Monday night, after three days of rain.
The council of Millford opened a shelter in the school on the hill for people from the flooded streets.
Tea was served.`,
	`Rescue boats had taken 240 people from the flooded streets of Millford by Tuesday.
Engineers said the river Alder would rise again with the rain forecast for Thursday.`,
}

func TestAStorysGistSaysNothingTwice(t *testing.T) {
	quotes := Story(outlets, 4)
	if len(quotes) != 4 {
		t.Fatalf("%d quotes, want 4", len(quotes))
	}
	count := map[string]int{}
	last := Quote{}
	for _, q := range quotes {
		said := outlets[q.Text][q.Start:q.End]
		for _, fact := range []string{"burst its banks", "240 people", "shelter", "rise again"} {
			if strings.Contains(said, fact) {
				count[fact]++
			}
		}
		if q.Text < last.Text || q.Text == last.Text && q.Start < last.Start {
			t.Errorf("%q is out of order", said)
		}
		last = q
	}
	for _, fact := range []string{"burst its banks", "240 people", "shelter", "rise again"} {
		if count[fact] != 1 {
			t.Errorf("%q is told %d times in %v", fact, count[fact], quotes)
		}
	}
}

func TestAStoryThatSaysOneThingHasOneQuote(t *testing.T) {
	same := strings.Split(outlets[0], "\n")[0]
	if got := Story([]string{same, same, "港口在周一晚上关闭了两个小时。", "港口在周一晚上关闭了两个小时。"}, 5); len(got) != 2 {
		t.Errorf("%d quotes, want one of each text: %v", len(got), got)
	}
	for _, none := range [][]string{nil, {""}, {"…", "--"}} {
		if got := Story(none, 3); got != nil {
			t.Errorf("of %q: %v", none, got)
		}
	}
}

func TestAFlashIsItsOwnGist(t *testing.T) {
	if got := Story([]string{"Mayor resigns."}, 3); len(got) != 1 {
		t.Errorf("%d quotes of a text of two words", len(got))
	}
}

func TestALongStoryIsBounded(t *testing.T) {
	var texts []string
	for range 100 {
		texts = append(texts, strings.Repeat(flood+"\n", 200))
	}
	all, _ := quotes(texts, leastTerms)
	if len(all) > maxInput+leastOf {
		t.Errorf("%d sentences are compared with each other", len(all))
	}
}

func TestSourcesOfAStory(t *testing.T) {
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	item := func(id feeds.ArticleID, language string, copies ...feeds.ArticleID) feeds.Item {
		when := at.Add(-time.Duration(id) * time.Hour)
		return feeds.Item{Article: feeds.Article{ID: id, Language: language, Published: when, Fetched: at}, Copies: copies}
	}
	items := []feeds.Item{item(1, "en-GB"), item(2, "en", 3, 5), item(3, "en", 2, 5), item(4, "fr"), item(5, "en", 2, 3), item(6, "")}
	var got []feeds.ArticleID
	for _, it := range Sources(items[0], items) {
		got = append(got, it.ID)
	}
	if want := []feeds.ArticleID{6, 5, 1}; !slices.Equal(got, want) {
		t.Errorf("sources %v, want %v: one of the copies, none in French, earliest first", got, want)
	}
}

func FuzzStory(f *testing.F) {
	f.Add(flood, "港口关闭了。没有回答！\xff\xfe. A.B.C", 2)
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		texts := []string{a, b, a}
		for _, q := range Story(texts, n%10) {
			if s := texts[q.Text][q.Start:q.End]; strings.TrimSpace(s) != s || s == "" {
				t.Errorf("%q is no sentence", s)
			}
		}
	})
}
