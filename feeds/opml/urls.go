package opml

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"broadsheet/feeds"
)

// refusals are the lines of newsboat's urls that are no addresses.
var refusals = []struct{ prefix, why string }{
	{"query:", "a query is not a feed"},
	{"exec:", "it runs a program, which Broadsheet never does"},
	{"filter:", "it runs a program, which Broadsheet never does"},
	{"file:", "Broadsheet reads feeds from the web only"},
}

// readURLs reads newsboat's urls: a line is an address and then tags, quoted
// where they hold spaces; "~name" is the title, "!" hides the feed.
func (l *list) readURLs(text []byte) error {
	lines := bytes.Split(bytes.ReplaceAll(text, []byte("\r"), []byte("\n")), []byte("\n"))
	understood, manyTags := 0, 0
	for i, line := range lines {
		words := splitWords(string(line))
		if len(words) == 0 {
			continue
		}
		place := fmt.Sprintf("line %d", i+1)
		if why := refusal(words[0]); why != "" {
			understood++
			l.note("%s: %s; left out", place, why)
			continue
		}
		f := feeds.Feed{URL: words[0]}
		tags := 0
		for _, word := range words[1:] {
			title, named := strings.CutPrefix(word, "~")
			switch {
			case named:
				f.Title = strings.TrimSpace(title)
			case strings.HasPrefix(word, "!"):
			case tags == 0:
				f.Folder = tidyFolder(word)
				tags++
			default:
				tags++
			}
		}
		before := len(l.feeds) + l.twice
		l.add(place, f)
		if len(l.feeds)+l.twice > before {
			understood++
		}
		if tags > 1 {
			manyTags++
		}
	}
	if understood == 0 {
		return errors.New("this is neither OPML nor newsboat's urls; export your subscriptions as OPML and import that")
	}
	if manyTags > 0 {
		l.note("feeds with more than one tag are kept in the folder of their first: %d", manyTags)
	}
	return nil
}

func refusal(word string) string {
	for _, r := range refusals {
		if strings.HasPrefix(strings.ToLower(word), r.prefix) {
			return r.why
		}
	}
	return ""
}

// splitWords splits a line as newsboat does: at spaces outside double quotes,
// with backslash escapes inside them, up to a "#" that begins a word.
func splitWords(line string) []string {
	var words []string
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" || line[0] == '#' {
			return words
		}
		var word string
		if line[0] == '"' {
			word, line = quoted(line[1:])
		} else {
			end := strings.IndexAny(line, " \t")
			if end < 0 {
				end = len(line)
			}
			word, line = line[:end], line[end:]
		}
		if word != "" {
			words = append(words, word)
		}
	}
}

// quoted reads up to the closing quote, or the end of the line.
func quoted(s string) (word, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:]
		case '\\':
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}
