package novelty

import (
	"strings"
	"sync"
	"unicode"
)

// lexicon is what is known of a language's small words. Where it is empty only
// the same words count as the same.
type lexicon struct {
	empty     map[string]bool // say nothing by themselves
	openings  map[string]bool // say nothing at the head of a sentence
	pronouns  map[string]bool
	speech    map[string]bool // verbs that report and do not judge
	auxiliary map[string]bool // stand beside those
	weekdays  map[string]bool
	blocking  map[string]bool // may turn round what stands beside them
	hanging   map[string]bool // make it hang on something
	inverted  map[string]bool // the same, at the head of a sentence

	countsWithArticle map[string]bool     // a few, a third
	afterFigure       map[string]string   // units, written out
	spelled           map[string][]string // words, written the usual way
	endings           [][2]string         // of words, the same

	grouping string          // the sign between thousands
	heads    bool            // "The mayor said …" is taken apart
	asides   bool            // what stands between commas may be left out
	early    map[string]bool // what begins a time or place: who says it may have said it then
	relative map[string]bool // what begins an aside that only adds
	framing  map[string]bool // participles that do more
}

// figure is a number without the signs that group its digits.
func (l *lexicon) figure(s string) string {
	if l.grouping == "" {
		return s
	}
	parts := strings.Split(s, l.grouping)
	for i, p := range parts {
		if i > 0 && len(p) != 3 && !(i == len(parts)-1 && len(p) > 3 && strings.IndexFunc(p[3:4], unicode.IsDigit) < 0) || len(p) == 0 {
			return s
		}
	}
	return strings.Join(parts, "")
}

// written is a word the usual way; it may be two.
func (l *lexicon) written(word string) []string {
	if w, ok := l.spelled[word]; ok {
		return w
	}
	if stem, ok := strings.CutSuffix(word, "n't"); ok && len(l.endings) > 0 {
		return []string{stem, "not"}
	}
	for _, e := range l.endings {
		if stem, ok := strings.CutSuffix(word, e[0]); ok && len(stem) > 3 {
			return []string{stem + e[1]}
		}
	}
	return []string{word}
}

// blocks reports whether keys may turn round what they are left out of.
func (l *lexicon) blocks(keys []string) bool {
	for _, k := range keys {
		if l.blocking[k] || l.hanging[k] {
			return true
		}
	}
	return false
}

// lexiconOf is that of a language tag; of one that is not known, an empty one.
func lexiconOf(tag string) *lexicon {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if l, ok := lexicons()[base]; ok {
		return l
	}
	return unknown
}

var unknown = &lexicon{}

var lexicons = sync.OnceValue(func() map[string]*lexicon {
	return map[string]*lexicon{"en": english(), "de": german(), "fr": french(), "es": spanish()}
})

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func english() *lexicon {
	l := &lexicon{
		heads: true, asides: true, grouping: ",",
		empty:    set("the a an"),
		openings: set("and but however meanwhile also moreover"),
		early:    set("on in at last this next earlier late early today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday"),
		relative: set("who which both including aged"),
		framing:  set("pending assuming barring depending excluding providing supposing considering claiming alleging suggesting pretending fearing hoping expecting predicting threatening denying joking speculating"),
		pronouns: set("he she they it his her their its this these those"),
		speech:   set("said says say saying told added adds stated according announced reported"),
		weekdays: set("monday tuesday wednesday thursday friday saturday sunday"),
		blocking: set(`no not none nobody nothing never neither nor without hardly barely only
			deny denies denied denying reject rejects rejected refuse refuses refused dispute disputes disputed doubt doubts doubted
			claim claims claimed allege alleges alleged allegedly suggest suggests suggested fear fears feared expect expects expected
			predict predicts predicted warn warns warned hope hopes hoped believe believes believed think thinks thought argue argues argued
			insist insists insisted promise promises promised vow vows vowed pledge pledges pledged threaten threatens threatened
			ask asks asked demand demands demanded estimate estimates estimated suspect suspects suspected assume assumes assumed
			critics opponents supporters rivals sources reportedly apparently supposedly purportedly perhaps maybe possibly probably likely unlikely
			false falsely wrong wrongly untrue myth hoax fake rumour rumours rumor rumors contrary instead despite although though but yet
			plan plans planned propose proposes proposed consider considers considered fail fails failed try tries tried
			joked lied quipped speculated tweeted conceded admitted testified recalled wrote posted bragged boasted hinted mused guessed swore thought felt heard
			proposal proposals proposed draft novel film fictional dream rumoured exercise drill theory
			almost nearly until except unlike rather`),
		hanging:           set("if unless whether would could might may should can except or lest provided otherwise"),
		inverted:          set("had were should"),
		countsWithArticle: set("few little lot third fourth fifth sixth seventh eighth ninth tenth second half hundred thousand million billion dozen number single"),
		afterFigure:       map[string]string{"m": "million", "mn": "million", "bn": "billion", "tn": "trillion"},
		spelled:           map[string][]string{},
		endings: [][2]string{
			{"isation", "ization"}, {"isations", "izations"}, {"ise", "ize"}, {"ised", "ized"}, {"ises", "izes"}, {"ising", "izing"},
			{"bour", "bor"}, {"bours", "bors"}, {"lour", "lor"}, {"lours", "lors"}, {"vour", "vor"}, {"vours", "vors"},
		},
	}
	for i, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve") {
		l.spelled[w] = []string{strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12")[i]}
	}
	for _, pair := range strings.Fields(`harbour:harbor harbours:harbors labour:labor honour:honor colour:color favour:favor centre:center centres:centers theatre:theater
		programme:program programmes:programs defence:defense licence:license cancelled:canceled travelled:traveled metre:meter metres:meters litre:liter litres:liters
		kilometre:kilometer kilometres:kilometers grey:gray percent:% pct:% cannot:can+not can't:can+not won't:will+not shan't:shall+not organisation:organization`) {
		from, to, _ := strings.Cut(pair, ":")
		l.spelled[from] = strings.Split(to, "+")
	}
	return l
}

func german() *lexicon {
	return &lexicon{
		grouping:  ".",
		openings:  set("und aber doch allerdings jedoch"),
		pronouns:  set("er sie es sein seine ihr ihre dies diese dieser dieses"),
		speech:    set("sagte sagt erklärte mitgeteilt"),
		auxiliary: set("hat haben"),
		blocking:  set("nicht kein keine keinen nie niemand bestritt angeblich vielleicht wohl"),
		hanging:   set("wenn falls ob könnte würde solle soll oder"),
		spelled:   map[string][]string{"prozent": {"%"}},
	}
}

func french() *lexicon {
	return &lexicon{
		openings:  set("et mais cependant toutefois"),
		pronouns:  set("il elle ils elles son sa ses leur leurs ce ceci cela ces"),
		speech:    set("dit déclaré annoncé indiqué précisé ajouté affirmé"),
		auxiliary: set("a ont"),
		blocking:  set("ne pas non jamais aucun aucune nié démenti peut-être"),
		hanging:   set("si aurait pourrait serait devrait ou"),
	}
}

func spanish() *lexicon {
	return &lexicon{
		grouping:  ".",
		openings:  set("y pero"),
		pronouns:  set("él ella ellos ellas su sus esto este esta estos estas"),
		speech:    set("dijo afirmó anunció añadió informó"),
		auxiliary: set("ha han"),
		blocking:  set("no nunca nadie ningún ninguna negó quizá quizás"),
		hanging:   set("si podría habría sería o"),
	}
}
