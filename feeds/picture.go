package feeds

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Lead is the picture that the feed gives with an article, beside its text; ok
// is false if it gives none, or one that the text has too: inText are the
// addresses of the pictures there.
func (a Article) Lead(inText []string) (lead Enclosure, ok bool) {
	for _, e := range a.Enclosures {
		kind, _, _ := strings.Cut(e.Type, "/")
		if kind != "image" && (e.Type != "" || !pictureName.MatchString(e.URL)) {
			continue
		}
		shown := slices.ContainsFunc(inText, func(address string) bool { return motif(address) == motif(e.URL) })
		return e, !shown
	}
	return Enclosure{}, false
}

var (
	pictureName = regexp.MustCompile(`(?i)\.(jpe?g|png|webp|gif)($|\?)`)
	// sized is how publishing systems name a picture in one of several sizes.
	sized = regexp.MustCompile(`(-\d+x\d+|-scaled|[@_-]\d+w?)?\.\w+$`)
)

// motif is what the addresses of one picture in several sizes have in common, as
// far as they show it.
func motif(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return sized.ReplaceAllString(path.Base(address), "")
}
