package feeds

import "testing"

func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"PORTO (Meridian Wire) — The ship left.":       "Meridian Wire",
		"PORT HALVEN, Tarrow (NW) - The ship left.":    "NW",
		"  ÉVREUX (AFV) – Le navire est parti.":        "AFV",
		"ST. HALVEN (Northwire) —The ship left.":       "Northwire",
		"Tarrow Mills (NASDAQ: TRW) — has had a week.": "",
		"TARROW (the ship) — left.":                    "",
		"TARROW (Northwire) is not a dateline.":        "",
		"TARROW (Northwire":                            "",
		"TARROW — The ship left.":                      "",
		"(Northwire) - The ship left.":                 "Northwire",
		"(the ship) — left.":                           "",
		"":                                             "",
		"X (Northwire) — A letter is no place.":        "",
		"2019 (Northwire) — A year is no place.":       "",
		"THE LONG AND WINDING ROAD THAT LEADS TO NOWHERE AT ALL TODAY (Northwire) — no.": "",
	} {
		if got := Dateline(text); got != want {
			t.Errorf("the dateline of %q names %q, want %q", text, got, want)
		}
	}
}
