// Package export is an article as others read it: Markdown, a web page, plain
// text, and the name of a file to keep it in.
//
//	text := export.Markdown(item, body, time.Local)
//	text, err := export.As("vote.html", item, body, time.Local) // by the ending
//	name := export.FileName(item, ".md")                        // "The-bridge-is-open.md"
package export

import (
	"cmp"
	"fmt"
	"html"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
	"broadsheet/ui/markdown"
)

const noText = "This feed gives no text for the article; its page has it."

// As is the article in the format that the ending of a file's name asks for:
// .html and .htm a web page, .txt plain text, any other Markdown.
func As(name string, item feeds.Item, body feeds.Body, zone *time.Location) (string, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm":
		return HTML(item, body, zone)
	case ".txt":
		return Text(item, body, zone), nil
	}
	return Markdown(item, body, zone), nil
}

// Markdown is the article under its headline and who published it when.
func Markdown(item feeds.Item, body feeds.Body, zone *time.Location) string {
	return article("# "+item.Headline(), item, body.Markdown, zone)
}

// Text is the same without markup.
func Text(item feeds.Item, body feeds.Body, zone *time.Location) string {
	return article(item.Headline(), item, body.Text, zone)
}

func article(heading string, item feeds.Item, text string, zone *time.Location) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", heading, by(item, zone))
	if item.URL != "" {
		fmt.Fprintln(&b, item.URL)
	}
	fmt.Fprintf(&b, "\n%s\n", cmp.Or(strings.TrimSpace(text), noText))
	return b.String()
}

// by is who published the article, and when.
func by(item feeds.Item, zone *time.Location) string {
	who := item.Outlet
	if item.Author != "" {
		who += " · " + item.Author
	}
	return who + " · " + feeds.When(item.Article).In(zone).Format("2 January 2006 15:04")
}

const page = `<!doctype html>
<html lang="%[1]s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src http: https:; style-src 'unsafe-inline'">
<title>%[2]s</title>
<style>body{max-width:42em;margin:2em auto;padding:0 1em;font:1.1em/1.55 serif}img{max-width:100%%}pre{overflow:auto}table{border-collapse:collapse}td,th{padding:.2em .6em;border:1px solid #999}</style>
</head>
<body>
<h1>%[2]s</h1>
<p>%[3]s%[4]s</p>
%[5]s</body>
</html>
`

// HTML is the article as a web page that runs no scripts.
func HTML(item feeds.Item, body feeds.Body, zone *time.Location) (string, error) {
	text, err := markdown.HTML(cmp.Or(strings.TrimSpace(body.Markdown), noText))
	if err != nil {
		return "", fmt.Errorf("the article cannot be made a web page: %w", err)
	}
	link := ""
	if item.URL != "" {
		address := html.EscapeString(item.URL)
		link = fmt.Sprintf(`<br><a href="%s">%s</a>`, address, address)
	}
	return fmt.Sprintf(page, html.EscapeString(item.Language), html.EscapeString(item.Headline()), html.EscapeString(by(item, zone)), link, text), nil
}

// maxName bounds a file's name in bytes, its ending included: file systems take
// 255, but some count otherwise and some readers add to it.
const maxName = 120

// FileName is a name for a file that holds the article: letters and digits of
// its headline, parted by single dashes, and the ending. It is one part of a
// path, begins with a letter or digit, and holds nothing that a shell or a
// terminal takes for more than text.
func FileName(item feeds.Item, ending string) string {
	var b strings.Builder
	parted := true // no dash at the beginning
	for _, r := range item.Headline() {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !(unicode.IsMark(r) && b.Len() > 0) {
			if !parted {
				b.WriteByte('-')
			}
			parted = true
			continue
		}
		if b.Len()+utf8.RuneLen(r)+len(ending) > maxName {
			break
		}
		b.WriteRune(r)
		parted = false
	}
	name := strings.TrimRight(b.String(), "-")
	if name == "" {
		name = "article-" + item.ID.String()
	}
	return name + ending
}
