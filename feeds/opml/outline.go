package opml

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"broadsheet/feeds"
)

const (
	maxTag  = 1 << 20 // bytes of one tag
	maxName = 1 << 10 // bytes of a title or a folder's name
)

// readOPML reads the outlines with an HTML tokenizer: many lists in use are not
// well-formed XML (bare ampersands in addresses, missing quotes), and it knows
// no entities that could be made to explode and no files to include.
func (l *list) readOPML(text []byte) error {
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(maxTag)
	z.AllowCDATA(true)
	var (
		root     string
		folders  []string // for each open outline, the folder that what is in it belongs to
		ended    bool
		outlines int
		inTitle  bool
	)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return l.finish(root, outlines, ended && len(folders) == 0, z.Err())
		case html.TextToken:
			if inTitle {
				l.title += string(z.Text())
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "outline":
				if len(folders) > 0 {
					folders = folders[:len(folders)-1]
				}
			case "opml":
				ended = true
			}
			inTitle = false
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			z.NextIsNotRawText() // an empty <title/> must not swallow the file
			if root == "" {
				root = token.Data
			}
			inTitle = token.Data == "title" && outlines == 0 && l.title == ""
			if token.Data != "outline" {
				continue
			}
			outlines++
			o := readOutline(token.Attr)
			folder := ""
			if len(folders) > 0 {
				folder = folders[len(folders)-1]
			}
			folder = o.take(l, folder)
			if kind == html.StartTagToken {
				folders = append(folders, folder)
			}
		}
	}
}

// finish judges what was read.
func (l *list) finish(root string, outlines int, whole bool, err error) error {
	l.title = strings.TrimSpace(l.title)
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return fmt.Errorf("the list of feeds holds a tag of more than %d KiB; it is damaged or not OPML", maxTag>>10)
	case outlines == 0 && (root == "rss" || root == "feed" || root == "rdf:rdf"):
		return errors.New("this is a feed and not a list of feeds; subscribe to its address instead of importing it")
	case outlines == 0 && root != "opml":
		return errors.New("this is neither OPML nor newsboat's urls; export your subscriptions as OPML and import that")
	case !whole && root == "opml":
		l.note("the file breaks off or is not well formed; what could be read of it was taken")
	}
	return nil
}

// outline is one element of a list.
type outline struct {
	name     string // how it is shown
	kind     string
	feed     string
	site     string
	language string
	category string
}

func readOutline(attrs []html.Attribute) outline {
	var o outline
	var title, text, link string
	for _, a := range attrs {
		value := strings.TrimSpace(a.Val)
		switch a.Key {
		case "text":
			text = value
		case "title":
			title = value
		case "type":
			o.kind = strings.ToLower(value)
		case "xmlurl":
			o.feed = value
		case "htmlurl":
			o.site = value
		case "url":
			link = value
		case "language":
			o.language = value
		case "category":
			o.category = value
		}
	}
	if o.name = text; text == "" {
		o.name = title
	}
	if len(o.name) > maxName {
		o.name = strings.TrimSpace(strings.ToValidUTF8(o.name[:maxName], ""))
	}
	if o.feed == "" && (o.kind == "rss" || o.kind == "atom") {
		o.feed = link // as OPML 1 had it
	}
	return o
}

// take puts an outline's feed into the list, and returns the folder that the
// outlines in it belong to.
func (o outline) take(l *list, folder string) string {
	if o.feed == "" {
		if o.kind == "include" {
			l.note("the outline %.80q names another list; only lists that you import yourself are read", o.name)
		}
		return subfolder(folder, o.name)
	}
	parent := folder
	if folder == "" && o.category != "" {
		folder, _, _ = strings.Cut(o.category, ",")
		folder = tidyFolder(folder)
	}
	language := o.language
	if strings.EqualFold(language, "unknown") { // OPML 1 subscription lists say so
		language = ""
	}
	l.add(fmt.Sprintf("the outline %.80q", o.name), feeds.Feed{
		URL: o.feed, Title: o.name, Site: o.site, Folder: folder, Language: language,
	})
	return parent
}

// subfolder is the path of a folder in a folder. Its depth is bounded here, not
// by looking at the whole path afterwards: a hostile file may nest a million.
func subfolder(parent, name string) string {
	if strings.Count(parent, "/") >= maxDepth-1 {
		return parent
	}
	return tidyFolder(parent + "/" + name)
}

// tidyFolder makes of a path of names what Write makes of it and Read again.
func tidyFolder(path string) string {
	var names []string
	for _, name := range strings.Split(path, "/") {
		if name = strings.TrimSpace(name); name != "" && len(names) < maxDepth {
			names = append(names, name)
		}
	}
	return strings.Join(names, "/")
}
