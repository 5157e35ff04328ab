package demo

import (
	"encoding/json"
	"time"
)

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	URL         string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url"`
	Title       string           `json:"title"`
	Summary     string           `json:"summary"`
	HTML        string           `json:"content_html"`
	Image       string           `json:"image,omitempty"`
	Published   string           `json:"date_published"`
	Modified    string           `json:"date_modified,omitempty"`
	Authors     []jsonAuthor     `json:"authors,omitempty"`
	Tags        []string         `json:"tags,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonAttachment struct {
	URL      string `json:"url"`
	Type     string `json:"mime_type"`
	Size     int64  `json:"size_in_bytes"`
	Duration int64  `json:"duration_in_seconds"`
}

func (o *outlet) json(list []entry) ([]byte, error) {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: o.title, Home: o.link("/"), URL: o.feedURL(),
		Description: o.tagline, Language: o.language,
	}
	for _, e := range list {
		item := jsonItem{
			ID: o.link(e.path), URL: o.link(e.path), Title: e.title, Summary: e.teaser(), HTML: e.html,
			Published: o.date(e.published, time.RFC3339), Tags: e.tags,
		}
		if o.guid == "tag" {
			item.ID = o.tag(e.article)
		}
		if !e.updated.IsZero() {
			item.Modified = o.date(e.updated, time.RFC3339)
		}
		if e.author != "" {
			item.Authors = []jsonAuthor{{e.author}}
		}
		if e.image != "" {
			item.Image = o.link(e.image)
		}
		if e.audio.path != "" {
			item.Attachments = []jsonAttachment{{o.link(e.audio.path), "audio/mpeg", e.audio.length, int64(e.audio.play.Seconds())}}
		}
		doc.Items = append(doc.Items, item)
	}
	return json.MarshalIndent(doc, "", "  ")
}
