package fulltext

import (
	"strings"

	"golang.org/x/net/html"
)

// signs are what a whole page shows of walls in front of its article. They are
// gathered before pruning, which takes the walls away.
type signs struct {
	letters  int  // of all that can be read
	consent  int  // words about cookies and consent
	barred   bool // a sentence that asks to subscribe or log in to read on
	wall     bool // an element is called a paywall
	scripts  bool // a sentence that asks for scripts, or to wait for a check
	liveblog int  // entries of a live blog
}

// lookForWalls reads the whole page for what stands before its article.
func lookForWalls(doc *html.Node) signs {
	var s signs
	walk(doc, func(n *html.Node) bool {
		switch n.Data {
		case "head", "style", "script", "svg", "header", "nav":
			return false // what stands there is on every page of the site
		case "noscript":
			// Its text is what a reader without scripts is told.
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.TextNode && len(c.Data) < 5000 && gates().holds(plain(c.Data)) {
					s.scripts = true
				}
			}
			return false
		}
		if !s.wall && calledWall(classWords(n)) {
			// The name alone says nothing: it marks what is behind a wall as well.
			text := textOf(n)
			s.wall = len(text) < 3000 && barriers().holds(plain(text))
		}
		if strings.Contains(attr(n, "itemtype"), "BlogPosting") && strings.Contains(attr(n, "itemprop"), "liveBlogUpdate") {
			s.liveblog++
		}
		if isBlock(n) && find(n, isBlock) == nil {
			text := textOf(n)
			s.letters += letters(text)
			s.read(text)
			return false
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode && len(c.Data) > 3 {
				s.letters += letters(c.Data)
				s.read(c.Data)
			}
		}
		return true
	})
	return s
}

// calledWall knows the names of walls.
func calledWall(words []string) bool {
	for i, w := range words {
		switch w {
		case "paywall", "regwall", "paywalled", "subscriberonly", "paygate":
			return true
		case "subscription", "subscriber", "subscribers", "premium", "member", "members", "login", "pay", "reg", "article", "content":
			if i+1 < len(words) {
				switch words[i+1] {
				case "required", "only", "wall", "gate", "barrier":
					return true
				}
			}
		}
	}
	return false
}

// read looks at one piece of a page's text. Long pieces are of articles, which
// may be about paywalls.
func (s *signs) read(text string) {
	if len(text) < 10 || len(text) > 1500 {
		return
	}
	text = plain(text)
	s.consent += consents().count(text, 12)
	if len(text) > 400 {
		return
	}
	s.barred = s.barred || barriers().holds(text)
	s.scripts = s.scripts || gates().holds(text)
}

// Amounts of text, in letters, that verdicts turn on.
const (
	teaserMost = 2500 // what publishers show for nothing is rarely more
	noteMost   = 700  // what a page that says why there is no article has
	articleMin = 120  // one long sentence
)

// verdict says why there is no article, or none that is whole; nil if there is.
func (s signs) verdict(text string, about metadata) error {
	n := letters(text)
	known := len(about.types) > 0
	switch {
	case n < teaserMost && s.isWall(text, n, about):
		return ErrPaywall
	case n < noteMost*4 && !known && s.isConsent(text, n):
		return ErrCookieWall
	case n < noteMost && !known && (s.scripts && n < articleMin*3 || gates().holds(plain(text))):
		return ErrEmpty
	case n < articleMin && !complete(text, n):
		return ErrEmpty
	}
	return nil
}

// complete knows the shortest articles, a single sentence, from debris.
func complete(text string, n int) bool {
	return n >= articleMin/3 && sentence(strings.TrimSpace(text)) && strings.Count(text, "\n") < 3
}

// isWall weighs what speaks for a paywall: many pages declare one and give the
// whole text all the same, or advertise subscriptions beside it.
func (s signs) isWall(text string, n int, about metadata) bool {
	if about.free {
		return false
	}
	score := 0
	for _, sign := range []struct {
		seen   bool
		weight int
	}{
		{about.walled, 1},
		{s.barred, 2},
		{s.wall, 1},
		{n < teaserMost/2, 1},
		{cutOff(text), 1},
		{about.words > 0 && about.words*2 > 3*countWords(text)+60, 2},
	} {
		if sign.seen {
			score += sign.weight
		}
	}
	return score >= 4
}

// cutOff reports whether a text ends in the middle.
func cutOff(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...") || strings.HasSuffix(text, "[…]") || text != "" && !sentence(text)
}

func countWords(text string) int { return len(strings.Fields(text)) }

// isConsent reports whether the question about cookies is all there is.
func (s signs) isConsent(text string, n int) bool {
	words := plain(text)
	found := consents().count(words, 40)
	if found >= 3 && found*35 > countWords(text) && choices().holds(words) {
		return true
	}
	return n < noteMost && s.consent >= 4 && s.letters < 8*noteMost && s.consent*150 > s.letters
}
