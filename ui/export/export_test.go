package export

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"broadsheet/feeds"
)

var item = feeds.Item{Article: feeds.Article{
	ID: 7, Outlet: "Harbour <Gazette>", Author: "Mere Tamihana", URL: `https://gazette.example/vote?a="b"&c`, Title: "Votes & <script>alert(1)</script>",
	Published: time.Date(2026, 11, 24, 17, 10, 0, 0, time.UTC), Fetched: time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC), Language: "en",
}}

var body = feeds.Body{
	Markdown: "The **vote** [passed](https://example.org/r), [run](javascript:alert(1)) <img src=x onerror=alert(1)>.\n\n> Quoted.\n\n| a | b |\n|--|--|\n| 1 | 2 |",
	Text:     "The vote passed, run.\nQuoted.",
}

func TestMarkdownAndText(t *testing.T) {
	zone := time.FixedZone("", 3600)
	got := Markdown(item, body, zone)
	want := "# Votes & <script>alert(1)</script>\n\nHarbour <Gazette> · Mere Tamihana · 24 November 2026 18:10\n" + item.URL + "\n\n" + body.Markdown + "\n"
	if got != want {
		t.Errorf("Markdown %q, want %q", got, want)
	}
	if got := Text(feeds.Item{Article: feeds.Article{Title: "T", Outlet: "O"}}, feeds.Body{}, zone); !strings.HasPrefix(got, "T\n\nO · ") || !strings.HasSuffix(got, "\n\n"+noText+"\n") {
		t.Errorf("an article without a text: %q", got)
	}
}

func TestAWebPageRunsNothing(t *testing.T) {
	got, err := As("vote.HTML", item, body, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "javascript:", "<img", `?a="b"`} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q:\n%s", bad, got)
		}
	}
	for _, good := range []string{
		"<title>Votes &amp; &lt;script&gt;", "<strong>vote</strong>", `<a href="https://example.org/r">passed</a>`, "<blockquote>", "<td>2</td>",
		`<html lang="en">`, "Harbour &lt;Gazette&gt; · Mere Tamihana · 24 November 2026 17:10", `charset="utf-8"`,
	} {
		if !strings.Contains(got, good) {
			t.Errorf("the page lacks %q:\n%s", good, got)
		}
	}
}

func TestTheEndingChoosesTheFormat(t *testing.T) {
	for name, want := range map[string]string{"a.md": "# ", "a": "# ", "a.txt": "Votes", "a.htm": "<!doctype", "dir.html/a.md": "# "} {
		got, err := As(name, item, body, time.UTC)
		if err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s begins with %.20q (%v)", name, got, err)
		}
	}
}

func TestFileNames(t *testing.T) {
	for title, want := range map[string]string{
		"The bridge is open":        "The-bridge-is-open.md",
		"../../etc/passwd":          "etc-passwd.md",
		"-rf --no-preserve-root /":  "rf-no-preserve-root.md",
		".hidden":                   "hidden.md",
		"a\x00b\n\x1b[2Jc\u202etxt": "a-b-2Jc-txt.md",
		"$(reboot) `x` \"q\" 'r' ;": "reboot-x-q-r.md",
		"C:\\NUL?*|<>":              "C-NUL.md",
		"Où sont passés ?":          "Où-sont-passés.md",
		"港の再開発、住民投票へ":               "港の再開発-住民投票へ.md",
		"हिन्दी में":                "हिन्दी-में.md",
		"…":                         "article-" + item.ID.String() + ".md",
		strings.Repeat("長い", 100):   strings.Repeat("長い", 19) + "長.md",
	} {
		it := item
		it.Title = title
		if got := FileName(it, ".md"); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	f.Add("../x")
	f.Add("-\u0301a")
	f.Fuzz(func(t *testing.T, title string) {
		it := item
		it.Title = title
		name := FileName(it, ".md")
		if name != filepath.Base(name) || name[0] == '.' || name[0] == '-' || len(name) > maxName || !utf8.ValidString(name) && utf8.ValidString(title) || strings.ContainsAny(name, "/\\\x00 \n") {
			t.Errorf("%q gives %q", title, name)
		}
	})
}
