package related

import (
	"testing"
	"time"

	"broadsheet/feeds"
)

// Two articles tell one event as well, by the same names; the one in the asked
// article's language comes first, and the other makes no story with it.
func TestTheOwnLanguageComesFirst(t *testing.T) {
	const names = "Calliope Marrowby Orsino Vantrill Tarrow"
	asked := told("Gazette", "Calliope aground off Marrowby", "The ferry with captain Orsino went aground; inspector Vantrill of the coastguard was there and "+names+".", 0)
	own := told("Herald", "Marrowby: Calliope and captain Orsino", "What inspector Vantrill said was that the hull would be seen by divers, and "+names+".", time.Hour)
	foreign := told("Abendpost", "Marrowby: Calliope und Kapitän Orsino", "Was der Inspektor Vantrill sagte, war, dass der Rumpf nicht von den Tauchern gesehen wird, und "+names+".", time.Hour)
	w := newWorld(t)
	w.add(append(filler(), asked, own, foreign)...)
	n := feeds.ArticleID(len(filler()) + 1)
	score := map[feeds.ArticleID]float64{}
	for _, r := range w.related(n) {
		score[r.Article] = r.Score
	}
	if w.story[n] != w.story[n+1] || w.story[n] == w.story[n+2] {
		t.Errorf("stories %v: want the English two in one, and the German one apart", w.story)
	}
	if score[n+2] == 0 || score[n+1] < 1.2*score[n+2] {
		t.Errorf("the scores are %v; want both, the own language's by far the higher", score)
	}
}

// Words that stand in every text of a language tell nothing: what shares only
// those is not related.
func TestStopWordsRelateNothing(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(),
		told("Abendpost", "Der Rat hat über die Schulden beraten und die Sitzung vertagt", "Der Rat hat am Abend über die Schulden beraten, und die Sitzung ist dann auf die nächste Woche vertagt worden, weil sich die Seiten nicht einig waren.", 0),
		told("Kurier", "Die Feuerwehr hat in der Nacht und am Morgen eine Katze gerettet", "Die Feuerwehr hat in der Nacht eine Katze gerettet, die auf dem Dach nicht mehr weiter wusste, und ist dann wieder auf die Wache gefahren, weil es regnete.", time.Hour))...)
	n := feeds.ArticleID(len(filler()) + 1)
	if rows := w.related(n); len(rows) > 0 {
		t.Errorf("a story is related by its grammar: %+v", rows)
	}
	if w.story[n] == w.story[n+1] {
		t.Error("two stories are one by their grammar")
	}
}
