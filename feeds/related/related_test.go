package related

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// filler is what else is in the papers, so that words have a frequency.
func filler() []feeds.Document {
	titles := []string{
		"Parliament debates the new transport budget", "Bakers warn of dearer flour after wet harvest",
		"Orchestra names its first guest conductor", "City council delays vote on the harbour bridge",
		"Scientists map the sea floor near the southern islands", "Midfielder signs for three more seasons",
		"Hospital opens a second children's ward", "Farmers count losses after the frost",
		"Museum returns carved masks to their village", "Startup plans cheaper batteries for buses",
		"Teachers' union accepts the pay offer", "Rain delays the final stage of the cycling tour",
	}
	var out []feeds.Document
	for i, s := range titles {
		out = append(out, feeds.Document{Outlet: "Filler " + string(rune('A'+i%5)), Title: s,
			Text:      s + ". The decision had been expected, people close to the matter said, and more is to follow in the coming weeks.",
			Published: noon.Add(time.Duration(i) * time.Hour)})
	}
	return out
}

func told(outlet, title, text string, after time.Duration) feeds.Document {
	return feeds.Document{Outlet: outlet, Title: title, Text: text, Published: noon.Add(after)}
}

// Each world is an event told by outlets in different words, and a look-alike
// that must stay apart.
var events = []struct {
	name  string
	same  []feeds.Document
	other feeds.Document
}{
	{"English, a quake", []feeds.Document{
		told("Gazette", "Magnitude 6.1 quake shakes Port Velo", "A magnitude 6.1 earthquake struck Port Velo on Monday morning, cracking walls and cutting power to 20,000 homes, the Seismic Office said.", 0),
		told("Herald", "Port Velo counts the damage after strong earthquake", "Twenty thousand homes were without power in Port Velo after an earthquake of magnitude 6.1; walls cracked across the old town.", 3*time.Hour),
		told("Courier", "'The walls just cracked': Port Velo wakes to earthquake", "Residents of Port Velo ran into the streets when the magnitude 6.1 earthquake hit. Power is still out.", 5*time.Hour),
	}, told("Herald", "Magnitude 5.4 quake felt in Sankt Orden", "An earthquake of magnitude 5.4 was felt in Sankt Orden on Tuesday; nobody was hurt, the mayor of Sankt Orden said.", 30*time.Hour)},
	{"German, a strike", []feeds.Document{
		told("Abendpost", "Lokführer in Nordmark streiken ab Mittwoch", "Die Gewerkschaft der Lokführer ruft in Nordmark von Mittwoch an zum Streik auf; betroffen sind alle Fernzüge der Nordbahn.", 0),
		told("Kurier", "Nordbahn: Streik der Lokführer trifft Fernzüge", "Von Mittwoch an stehen die Fernzüge der Nordbahn still. Die Gewerkschaft verlangt in Nordmark sieben Prozent mehr Lohn.", 4*time.Hour),
	}, told("Kurier", "Piloten der Aerosud sagen Warnstreik ab", "Der für Freitag geplante Warnstreik der Piloten von Aerosud ist abgesagt, die Gesellschaft legte ein neues Angebot vor.", 6*time.Hour)},
	{"French, an election", []feeds.Document{
		told("Le Fanal", "Lucie Arvel remporte la mairie de Montclar", "La candidate écologiste Lucie Arvel a remporté dimanche la mairie de Montclar avec 52 % des voix.", 0),
		told("La Dépêche du soir", "Montclar bascule : Lucie Arvel élue maire", "Avec 52 % des suffrages, l'écologiste Lucie Arvel est élue à Montclar et met fin à vingt ans de droite.", 2*time.Hour),
	}, told("Le Fanal", "À Brévannes, le maire sortant Paul Oudin réélu", "Paul Oudin conserve la mairie de Brévannes dès le premier tour avec 61 % des voix.", 3*time.Hour)},
	{"Chinese, a launch", []feeds.Document{
		told("晨报", "天桥七号飞船发射成功", "天桥七号载人飞船今天上午在海滨发射场发射成功，三名航天员将在轨道停留六个月。", 0),
		told("晚报", "三名航天员乘天桥七号升空", "载人飞船天桥七号今晨升空，三名航天员计划在轨道上停留六个月，发射场位于海滨。", 2*time.Hour),
	}, told("晚报", "海滨市地铁九号线开通", "海滨市地铁九号线今天开通运营，全长三十公里，共设二十个车站。", 3*time.Hour)},
	{"Arabic, a festival", []feeds.Document{
		told("الصباح", "افتتاح مهرجان النخيل في مدينة الواحة", "افتتح اليوم مهرجان النخيل السنوي في مدينة الواحة بمشاركة خمسين فرقة موسيقية.", 0),
		told("المساء", "خمسون فرقة موسيقية في مهرجان النخيل بالواحة", "تشارك خمسون فرقة موسيقية في مهرجان النخيل الذي افتتح في مدينة الواحة.", 2*time.Hour),
	}, told("المساء", "ارتفاع أسعار القمح في الأسواق", "ارتفعت أسعار القمح في الأسواق العالمية بعد موجة الجفاف الأخيرة.", 3*time.Hour)},
}

func TestEventsInSeveralLanguages(t *testing.T) {
	w := newWorld(t)
	docs := filler()
	for _, e := range events {
		docs = append(append(docs, e.same...), e.other)
	}
	w.add(docs...)
	id := feeds.ArticleID(len(filler()) + 1)
	for _, e := range events {
		for i := range e.same {
			rows := w.related(id + feeds.ArticleID(i))
			var coverage []feeds.ArticleID
			for _, r := range rows {
				if r.Kind == feeds.Coverage {
					coverage = append(coverage, r.Article)
				}
			}
			for j := range e.same {
				if i != j && !slices.Contains(coverage, id+feeds.ArticleID(j)) {
					t.Errorf("%s: %q is no coverage of %q: %v", e.name, e.same[j].Title, e.same[i].Title, rows)
				}
			}
			if len(coverage) != len(e.same)-1 {
				t.Errorf("%s: %q has coverage that is another event: %v", e.name, e.same[i].Title, coverage)
			}
			if w.story[id+feeds.ArticleID(i)] != w.story[id] {
				t.Errorf("%s: %q is not in the story", e.name, e.same[i].Title)
			}
		}
		other := id + feeds.ArticleID(len(e.same))
		if w.story[other] == w.story[id] {
			t.Errorf("%s: the look-alike %q is in the story", e.name, e.other.Title)
		}
		id = other + 1
	}
}

func TestQuietWhereNothingIsRelated(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(), told("Gazette", "Lighthouse keeper's diary found in attic", "A diary kept by the last keeper of Skarn lighthouse turned up between roof beams.", 0))...)
	if rows := w.related(feeds.ArticleID(len(w.docs))); len(rows) > 0 {
		t.Errorf("rows where there is nothing to show: %v", rows)
	}
	if rows, err := w.engine.Related(9999, 10); err != nil || len(rows) > 0 {
		t.Errorf("an unknown article has rows %v, error %v", rows, err)
	}
}

func TestWhyAddsUpToTheScore(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(), events[0].same...)...)
	rows := w.related(feeds.ArticleID(len(filler()) + 1))
	if len(rows) < 2 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows {
		if (r.Kind == feeds.Coverage) != (r.Score >= r.Why.Gate) {
			t.Errorf("%s with score %v, gate %v", r.Kind, r.Score, r.Why.Gate)
		}
		if i > 0 && (r.Score > rows[i-1].Score || r.Kind == feeds.Coverage && rows[i-1].Kind == feeds.Background) {
			t.Errorf("row %d is not in its place: %v", i, rows)
		}
		sum := 0.0
		for i, x := range r.Why.Terms {
			sum += x.Weight
			if x.Term == "" || i > 0 && x.Weight > r.Why.Terms[i-1].Weight {
				t.Errorf("terms are not words, heaviest first: %v", r.Why.Terms)
			}
		}
		if math.Abs(sum-r.Score) > 1e-6 {
			t.Errorf("the terms add up to %v, the score is %v", sum, r.Score)
		}
		if want := w.docs[r.Article].Published.Sub(noon); r.Why.Apart != want {
			t.Errorf("apart %v, want %v", r.Why.Apart, want)
		}
	}
}

const wire = "The island state of Tarrow has agreed to lease its northern harbour to the Meridian shipping line for thirty years. " +
	"The contract, signed on Monday by prime minister Ana Ruel, is worth two billion crowns and promises four hundred jobs. " +
	"Fishermen blocked the coast road in protest; their spokesman said nobody had asked the villages that live from the harbour."

func TestCopiesFold(t *testing.T) {
	w := newWorld(t)
	docs := append(filler(),
		told("Wire Desk", "Tarrow leases harbour to Meridian", wire+" Further details were to be published on Thursday, the ministry of trade said in its statement.", 0),
		told("Northern Star", "Tarrow leases harbour to Meridian", wire, time.Hour),
		told("Bay Times", "Fishermen furious as Tarrow signs harbour away", "(WIRE) "+wire, 2*time.Hour),
		told("Observer", "What the Meridian lease means for Tarrow's fishermen", "Thirty years is a long time to lose a harbour. In the villages north of Tarrow the lease to the Meridian line is the only talk, and prime minister Ana Ruel has few friends.", 3*time.Hour))
	w.add(docs...)
	first := feeds.ArticleID(len(filler()) + 1)
	want := []feeds.ArticleID{first, first + 1, first + 2}
	for _, id := range want {
		got := append(slices.Clone(w.copies[id]), id)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("copies of %d: %v, want %v", id, got, want)
		}
		// Its own copies are the first row, and only that.
		for i, r := range w.related(id) {
			if i > 0 && slices.Contains(want, r.Article) {
				t.Errorf("%d shows its own copy %d in row %d", id, r.Article, i)
			}
			own := append(slices.Clone(r.Copies), r.Article, id)
			slices.Sort(own)
			if i == 0 && (r.Kind != feeds.Coverage || !slices.Equal(own, want)) {
				t.Errorf("%d begins with %s %v, not with its copies", id, r.Kind, own)
			}
		}
	}
	rows := w.related(first + 3)
	if len(rows) == 0 || rows[0].Article != first {
		t.Fatalf("the longest copy is not on top: %v", rows)
	}
	if got := slices.Sorted(slices.Values(rows[0].Copies)); !slices.Equal(got, []feeds.ArticleID{first + 1, first + 2}) {
		t.Errorf("folded under it: %v", got)
	}
	if len(w.copies[first+3]) > 0 {
		t.Error("an article in its own words is taken for a copy")
	}
}

// The best source of a text is the outlet that a credit line or byline names,
// else the longest, and never the asked article's own outlet if there is another.
// The same text is a copy for two weeks, if its title is not of something else.
func TestATextSentAgainIsACopy(t *testing.T) {
	w := newWorld(t)
	first := feeds.ArticleID(len(filler()) + 1)
	w.add(append(filler(),
		told("Wire", "Tarrow leases harbour", wire, 0),
		told("Star", "Tarrow leases harbour to Quell", wire, 10*24*time.Hour),
		told("Echo", "Tarrow leases harbour", wire, 20*24*time.Hour),
		told("Gull", "Orchid breeders of Pelworth meet in an abandoned quarry for Hollins prize of gardeners", terms, 0),
		told("Mail", "Zandvoort marathon: Okonkwo outruns Brandvold despite hailstorm, knee and sprained ankle", terms, 10*24*time.Hour),
	)...)
	// Echo prints Star's text of ten days ago, so all three are copies.
	want := [][]feeds.ArticleID{{first + 1, first + 2}, {first, first + 2}, {first, first + 1}, nil, nil}
	for i, want := range want {
		id := first + feeds.ArticleID(i)
		if got := slices.Sorted(slices.Values(w.copies[id])); !slices.Equal(got, want) {
			t.Errorf("article %d has the copies %v, want %v", id, got, want)
		}
	}
}

const terms = "Readers of this page agree to the terms of use and may write to the editor at any time."

func TestBestSourceOfAText(t *testing.T) {
	const short = "Tarrow lets Meridian have its harbour, and fishermen are angry"
	cases := map[string][]feeds.Document{
		"named by a dateline": {
			told("Bay Times", "Harbour leased", "TARROW (Coastal Press) — "+wire+" Subscribe to the Bay Times for more of what matters by the bay.", 0),
			told("Coastal Press", "Tarrow leases harbour", wire, time.Hour), told("Herald", "Harbour deal", "TARROW (Coastal Press) — "+wire, 0)},
		"named by a last line": {
			told("Bay Times", "Harbour leased", wire+" Subscribe to the Bay Times for more of what matters.\n— Coastal Press", 0),
			told("Coastal Press", "Tarrow leases harbour", wire, time.Hour), told("Herald", "Harbour deal", wire+"\n— Coastal Press", 0)},
		"named by a byline": {
			{Outlet: "Bay Times", Author: "Coastal Press", Title: "Harbour leased", Text: wire + " Subscribe to the Bay Times for more of what matters.", Published: noon},
			told("Coastal Press", "Tarrow leases harbour", wire, time.Hour), told("Herald", "Harbour deal", wire, 0)},
		"naming itself by its initials": {
			told("Bay Times", "Harbour leased", "TARROW (CP) — "+wire+" Subscribe to the Bay Times for more of what matters.", 0),
			told("Coastal Press", "Tarrow leases harbour", "TARROW (CP) — "+wire, time.Hour), told("Herald", "Harbour deal", wire, 0)},
		"not named": {
			told("Bay Times", "Harbour leased", wire, 0),
			told("Coastal Press", "Tarrow leases harbour", wire+" Further details were to be published on Thursday.", time.Hour), told("Herald", "Harbour deal", wire, 0)},
	}
	for name, docs := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.add(append(append(filler(), docs...), told("Observer", short, short+", prime minister Ana Ruel was told at the Tarrow quay.", 2*time.Hour))...)
			n := feeds.ArticleID(len(filler()))
			for _, id := range []feeds.ArticleID{n + 1, n + 3, n + 4} {
				rows := w.related(id)
				if len(rows) == 0 || rows[0].Article != n+2 {
					t.Errorf("asked for %s: %q is not on top: %v", w.docs[id].Outlet, docs[1].Outlet, rows)
				}
			}
			if rows := w.related(n + 2); len(rows) == 0 || rows[0].Article == n+2 || len(rows[0].Copies) != 1 {
				t.Errorf("the source's own row: %v", rows)
			}
		})
	}
}

// A sidebar is asked for while a refresh adds; neither waits or races.
func TestRelatedWhileAdding(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(), events[0].same...)...)
	n := feeds.ArticleID(len(w.docs))
	done := make(chan error)
	go func() {
		_, _, err := w.engine.Add(generated(200, 1)) // not stored: the index stands as it was
		done <- err
	}()
	for range 20 {
		if rows := w.related(n); len(rows) < 2 {
			t.Errorf("%d rows", len(rows))
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// None of these may flood a sidebar, or fail.
func TestOddArticles(t *testing.T) {
	days := func(outlet, title string, text func(i int) string) []feeds.Document {
		var out []feeds.Document
		for i := range 6 {
			out = append(out, told(outlet, title, text(i), time.Duration(i)*24*time.Hour))
		}
		return out
	}
	news := strings.Split(wire, ". ")
	cases := map[string][]feeds.Document{
		"the same title every day": days("Gazette", "Morning briefing", func(i int) string {
			return []string{
				"Fog over the estuary; ferries late.", "A judge resigns, and a bakery turns a hundred.", "Why the swallows came early, and who pays for the dam.",
				"Two ministers, one chair. Also: the price of salt.", "Letters about trams.", "The choir that would not stop, and other reasons to get up.",
			}[i]
		}),
		"one text under every title": func() []feeds.Document {
			d := days("Portal", "", func(int) string {
				return "Click here to read the whole article on our portal, with comments and pictures."
			})
			for i := range d {
				d[i].Title = filler()[i].Title
				d[i].Outlet = "Portal"
			}
			return d[:6]
		}(),
		"one text under two titles, a day apart": days("Portal", "", func(int) string {
			return "Click here to read the whole article on our portal, with comments and pictures."
		})[:2],
		"a title and a text that count the days": days("Gazette", "", func(i int) string {
			return fmt.Sprintf("See what the tide tables of the estuary expect for March %d, as well as when the next spring tide is due.", 10+i)
		}),
		"nothing but a title":  {{Outlet: "A", Title: "Kestrel returns", Published: noon}},
		"nothing but a text":   {{Outlet: "A", Text: news[0], Published: noon}},
		"nothing at all":       {{Outlet: "A"}, {Outlet: "B"}, {}},
		"a megabyte":           {told("A", "Long read", strings.Repeat(wire+"\n", 2500), 0)},
		"one endless word":     {told("A", strings.Repeat("x", 1<<20), strings.Repeat("y", 1<<20), 0)},
		"from the future":      {told("A", "Tomorrow's paper", news[1], 9000*time.Hour)},
		"from before 1970":     {told("A", "Old news", news[1], -60*365*24*time.Hour)},
		"mixed scripts":        {told("A", "東京 Tokyo Москва العربية 123", "ein Satz, une phrase, 一句话 и фраза", 0)},
		"not valid UTF-8":      {told("A", "\xff\xfe broken", "text \xc3\x28 goes on", 0)},
		"only punctuation":     {told("A", "!!! ... ???", "—— ** ——", 0)},
		"only grammar, German": {told("A", "Und so weiter, aber nicht nur", "das ist so und nicht anders, aber wer weiß das schon", 0)},
	}
	for i, d := range cases["one text under two titles, a day apart"] {
		d.Title = filler()[i].Title
		cases["one text under two titles, a day apart"][i] = d
	}
	for i, d := range cases["a title and a text that count the days"] {
		d.Title = fmt.Sprintf("Tides today: what the water does on March %d", 10+i)
		cases["a title and a text that count the days"][i] = d
	}
	for name, docs := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.add(append(docs, filler()...)...)
			for id, d := range docs {
				for _, r := range w.related(feeds.ArticleID(id + 1)) {
					if w.docs[r.Article].Outlet == d.Outlet && d.Outlet != "" {
						t.Errorf("%q shows %q of the same outlet, score %.2f", d.Title, w.docs[r.Article].Title, r.Score)
					}
				}
				if len(w.copies[feeds.ArticleID(id+1)]) > 0 {
					t.Errorf("%q has copies %v", d.Title, w.copies[feeds.ArticleID(id+1)])
				}
			}
		})
	}
}

func TestOwnOutletNeverCrowds(t *testing.T) {
	w := newWorld(t)
	docs := filler()
	for i := range 8 {
		d := events[0].same[0]
		d.Title += " " + []string{"as rescue goes on", "live", "what we know", "the pictures", "mayor speaks", "schools shut", "aid arrives", "the science"}[i]
		d.Text = d.Text + " " + filler()[i].Title
		d.Published = noon.Add(time.Duration(i) * time.Hour)
		docs = append(docs, d)
	}
	w.add(append(docs, events[0].same[1:]...)...)
	own := 0
	for _, r := range w.related(feeds.ArticleID(len(filler()) + 1)) {
		if w.docs[r.Article].Outlet == "Gazette" {
			own++
		}
	}
	if own > ownRows {
		t.Errorf("%d rows of the asked article's own outlet", own)
	}
}

func TestCapitalsMakeNoDifference(t *testing.T) {
	w := newWorld(t)
	shout := events[0].same[1]
	shout.Title = strings.ToUpper(shout.Title)
	w.add(append(filler(), events[0].same[0], shout)...)
	n := feeds.ArticleID(len(filler()))
	if w.story[n+1] != w.story[n+2] {
		t.Error("a headline in capitals is not in the story")
	}
	for _, title := range []string{shout.Title, "Ferry Aground Off Marrowby As Captain Sleeps"} {
		a := newWords().read(feeds.Document{Title: title, Language: "en"})
		for i, term := range a.terms {
			if term.raw&termCapital != 0 {
				t.Errorf("in %q, term %d counts as a name: each word there has a capital", title, i)
			}
		}
	}
}

// What two articles share in one name alone is no event, however rare the name.
func TestOneNameMakesNoStory(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(),
		told("Gazette", "Calliope Marr on learning to paint late", "The actor talks about watercolours, patience and a cottage without a telephone, far from any stage or camera.", 0),
		told("Herald", "Calliope Marr and director settle out of court", "Lawyers on both sides called the agreement fair; neither named the sum that ends a quarrel of four years.", 5*time.Hour))...)
	n := feeds.ArticleID(len(filler()))
	if w.story[n+1] == w.story[n+2] {
		t.Error("two events that share a person are one story")
	}
	if rows := w.related(n + 1); len(rows) == 0 || rows[0].Article != n+2 {
		t.Errorf("the other article on that person is not shown: %v", rows)
	}
}
