package reader

import (
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
)

const wideTable = `| Year | Votes cast | Turnout | Government | Opposition | Others |
|--|--|--|--|--|--|
| 2022 | 1,234,567 | 71.2 per cent | fifty-two seats | forty-one seats | 七人の議員 |
| 2026 | 1,345,678 | 68.9 per cent | forty-nine seats | forty-six seats | none at all |`

// text is what is drawn of the text alone.
func text(p *Pane) string {
	var lines []string
	for row, l := range strings.Split(drawn(p), "\n") {
		if what, _, _ := p.page.find(p.top + row); what == inText || what == inAside {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func TestAWideTableIsScrolledSideways(t *testing.T) {
	p := opened(t, 44, 16, 0)
	p.SetBody(7, rendered(t, "Before.\n\n"+wideTable+"\n\nAfter.", p.BodyWidth()))
	step := func(action keys.Action, want string) {
		t.Helper()

		if intent := p.Act(action); intent != nil {
			t.Errorf("%s wants %v", action, intent)
		}
		if got := text(p); got != strings.TrimPrefix(want, "\n") {
			t.Errorf("after %s:\n%s\nwant:\n%s", action, got, want)
		}
		exact(t, p, 44, 16)
	}
	step(keys.TableLeft, `
  Before.

  Year  Votes cast  Turnout        Govern›
  ───────────────────────────────────────›
  2022  1,234,567   71.2 per cent  fifty-›
  2026  1,345,678   68.9 per cent  forty-›
  < > move the table

  After.`)
	step(keys.TableRight, `
  Before.

  Year ‹Turnout        Government        ›
  ─────‹─────────────────────────────────›
  2022 ‹71.2 per cent  fifty-two seats   ›
  2026 ‹68.9 per cent  forty-nine seats  ›
  < > move the table

  After.`)
	for range 4 {
		p.Act(keys.TableRight)
	}
	if got := text(p); strings.Contains(got, "›") || !strings.Contains(got, "none at all") || !strings.Contains(got, "七人の議員") {
		t.Errorf("at the end of the table:\n%s", got)
	}
	for range 3 {
		p.Act(keys.TableLeft)
	}
	step(keys.TableLeft, `
  Before.

  Year  Votes cast  Turnout        Govern›
  ───────────────────────────────────────›
  2022  1,234,567   71.2 per cent  fifty-›
  2026  1,345,678   68.9 per cent  forty-›
  < > move the table

  After.`)

	p.SetBody(7, rendered(t, "No table.", p.BodyWidth()))
	if _, ok := p.Act(keys.TableRight).(pane.Say); !ok {
		t.Error("without a wide table nothing is said")
	}
}

func TestAHitInAWideTableIsBroughtIntoSight(t *testing.T) {
	p := opened(t, 44, 16, 0)
	p.SetBody(7, rendered(t, wideTable, p.BodyWidth()))
	p.StartFind()
	for _, words := range []string{"forty-six", "1,345,678", "none at all", "2026", "七人の議員"} {
		p.Find(words)
		if got := text(p); !strings.Contains(got, words) {
			t.Errorf("%q is not in sight:\n%s", words, got)
		}
		exact(t, p, 44, 16)
	}
	p.SetArticle(feeds.Item{Article: feeds.Article{ID: 8}}, now)
	if len(p.shifts) > 0 {
		t.Error("another article's tables are moved")
	}
}
