package newsworld

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// event is what articles are about: who, where, and in which words.
type event struct {
	people, places []string
	subject, act   string
	number         int
	topic          []string
}

func newEvent(seed, id uint64) event {
	t := teller{r: rand.New(rand.NewPCG(seed^0x5eed, id))}
	e := event{subject: pick(t.r, nouns), act: pick(t.r, verbs), number: 2 + t.r.IntN(900)}
	for range 2 {
		e.people = append(e.people, t.name(t.r.Uint64N(40_000))+" "+t.name(t.r.Uint64N(90_000)))
		e.places = append(e.places, t.name(t.r.Uint64N(20_000)))
	}
	for range 7 {
		e.topic = append(e.topic, pick(t.r, nouns))
	}
	for range 5 {
		e.topic = append(e.topic, word(t.rare()))
	}
	return e
}

// teller writes about an event.
type teller struct {
	r     *rand.Rand
	event event
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// rare is the rank of a word that few texts have: one over a uniform number is
// distributed as Zipf's law has it.
func (t *teller) rare() uint64 {
	return 300 + uint64(min(300/(t.r.Float64()+1e-3), 250_000))
}

var syllables = [...]string{
	"ra", "to", "ni", "sel", "ka", "mo", "ver", "lin", "du", "pes", "gar", "hu", "wen", "bi", "ost", "fel", "jo", "an", "ter", "zim", "cla", "qui", "bra", "sho",
}

// word of a rank: common ones are short.
func word(rank uint64) string {
	var b []byte
	for n := rank + 1; n > 0; n /= uint64(len(syllables)) {
		b = append(b, syllables[n%uint64(len(syllables))]...)
	}
	return string(b)
}

func (t *teller) name(rank uint64) string {
	w := word(rank)
	return strings.ToUpper(w[:1]) + w[1:]
}

// title is one of a few ways to say the same.
func (t *teller) title() string {
	e := t.event
	who, where := pick(t.r, e.people), pick(t.r, e.places)
	switch t.r.IntN(5) {
	case 0:
		return who + " " + e.act + " " + e.subject + " in " + where
	case 1:
		return where + ": " + strconv.Itoa(e.number) + " " + pick(t.r, e.topic) + " after " + e.subject + " " + pick(t.r, nouns)
	case 2:
		return capital(e.subject) + " " + pick(t.r, e.topic) + " " + e.act + " " + pick(t.r, nouns) + ", says " + who
	case 3:
		return "Why " + where + " " + e.act + " its " + e.subject + " " + pick(t.r, e.topic)
	}
	return where + " " + e.subject + " " + pick(t.r, nouns) + " " + e.act + " as " + who + " " + pick(t.r, verbs) + " " + pick(t.r, e.topic)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (t *teller) html() string {
	var b strings.Builder
	for i := range paragraphs {
		b.WriteString("<p>")
		for range 3 {
			t.sentence(&b, i)
		}
		b.WriteString("</p>\n")
		if i == 2 {
			b.WriteString(`<p>See <a href="https://agency.example/` + word(uint64(t.event.number)) + `">what was said before</a> about <em>` + t.event.subject + "</em>.</p>\n")
		}
	}
	return b.String()
}

// sentence is about the event at the beginning of an article and about anything
// near its end.
func (t *teller) sentence(b *strings.Builder, paragraph int) {
	about := func() string {
		switch n := t.r.IntN(10 + paragraph); {
		case n < 4:
			return pick(t.r, t.event.topic)
		case n < 8:
			return pick(t.r, nouns)
		}
		return word(t.rare())
	}
	start := pick(t.r, openings)
	switch t.r.IntN(3 + paragraph/2) {
	case 0:
		start = pick(t.r, t.event.people)
	case 1:
		start = "In " + pick(t.r, t.event.places) + ", the " + t.event.subject
	}
	b.WriteString(start + " " + pick(t.r, verbs) + " the " + pick(t.r, adjectives) + " " + about() + " " + pick(t.r, links) + " " + about() + " and a " + about() + " of " + strconv.Itoa(t.r.IntN(t.event.number+9)) + " " + pick(t.r, nouns) + ". ")
}

var (
	papers     = strings.Fields("Herald Courier Tribune Gazette Post Chronicle Observer Mirror Standard Bulletin Register Dispatch")
	nouns      = strings.Fields("council bridge harbour budget school strike vote storm river hospital minister court verdict festival union factory train station border treaty market price rent housing water fire police inquiry report election candidate party coalition law reform tax bank rate inflation wage job company merger profit airline airport road tunnel power plant solar wind gas oil price forest drought flood heat record match final coach player club league stadium museum film novel singer concert vaccine virus clinic doctor nurse trial study satellite rocket telescope planet whale reef park farmer harvest wheat export tariff talks summit visit protest march curfew ceasefire aid camp refugee passport visa language")
	verbs      = strings.Fields("approves rejects delays opens closes defends questions reviews cuts raises blocks backs reports denies confirms plans ends begins wins loses")
	adjectives = strings.Fields("new old local national long short late early public private sudden steady large small costly careful open final first last")
	openings   = strings.Fields("Officials Residents Critics Experts Engineers Lawyers Teachers Traders Farmers Organisers Neighbours Observers")
	links      = strings.Fields("after before despite with without against near over under beside")
)
