package clean

import (
	"strings"
)

// Pictures are the addresses of the pictures in an article's Markdown as HTML
// writes it, in their order, each once.
func Pictures(markdown string) []string {
	var list []string
	known := map[string]bool{}
	for {
		at := strings.Index(markdown, "![")
		if at < 0 {
			return list
		}
		escaped := at > 0 && markdown[at-1] == '\\'
		markdown = markdown[at+2:]
		if escaped {
			continue
		}
		end := strings.Index(markdown, "](")
		if end < 0 {
			return list
		}
		rest := markdown[end+2:]
		closing := ")"
		if strings.HasPrefix(rest, "<") {
			rest, closing = rest[1:], ">)"
		}
		address, _, found := strings.Cut(rest, closing)
		if !found {
			return list
		}
		address = strings.ReplaceAll(address, "&amp;", "&")
		if url, ok := URL(address, ""); ok && !known[url] {
			known[url] = true
			list = append(list, url)
		}
	}
}
