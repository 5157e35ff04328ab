package markdown

import (
	"reflect"
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// layouts draw what a piece of Markdown looks like without its styles.
var layouts = []struct {
	name   string
	source string
	width  int
	want   string
}{
	{"paragraphs", "One line\nthat goes on.\n\nAnother one  \nbroken here.", 30, `
One line that goes on.

Another one
broken here.`},

	{"links are numbered", "See [the report](https://example.org/r) and [its annex](http://example.org/a \"title\").", 24, `
See the report[1] and
its annex[2].`},

	{"a bare address is not lost", "Go to https://www.example.org/a/long/path?with=query&and=more today, or write to desk@example.org.", 60, `
Go to example.org/a/long/path?with=query&and=…[1] today, or
write to desk@example.org[2].`},

	{"a link that is its own text", "<https://example.org/x> [https://example.org/y](https://example.org/y) [](https://example.org/z)", 60, `
example.org/x[1] example.org/y[2] example.org/z[3]`},

	{"links that lead nowhere good are text", "[run](javascript:alert(1)) [read](file:///etc/passwd) [here](/relative) [top](#top)", 60, `
run read here top`},

	{"pictures", "![A bridge](https://example.org/b.jpg)\n\n![](https://example.org/c.jpg)\n\n[![Logo](https://example.org/l.png)](https://example.org)", 40, `
Picture: A bridge[1]

Picture[2]

[Picture: Logo][3]`},

	{"quotes hang", "> A quote that is long enough to wrap.\n>\n> Second paragraph.\n>\n> > Nested.\n\nAfter.", 24, `
│ A quote that is long
│ enough to wrap.
│
│ Second paragraph.
│
│ │ Nested.

After.`},

	{"quotation marks hang", "“Never,” she said, and left the room.\n\n「今天下午」，市政府召开新闻发布会，说明情况。\n\n“[Linked](https://example.org) and more words to wrap.”\n\n- “Not in lists.”\n\n> “Nor here.”", 28, `
“Never,” she said, and left
the room.

「今天下午」，市政府召开新闻发
布会，说明情况。

“Linked[1] and more words to
wrap.”

• “Not in lists.”

│ “Nor here.”`},

	{"lists hang", "Before.\n\n- first item that wraps around\n- second\n  - nested\n    1. deep\n\n8. eight\n9. nine\n10. ten\n\nAfter.", 22, `
Before.

• first item that
  wraps around
• second
  • nested
    1. deep

 8. eight
 9. nine
10. ten

After.`},

	{"spaced lists stand close when their items are short", "- one\n\n- two\n\n- three\n\n  with a second paragraph\n\n- four", 40, `
• one
• two
• three

  with a second paragraph

• four`},

	{"tasks", "- [ ] to do\n- [x] done", 20, `
☐ to do
☑ done`},

	{"headings", "# Title\ntext\n\n### Small\n\ntext", 20, `
Title

text

Small

text`},

	{"a table", "| Party | Seats |\n|:--|--:|\n| Reds | 52 |\n| The Blues | 7 |", 40, `
Party      Seats
────────────────
Reds          52
The Blues      7`},

	{"a table gives way where it is widest", "| Who | What |\n|--|--|\n| Ana | said that the bridge will be closed until spring |", 26, `
Who  What
──────────────────────────
Ana  said that the bridge
     will be closed until
     spring`},

	{"a table without room is set row by row", "| Year | Widgets | Gadgets | Sprockets |\n|--|--|--|--|\n| 2025 | one hundred | two hundred | three hundred |\n| 2026 | 4 | | 6 |", 20, `
Year: 2025
Widgets: one
  hundred
Gadgets: two
  hundred
Sprockets: three
  hundred

Year: 2026
Widgets: 4
Sprockets: 6`},

	{"a table without room is wider than the text", "> | Year | Widgets | Gadgets | Sprockets |\n> |--|--|--|--|\n> | 2025 | one hundred | two hundred | three hundred |", 32, `
│ Year  Widgets      Gadgets      Sprockets
│ ─────────────────────────────────────────────
│ 2025  one hundred  two hundred  three hundred`},

	{"code keeps its lines", "```go\nif x {\n\treturn  \"a\"\n}\n```", 40, `
 if x {
     return  "a"
 }`},

	{"long code goes on in the next line", "    abcdefghijklmnop", 12, `
 abcdefghij
 klmnop`},

	{"a rule", "a\n\n---\n\nb", 21, `
a

      *   *   *

b`},

	{"emphasis beside Chinese and Japanese marks", "**「上海」**发生事故。他说**“不”**然后走。*強調*「**重要**」", 60, `
「上海」发生事故。他说“不”然后走。強調「重要」`},

	{"Chinese wraps between characters, not before a mark", "今天下午，市政府召开新闻发布会。", 10, `
今天下午，
市政府召开
新闻发布
会。`},

	{"lines of Chinese are joined without a space", "今天\n下午\nand now\n한국\n어", 40, `
今天下午 and now 한국 어`},

	{"right to left", "شريط أخبار\n\nشريط [أخبار](https://example.org) اليوم في المدينة\n\nleft", 20, `
          شريط أخبار

 شريط أخبار[1] اليوم
          في المدينة

left`},

	{"entities are decoded once", "AT&amp;T &lt;b&gt; &amp;lt; \\*not bold\\* a\\\\b `&lt;` `a\\*b` &copy;", 60, `
AT&T <b> &lt; *not bold* a\b &lt; a\*b ©`},

	{"what looks like HTML is text", "Use <div class=\"x\"> or <!-- no --> here.", 60, `
Use <div class="x"> or <!-- no --> here.`},

	{"emoji keep their columns", "👨‍👩‍👧 ❤️ 👍🏽 ok", 40, `
👨👩👧 ❤ 👍 ok`},

	{"scripts that need joiners keep them", "क्\u200dष हिन्दी می\u200cخواهم", 40, "क्\u200dष हिन्दी می\u200cخواهم"},

	{"one column", "ab\n\n> q\n\n- l\n\n|a|b|\n|-|-|\n|1|2|", 1, `
a
b

q

l

a
:
1
b
:
2`},

	{"nothing", "", 20, ``},
	{"only blanks", " \n\n \n", 20, ``},
	{"an empty heading and an empty list", "#\n\n-\n\ntext", 20, `
text`},
}

// drawnAs finds how a word of a rendered article is styled.
func drawnAs(out Rendered, word string) string {
	for _, l := range out.Lines {
		if i := strings.Index(l, word); i >= 0 {
			from := strings.LastIndex(l[:i], "\x1b[m") + 1
			return l[from:i]
		}
	}
	return ""
}

func TestStylesComeFromTheTheme(t *testing.T) {
	const source = "plain **heavy** *slanted* ~~gone~~ `coded` [linked](https://example.org)\n\n> quoted\n\n# Headed\n\n### Smaller"
	for _, v := range []theme.Variant{theme.Dark, theme.Light} {
		th := theme.New(v, cells.Wc)
		out, err := New(th).Render(t.Context(), source, 80)
		if err != nil {
			t.Fatal(err)
		}
		for word, want := range map[string]string{
			"plain": open(th.Text), "heavy": "\x1b[1m", "slanted": "\x1b[3m", "gone": "\x1b[9m",
			"quoted": open(th.Quote), "Headed": open(th.Heading), "Smaller": open(th.Strong), "[1]": open(th.Faint),
			"linked": colour(th.Link), "coded": colour(th.Code),
		} {
			if got := drawnAs(out, word); want == "" || !strings.Contains(got, want) {
				t.Errorf("%q is drawn with %q, without %q", word, got, want)
			}
		}
		if got := drawnAs(out, "linked"); !strings.Contains(got, "\x1b]8;id=1;https://example.org\x1b\\") {
			t.Errorf("the link is not one to the terminal: %q", got)
		}
	}
}

// colour is the part of a style that names its foreground.
func colour(st theme.Style) string {
	_, after, _ := strings.Cut(open(st), "38;2;")
	rgb, _, _ := strings.Cut(after, "m")
	return "38;2;" + strings.Join(strings.Split(rgb, ";")[:3], ";")
}

func TestWithoutColourThereIsNone(t *testing.T) {
	out, err := New(theme.New(theme.Plain, cells.Wc)).Render(t.Context(), layouts[1].source+"\n\n# H\n\n> q `c` **b**", 60)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range out.Lines {
		if strings.Contains(l, "38;") || strings.Contains(l, "48;") {
			t.Errorf("a colour in %q", l)
		}
	}
}

func TestLinksAndHeadingsKnowTheirLines(t *testing.T) {
	out, err := New(theme.New(theme.Dark, cells.Wc)).Render(t.Context(),
		"# One\n\ntext that goes on until it [wraps](https://example.org/1)\n\n- item\n\n  ## Two [x](https://example.org/2)\n\n| a |\n|--|\n| [y](https://example.org/3) |", 20)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, b := range out.Blocks {
		if b.Kind != Title {
			continue
		}
		titles = append(titles, strings.TrimSpace(out.Text[b.Range.Start:b.Range.End]))
		if !strings.Contains(cells.Strip(out.Lines[b.Line]), titles[len(titles)-1]) {
			t.Errorf("heading %q is not on line %d:\n%s", titles, b.Line, picture(out))
		}
	}
	if len(titles) != 2 || len(out.Links) != 3 {
		t.Fatalf("headings %q, %d links", titles, len(out.Links))
	}
	for _, l := range out.Links {
		if mark := "[" + string(rune('0'+l.N)) + "]"; !strings.Contains(cells.Strip(out.Lines[l.Line]), mark) {
			t.Errorf("%s is not on line %d:\n%s", mark, l.Line, picture(out))
		}
	}
}

func TestAWideTableTellsHowItIsScrolled(t *testing.T) {
	r := New(theme.New(theme.Dark, cells.Wc))
	for source, want := range map[string]Wide{
		"| Year | Widgets | Gadgets | Sprockets |\n|--|--|--|--|\n| 2025 | one hundred | two hundred | three hundred |":     {Columns: 45, Fixed: 6, Stops: []int{0, 13, 26}},
		"> | A long first one | Widgets | Gadgets |\n> |--|--|--|\n> | something | one hundred | two hundred |":             {Columns: 44, Fixed: 2, Stops: []int{0, 18, 31}},
		"| Year | Widgets |\n|--|--|\n| 2025 | one hundred |":                                                               {},
		"| Who | What |\n|--|--|\n| Ana | said that the bridge will be closed until spring, and perhaps longer than that |": {},
	} {
		out, err := r.Render(t.Context(), source, 32)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Blocks) != 1 || !reflect.DeepEqual(out.Blocks[0].Wide, want) {
			t.Errorf("%q gives %+v, want %+v", source, out.Blocks, want)
		}
	}
}

func TestLongTablesAndCodeStayWhole(t *testing.T) {
	table := "| Place | Votes |\n|---|--:|\n" + strings.Repeat("| A place with a name of some length | 12345 |\n", 400)
	code := "```\n" + strings.Repeat("a line of code, one of many\n", 600) + "```"
	out, err := New(theme.New(theme.Dark, cells.Wc)).Render(t.Context(), table+"\n"+code, 60)
	if err != nil {
		t.Fatal(err)
	}
	rows, lines := 0, 0
	for _, l := range out.Lines {
		plain := cells.Strip(l)
		if strings.Contains(plain, "|") {
			t.Fatalf("a row of the table is text: %q", plain)
		}
		if strings.Contains(plain, "12345") {
			rows++
		}
		if strings.Contains(plain, "a line of code") {
			lines++
			if strings.TrimSpace(plain) != "a line of code, one of many" {
				t.Fatalf("code line %q", plain)
			}
		}
	}
	if rows != 400 || lines != 600 {
		t.Errorf("%d of 400 rows, %d of 600 lines of code", rows, lines)
	}
}

func TestWhatIsTooLongIsCutAndSaysSo(t *testing.T) {
	r := New(theme.New(theme.Dark, cells.Wc))
	for name, source := range map[string]string{"bytes": strings.Repeat("word word word.\n\n", 80_000), "blocks": strings.Repeat("a\n\n", 45_000)} {
		if out, err := r.Render(t.Context(), source, 40); err != nil || !out.Cut {
			t.Errorf("%s: cut %v, %v", name, out.Cut, err)
		}
	}
	if out, err := r.Render(t.Context(), longRead(2000), 40); err != nil || out.Cut {
		t.Errorf("a long read: cut %v, %v", out.Cut, err)
	}
}

func TestLayout(t *testing.T) {
	for _, c := range layouts {
		t.Run(c.name, func(t *testing.T) {
			for _, v := range []theme.Variant{theme.Dark, theme.Plain} {
				out, err := New(theme.New(v, cells.Wc)).Render(t.Context(), c.source, c.width)
				if err != nil {
					t.Fatal(err)
				}
				check(t, out, c.width)
				if got := picture(out); got != strings.TrimPrefix(c.want, "\n") {
					t.Errorf("drawn:\n%s\nwant:\n%s", got, strings.TrimPrefix(c.want, "\n"))
				}
			}
		})
	}
}

// picture is what is drawn, without styles.
func picture(out Rendered) string {
	lines := make([]string, len(out.Lines))
	for i, l := range out.Lines {
		lines[i] = strings.TrimRight(cells.Strip(l), " ")
	}
	return strings.Join(lines, "\n")
}
