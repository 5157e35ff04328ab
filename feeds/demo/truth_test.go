package demo_test

import (
	"os"
	"strings"
	"testing"
)

// row is a line of testdata/truth.tsv, whose head describes the columns.
type row struct{ language, topic, event, copies string }

func tsv(t *testing.T, file string, columns int) [][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		field := strings.Split(line, "\t")
		if len(field) != columns {
			t.Fatalf("%s: %q has %d columns, want %d", file, line, len(field), columns)
		}
		rows = append(rows, field)
	}
	return rows
}

func truth(t *testing.T) map[string]row {
	t.Helper()
	table := make(map[string]row)
	for _, f := range tsv(t, "testdata/truth.tsv", 5) {
		if _, twice := table[f[0]]; twice {
			t.Errorf("truth.tsv lists %s twice", f[0])
		}
		table[f[0]] = row{f[1], f[2], f[3], f[4]}
	}
	return table
}

func TestTruthListsEveryArticle(t *testing.T) {
	table := truth(t)
	seen := make(map[string]bool)
	for _, i := range newsroom(t) {
		seen[i.key()] = true
		r, ok := table[i.key()]
		if !ok {
			t.Errorf("truth.tsv does not list %s", i.key())
			continue
		}
		if language, _, _ := strings.Cut(i.feed.Language, "-"); language != r.language {
			t.Errorf("%s is in %q, not %q", i.key(), language, r.language)
		}
		if r.event != "-" && r.topic == "-" || r.copies != "-" && r.event == "-" {
			t.Errorf("%s: an event needs a topic, a copy an event: %+v", i.key(), r)
		}
	}
	for key := range table {
		if !seen[key] {
			t.Errorf("truth.tsv lists %s, which nobody publishes", key)
		}
	}
}

func TestEventsAreToldByManyOutlets(t *testing.T) {
	table := truth(t)
	outlets := make(map[string]map[string]bool) // own words only
	copies := make(map[string]map[string]bool)
	titles := make(map[string]map[string]bool)
	topics := make(map[string]string)
	add := func(m map[string]map[string]bool, key, value string) {
		if m[key] == nil {
			m[key] = make(map[string]bool)
		}
		m[key][value] = true
	}
	for _, i := range newsroom(t) {
		r := table[i.key()]
		if r.event != "-" && topics[r.event] != "" && topics[r.event] != r.topic {
			t.Errorf("event %s is of two topics", r.event)
		}
		topics[r.event] = r.topic
		if r.copies != "-" {
			add(copies, r.copies, i.feed.Outlet)
			add(titles, r.copies, i.Title)
		} else if r.event != "-" && r.language == "en" {
			add(outlets, r.event, i.feed.Outlet)
		}
	}
	many := 0
	for _, o := range outlets {
		if len(o) >= 3 && len(o) <= 8 {
			many++
		}
	}
	if many < 6 {
		t.Errorf("%d events are told by 3 to 8 outlets, want at least 6", many)
	}
	if len(copies) != 2 {
		t.Errorf("%d wire stories, want 2", len(copies))
	}
	for wire, o := range copies {
		if len(o) < 4 || len(o) > 7 {
			t.Errorf("%s is reprinted by %d outlets, want 4 to 7", wire, len(o))
		}
	}
	if len(titles["wire-rate-cut"]) != 1 || len(titles["wire-moon-ring"]) != len(copies["wire-moon-ring"]) {
		t.Errorf("one wire story keeps its headline, the other has a new one everywhere: %v", titles)
	}
	for _, f := range tsv(t, "testdata/lookalikes.tsv", 3) {
		for _, event := range f[:2] {
			if topics[event] == "" {
				t.Errorf("lookalikes.tsv: there is no event %q", event)
			}
		}
		if f[0] == f[1] {
			t.Errorf("lookalikes.tsv: %s looks like itself", f[0])
		}
	}
}

// Copies are the same text, and whatever else tells the same event is not.
func TestCopiesAreCopiesAndTheRestIsNot(t *testing.T) {
	table := truth(t)
	all := newsroom(t)
	shingles := make([]map[string]bool, len(all))
	for n, i := range all {
		shingles[n] = make(map[string]bool)
		word := strings.Fields(strings.ToLower(plainText(i.Content)))
		for k := 0; k+4 <= len(word); k++ {
			shingles[n][strings.Join(word[k:k+4], " ")] = true
		}
	}
	for a := range all {
		for b := range a {
			x, y := table[all[a].key()], table[all[b].key()]
			if x.language != y.language || len(shingles[a]) == 0 || len(shingles[b]) == 0 {
				continue
			}
			common := 0
			for s := range shingles[a] {
				if shingles[b][s] {
					common++
				}
			}
			contained := float64(common) / float64(min(len(shingles[a]), len(shingles[b])))
			same := x.copies != "-" && x.copies == y.copies
			if same && contained < 0.6 || !same && contained > 0.2 {
				t.Errorf("%s and %s share %.2f of their four-word runs, but copies: %v", all[a].key(), all[b].key(), contained, same)
			}
		}
	}
}
