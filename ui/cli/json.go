package cli

import (
	"bufio"
	"encoding/json"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
)

// The JSON that scripts rely on: one object a line, exactly these keys, in
// this order. Ids are strings. Times are RFC 3339 in UTC and absent when
// unknown.

type feedJSON struct {
	ID        string            `json:"id"`
	URL       string            `json:"url"`
	Title     string            `json:"title"`
	Outlet    string            `json:"outlet"`
	Site      string            `json:"site"`
	Folder    string            `json:"folder"`
	Language  string            `json:"language"`
	Unread    int               `json:"unread"`
	Total     int               `json:"total"`
	LastFetch stamp             `json:"last_fetch,omitzero"`
	NextFetch stamp             `json:"next_fetch,omitzero"`
	Status    feeds.FetchStatus `json:"status"`
	Error     string            `json:"error"`
}

type articleJSON struct {
	ID        string   `json:"id"`
	FeedID    string   `json:"feed_id"`
	Feed      string   `json:"feed"`
	Outlet    string   `json:"outlet"`
	Title     string   `json:"title"`
	URL       string   `json:"url"`
	Author    string   `json:"author"`
	Published stamp    `json:"published,omitzero"`
	Updated   stamp    `json:"updated,omitzero"`
	Fetched   stamp    `json:"fetched,omitzero"`
	Language  string   `json:"language"`
	Excerpt   string   `json:"excerpt"`
	Read      bool     `json:"read"`
	Saved     bool     `json:"saved"`
	StoryID   string   `json:"story_id"`
	Copies    []string `json:"copies"`
}

type wholeArticleJSON struct {
	articleJSON
	Body      string         `json:"body"`
	Revisions []revisionJSON `json:"revisions"`
}

type revisionJSON struct {
	Title   string `json:"title"`
	Body    string `json:"body"`
	Fetched stamp  `json:"fetched,omitzero"`
}

type relatedJSON struct {
	ID      string           `json:"id"`
	URL     string           `json:"url"`
	Title   string           `json:"title"`
	Related []relatedRowJSON `json:"related"`
}

type relatedRowJSON struct {
	Rank      int        `json:"rank"`
	ID        string     `json:"id"`
	URL       string     `json:"url"`
	Outlet    string     `json:"outlet"`
	Title     string     `json:"title"`
	Published stamp      `json:"published,omitzero"`
	Score     float64    `json:"score"`
	Kind      feeds.Kind `json:"kind"`
	Why       whyJSON    `json:"why"`
	Copies    []string   `json:"copies"`
}

type whyJSON struct {
	Terms []termJSON `json:"terms"`
	Hours float64    `json:"hours"`
}

type termJSON struct {
	Term   string  `json:"term"`
	Weight float64 `json:"weight"`
}

type storyJSON struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Outlets    int        `json:"outlets"`  // how many independent ones carry it
	Articles   int        `json:"articles"` // how many there are, copies too
	First      stamp      `json:"first,omitzero"`
	Latest     stamp      `json:"latest,omitzero"`
	ArticleIDs []string   `json:"article_ids"`
	Gist       []saidJSON `json:"gist,omitempty"` // only with --gist

	Missing *missingJSON `json:"missing,omitempty"` // only with --missing
}

// missingJSON is the reader's outlets that do not carry a story.
type missingJSON struct {
	Silent  []string `json:"silent"`
	Unknown []string `json:"unknown"` // their feeds failed, or were not fetched since it broke
}

type outcomeJSON struct {
	FeedID  string            `json:"feed_id"`
	URL     string            `json:"url"`
	Status  feeds.FetchStatus `json:"status"`
	New     int               `json:"new"`
	Updated int               `json:"updated"`
	Error   string            `json:"error"`
	MS      int64             `json:"ms"`
}

type summaryJSON struct {
	Summary totalsJSON `json:"summary"`
}

type totalsJSON struct {
	Feeds       int   `json:"feeds"`
	OK          int   `json:"ok"`
	NotModified int   `json:"not_modified"`
	Failed      int   `json:"failed"`
	New         int   `json:"new"`
	Updated     int   `json:"updated"`
	MS          int64 `json:"ms"`
}

type packedJSON struct {
	ArticleID string       `json:"article_id"`
	URL       string       `json:"url"`
	Related   bool         `json:"related"`
	Status    pages.Status `json:"status"`
	Words     int          `json:"words"`
	Bytes     int64        `json:"bytes"`
	Error     string       `json:"error"`
}

type packSummaryJSON struct {
	Summary packTotalsJSON `json:"summary"`
}

type packTotalsJSON struct {
	Articles       int   `json:"articles"`
	Stored         int   `json:"stored"`
	Kept           int   `json:"kept"`
	None           int   `json:"none"`
	Failed         int   `json:"failed"`
	Skipped        int   `json:"skipped"`
	Pictures       int   `json:"pictures"`
	PicturesFailed int   `json:"pictures_failed"`
	Bytes          int64 `json:"bytes"`
	Full           bool  `json:"full"`
	MS             int64 `json:"ms"`
}

type editionJSON struct {
	Name  string   `json:"name"`
	Title string   `json:"title"`
	Feeds []string `json:"feeds"`
}

type parsedJSON struct {
	Feed     parsedFeedJSON    `json:"feed"`
	Entries  []parsedEntryJSON `json:"entries"`
	Problems []string          `json:"problems"`
}

type parsedFeedJSON struct {
	Title       string `json:"title"`
	Link        string `json:"link"`
	Description string `json:"description"`
	Language    string `json:"language"`
	Updated     stamp  `json:"updated,omitzero"`
}

type parsedEntryJSON struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Link       string          `json:"link"`
	Author     string          `json:"author"`
	Published  stamp           `json:"published,omitzero"`
	Updated    stamp           `json:"updated,omitzero"`
	Summary    string          `json:"summary"`
	Content    string          `json:"content"`
	Enclosures []enclosureJSON `json:"enclosures"`
}

type enclosureJSON struct {
	URL    string `json:"url"`
	Type   string `json:"type"`
	Length int64  `json:"length"`
}

type candidateJSON struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Type  string `json:"type"`
}

type sentenceJSON struct {
	Sentence string `json:"sentence"`
}

// saidJSON is a sentence of one of a story's articles.
type saidJSON struct {
	Sentence  string `json:"sentence"`
	Outlet    string `json:"outlet"`
	ArticleID string `json:"article_id"`
}

// stamp is a time as the contract writes it.
type stamp struct{ t time.Time }

func (s stamp) IsZero() bool                 { return s.t.IsZero() }
func (s stamp) MarshalText() ([]byte, error) { return []byte(s.t.UTC().Format(time.RFC3339)), nil }

// lines prints JSON Lines.
func (s *session) lines(print func(put func(any))) error {
	w := bufio.NewWriter(s.Stdout)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var failed error
	print(func(v any) {
		if failed == nil {
			failed = enc.Encode(v)
		}
	})
	if failed != nil {
		return failed
	}
	return w.Flush()
}

// ids as strings, never null.
func ids[ID interface{ String() string }](list []ID) []string {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = id.String()
	}
	return out
}

func feedToJSON(s feeds.Subscription) feedJSON {
	return feedJSON{
		ID: s.ID.String(), URL: feeds.Shown(s.URL), Title: s.Name(), Outlet: s.Outlet, Site: s.Site, Folder: s.Folder, Language: s.Language,
		Unread: s.Unread, Total: s.Total, LastFetch: stamp{s.LastFetch}, NextFetch: stamp{s.NextFetch}, Status: s.Status, Error: s.Error,
	}
}

func articleToJSON(i feeds.Item, feed string) articleJSON {
	return articleJSON{
		ID: i.ID.String(), FeedID: i.Feed.String(), Feed: feed, Outlet: i.Outlet, Title: i.Title, URL: i.URL, Author: i.Author,
		Published: stamp{i.Published}, Updated: stamp{i.Updated}, Fetched: stamp{i.Fetched}, Language: i.Language, Excerpt: i.Excerpt,
		Read: i.Read, Saved: i.Saved, StoryID: i.Story.String(), Copies: ids(i.Copies),
	}
}
