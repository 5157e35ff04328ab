package fulltext

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// metadata is what a page says about itself.
type metadata struct {
	title, summary, site, language, image string
	authors                               []string
	published                             time.Time
	body                                  string // the article as JSON-LD has it, plain or HTML
	types                                 []string
	walled, free                          bool // declared as (not) accessible for free
	h1                                    string
	base                                  string
	words                                 int  // as declared; 0 when not
	gallery                               bool // the text is in the captions
}

func readMetadata(doc *html.Node, data []string) metadata {
	var m metadata
	meta := make(map[string]string)
	title := ""
	walk(doc, func(n *html.Node) bool {
		switch n.Data {
		case "html":
			m.language = first(attr(n, "lang"), attr(n, "xml:lang"))
		case "title":
			if title == "" && n.FirstChild != nil && !inside(n, 3, "svg") {
				title = fold(n.FirstChild.Data)
			}
		case "base":
			m.base = first(m.base, attr(n, "href"))
		case "meta":
			name := strings.ToLower(first(attr(n, "property"), attr(n, "name"), attr(n, "itemprop"), attr(n, "http-equiv")))
			if value := fold(attr(n, "content")); value != "" && meta[name] == "" {
				meta[name] = value
			}
		case "h1":
			if m.h1 == "" {
				m.h1 = textOf(n)
			}
		case "time":
			if m.published.IsZero() && strings.Contains(attr(n, "itemprop")+attr(n, "class")+attr(n, "pubdate"), "ub") {
				m.published = parseTime(attr(n, "datetime"))
			}
		}
		return true
	})
	stamp := m.published
	m.published = time.Time{}
	for _, text := range data {
		var value any
		if len(text) < 1<<20 && json.Unmarshal([]byte(strings.TrimSpace(text)), &value) == nil {
			m.linked(value, 0)
		}
	}
	for _, key := range []string{"article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "date",
		"dc.date.issued", "dc.date", "dcterms.date", "pubdate", "publish-date", "publish_date"} {
		if m.published.IsZero() {
			m.published = parseTime(meta[key])
		}
	}
	if m.published.IsZero() {
		m.published = stamp
	}
	m.site = first(meta["og:site_name"], m.site)
	m.title = bestTitle(title, m.h1, first(m.title, meta["og:title"], meta["twitter:title"], meta["dc.title"]), m.site)
	m.summary = first(meta["og:description"], meta["description"], meta["twitter:description"], m.summary)
	m.image = first(meta["og:image"], meta["og:image:url"], meta["twitter:image"], meta["twitter:image:src"], m.image)
	m.language = first(m.language, meta["content-language"], meta["dc.language"], strings.ReplaceAll(meta["og:locale"], "_", "-"))
	if len(m.authors) == 0 {
		for _, key := range []string{"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"} {
			if name := meta[key]; name != "" && !strings.Contains(name, "://") {
				m.authors = []string{name}
				break
			}
		}
	}
	return m
}

// linked reads what JSON-LD says about the article, wherever it is in there.
func (m *metadata) linked(value any, depth int) {
	if depth > 6 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v[:min(len(v), 200)] {
			m.linked(item, depth+1)
		}
	case map[string]any:
		types := texts(v["@type"])
		if slices.ContainsFunc(types, articleType) {
			m.article(v, types)
			return
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			m.linked(v[key], depth+1)
		}
	}
}

func articleType(t string) bool {
	return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || t == "Report" || t == "Review" || t == "Recipe"
}

func (m *metadata) article(v map[string]any, types []string) {
	if len(m.types) > 0 {
		return // the page's own comes first; others are teasers
	}
	m.types = types
	m.title = first(m.title, text(v["headline"]), text(v["name"]))
	m.summary = first(m.summary, text(v["description"]))
	m.body = text(v["articleBody"])
	if updates, ok := v["liveBlogUpdate"].([]any); ok && m.body == "" {
		m.body = entries(updates)
	}
	switch n := v["wordCount"].(type) {
	case float64:
		m.words = int(max(0, min(n, 1e6)))
	case string:
		if count, err := strconv.Atoi(n); err == nil {
			m.words = max(0, count)
		}
	}
	m.published = parseTime(text(v["datePublished"]))
	m.image = imageAddress(v["image"])
	m.language = first(m.language, text(v["inLanguage"]))
	m.site = first(m.site, named(v["publisher"]))
	for _, key := range []string{"author", "creator"} {
		if len(m.authors) > 0 {
			break
		}
		list, ok := v[key].([]any)
		if !ok {
			list = []any{v[key]}
		}
		for _, a := range list[:min(len(list), 20)] {
			if name := fold(named(a)); name != "" && !strings.Contains(name, "://") && !slices.Contains(m.authors, name) {
				m.authors = append(m.authors, name)
			}
		}
	}
	switch free := v["isAccessibleForFree"].(type) {
	case bool:
		m.walled, m.free = !free, free
	case string:
		m.walled, m.free = strings.EqualFold(free, "false"), strings.EqualFold(free, "true")
	}
}

// entries is the text of a live blog.
func entries(updates []any) string {
	var b strings.Builder
	for _, u := range updates {
		if v, ok := u.(map[string]any); ok {
			b.WriteString(text(v["headline"]) + "\n" + text(v["articleBody"]) + "\n")
		}
	}
	return strings.TrimSpace(b.String())
}

func named(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		return text(v["name"])
	case []any:
		if len(v) > 0 {
			return text(v[0])
		}
	}
	return ""
}

func text(value any) string {
	s, _ := value.(string)
	return strings.TrimSpace(strings.ToValidUTF8(html.UnescapeString(s), ""))
}

func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				list = append(list, s)
			}
		}
		return list
	}
	return nil
}

func imageAddress(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		return text(v["url"])
	case []any:
		if len(v) > 0 {
			if _, deeper := v[0].([]any); !deeper {
				return imageAddress(v[0])
			}
		}
	}
	return ""
}

// parseTime reads the dates that machines write; a page's other ones are left
// to the feed, which has the date as well.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", time.RFC1123Z, time.RFC1123, "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1800 && t.Unix() != 0 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// bestTitle is the headline without the site's name. What is declared for
// sharing is mostly right, the h1 settles what the site's name is.
func bestTitle(title, h1, declared, site string) string {
	best := first(declared, title)
	if h1 != "" && (best == "" || len(h1) < len(best) && strings.HasPrefix(best, h1) || len(h1) < len(title) && strings.HasPrefix(title, h1) && best == title) {
		return h1
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", " » ", " :: ", " • "} {
		if i := strings.LastIndex(best, sep); i > 0 {
			if site != "" && strings.EqualFold(strings.TrimSpace(best[i+len(sep):]), site) || declared == "" && i > 20 && len(best)-i < 40 {
				return strings.TrimSpace(best[:i])
			}
		}
	}
	return first(best, h1)
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// absolute resolves an address of the page; "" for what is none on the web.
func absolute(base *url.URL, address string) string {
	u, err := base.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
