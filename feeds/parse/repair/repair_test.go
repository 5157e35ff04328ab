package repair

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// inners are elements <t>, as they stand in an item, and what they hold.
var inners = []struct {
	name, src, want, after, problem string
}{
	{"healthy", "<t>a</t><u/>", "a", "<u/>", ""},
	{"nested in itself", "<t>a<t>b</t>c</t><u/>", "a<t>b</t>c", "<u/>", ""},
	{"upper-case end", "<t>a</T><u/>", "a", "<u/>", ""},
	{"space in the end tag", "<t>a</t ><u/>", "a", "<u/>", ""},
	{"an end in CDATA", "<t><![CDATA[a</t>b]]></t><u/>", "<![CDATA[a</t>b]]>", "<u/>", ""},
	{"an end in a comment", "<t><!-- </t> -->a</t><u/>", "<!-- </t> -->a", "<u/>", ""},
	{"no end before an element of the format", "<t>a<u>b</u>", "a", "<u>b</u>", leftOpen},
	{"no end before the end of the item", "<t>a <b>b</b></item>", "a <b>b</b>", "</item>", leftOpen},
	{"an end for another name", "<t>a</x><u/>", "a", "<u/>", leftOpen},
	{"no end at all", "<t>a", "a", "", ""},
	{"cut off in a tag", "<t>a</", "a", "", ""},
	{"open CDATA", "<t><![CDATA[a</t><u><![CDATA[b]]></u>", "<![CDATA[a", "<u><![CDATA[b]]></u>", openCDATA},
	{"open CDATA, the last", "<t><![CDATA[a</t></item>", "<![CDATA[a", "</item>", openCDATA},
	{"a comment without end", "<t><!-- a</t><u/>", "<!-- a", "<u/>", ""},
	{"an item in the element", "<t><item>a</item>b</t><u/>", "<item>a</item>b", "<u/>", ""},
}

func elements(src string, problem func(string)) *Elements {
	e := NewElements([]byte(src), func(name []byte) bool { return string(name) == "u" || string(name) == "item" }, problem)
	e.Enter([]byte("item"))
	return e
}

func TestInner(t *testing.T) {
	for _, c := range inners {
		t.Run(c.name, func(t *testing.T) {
			var problems []string
			e := elements(c.src, func(s string) { problems = append(problems, s) })
			got := e.Inner(e.Next())
			if string(got) != c.want || string(e.Rest()) != c.after {
				t.Errorf("got %q, then %q; want %q, then %q", got, e.Rest(), c.want, c.after)
			}
			if got := strings.Join(problems, "; "); got != c.problem {
				t.Errorf("problems %q, want %q", got, c.problem)
			}
		})
	}
}

func TestEnds(t *testing.T) {
	said := 0
	e := NewElements([]byte("x"), nil, func(string) { said++ })
	for _, name := range []string{"rss", "channel", "item"} {
		e.Enter([]byte(name))
	}
	if got := e.Ends([]byte("Item")); got != 1 || said != 0 {
		t.Errorf("the innermost: %d, %d problems", got, said)
	}
	if got := e.Ends([]byte("rss")); got != 3 || said != 1 {
		t.Errorf("the outermost: %d, %d problems", got, said)
	}
	if got := e.Ends([]byte("b")); got != 0 || said != 1 {
		t.Errorf("none: %d, %d problems", got, said)
	}
}

var references = []struct{ in, want string }{
	{"a &amp; b &lt;c&gt; &quot;d&quot; &apos;", `a & b <c> "d" '`},
	{"caf&eacute; &hellip;", "café …"},
	{"&#65;&#x42;&#X43;", "ABC"},
	{"it&#146;s &#x93;x&#x94;", "it’s “x”"},
	{"AT&T & co; &nosuch; &", "AT&T & co; &nosuch; &"},
	{"?a=1&copy=2&copyright;", "?a=1&copy=2&copyright;"},
	{"&#0;&#27;&#xFFFF;&#x110000;&#99999999999;", "\ufffd\ufffd"},
	{"&amp;lt;", "&lt;"},
	{"&#32;&#33;&#34;&#64;&#91;&#92;&#93;&#96;&#125;&#126;&#127;", " !\"@[\\]`}~\x7f"},
	{"a&#226;&#128;&#166;b &acirc;&#128;&brvbar; &acirc;&euro;&brvbar; &#xf0;&#x9f;&#x9a;&#xa2;", "a…b … … 🚢"},
	{"&laquo;caf&Eacute;&raquo; voil&agrave;&raquo;. &acirc;&euro;x &acirc;&amp;&brvbar; &#226;&#128;", "«cafÉ» voilà». â€x â&¦ â€"},
}

func TestEntities(t *testing.T) {
	for _, c := range references {
		if got := string(new(Entities).Decode(nil, []byte(c.in))); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLegible(t *testing.T) {
	for in, want := range map[string]string{
		"a line of text\nand\x01 another, \uffff\xef\xbf, and a last\x1f": "a line of text\nand another, \xef\xbf, and a last",
		"a\tb\r\nc": "a\tb\r\nc", "a\x00b\x1bc": "abc", "\uffff\ufffea": "a", "é\ufffd": "é\ufffd", "": "",
	} {
		got, changed := Legible([]byte(in))
		if string(got) != want || changed != (in != want) {
			t.Errorf("%q became %q (%v), want %q", in, got, changed, want)
		}
	}
}

// FuzzRepair holds the layers to what they promise of any bytes: tokens cover
// the source, positions only grow, work is bounded.
func FuzzRepair(f *testing.F) {
	for _, c := range inners {
		f.Add([]byte(c.src))
	}
	for _, c := range references {
		f.Add([]byte(c.in))
	}
	for _, s := range []string{`{"a":[1,"b\u00e9"],}`, `<!DOCTYPE a [<!ENTITY e "x">]><a b='c' d=e f>&e;`, `<?xml a><!-- b`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		at := 0
		l := NewLexer(src)
		for tok := l.Next(); tok.Kind != EOF; tok = l.Next() {
			if tok.Start != at || tok.End <= at || tok.End > len(src) || tok.End != l.Pos {
				t.Fatalf("a token from %d to %d, at %d of %d", tok.Start, tok.End, at, len(src))
			}
			at = tok.End
		}
		if at != len(src) {
			t.Fatalf("the tokens end at %d of %d", at, len(src))
		}
		if l.Work > 8*len(src)+64 {
			t.Errorf("%d bytes looked at for %d", l.Work, len(src))
		}
		e := elements(string(src), func(string) {})
		for tok := e.Next(); tok.Kind != EOF; tok = e.Next() {
			if tok.Kind == Start && !tok.Empty {
				from := e.Pos
				if inner := e.Inner(tok); e.Pos < from || len(inner) > e.Pos-from {
					t.Fatalf("%q, from %d to %d", inner, from, e.Pos)
				}
			}
		}
		var ents Entities
		ents.Declare(src)
		if out := ents.Decode(nil, src); len(out) > 2*len(src)+entityBudget {
			t.Errorf("%d bytes became %d", len(src), len(out))
		}
		text, _ := Legible(src)
		if Illegible(text, 0) >= 0 && utf8.Valid(src) {
			t.Errorf("%q is not legible", text)
		}
		if value, _ := JSON(bytes.TrimSpace(src)); value == nil && len(src) > 0 && src[0] == '{' {
			t.Errorf("nothing was made of %q", src)
		}
	})
}
