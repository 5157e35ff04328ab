package parse

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/dates"
	"broadsheet/feeds/parse/repair"
)

// A jsonReader makes a Document of a JSON Feed. A field of the wrong type gets
// the type it should have, or goes.
type jsonReader struct {
	problems *problems
	mended   bool // it was not as JSON Feed has it
}

type object = map[string]any

func parseJSON(text []byte, url string, p *problems) (Document, error) {
	value, sound := repair.JSON(text)
	feed, _ := value.(object)
	list, ok := feed["items"].([]any)
	if version, _ := feed["version"].(string); !ok && !strings.Contains(version, "jsonfeed") {
		return Document{}, fmt.Errorf("%w: it is JSON, but no JSON Feed", ErrNotFeed)
	}
	r := jsonReader{problems: p, mended: !sound}
	doc := Document{
		Title:       string(plainText(r.text(feed, "title"))),
		Link:        r.text(feed, "home_page_url"),
		Description: string(plainText(r.text(feed, "description"))),
		Language:    languageTag(r.text(feed, "language")),
	}
	author := r.by(feed)
	for _, one := range list[:min(len(list), maxItems)] {
		if item, ok := one.(object); ok {
			e := r.entry(item)
			e.Author = firstOf(e.Author, author)
			doc.Entries = append(doc.Entries, e)
		}
	}
	if r.mended {
		p.add("mistakes in the JSON were repaired")
	}
	if lost := len(list) - len(doc.Entries); lost > 0 {
		p.lose(lost, len(list))
	}
	doc.settle(firstOf(url, r.text(feed, "feed_url")))
	return doc, nil
}

func (r *jsonReader) entry(item object) Entry {
	e := Entry{
		ID:        r.text(item, "id"),
		Title:     string(plainText(r.text(item, "title"))),
		Link:      firstOf(r.text(item, "url"), r.text(item, "external_url")),
		Author:    r.by(item),
		Published: r.date(item, "date_published"),
		Updated:   r.date(item, "date_modified"),
		Language:  languageTag(r.text(item, "language")),
		Summary:   string(plainText(r.text(item, "summary"))),
		Content:   r.text(item, "content_html"),
	}
	if e.Content == "" {
		e.Content = string(paragraphs([]byte(r.text(item, "content_text"))))
	}
	if e.Link == "" && isWeb(e.ID) {
		e.Link = e.ID
	}
	files, ok := item["attachments"].([]any)
	r.mended = r.mended || !ok && item["attachments"] != nil
	for _, file := range files {
		if a, ok := file.(object); ok {
			seconds := float64(size(r.text(a, "duration_in_seconds")))
			e.Enclosures = addEnclosure(e.Enclosures, feeds.Enclosure{
				URL: cleanAddress(r.text(a, "url")), Type: r.text(a, "mime_type"), Title: r.text(a, "title"),
				Length: size(r.text(a, "size_in_bytes")), Play: time.Duration(min(seconds, maxPlay.Seconds())) * time.Second,
			})
		}
	}
	if picture := cleanAddress(firstOf(r.text(item, "image"), r.text(item, "banner_image"))); !slices.ContainsFunc(e.Enclosures, isPicture) {
		e.Enclosures = addEnclosure(e.Enclosures, feeds.Enclosure{URL: picture, Type: anyPicture})
	}
	return e
}

// text is a field as text, whatever type it has.
func (r *jsonReader) text(from object, name string) string {
	switch v := from[name].(type) {
	case nil:
		return ""
	case string:
		if len(v) > maxMarkup {
			r.problems.add("a text that is too long was cut")
			v = strings.ToValidUTF8(v[:maxMarkup], "")
		}
		return v
	case float64:
		// Many write numbers for ids, and lengths should be numbers.
		r.mended = r.mended || name != "id" && name != "size_in_bytes" && name != "duration_in_seconds"
		if v == math.Trunc(v) && math.Abs(v) < 1e18 {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		r.mended = true
		return strconv.FormatBool(v)
	case []any:
		r.mended = true
		if len(v) > 0 {
			s, _ := v[0].(string)
			return s
		}
	}
	r.mended = true
	return ""
}

func (r *jsonReader) date(from object, name string) time.Time {
	s := r.text(from, name)
	if s == "" {
		return time.Time{}
	}
	t, ok := dates.Parse(s)
	if !ok {
		r.problems.add("a date could not be read")
	}
	return t
}

// by is who wrote it, however that is given: as objects or names, one or
// several.
func (r *jsonReader) by(from object) string {
	var names []string
	for _, field := range []string{"authors", "author"} {
		list, ok := from[field].([]any)
		if one := from[field]; !ok && one != nil {
			list = []any{one}
		}
		for _, one := range list {
			switch v := one.(type) {
			case string:
				r.mended = true
				names = addName(names, []byte(v))
			case object:
				names = addName(names, []byte(r.text(v, "name")))
			}
		}
		if len(names) > 0 {
			break // author is the old name of authors
		}
	}
	return strings.Join(names, ", ")
}

// plainText is a text of JSON Feed, which should be plain, as HTML.
func plainText(s string) []byte {
	text := []byte(s)
	if looksLikeHTML(text) {
		return text
	}
	return paragraphs(text)
}
