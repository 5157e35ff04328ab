package reader

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
)

func withLinks(t *testing.T, n int) *Pane {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[site %d](https://example.org/%d) ", i+1, i+1)
	}
	p := New(dark)
	p.SetKeys(keys.Default())
	p.Resize(40, 8)
	item := article()
	item.Enclosures = []feeds.Enclosure{{URL: "https://example.org/a.mp3", Type: "audio/mpeg", Play: 34 * time.Minute}}
	p.SetArticle(item, now)
	p.SetBody(7, rendered(t, b.String(), p.BodyWidth()))
	p.Act(keys.Links)
	return p
}

func TestListOfLinks(t *testing.T) {
	p := withLinks(t, 2)
	expect(t, p, `   1  site 1
      https://example.org/1
   2  site 2
      https://example.org/2
   3  Audio, 34 min: a.mp3
      https://example.org/a.mp3
   0  The article’s own page
      https://gazette.example/vote`)
	p.Act(keys.Down)
	if got, want := p.Act(keys.Enter), (pane.OpenURL{URL: "https://example.org/2"}); got != want {
		t.Errorf("Enter wants %v", got)
	}
	if p.Typing() {
		t.Error("the list stays after a link was opened")
	}
	p = withLinks(t, 2)
	if intent := p.Act(keys.Back); intent != nil || p.Typing() {
		t.Errorf("back does not close the list (%v)", intent)
	}
	p = New(dark)
	if intent := p.Act(keys.Links); intent != nil || p.Typing() {
		t.Errorf("without an article there is a list of links (%v)", intent)
	}
}

// What the list shows is what is opened, and neither has a password, a host that
// looks like another, or a scheme that does something; to whom a mail would go
// can be read, and package elsewhere opens nothing but web addresses.
func TestLinksOfStrangers(t *testing.T) {
	body := clean.HTML(`<p><a href="javascript:alert(1)">one</a> <a href="file:///etc/passwd">two</a> <a href="data:text/html,x">three</a> <a href="--help">four</a>
		<a href="https://me:secret@example.org/">five</a> <a href="https://аpple.example/">six</a> <a href="java&#10;script:alert(1)">seven</a> <a href="mailto:a@example.org">eight</a></p>`, "https://gazette.example/vote")
	p := New(dark)
	p.SetKeys(keys.Default())
	p.Resize(60, 12)
	p.SetArticle(article(), now)
	p.SetBody(7, rendered(t, body.Markdown, p.BodyWidth()))
	p.Act(keys.Links)
	expect(t, p, `   1  four
      https://gazette.example/--help
   2  five
      https://example.org/
   3  six
      https://xn--pple-43d.example/
   4  eight
      mailto:a@example.org
   0  The article’s own page
      https://gazette.example/vote`)
}

// A file's name is decoded from its address.
func TestNamesOfFilesAreText(t *testing.T) {
	for _, name := range []string{"%1b%5d0;x%07", "%f3%a0%81%81", "%c2%9b31m", "%e2%80%ae", "%ee%80%80", "%ff", "z%cc%81%cc%82%cc%83%cc%84%cc%85%cc%86"} {
		if got := attachment(feeds.Enclosure{URL: "https://example.org/" + name + ".mp3"}); !clean.Safe(got) || !strings.HasSuffix(got, ".mp3") {
			t.Errorf("%s is called %q", name, got)
		}
	}
}

func TestLinksByNumber(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  pane.Intent
	}{
		{"3", pane.OpenURL{URL: "https://example.org/3"}}, // no other begins with 3
		{"1", nil}, // 1, or 10 to 12
		{"12", pane.OpenURL{URL: "https://example.org/12"}}, //
		{"0", pane.OpenURL{URL: "https://gazette.example/vote"}},
		{"17", pane.Say{Text: "There is no link 17."}},
		{"99", pane.OpenURL{URL: "https://example.org/9"}},
		{"jj", nil},
		{"q", nil},
	} {
		p := withLinks(t, 12)
		if got := p.Type(c.typed); got != c.want {
			t.Errorf("%q wants %v, want %v", c.typed, got, c.want)
		}
	}
	p := withLinks(t, 12)
	p.Type("1")
	if got, want := p.Act(keys.Enter), (pane.OpenURL{URL: "https://example.org/1"}); got != want {
		t.Errorf("1 Enter wants %v", got)
	}
	p = withLinks(t, 12)
	p.Type("jj")
	if p.view.(*linkList).cursor != 2 {
		t.Errorf("jj moves to row %d", p.view.(*linkList).cursor)
	}
	p.Type("1")
	p.Edit(pane.EraseLetter)
	if got := p.Note(); got != "" {
		t.Errorf("after backspace the number is still %q", got)
	}
	p.Type("q")
	if p.Typing() {
		t.Error("q does not leave the list")
	}
}
