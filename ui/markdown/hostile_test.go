package markdown

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// hostile is what a feed may send to hang the reader or to reach the terminal.
var hostile = map[string]string{
	"1 MB of brackets":         strings.Repeat("[", 1<<20),
	"closing brackets too":     strings.Repeat("[", 60<<10) + strings.Repeat("]", 60<<10),
	"links without an end":     strings.Repeat("[a](", 30<<10),
	"pictures without an end":  strings.Repeat("![", 60<<10),
	"100 nested quotes":        strings.Repeat(">", 100) + " text",
	"quotes on every line":     strings.Repeat(strings.Repeat("> ", 100)+"text\n", 500),
	"growing quotes":           growing("> ", 300),
	"growing lists":            growing("- ", 300),
	"lists in one line":        strings.Repeat("- ", 5000) + "x",
	"ordered lists in a line":  strings.Repeat("1. ", 5000) + "x",
	"indented lists":           indented(300),
	"5 MB in one line":         strings.Repeat("word ", 1<<20),
	"5 MB without a space":     strings.Repeat("x", 5<<20),
	"many blocks":              strings.Repeat("a\n\n", 40_000),
	"emphasis without an end":  strings.Repeat("*a _b ", 20<<10),
	"deep emphasis":            strings.Repeat("**a *b ", 4000) + strings.Repeat("c* d** ", 4000),
	"backticks":                backticks(400),
	"entities":                 strings.Repeat("&#x1b;", 20<<10),
	"ampersands":               strings.Repeat("&", 120<<10),
	"angle brackets":           strings.Repeat("<", 120<<10),
	"open tags":                strings.Repeat("<a ", 40<<10),
	"underscores":              strings.Repeat("_", 120<<10),
	"tildes":                   strings.Repeat("~~a~", 30<<10),
	"a wide table":             strings.Repeat("|a", 8000) + "|\n" + strings.Repeat("|-", 8000) + "|\n" + strings.Repeat("|b|\n", 8000),
	"many pipes":               strings.Repeat("|", 60<<10) + "\n" + strings.Repeat("|-", 30<<10),
	"many references":          strings.Repeat("[a]: <b> 'c'\n", 8000) + strings.Repeat("[a]", 8000),
	"autolinks":                strings.Repeat("http://a.b/( ", 9000),
	"a long autolink":          "https://example.org/" + strings.Repeat("a.", 50<<10),
	"mail addresses":           strings.Repeat("a@", 60<<10),
	"zalgo":                    strings.Repeat("z"+strings.Repeat("\u0301\u0489", 200), 300),
	"combining marks alone":    strings.Repeat("\u0301", 60<<10),
	"wide runes":               strings.Repeat("漢", 40<<10),
	"right to left overrides":  strings.Repeat("\u202eabc\u2066def", 5000),
	"invalid bytes":            strings.Repeat("\xff\xfe\xc0\x80", 20<<10),
	"escape in entities":       "&#27;[2J &#x9b;31m &#155;2J <b>&#27;]0;t&#7;</b> `&#27;[2J` `&amp;#27;[2J` &amp;#27;[2J &amp;amp;#27;[2J",
	"raw escapes":              "\x1b[2J\x1b]0;title\x07\x1bPq#0\x1b\\\x1b_app\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\u009b2J\u0090q\u009c\u009d0;x\u009c",
	"escapes in code":          "```\x1b[2J\n&#27;[2J \x1b]52;c;Zm9v\x07\n```\n\n    \x1b[2J &#27;[2J",
	"escapes in addresses":     "[a](https://example.org/\x1b]52;c;x\x07) [b](<https://e.org/&#27;[2J>) [c](https://e.org/%1b) <https://e.org/\u009b>",
	"other schemes":            "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) [d](JAVASCRIPT:x) <ssh://host> ![e](file:///x) [f](//host/x) [g](/x)",
	"our own marks":            "\U000f0001forged\U0010fffd \U0001bc9f &#983041;forged&#1114109; \ufffe&#65534;",
	"tag characters":           "a\U000e0041\U000e0042b \u200b\u2060\ufeff\u00ad",
	"escapes in a table":       "|a&#27;[2J|b|\n|-|-|\n|`&#27;]0;x&#7;`|[x](https://e.org/&#27;)|",
	"headings":                 strings.Repeat("# ", 40<<10),
	"backslashes":              strings.Repeat("\\", 120<<10),
	"backslashes and brackets": strings.Repeat("\\[*", 40<<10),
	"nested in everything":     strings.Repeat("> - 1. > * ", 200) + "x",
	"carriage returns":         strings.Repeat("a\r", 20<<10),
	"line separators":          strings.Repeat("a\u2028b\u2029c\u0085", 5000),
}

func growing(mark string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(mark, i) + "x\n\n")
	}
	return b.String()
}

func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- x\n")
	}
	return b.String()
}

func backticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("`", i) + "a ")
	}
	return b.String()
}

// allowance is how long one article may take on a busy machine with the race
// detector on; most take a thousandth of it.
const allowance = 15 * time.Second

func TestHostileMarkdownIsBoundedAndHarmless(t *testing.T) {
	for name, source := range hostile {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), allowance)
			defer cancel()
			start := time.Now()
			for width, source := range map[int]string{72: source, 1: source[:min(len(source), 4000)]} {
				out, err := New(theme.New(theme.Dark, cells.Wc)).Render(ctx, source, width)
				if err != nil {
					t.Fatalf("after %v: %v", time.Since(start), err)
				}
				check(t, out, width)
			}
			if took := time.Since(start); took > allowance {
				t.Errorf("took %v", took)
			}
		})
	}
}

// check fails unless the lines keep to the width and hold nothing but text,
// SGR and OSC 8 with addresses that may be opened.
func check(t *testing.T, out Rendered, width int) {
	t.Helper()
	wide := map[int]int{}
	for _, b := range out.Blocks {
		for i := range b.Lines {
			wide[b.Line+i] = b.Wide.Columns
		}
	}
	for i, line := range out.Lines {
		if w := cells.Width(cells.Wc, line); w > max(width+out.Hang(i), wide[i]) {
			t.Fatalf("line %d is %d columns of %d: %.200q", i, w, width, line)
		}
		if bad := forbidden(line); bad != "" {
			t.Fatalf("line %d has %s: %.300q", i, bad, line)
		}
	}
	for _, l := range out.Links {
		if !strings.HasPrefix(l.URL, "http://") && !strings.HasPrefix(l.URL, "https://") && !strings.HasPrefix(l.URL, "mailto:") {
			t.Fatalf("link to %q", l.URL)
		}
		if bad := forbidden(l.URL + l.Text); bad != "" {
			t.Fatalf("link %q has %s", l.URL, bad)
		}
		if l.Line < 0 || l.Line >= max(len(out.Lines), 1) {
			t.Fatalf("link %d on line %d of %d", l.N, l.Line, len(out.Lines))
		}
	}
	checkPlaces(t, out)
}

// forbidden names what a line holds that it must not.
func forbidden(line string) string {
	if !utf8.ValidString(line) {
		return "invalid UTF-8"
	}
	for line != "" {
		if line[0] == 0x1b {
			rest, ok := strings.CutPrefix(line, "\x1b[")
			if ok {
				i := strings.IndexFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && r != ';' })
				if i < 0 || rest[i] != 'm' {
					return "a sequence that is not SGR"
				}
				line = rest[i+1:]
				continue
			}
			rest, ok = strings.CutPrefix(line, "\x1b]8;")
			if !ok {
				return "an escape that is neither SGR nor OSC 8"
			}
			target, after, closed := strings.Cut(rest, "\x1b\\")
			_, address, _ := strings.Cut(target, ";")
			if !closed || address != "" && !strings.HasPrefix(address, "http") && !strings.HasPrefix(address, "mailto:") || strings.ContainsFunc(address, dropped) {
				return fmt.Sprintf("a link to %q", address)
			}
			line = after
			continue
		}
		r, size := utf8.DecodeRuneInString(line)
		if dropped(r) && r != zwj || r == '\n' {
			return fmt.Sprintf("%U", r)
		}
		line = line[size:]
	}
	return ""
}

func FuzzRender(f *testing.F) {
	for _, source := range hostile {
		f.Add(source[:min(len(source), 600)], 40)
	}
	for _, c := range layouts {
		f.Add(c.source, c.width)
	}
	f.Fuzz(func(t *testing.T, source string, width int) {
		if width > 300 {
			return
		}
		out, err := New(theme.New(theme.Dark, cells.Wc)).Render(t.Context(), source, width)
		if err != nil {
			t.Fatal(err)
		}
		check(t, out, max(width, 0))
	})
}
