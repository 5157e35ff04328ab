package cli_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"broadsheet/feeds/clean"
)

// payloads are what a feed must not get to the terminal. Each says PWNED where
// it would do harm, or is a character that does.
var payloads = []string{
	"\x1b[31mPWNED", "\x1b]0;PWNED\x07", "\x1b]8;;http://PWNED/\x1b\\x\x1b]8;;\x1b\\", "\x1b]52;c;UFdORUQ=\x07", "\x1b]1337;File=:PWNED\x07",
	"\x1bPqPWNED\x1b\\", "\x1b_GPWNED\x1b\\", "\x1b^PWNED\x1b\\", "\x1bXPWNED\x1b\\", "\x9b31mPWNED", "\u009b31mPWNED", "\u009d0;PWNED\u009c", "\x90PWNED\x9c",
	"&#27;[31mPWNED", "&amp;#27;]0;PWNED&amp;#7;", "&#x1b;]52;c;UFdORUQ=&#x7;", "&#155;31mPWNED", "&#128;&#157;0;PWNED",
	"\x00\x01\x07\x08\x0b\x0c\x7f", "a\rPWNED", "\u202ePWNED\u202c", "\u2066PWNED\u2069", "\u200b\u200e\u200f\u2060\ufeff", "\U000e0041\U000e0042",
	"z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a", "\ue000\U000f0001\U0010fffd", "\xff\xfe\xc0\xaf", "\u2028PWNED\u2029",
}

// trapped is a feed with the payload in every place.
func trapped(payload string) string {
	text := strings.NewReplacer("<", "&lt;", "\x00", "").Replace(payload)
	return fmt.Sprintf(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed %[1]s</title><link>https://a.example/%[1]s</link><language>%[1]s</language>`+
		`<item><title>Title %[1]s</title><dc:creator>By %[1]s</dc:creator><guid>%[1]s</guid><link>https://me:secret@a.example/%[1]s</link><category>%[1]s</category><pubDate>%[1]s</pubDate>`+
		`<description>Text %[1]s &lt;p title="%[1]s"&gt;more &lt;a href="javascript:%[1]s"&gt;link&lt;/a&gt; &lt;a href="https://b.example/%[1]s"&gt;%[1]s&lt;/a&gt; &lt;code&gt;%[1]s&lt;/code&gt;</description>`+
		`<enclosure url="https://a.example/%[1]s.mp3" type="%[1]s" length="1"/></item></channel></rss>`, text)
}

// trap serves a feed with the payload in every place, and refuses another with
// it in the status line and the headers.
func trap(t *testing.T, payload string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/refused" {
			raw("HTTP/1.1 503 "+payload+"\r\nRetry-After: "+strings.ReplaceAll(payload, "\r", "")+"\r\nContent-Length: 0\r\n\r\n")(w, r)
			return
		}
		_, _ = io.WriteString(w, trapped(payload))
	}))
	s.Config.ErrorLog = silent()
	t.Cleanup(s.Close)
	return s.URL
}

func TestNothingButTextReachesTheOutput(t *testing.T) {
	r := newReader(t)
	var list, all strings.Builder
	list.WriteString("<opml><body>")
	for _, p := range payloads {
		url := trap(t, p)
		fmt.Fprintf(&list, `<outline text="Folder %[1]s"><outline text="Name %[1]s" xmlUrl="%[2]s/a"/><outline xmlUrl="%[2]s/refused"/><outline text="%[1]s" xmlUrl="exec:touch %[1]s"/></outline>`, p, url)
	}
	list.WriteString("</body></opml>")
	out, said := r.try(0, list.String(), "import", "-")
	all.WriteString(out + said)
	for _, args := range [][]string{{"refresh", "--json"}, {"feeds"}, {"feeds", "--json"}, {"articles"}, {"articles", "--json"}, {"article", "1"}, {"article", "2", "--format", "text"},
		{"article", "3", "--format", "json"}, {"related", "--all"}, {"stories", "--all", "--json"}, {"export"}} {
		out, said := r.try(0, "", args...)
		all.WriteString(out + said)
	}
	for line := range strings.Lines(all.String()) {
		if line = strings.TrimSuffix(line, "\n"); !clean.Safe(line) {
			t.Errorf("it wrote %q", line)
		}
		if strings.HasPrefix(line, "{") && !json.Valid([]byte(line)) {
			t.Errorf("it wrote the broken line %q", line)
		}
	}
	if strings.Contains(all.String(), "secret") {
		t.Error("a link's password is shown")
	}
}

// ours are the sequences that the program itself writes: looks, the cursor,
// modes and questions to the terminal, links to web addresses, and the title.
var ours = regexp.MustCompile(`\x1b\]8;(id=[0-9]+)?;(https?://[!-~]*)?\x07|\x1b\]2;(Broadsheet)?\x07|\x1b\[[0-9;:?<=>]*[ $]?[A-Za-z@` + "`" + `]|\x1b\[[0-9;?]*\$p|\x1b\][0-9]+;\??(\x07|\x1b\\)|\x1b[=>78MHc]|\x1b\(B|\x1bP[+$]q[0-9a-fA-F;]*\x1b\\|\x1b_G[a-z0-9=,;]*(AAAA)?\x1b\\`)

func TestNothingButTextReachesTheScreen(t *testing.T) {
	r := newReader(t)
	var list strings.Builder
	list.WriteString("<opml><body>")
	for _, p := range payloads {
		fmt.Fprintf(&list, `<outline text="Name %s" xmlUrl="%s/a"/>`, p, trap(t, p))
	}
	list.WriteString("</body></opml>")
	r.try(0, list.String(), "import", "--quiet", "-")
	r.run(0, "", "refresh", "--quiet")
	s := r.screen(120, 40)
	s.until("Title")
	s.press("1jjj\r2jjjj\rjjuq4j\rw?q/title\r\x1bGct")
	s.press("\x03") // wherever it is by now, a text being typed included
	s.wait()
	rest := ours.ReplaceAllString(string(s.raw), "")
	if i := strings.IndexAny(rest, "\x1b\x07\x00\u009b\u009d\u0090\u202e\u2066\u200b"); i >= 0 {
		t.Errorf("beside the program's own sequences it wrote %q", rest[max(0, i-40):min(len(rest), i+60)])
	}
}

func TestPasswordsOfFeedsStayInTheLibrary(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, password, _ := r.BasicAuth(); password != "secret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(reports(2)))
	}))
	t.Cleanup(s.Close)
	r := newReader(t)
	address := strings.Replace(s.URL, "://", "://me:secret@", 1) + "/feed"
	all, said := r.try(0, "", "add", address)
	for _, args := range [][]string{{"add", address}, {"feeds"}, {"feeds", "--json"}, {"refresh", "--force", "--json"}, {"refresh", s.URL + "/feed"}, {"articles", "--json"}, {"export"}} {
		out, err := r.try(0, "", args...)
		all, said = all+out, said+err
	}
	if strings.Contains(all+said, "secret") {
		t.Errorf("shown: %s%s", all, said)
	}
	if got := len(r.articles()); got != 2 {
		t.Errorf("%d articles, want 2", got)
	}
}
