package related

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/feeds"
)

// report fills in a form.
func report(place, other, person, agency, strength, hour string) string {
	return fmt.Sprintf("An earthquake of magnitude %s struck near %s in the early hours, the geological service %s said. "+
		"People ran into the streets and spent the night in the open, fearing further shocks after the first one. "+
		"Schools and offices will stay closed while engineers look at bridges and public buildings for damage. "+
		"The mayor, %s, told reporters that no deaths were known of by %s and asked residents to stay calm. "+
		"The tremor was felt as far away as %s, and power was cut off in several districts for a few hours.", strength, place, agency, person, hour, other)
}

// Articles of one wording and different names are different events, those with
// the same names one, be their wording the same or not.
func TestAFormFilledInTwiceIsTwoEvents(t *testing.T) {
	w := newWorld(t)
	first := feeds.ArticleID(len(filler()) + 1)
	w.add(append(filler(),
		told("Wire", "Quake shakes Tarmora", report("Tarmora", "Quelling Bay", "Ida Brandvold", "Seismos", "5.1", "0640"), 0),
		told("Star", "Quake shakes Ostrava Mills", report("Ostrava Mills", "Hollins Ferry", "Pavel Okonkwo", "Terrascope", "6.3", "1120"), time.Hour),
		told("Echo", "Quake shakes Pelworth", report("Pelworth", "Marrowby", "Lena Castellan", "Geonet", "4.7", "0915"), 2*time.Hour),
		told("Gull", "Tarmora counts the cost of earthquake", "Engineers began to inspect bridges in Tarmora on Tuesday, hours after a shock of 5.1 that was felt in Quelling Bay. "+
			"Mayor Ida Brandvold said by 0640 nobody was known to have died, and Seismos warned of aftershocks.", 3*time.Hour),
	)...)
	if w.story[first] == w.story[first+1] || w.story[first] == w.story[first+2] || w.story[first+1] == w.story[first+2] {
		t.Errorf("three earthquakes make the stories %v, %v, %v", w.story[first], w.story[first+1], w.story[first+2])
	}
	if w.story[first] != w.story[first+3] {
		t.Error("two reports of one earthquake are not one story")
	}
	for _, row := range w.related(first) {
		if other := row.Article == first+1 || row.Article == first+2; other && row.Kind == feeds.Coverage {
			t.Errorf("another earthquake, article %d, is coverage", row.Article)
		} else if row.Article == first+3 && row.Kind != feeds.Coverage {
			t.Error("the other report of the same earthquake is no coverage")
		}
	}
}

// One run of words in common is no form: two short reports of one event may both
// have it, and name different people.
func TestOneRunOfWordsIsNoForm(t *testing.T) {
	w := newWorld(t)
	first := feeds.ArticleID(len(filler()) + 1)
	w.add(append(filler(),
		told("Wire", "Ferry runs aground on reef, passengers rescued",
			"Captain Ida Brandvold stayed aboard the grounded ferry, as the coastguard took off eighty passengers who had waited on the reef.", 0),
		told("Star", "Passengers rescued after ferry runs aground on reef",
			"All are well, said Pavel Okonkwo, whose lifeboat came at the turn of the tide and met passengers who had waited beside the ferry on rocks.", time.Hour),
	)...)
	if w.story[first] != w.story[first+1] {
		t.Error("two reports of one event are not one story")
	}
}
