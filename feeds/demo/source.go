package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// outlet is one file of the newsroom: its head, and its articles as yet unread.
type outlet struct {
	file               string
	name, title        string
	tagline            string
	host, feed         string
	format, folder     string
	language, charset  string
	guid               string
	zone               *time.Location // nil: UTC
	gzip, cdata, xhtml bool
	lead               int
	status             int
	articles           string
}

func (o *outlet) link(p string) string { return "https://" + o.host + "/" + strings.TrimPrefix(p, "/") }
func (o *outlet) feedURL() string      { return o.link(o.feed) }

// article is one block of an outlet's file.
type article struct {
	path, title, author string
	summary             string
	tags                []string
	published, updated  time.Time
	image, alt          string
	audio               audio
	version             int
	markdown            string
}

type audio struct {
	path   string
	length int64
	play   time.Duration
}

func parseOutlet(file, text string) (*outlet, error) {
	head, rest, _ := strings.Cut(text, "\n=== ")
	o := &outlet{file: file, language: "en", charset: "utf-8", guid: "link", status: 200, articles: rest}
	for _, f := range fields(head) {
		if err := o.set(f.key, f.value); err != nil {
			return nil, fmt.Errorf("sample newsroom, %s: %w", file, err)
		}
	}
	if o.title == "" {
		o.title = o.name
	}
	if o.name == "" || o.host == "" || o.feed == "" || o.format == "" || o.folder == "" {
		return nil, fmt.Errorf("sample newsroom, %s: name, host, feed, format and folder are needed", file)
	}
	return o, nil
}

func (o *outlet) set(key, value string) (err error) {
	switch key {
	case "name":
		o.name = value
	case "title":
		o.title = value
	case "tagline":
		o.tagline = value
	case "host":
		o.host = value
	case "feed":
		o.feed = value
	case "format":
		o.format = value
	case "folder":
		o.folder = value
	case "language":
		o.language = value
	case "charset":
		o.charset = value
	case "guid":
		o.guid = value
	case "zone":
		var t time.Time
		t, err = time.Parse("-0700", value)
		_, offset := t.Zone()
		o.zone = time.FixedZone("", offset)
	case "gzip":
		o.gzip = value == "yes"
	case "cdata":
		o.cdata = value == "yes"
	case "xhtml":
		o.xhtml = value == "yes"
	case "lead":
		o.lead, err = strconv.Atoi(value)
	case "status":
		o.status, err = strconv.Atoi(value)
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

// read reads the outlet's articles as they are at now.
func (o *outlet) read(now time.Time) ([]article, error) {
	if o.articles == "" {
		return nil, nil
	}
	var list []article
	for _, block := range strings.Split(o.articles, "\n=== ") {
		a, err := parseArticle(block, now)
		if err != nil {
			return nil, fmt.Errorf("sample newsroom, %s, %s: %w", o.file, a.path, err)
		}
		list = append(list, a)
	}
	return list, nil
}

func parseArticle(block string, now time.Time) (article, error) {
	first, rest, _ := strings.Cut(block, "\n")
	head, body, _ := strings.Cut(rest, "\n\n")
	a := article{path: "/" + strings.TrimSpace(first)}
	for _, f := range fields(head) {
		var err error
		if f.key == "reprint" {
			body, err = wire(f.value)
		} else {
			err = a.set(f.key, f.value, now)
		}
		if err != nil {
			return a, err
		}
	}
	if a.title == "" || a.published.IsZero() {
		return a, fmt.Errorf("a title and a time are needed")
	}
	var err error
	if a.title, err = weekdays(a.title, now); err != nil {
		return a, err
	}
	a.markdown, err = weekdays(strings.TrimSpace(body), now)
	return a, err
}

func (a *article) set(key, value string, now time.Time) (err error) {
	switch key {
	case "title":
		a.title = value
	case "author":
		a.author = value
	case "summary":
		a.summary = value
	case "tags":
		for _, tag := range strings.Split(value, ",") {
			a.tags = append(a.tags, strings.TrimSpace(tag))
		}
	case "ago":
		a.published, err = ago(value, now)
	case "at":
		a.published, err = latest(value, now)
	case "updated":
		a.updated, err = ago(value, now)
	case "image":
		path, alt, _ := strings.Cut(value, "|")
		a.image, a.alt = strings.TrimSpace(path), strings.TrimSpace(alt)
	case "audio":
		a.audio, err = parseAudio(value)
	case "version":
		a.version, err = strconv.Atoi(value)
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

func parseAudio(value string) (audio, error) {
	part := strings.Fields(value)
	if len(part) != 3 {
		return audio{}, fmt.Errorf("audio %q is not a path, a length and a duration", value)
	}
	length, err := strconv.ParseInt(part[1], 10, 64)
	if err != nil {
		return audio{}, fmt.Errorf("audio %q: %w", value, err)
	}
	play, err := time.ParseDuration(part[2])
	return audio{path: part[0], length: length, play: play}, err
}

type field struct{ key, value string }

func fields(head string) []field {
	var list []field
	for _, line := range strings.Split(head, "\n") {
		key, value, ok := strings.Cut(line, ":")
		if ok {
			list = append(list, field{strings.TrimSpace(key), strings.TrimSpace(value)})
		} else if strings.TrimSpace(line) != "" {
			list = append(list, field{strings.TrimSpace(line), ""})
		}
	}
	return list
}
