package demo

import (
	"bytes"
	"html/template"
	"net/http"
	"time"
)

const frontHTML = `<!DOCTYPE html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<title>{{.Name}}</title>
<link rel="alternate" type="{{.Kind}}" title="{{.Title}}" href="{{.Feed}}">
</head>
<body>
<header><h1>{{.Name}}</h1><p>{{.Tagline}}</p></header>
<main><ul>
{{range .Articles}}<li><a href="{{.Link}}">{{.Title}}</a></li>
{{end}}</ul></main>
</body>
</html>
`

const articleHTML = `<!DOCTYPE html>
<html lang="{{.Language}}"{{if .RTL}} dir="rtl"{{end}}>
<head>
<meta charset="utf-8">
<title>{{.Title}} – {{.Name}}</title>
<link rel="canonical" href="{{.Link}}">
<link rel="alternate" type="{{.Kind}}" href="{{.Feed}}">
<meta property="article:published_time" content="{{.Date}}">
</head>
<body>
<nav><a href="{{.Home}}">{{.Name}}</a></nav>
<main><article>
<h1>{{.Title}}</h1>
{{if .Author}}<p class="byline">{{.Author}}</p>
{{end}}<time datetime="{{.Date}}">{{.Date}}</time>
{{.Body}}</article></main>
<footer><p>{{.Tagline}}</p></footer>
</body>
</html>
`

type pageLink struct{ Link, Title string }

type page struct {
	Name, Title, Tagline, Language, Kind string
	Home, Feed, Link, Author, Date       string
	RTL                                  bool
	Body                                 template.HTML
	Articles                             []pageLink
}

func (d *desk) page() page {
	return page{
		Name: d.name, Title: d.title, Tagline: d.tagline, Language: d.language,
		Kind: feedKind(d.format), Home: d.link("/"), Feed: d.feedURL(), RTL: rtl(d.language),
	}
}

// frontPage lists the outlet's articles and names its feed, so that the
// address of the paper is enough to subscribe to it.
func (d *desk) frontPage(now time.Time) (*answer, error) {
	list, err := d.read(now)
	if err != nil {
		return nil, err
	}
	p := d.page()
	for _, a := range list {
		if a.version != 1 {
			p.Articles = append(p.Articles, pageLink{d.link(a.path), a.title})
		}
	}
	return execute(frontHTML, p)
}

// articlePage is the whole text of an article, in its latest version.
func (d *desk) articlePage(path string, now time.Time) (*answer, error) {
	list, err := d.read(now)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		if a.path != path || a.version == 1 {
			continue
		}
		html, err := d.render(a, true)
		if err != nil {
			return nil, err
		}
		p := d.page()
		p.Title, p.Author, p.Link, p.Date = a.title, a.author, d.link(a.path), d.date(a.published, time.RFC3339)
		p.Body = template.HTML(html)
		return execute(articleHTML, p)
	}
	return notice(http.StatusNotFound), nil
}

func execute(source string, p page) (*answer, error) {
	t, err := template.New("page").Parse(source)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, kind: "text/html; charset=utf-8", body: b.Bytes()}, nil
}
