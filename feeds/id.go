package feeds

import (
	"fmt"
	"strconv"
)

// FeedID names a subscription. Ids are given out in order, begin at 1 and are
// never used again, not even after the feed is removed.
type FeedID uint64

// ArticleID names an article, in the order in which articles were first saved.
type ArticleID uint64

// StoryID names a story. It is the id of the article that founded it, so an
// article nobody else reports is a story of its own without any record.
type StoryID uint64

func (id FeedID) String() string    { return strconv.FormatUint(uint64(id), 10) }
func (id ArticleID) String() string { return strconv.FormatUint(uint64(id), 10) }
func (id StoryID) String() string   { return strconv.FormatUint(uint64(id), 10) }

// ParseFeedID reads what String wrote.
func ParseFeedID(s string) (FeedID, error) {
	n, err := parseID(s, "a feed")
	return FeedID(n), err
}

// ParseArticleID reads what String wrote.
func ParseArticleID(s string) (ArticleID, error) {
	n, err := parseID(s, "an article")
	return ArticleID(n), err
}

func parseID(s, what string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("%q is not the id of %s: ids are whole numbers from 1", s, what)
	}
	return n, nil
}
