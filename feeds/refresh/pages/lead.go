package pages

import (
	"html"
	"path"
	"strings"

	"broadsheet/feeds/fulltext"
)

// illustrated is a page's article with the picture that the page calls its own
// in front, if the article has none: papers often set it outside the text.
func illustrated(page fulltext.Page) string {
	if page.Image == "" || strings.Contains(page.HTML, "<img") || emblem(page.Image) {
		return page.HTML
	}
	return `<figure><img src="` + html.EscapeString(page.Image) + `"></figure>` + page.HTML
}

// emblem reports whether a picture is the site's rather than the article's, as
// far as its name says so.
func emblem(address string) bool {
	name := strings.ToLower(path.Base(address))
	for _, word := range []string{"logo", "default", "placeholder", "fallback", "icon", "share", "social", "og-image", "og_image", "opengraph"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
