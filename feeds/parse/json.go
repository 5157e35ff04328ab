package parse

import (
	"bytes"
	"fmt"
	"time"

	"github.com/mmcdole/gofeed/json"

	"broadsheet/feeds"
)

// parseJSON reads a JSON Feed, by gofeed.
func parseJSON(text []byte, url string, p *problems) (Document, error) {
	feed, err := new(json.Parser).Parse(bytes.NewReader(text))
	if err != nil || len(feed.Items) == 0 {
		repaired, ok := repairJSON(text)
		if !ok {
			return Document{}, ErrNotFeed
		}
		if err != nil {
			p.add("mistakes in the JSON were repaired")
		}
		if feed, err = new(json.Parser).Parse(bytes.NewReader(repaired)); err != nil {
			return Document{}, fmt.Errorf("%w: %w", ErrNotFeed, err)
		}
	}
	doc := Document{
		Title:       string(plainTitle(feed.Title)),
		Link:        feed.HomePageURL,
		Description: string(plainTitle(feed.Description)),
		Language:    languageTag(feed.Language),
	}
	author := jsonAuthor(feed.Authors, feed.Author)
	for _, item := range feed.Items {
		if item == nil {
			continue
		}
		e := jsonEntry(item, p)
		e.Author = firstOf(e.Author, author)
		doc.Entries = append(doc.Entries, e)
	}
	doc.settle(firstOf(url, feed.FeedURL))
	return doc, nil
}

func jsonEntry(item *json.Item, p *problems) Entry {
	e := Entry{
		ID:        item.ID,
		Title:     string(plainTitle(item.Title)),
		Link:      firstOf(item.URL, item.ExternalURL),
		Author:    jsonAuthor(item.Authors, item.Author),
		Published: jsonDate(item.DatePublished, p),
		Updated:   jsonDate(item.DateModified, p),
		Language:  languageTag(item.Language),
		Summary:   string(plainTitle(item.Summary)),
		Content:   item.ContentHTML,
	}
	if e.Content == "" {
		e.Content = string(paragraphs([]byte(item.ContentText)))
	}
	if e.Link == "" && isWeb(e.ID) {
		e.Link = e.ID
	}
	if item.Attachments != nil {
		for _, a := range *item.Attachments {
			e.Enclosures = addEnclosure(e.Enclosures, feeds.Enclosure{
				URL: cleanAddress(a.URL), Type: a.MimeType, Length: max(a.SizeInBytes, 0), Title: a.Title,
				Play: min(time.Duration(min(max(a.DurationInSeconds, 0), int64(maxPlay/time.Second)))*time.Second, maxPlay),
			})
		}
	}
	return e
}

// plainTitle is a text of JSON Feed, which should be plain, as HTML.
func plainTitle(s string) []byte {
	text := []byte(s)
	if looksLikeHTML(text) {
		return text
	}
	return paragraphs(text)
}

func jsonAuthor(authors []*json.Author, old *json.Author) string {
	for _, a := range authors {
		if a != nil && a.Name != "" {
			return a.Name
		}
	}
	if old != nil {
		return old.Name
	}
	return ""
}

func jsonDate(s string, p *problems) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, ok := parseDate(s)
	if !ok {
		p.add("a date could not be read")
	}
	return t
}
