package opml

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"broadsheet/feeds"
)

// Write writes a list as OPML 2.0, a folder's feeds together, folders and feeds
// in the order in which they first come. Read gets back what it wrote.
func Write(w io.Writer, title string, list []feeds.Feed) error {
	root := &folder{}
	for _, f := range list {
		root.at(tidyFolder(f.Folder)).add(f)
	}
	p := &printer{w: bufio.NewWriter(w)}
	p.text(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<opml version="2.0">` + "\n  <head>\n    <title>")
	p.escaped(title)
	p.text("</title>\n  </head>\n  <body>\n")
	root.write(p, "    ")
	p.text("  </body>\n</opml>\n")
	if p.err == nil {
		p.err = p.w.Flush()
	}
	if p.err != nil {
		return fmt.Errorf("the list of feeds could not be written: %w; look whether there is room for it", p.err)
	}
	return nil
}

// folder is an outline of outlines.
type folder struct {
	name    string
	rows    []row
	folders map[string]*folder
}

// row is a feed or a folder.
type row struct {
	feed   feeds.Feed
	folder *folder
}

func (d *folder) add(f feeds.Feed) { d.rows = append(d.rows, row{feed: f}) }

// at finds the folder of a path in d, and makes it if need be.
func (d *folder) at(path string) *folder {
	if path == "" {
		return d
	}
	name, rest, _ := strings.Cut(path, "/")
	sub := d.folders[name]
	if sub == nil {
		sub = &folder{name: name}
		if d.folders == nil {
			d.folders = make(map[string]*folder)
		}
		d.folders[name] = sub
		d.rows = append(d.rows, row{folder: sub})
	}
	return sub.at(rest)
}

func (d *folder) write(p *printer, indent string) {
	for _, r := range d.rows {
		p.text(indent + "<outline")
		if sub := r.folder; sub != nil {
			p.attribute("text", sub.name)
			p.text(">\n")
			sub.write(p, indent+"  ")
			p.text(indent + "</outline>\n")
			continue
		}
		p.attribute("type", "rss")
		p.attribute("text", r.feed.Name())
		if r.feed.Title != "" {
			p.attribute("title", r.feed.Title)
		}
		p.attribute("xmlUrl", r.feed.URL)
		p.attribute("htmlUrl", r.feed.Site)
		p.attribute("language", r.feed.Language)
		p.text("/>\n")
	}
}

// printer remembers the first error, so that its callers need not.
type printer struct {
	w   *bufio.Writer
	err error
}

func (p *printer) text(s string) {
	if p.err == nil {
		_, p.err = p.w.WriteString(s)
	}
}

func (p *printer) escaped(s string) {
	if p.err == nil {
		p.err = xml.EscapeText(p.w, []byte(s))
	}
}

// attribute writes name="value", and nothing for no value.
func (p *printer) attribute(name, value string) {
	if value == "" {
		return
	}
	p.text(" " + name + `="`)
	p.escaped(value)
	p.text(`"`)
}
