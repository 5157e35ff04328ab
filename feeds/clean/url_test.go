package clean

import (
	"strings"
	"testing"
)

func TestURL(t *testing.T) {
	const base = "https://news.example/2026/11/story.html?x=1"
	for name, c := range map[string]struct{ in, want string }{
		"absolute":                        {"https://e.org/a/B?c=D&e", "https://e.org/a/B?c=D&e"},
		"a host gets a path":              {"https://e.org", "https://e.org/"},
		"scheme and host in lower case":   {"HTTPS://E.Org/Path", "https://e.org/Path"},
		"default ports":                   {"https://e.org:443/", "https://e.org/"},
		"default port of the other":       {"http://e.org:443/", "http://e.org:443/"},
		"other ports":                     {"http://e.org:08080/", "http://e.org:8080/"},
		"no user and password":            {"https://bank.example@evil.example:443/x", "https://evil.example/x"},
		"relative to the directory":       {"other.html", "https://news.example/2026/11/other.html"},
		"relative to the root":            {"/a/../b/./c", "https://news.example/b/c"},
		"absolute with dots":              {"https://e.org/a/../b/./c/..", "https://e.org/b/"},
		"relative query":                  {"?y=2", "https://news.example/2026/11/story.html?y=2"},
		"relative scheme":                 {"//e.org/x", "https://e.org/x"},
		"the page itself":                 {"", ""},
		"fragment":                        {"https://e.org/a#part", "https://e.org/a"},
		"only a fragment":                 {"#part", "https://news.example/2026/11/story.html?x=1"},
		"fragment that is a page":         {"https://e.org/#!/a/b#c", "https://e.org/#!/a/b%23c"},
		"spaces around":                   {" \n https://e.org/a \t", "https://e.org/a"},
		"spaces inside":                   {"https://e.org/a b c?d e", "https://e.org/a%20b%20c?d%20e"},
		"line ends inside":                {"https://e.org/\r\na\tb", "https://e.org/ab"},
		"backslashes":                     {`https:\\e.org\a\b?c\d`, "https://e.org/a/b?c%5Cd"},
		"quotes and brackets":             {`https://e.org/"<a>"?'b'={c}`, "https://e.org/%22%3Ca%3E%22?'b'=%7Bc%7D"},
		"stray percent sign":              {"https://e.org/100%/50%25?a=%zz", "https://e.org/100%25/50%25?a=%25zz"},
		"encoded slash stays":             {"https://e.org/a%2Fb%2f", "https://e.org/a%2Fb%2f"},
		"path outside ASCII":              {"https://e.org/Zürich/中", "https://e.org/Z%C3%BCrich/%E4%B8%AD"},
		"host outside ASCII":              {"https://Zürich.example/", "https://xn--zrich-kva.example/"},
		"look-alike host shows":           {"https://аpple.example/", "https://xn--pple-43d.example/"},
		"full-width host":                 {"https://ｅ．org/", "https://e.org/"},
		"IPv4":                            {"http://127.0.0.1:8080/feed", "http://127.0.0.1:8080/feed"},
		"IPv6":                            {"http://[0:0::1]:80/", "http://[::1]/"},
		"dot behind the host":             {"https://e.org./a", "https://e.org/a"},
		"underscore in the host":          {"https://a_b.e.org/", "https://a_b.e.org/"},
		"controls, and at the end none":   {"https://e.org/\x1b]8;;\x07\x00", "https://e.org/%1B]8;;"},
		"C1 controls and bidi":            {"https://e.org/\u009b\u202e", "https://e.org/%C2%9B%E2%80%AE"},
		"invalid UTF-8":                   {"https://e.org/\xff", "https://e.org/%FF"},
		"tracking":                        {"https://e.org/a?utm_source=rss&id=7&utm_medium=x&fbclid=1&UTM_Campaign=y", "https://e.org/a?id=7"},
		"nothing but tracking":            {"https://e.org/a?utm_source=rss&gclid=1", "https://e.org/a"},
		"order, repeats and empty values": {"https://e.org/?b=2&a=1&b=&c", "https://e.org/?b=2&a=1&b=&c"},
		"rss as a referrer":               {"https://e.org/a?ref=rss&source=rss&p=1", "https://e.org/a?p=1"},
		"a ref that is content":           {"https://e.org/a?ref=main&source=12", "https://e.org/a?ref=main&source=12"},
		"names that only look like it":    {"https://e.org/?utmost=1&fbclide=2", "https://e.org/?utmost=1&fbclide=2"},
		"entity left by the feed":         {"https://e.org/?a=1&amp;b=2&amp;utm_source=x", "https://e.org/?a=1&b=2"},
		"script":                          {"javascript:alert(1)", ""},
		"script with a tab":               {"java\tscript:alert(1)", ""},
		"script in capitals":              {" JavaScript:alert(1)", ""},
		"data":                            {"data:text/html,<script>", ""},
		"file":                            {"file:///etc/passwd", ""},
		"ftp":                             {"ftp://e.org/", ""},
		"mail":                            {"mailto:a@e.org", ""},
		"opaque":                          {"https:e.org", ""},
		"no host":                         {"https:///a", ""},
		"host of dots":                    {"https://../a", ""},
		"host with a space":               {"https://e .org/", ""},
		"host with a percent":             {"https://e%2eorg/", ""},
		"bad port":                        {"https://e.org:99999/", ""},
		"port that is none":               {"https://e.org:x/", ""},
		"zone":                            {"http://[fe80::1%25en0]/", ""},
		"too long":                        {"https://e.org/" + strings.Repeat("a", MaxURL), ""},
		"too long once encoded":           {"https://e.org/" + strings.Repeat("é", MaxURL/3), ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := URL(c.in, base)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("got  %q %v\nwant %q", got, ok, c.want)
			}
		})
	}
}

func TestURLWithoutBase(t *testing.T) {
	for in, want := range map[string]string{
		"/a": "", "a": "", "www.e.org/a": "", "//e.org/a": "https://e.org/a", "http://e.org/a": "http://e.org/a", "?a": "", "#a": "",
	} {
		for _, base := range []string{"", "not a base", "mailto:a@e.org", "/x"} {
			if got, ok := URL(in, base); got != want || ok != (want != "") {
				t.Errorf("URL(%q, %q) = %q, %v; want %q", in, base, got, ok, want)
			}
		}
	}
}

// A base that is not http leaves nothing that may be followed.
func TestURLAgainstAnotherScheme(t *testing.T) {
	for _, base := range []string{"file:///etc/", "ftp://e.org/", "javascript://e.org/%0aalert(1)//"} {
		if got, ok := URL("a", base); ok {
			t.Errorf("against %q: %q", base, got)
		}
	}
}

// What is known to be canonical at a glance is what comes out the long way.
func FuzzCanonicalAtAGlance(f *testing.F) {
	for _, s := range []string{"https://e.example/a/b-c_d.html", "http://e.example:8080/", "https://e.example/a,b;c=d:e@f!(g)*'h'", "http://1.2.3.4/",
		"https://e.example:0080/", "https://e.example/a/../b", "https://E.example/", "https://e.example./", "https://a_b.example//x/",
		"https://e.example/a?b=1&c=/2?:@", "https://e.example/?a=1&amp;b=2", "https://e.example/?a&utm_source=x", "https://e.example/?a&&b", "https://e.example/?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !isCanonical(s) {
			return
		}
		// The fragment is dropped, and keeps the glance from deciding.
		if got, ok := canonical(s+"#x", ""); !ok || got != s {
			t.Errorf("%q is %q (%v)", s, got, ok)
		}
	})
}
