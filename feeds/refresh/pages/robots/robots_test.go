package robots

import (
	"strings"
	"testing"
	"time"
)

func TestAllows(t *testing.T) {
	for name, c := range map[string]struct {
		file    string
		allowed string // paths that may be fetched
		denied  string // and those that may not
	}{
		"nothing said":               {"", "/ /a", ""},
		"all robots":                 {"User-agent: *\nDisallow: /private", "/ /public /Private", "/private /private/a /privateer?x"},
		"empty rule":                 {"User-agent: *\nDisallow:", "/ /a", ""},
		"everything":                 {"User-agent: *\nDisallow: /", "/robots.txt", "/ /a"},
		"longest match":              {"User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/b/d", "/a /a/x /a/b/c"},
		"a tie allows":               {"User-agent: *\nDisallow: /page\nAllow: /page", "/page", ""},
		"a tie allows, either order": {"User-agent: *\nAllow: /page\nDisallow: /page", "/page", ""},
		"own group alone":            {"User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nDisallow: /x", "/ /a", "/x"},
		"own group, empty":           {"User-agent: broadsheet\nDisallow:\nUser-agent: *\nDisallow: /", "/a", ""},
		"own group, in another case": {"USER-AGENT: bRoadsheet/2.0\ndisallow: /x", "/a", "/x"},
		"a name that ours begins":    {"User-agent: Broad\nDisallow: /", "/a", ""},
		"a name that begins as ours": {"User-agent: BroadsheetBot\nDisallow: /", "/a", ""},
		"several names":              {"User-agent: other\nUser-agent: broadsheet\nDisallow: /x\nUser-agent: third\nDisallow: /y", "/y", "/x"},
		"two groups of ours":         {"User-agent: broadsheet\nDisallow: /x\nUser-agent: o\nDisallow: /z\nUser-agent: broadsheet\nDisallow: /y", "/z", "/x /y"},
		"unknown fields between":     {"User-agent: *\nSitemap: https://example.org/s\nDisallow: /x", "/a", "/x"},
		"rules before any name":      {"Disallow: /\nUser-agent: *\nDisallow: /x", "/a", "/x"},
		"wildcard":                   {"User-agent: *\nDisallow: /*/print$\nDisallow: /*.pdf", "/print /a/print/b /print?x", "/a/print /a/b/print /a.pdf /b/c.pdf?d"},
		"end of the address":         {"User-agent: *\nDisallow: /$", "/a", "/"},
		"stars in a row":             {"User-agent: *\nDisallow: /a**b", "/a", "/ab /axxb"},
		"no slash in front":          {"User-agent: *\nDisallow: x", "/a", "/x"},
		"percent signs":              {"User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /%7euser\nDisallow: /a%2fb", "/a/b", "/café /caf%c3%a9 /~user /%7Euser /a%2Fb"},
		"comments, CRLF and a mark":  {"\ufeffUser-agent: * # all\r\nDisallow: /x # not this\r\n", "/a", "/x"},
		"what is no robots.txt":      {"<!DOCTYPE html><title>Not found</title><p>Disallow: /", "/a", ""},
	} {
		rules := Parse([]byte(c.file), "Broadsheet")
		for _, path := range strings.Fields(c.allowed) {
			if !rules.Allows(path) {
				t.Errorf("%s: %s is denied", name, path)
			}
		}
		for _, path := range strings.Fields(c.denied) {
			if rules.Allows(path) {
				t.Errorf("%s: %s is allowed", name, path)
			}
		}
	}
}

func TestRulesBeyondTheLimitDoNotCount(t *testing.T) {
	file := "User-agent: *\n#" + strings.Repeat("x", MaxSize) + "\nDisallow: /\n"
	if !Parse([]byte(file), "Broadsheet").Allows("/a") {
		t.Error("a rule behind half a megabyte counts")
	}
}

func TestDelay(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5":                                        2500 * time.Millisecond,
		"User-agent: broadsheet\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 90": 7 * time.Second,
		"User-agent: *\nCrawl-delay: soon":                                       0,
		"User-agent: *\nCrawl-delay: -1":                                         0,
	} {
		if got := Parse([]byte(file), "Broadsheet").Delay; got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}

func TestNothingIsNothing(t *testing.T) {
	if Nothing.Allows("/a") || !(Rules{}).Allows("/a") {
		t.Error("Nothing allows something, or no rules forbid it")
	}
}

// However long the pieces, a pattern is matched as the definition says.
func FuzzMatches(f *testing.F) {
	f.Add("/a*b$", "/axb")
	f.Add("/*/*/c", "/a/b/c/d")
	f.Add("*", "")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if len(pattern) > 30 || len(path) > 60 {
			return
		}
		if got, want := matches(pattern, path), slow(pattern, path); got != want {
			t.Errorf("%q matches %q: %v, want %v", pattern, path, got, want)
		}
		Parse([]byte(pattern), path).Allows(path) // must not panic
	})
}

// slow tries every length for each star.
func slow(pattern, path string) bool {
	switch {
	case pattern == "":
		return true
	case pattern == "$":
		return path == ""
	case pattern[0] == '*':
		return slow(pattern[1:], path) || path != "" && slow(pattern, path[1:])
	}
	return path != "" && pattern[0] == path[0] && slow(pattern[1:], path[1:])
}
