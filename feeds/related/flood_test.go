package related

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// happening is something that outlets tell, with names and words of its own.
type happening struct {
	names, words []string
	number       int
	when         time.Duration
}

const syllables = "babedigorulamenipotusafevikojuzalerimonudaketohasi"

func madeWord(r *rand.Rand, n int) string {
	var s strings.Builder
	for range n {
		i := 2 * r.IntN(len(syllables)/2)
		s.WriteString(syllables[i : i+2])
	}
	return s.String()
}

func happenings(n int) []happening {
	r := rand.New(rand.NewPCG(3, 9))
	list := make([]happening, n)
	for i := range list {
		h := happening{number: 20 + r.IntN(9000), when: time.Duration(i) * 90 * time.Minute}
		for range 4 {
			h.names = append(h.names, strings.ToUpper(madeWord(r, 1))+madeWord(r, 3))
		}
		for range 8 {
			h.words = append(h.words, madeWord(r, 4))
		}
		list[i] = h
	}
	return list
}

// narrator tells happenings in the words that all papers use and some of the
// happening's own.
type narrator struct {
	r      *rand.Rand
	common []string
	zipf   *rand.Zipf
}

func newNarrator(seed uint64) *narrator {
	t := &narrator{r: rand.New(rand.NewPCG(seed, 5))}
	words := rand.New(rand.NewPCG(1, 1))
	for range 900 {
		t.common = append(t.common, madeWord(words, 2)+"r")
	}
	t.zipf = rand.NewZipf(t.r, 1.1, 30, uint64(len(t.common)-1))
	return t
}

func (t *narrator) usual(n int) string {
	var s []string
	for range n {
		s = append(s, t.common[t.zipf.Uint64()])
	}
	return strings.Join(s, " ")
}

func (t *narrator) of(list []string) string { return list[t.r.IntN(len(list))] }

func (t *narrator) tell(outlet string, h happening) feeds.Document {
	return feeds.Document{
		Outlet: outlet, Published: noon.Add(h.when + time.Duration(t.r.IntN(300))*time.Minute),
		Title: fmt.Sprint(h.names[0], " ", t.of(h.words[:4]), " ", t.usual(2), " ", t.of(h.names[1:3])),
		Text: fmt.Sprint(t.usual(4), " ", t.of(h.words), " ", h.names[1], " ", t.usual(5), " ", t.of(h.words), " ", t.usual(3), " ",
			h.number, " ", h.names[t.r.IntN(4)], " ", t.usual(6), " ", t.of(h.words), ". ", t.usual(5), " ", h.names[3], " ", t.of(h.words), "."),
	}
}

// None of these floods a sidebar: an outlet tells each of twenty happenings in
// an odd way, amid five papers that tell them as usual. Whoever asks for one
// happening is shown that one, and whoever asks for an odd article that tells
// enough; in the background no outlet takes all the room.
func TestOddOutletsFloodNoSidebar(t *testing.T) {
	const stock = "You are reading an article of the Portal. Subscribe to read all of it, with comments, pictures and podcasts, every day of the week."
	list := happenings(20)
	var week strings.Builder // all there was to tell
	for week.Len() < 1<<20 {
		for i, h := range list {
			week.WriteString(newNarrator(uint64(week.Len()+i)).tell("", h).Text + "\n")
		}
	}
	cases := map[string]struct {
		odd    func(i int, d *feeds.Document)
		silent bool // what the articles say is not enough to relate them
	}{
		"no dates":               {odd: func(_ int, d *feeds.Document) { d.Published = time.Time{} }},
		"a title only":           {odd: func(_ int, d *feeds.Document) { d.Text = "" }},
		"no titles":              {odd: func(_ int, d *feeds.Document) { d.Title = "" }},
		"neither title nor text": {odd: func(_ int, d *feeds.Document) { d.Title, d.Text = "", "" }, silent: true},
		"1 MB": {odd: func(i int, d *feeds.Document) {
			for n := range 15 {
				d.Text += "\n" + newNarrator(uint64(20_000+50*n+i)).tell("", list[i]).Text
			}
			d.Text += "\n" + week.String()
		}},
		"all capitals": {odd: func(_ int, d *feeds.Document) { d.Title, d.Text = strings.ToUpper(d.Title), strings.ToUpper(d.Text) }},
		"mixed scripts": {odd: func(_ int, d *feeds.Document) {
			d.Title, d.Text = "東京 Москва العربية "+d.Title, d.Text+" 一句话和 фраза и الجملة"
		}},
		"one title every day":      {odd: func(i int, d *feeds.Document) { d.Title, d.Published = "Morning briefing", noon.AddDate(0, 0, -i) }, silent: true},
		"one title for all":        {odd: func(_ int, d *feeds.Document) { d.Title = "News at the hour" }},
		"one text for all":         {odd: func(_ int, d *feeds.Document) { d.Text = stock }},
		"one text at all the ends": {odd: func(_ int, d *feeds.Document) { d.Text += "\n" + stock }},
	}
	papers := []string{"Gazette", "Herald", "Courier", "Ledger", "Radio"}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.engine = New(w.index, func() time.Time { return noon.AddDate(0, 0, 3) })
			var docs []feeds.Document
			var about []int // the happening of each article
			for i, h := range list {
				for k, paper := range papers {
					docs, about = append(docs, newNarrator(uint64(100*k+i)).tell(paper, h)), append(about, i)
				}
				odd := newNarrator(uint64(9000+i)).tell("Odd", h)
				c.odd(i, &odd)
				docs, about = append(docs, odd), append(about, i)
			}
			w.add(docs...)
			found := 0
			for n, i := range about {
				asked := docs[n].Outlet
				background := map[string]int{}
				for _, r := range w.related(feeds.ArticleID(n + 1)) {
					shown := w.docs[r.Article].Outlet
					switch {
					case !(r.Score > 0):
						t.Errorf("a row of %s on %d has the score %v", asked, i, r.Score)
					case r.Kind == feeds.Background:
						if background[shown]++; background[shown] > topicRows {
							t.Errorf("%s on %d is shown %d articles of %s in the background", asked, i, background[shown], shown)
						}
					case about[r.Article-1] != i:
						t.Errorf("%s on %d is shown %s on %d as coverage, score %.2f", asked, i, shown, about[r.Article-1], r.Score)
					case asked == "Odd":
						found++
					}
				}
			}
			if wanted := len(list) * len(papers) * 3 / 4; !c.silent && found < wanted {
				t.Errorf("the odd articles have %d rows of coverage, want %d", found, wanted)
			}
			in := map[feeds.StoryID]int{}
			for n, i := range about {
				story := w.story[feeds.ArticleID(n+1)]
				if other, ok := in[story]; ok && other != i {
					t.Errorf("%s on %d is in a story on %d", docs[n].Outlet, i, other)
				}
				in[story] = i
			}
		})
	}
}

// A text that is stock weighs nothing. What shares only that with the asked
// article, and is near by another alone, is not shown, least of all with a score
// that is no number.
func TestStockCarriesNoMatch(t *testing.T) {
	const stock = "You are reading an article of the Portal. Subscribe to read all of it, with comments, pictures and podcasts."
	w := newWorld(t)
	n := feeds.ArticleID(len(filler()))
	w.add(append(filler(),
		told("Portal", "Ferry Calliope aground off Marrowby", stock, 0),
		told("Herald", "Calliope aground off Marrowby, captain Orsino questioned by Vantrill", "Captain Orsino of the ferry was heard by inspector Vantrill for six hours.", time.Hour),
		told("Portal", "Orsino questioned by Vantrill for six hours", stock, 2*time.Hour),
		told("Portal", "Lemon tart for spring", stock, 3*time.Hour),
		told("Portal", "A hat for every head", stock, 4*time.Hour))...)
	rows := w.related(n + 1)
	if len(rows) == 0 || rows[0].Article != n+2 {
		t.Fatalf("the other article on the ferry is not first: %v", rows)
	}
	for _, r := range rows[1:] {
		t.Errorf("what only stock carries is shown: %+v", r)
	}
}
