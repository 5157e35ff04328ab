package pages

import (
	"strings"
	"testing"

	"broadsheet/feeds/clean"
	"broadsheet/feeds/fulltext"
)

func TestThePictureOfAPageLeadsAnArticleWithoutAny(t *testing.T) {
	for name, c := range map[string]struct {
		page fulltext.Page
		want string
	}{
		"none in the text":    {fulltext.Page{Image: "https://a.example/i/storm.jpg?a=1&b=2", HTML: "<p>Text.</p>"}, "https://a.example/i/storm.jpg?a=1&b=2"},
		"one in the text":     {fulltext.Page{Image: "https://a.example/storm.jpg", HTML: `<p>Text.</p><img src="https://a.example/calm.jpg">`}, "https://a.example/calm.jpg"},
		"the site's emblem":   {fulltext.Page{Image: "https://a.example/Logo-1200.png", HTML: "<p>Text.</p>"}, ""},
		"none":                {fulltext.Page{HTML: "<p>Text.</p>"}, ""},
		"not even an address": {fulltext.Page{Image: `x"><script>alert(1)</script>`, HTML: "<p>Text.</p>"}, "https://a.example/news/x%22%3E%3Cscript%3Ealert(1)%3C/script%3E"},
	} {
		body := clean.HTML(illustrated(c.page), "https://a.example/news/1")
		if got := strings.Join(clean.Pictures(body.Markdown), " "); got != c.want || body.Text != "Text." {
			t.Errorf("%s: pictures %q, text %q; want %q", name, got, body.Text, c.want)
		}
	}
}
