package related

import "testing"

func TestBothSpellingsOfEnglishAreOneTerm(t *testing.T) {
	w := newWords()
	for british, american := range map[string]string{
		"neighbours": "neighbors", "colourful": "colorful", "behaviour": "behavior", "favourite": "favorite", "labour": "labor",
		"organisation": "organization", "realised": "realized", "organisers": "organizers", "analyse": "analyze",
		"centre": "center", "theatres": "theaters", "defence": "defense", "catalogue": "catalog", "programmes": "programs",
		"cancelled": "canceled", "travelling": "traveling", "travellers": "travelers",
	} {
		if w.termID(british, false, langEnglish) != w.termID(american, false, langEnglish) {
			t.Errorf("%s and %s are two terms", british, american)
		}
	}
}

func TestSpellingLeavesOtherWordsApart(t *testing.T) {
	w := newWords()
	for _, pair := range [][2]string{
		{"four", "for"}, {"hours", "horse"}, {"tourist", "torist"}, {"journal", "jornal"}, {"source", "sorce"},
		{"rise", "size"}, {"wise", "wize"}, {"fence", "fense"},
	} {
		if w.termID(pair[0], false, langEnglish) == w.termID(pair[1], false, langEnglish) {
			t.Errorf("%s and %s are one term", pair[0], pair[1])
		}
	}
	if w.termID("centre", false, tongue("fr")) == w.termID("center", false, tongue("fr")) {
		t.Error("the spelling of English is that of French too")
	}
}
