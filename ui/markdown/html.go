package markdown

import (
	"strings"
)

// HTML is an article's Markdown as HTML, whole. Raw HTML in it is text, and
// addresses that run something are left out, as goldmark does unless told
// otherwise.
func HTML(source string) (string, error) {
	text, _ := guard(source, len(source))
	var b strings.Builder
	if err := reader().Convert([]byte(text), &b); err != nil {
		return "", err
	}
	return strings.ReplaceAll(b.String(), string(markStop), ""), nil
}
