package demo

import (
	"bytes"
	"fmt"
	stdhtml "html"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// wire returns an agency's text without the paragraphs whose numbers follow
// its name: what an outlet cut when it reprinted the text.
func wire(value string) (string, error) {
	part := strings.Fields(value)
	if len(part) == 0 {
		return "", fmt.Errorf("reprint needs the name of a wire text")
	}
	text, err := sources.ReadFile(path.Join(wireDir, part[0]+".md"))
	if err != nil {
		return "", err
	}
	cut := make(map[int]bool)
	for _, number := range part[1:] {
		n, err := strconv.Atoi(number)
		if err != nil {
			return "", fmt.Errorf("reprint %q: %w", value, err)
		}
		cut[n] = true
	}
	var kept []string
	for i, paragraph := range paragraphs(string(text)) {
		if !cut[i+1] {
			kept = append(kept, paragraph)
		}
	}
	return strings.Join(kept, "\n\n"), nil
}

func paragraphs(markdown string) []string {
	return strings.Split(strings.TrimSpace(markdown), "\n\n")
}

// render turns an article's Markdown into the HTML an outlet's own system
// would have made of it, with its picture on top.
func (o *outlet) render(a article, whole bool) (string, error) {
	text := a.markdown
	if parts := paragraphs(text); !whole && o.lead > 0 && len(parts) > o.lead {
		text = strings.Join(parts[:o.lead], "\n\n") + "\n\n[Read on at " + o.name + "](" + o.link(a.path) + ")"
	}
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithRendererOptions(html.WithXHTML(), html.WithUnsafe()),
	)
	var b bytes.Buffer
	if a.image != "" {
		fmt.Fprintf(&b, "<figure><img src=\"%s\" alt=\"%s\" width=\"640\" height=\"360\" /></figure>\n", o.link(a.image), stdhtml.EscapeString(a.alt))
	}
	if err := md.Convert([]byte(text), &b); err != nil {
		return "", err
	}
	if rtl(o.language) {
		return "<div dir=\"rtl\" lang=\"" + o.language + "\">\n" + b.String() + "</div>\n", nil
	}
	return b.String(), nil
}

func rtl(language string) bool { return language == "ar" }

// teaser is what goes where a feed format wants a summary.
func (a article) teaser() string {
	if a.summary != "" {
		return a.summary
	}
	for _, p := range paragraphs(a.markdown) {
		if prose(p) {
			return plain(p)
		}
	}
	return a.title
}

// prose says whether a paragraph of Markdown is a plain one: no heading,
// quotation, table, HTML, picture, code or list.
func prose(paragraph string) bool {
	for _, mark := range [...]string{"#", ">", "|", "<", "![", "```", "- ", "* "} {
		if strings.HasPrefix(paragraph, mark) {
			return false
		}
	}
	number, _, dotted := strings.Cut(paragraph, ". ")
	_, err := strconv.Atoi(number)
	return paragraph != "" && (!dotted || err != nil)
}

// plain drops the inline marks of Markdown: enough for a teaser of our own
// texts, which nest none.
func plain(markdown string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(markdown, "](")
		b.WriteString(strings.ReplaceAll(before, "[", ""))
		if !found {
			break
		}
		_, markdown, _ = strings.Cut(rest, ")")
	}
	return strings.Join(strings.Fields(strings.NewReplacer("**", "", "*", "", "`", "").Replace(b.String())), " ")
}
