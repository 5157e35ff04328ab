package uitest

import (
	"fmt"
	"strings"
	"time"

	"broadsheet/feeds"
)

// Now is what time it is in the tests.
var now = time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)

// Now is what time it is in the tests.
func Now() time.Time { return now }

// outlets are the feeds of the tests, each with its folder.
var outlets = []struct{ name, folder string }{
	{"Harbour Times", "Coast"}, {"Morning Ledger", "Coast"}, {"Tidewater Radio", "Coast"},
	{"Le Phare", "World"}, {"海港日报", "World"}, {"صحيفة المرفأ", "World"},
	{"Bytes & Boards", ""}, {"The Extremely Long-Winded Quarterly Review of Provincial Affairs", ""},
}

// headlines are those of single articles, hostile ones among them.
var headlines = []string{
	"Council approves the tram extension after a night of argument",
	"港の再開発、住民投票へ 市議会が全会一致で可決",
	"افتتاح الجسر الجديد فوق النهر بعد ثلاث سنوات من العمل",
	"Ferry workers call off strike 🚢⚓️ 👩‍👩‍👧‍👦 🇦🇺 👍🏽",
	"Où sont passés les goélands ? Enquête sur une disparition",
	"A headline that goes on " + strings.Repeat("and on and on ", 30) + "until nobody reads it",
	"नदी पर नया पुल खुला, यातायात शुरू",
	"สะพานใหม่เปิดแล้ว",
	"Z̷͓̈́a̸l̵g̶o̷ tests the printing press",
	"x",
	"",
}

// told are stories that several outlets tell.
var told = []struct {
	titles []string
	hours  float64
}{
	{[]string{"Storm surge floods the eastern quay", "Eastern quay under water after storm", "Hundreds evacuated as sea breaks over quay", "Tempête : le quai est inondé", "风暴潮淹没东码头"}, 1},
	{[]string{"Minister resigns over dredging contract", "Dredging affair: minister steps down", "Resignation in the dredging affair"}, 5},
	{[]string{"Chip maker to build plant on the old shipyard", "Old shipyard gets a chip plant"}, 20},
}

const body = `The water came at four in the morning, **an hour before** the tide tables said it would.

## What is known

- The quay is closed between the fish market and the customs house.
- Nobody was hurt, the harbour master [says](https://harbour.example/report).

> We have seen higher water, but never so early.

By noon the pumps had emptied the cellars. The council meets on Monday to talk about the wall, which was to be finished last year and is not.`

// NewLibrary makes a library of some 300 articles in several scripts: stories
// that several outlets tell, and a stream of single articles.
func NewLibrary() *Library {
	l := &Library{}
	var ids []feeds.FeedID
	for _, o := range outlets {
		ids = append(ids, l.Add(feeds.Feed{URL: "https://" + strings.ToLower(strings.ReplaceAll(o.name, " ", "-")) + ".example/feed", Title: o.name, Outlet: o.name, Folder: o.folder}))
	}
	l.Fail(ids[3], "Le Phare did not answer within 30 seconds; it will be tried again.")
	for i := range 300 {
		title := headlines[i%len(headlines)]
		if i >= len(headlines) && title != "" {
			title = fmt.Sprintf("%s (%d)", title, i)
		}
		at := now.Add(-time.Duration(i)*37*time.Minute - 2*time.Hour)
		l.Publish(feeds.Item{
			Article: feeds.Article{
				Feed: ids[i%len(ids)], URL: fmt.Sprintf("https://news.example/%d", i), Title: title,
				Published: at, Fetched: at, Excerpt: "The first sentence of article " + fmt.Sprint(i) + ".",
			},
			Status: feeds.Status{Read: i%3 == 0, Saved: i%40 == 7},
		}, body)
	}
	for _, s := range told {
		story := feeds.StoryID(0)
		for i, title := range s.titles {
			at := now.Add(-time.Duration(s.hours*float64(time.Hour)) - time.Duration(i*20)*time.Minute)
			id := l.Publish(feeds.Item{Story: story, Article: feeds.Article{
				Feed: ids[i], URL: "https://news.example/told/" + fmt.Sprint(story, i), Title: title,
				Published: at, Fetched: at, Excerpt: "It is told here in other words.",
			}}, body)
			if story == 0 {
				story = feeds.StoryID(id)
			}
		}
	}
	return l
}
