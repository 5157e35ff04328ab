package clean

import (
	"html"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestLine(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"white space is folded":                          {"  a \t\r\n b\u00a0\u2003\u3000c\u2028d  ", "a b c d"},
		"colours go with their parameters":               {"\x1b[1;31mred\x1b[0m \x1b[38:5:1mtoo\x1b[m", "red too"},
		"a window title goes with its text":              {"a\x1b]0;owned\x07b\x1b]2;owned\x1b\\c", "abc"},
		"device control, privacy and program strings go": {"a\x1bP1;1|x\x1b\\b\x1b^x\x1b\\c\x1b_x\x1b\\d\x1bXx\x1b\\e", "abcde"},
		"a sequence without an end hides little":         {"a\x1b]0;b" + strings.Repeat("x", 5000) + " c", "a0;b" + strings.Repeat("x", 495) + "…"},
		"a reset goes":                                   {"a\x1bcb", "ab"},
		"what terminals take for controls goes":          {"a\u009b31mb\u0090c\u009dd", "a›31mbcd"},
		"Latin-1 that was Windows-1252 is read":          {"\u0093It\u0092s 5 \u0080\u0094\u0085", "“It’s 5 €”…"},
		"direction cannot be turned":                     {"invoice\u202egpj.exe\u2066\u200f\u061c", "invoicegpj.exe"},
		"right-to-left text stays":                       {"שלום עולם, مرحبا", "שלום עולם, مرحبا"},
		"what shows nothing goes":                        {"a\u200bb\u2060c\ufeffd\u00ade\u180ef\u115fg\u3164h\U000e0061i\ufffcj\u034fk", "abcdefghijk"},
		"blank braille is a space":                       {"a\u2800b", "a b"},
		"private use and noncharacters go":               {"a\ue000b\U000f0000c\U0010fffdd\ufffee\U0001fffff", "abcdef"},
		"invalid UTF-8 shows once":                       {"a\xff\xfe\xfdb\xe4\xb8c", "a\ufffdb\ufffdc"},
		"surrogates are invalid":                         {"\xed\xa0\x80x", "\ufffdx"},
		"towers of marks are cut":                        {"Z" + strings.Repeat("\u0336", 50) + "algo", "Z\u0336\u0336\u0336\u0336algo"},
		"marks need a base":                              {"\u0301a \u0301b", "a b"},
		"what looks the same is the same":                {"Cafe\u0301 A\u030a", "Café Å"},
		"Vietnamese stays":                               {"Việt Nam tiếng Việt", "Việt Nam tiếng Việt"},
		"Thai stays":                                     {"ที่นี่ผู้ใหญ่น้ำ", "ที่นี่ผู้ใหญ่น้ำ"},
		"Hindi stays":                                    {"हिन्दी ज़िंदगी", "हिन्दी ज\u093cिंदगी"},
		"Hebrew with vowels and cantillation stays":      {"בְּרֵאשִׁ֖ית", "בְּרֵאשִׁ֖ית"},
		"Persian keeps its non-joiner":                   {"می\u200cخواهم", "می\u200cخواهم"},
		"Sinhala keeps its joiner":                       {"ශ්\u200dරී", "ශ්\u200dරී"},
		"elsewhere joiners go":                           {"a\u200cb\u200dc ا\u200c \u200cا", "abc ا ا"},
		"joined emoji come apart":                        {"👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈", "👨👩👧 🏳🌈"},
		"emoji of a woman is that of a person":           {"🏃\u200d♀\ufe0f runs", "🏃 runs"},
		"skin tones and styles go":                       {"👍🏽 ❤\ufe0f 1\ufe0f\u20e3", "👍 ❤ 1"},
		"flags stay":                                     {"🇩🇪🇫🇷 2:1", "🇩🇪🇫🇷 2:1"},
		"half a flag goes":                               {"🇩 🇩🇪🇫", "🇩🇪"},
		"regions of a country lose their tags":           {"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴"},
		"Chinese and full-width text stays":              {"「北京」：ＡＢＣ１２", "「北京」：ＡＢＣ１２"},
		"entities are plain text":                        {"a &amp; b &#27;", "a &amp; b &#27;"},
		"a long line says that it was cut":               {strings.Repeat("é", 501), strings.Repeat("é", 499) + "…"},
		"a line of the limit is whole":                   {strings.Repeat("é", 500), strings.Repeat("é", 500)},
		"a cut leaves no half of a flag":                 {strings.Repeat("a", 498) + "🇩🇪b", strings.Repeat("a", 498) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Line(c.in); got != c.want {
				t.Errorf("got  %+q\nwant %+q", got, c.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":                          {"Plain headline", "Plain headline"},
		"entities":                       {"Q&amp;A: &quot;5 &lt; 6&quot; &#8211; it&#x27;s", `Q&A: "5 < 6" – it's`},
		"escaped twice":                  {"AT&amp;amp;T &amp;#8217;s", "AT&T ’s"},
		"escaped many times":             {"a &amp;amp;amp;amp;amp; b", "a & b"},
		"a bare ampersand":               {"AT&T, R&B, a & b &c", "AT&T, R&B, a & b &c"},
		"an address keeps its and":       {"page?a=1&copy=2&lt=3&para", "page?a=1&copy=2&lt=3&para"},
		"numbers without semicolon":      {"it&#8217s", "it’s"},
		"Windows-1252 by number":         {"it&#146;s &#150;", "it’s –"},
		"controls by number":             {"a&#27;[31mb&#x1b;]0;x&#7;c&#155;d", "abc›d"},
		"controls escaped many times":    {"a&amp;amp;#27;[31mb", "ab"},
		"an entity around a control":     {"a&am\x00p;#2\u200b7;[31mb", "ab"},
		"inline markup":                  {"The <em>New</em> <b class='x'>Deal</b><sup>1</sup>", "The New Deal1"},
		"escaped markup":                 {"The &lt;em&gt;New&lt;/em&gt; Deal", "The New Deal"},
		"breaks part words":              {"One<br>two<br/>three", "One two three"},
		"paragraphs part words":          {"<p>One</p><p>two</p>", "One two"},
		"signs are not markup":           {"a < b > c <3 <- x", "a < b > c <3 <- x"},
		"code is not markup":             {"Vec<T>, map<string, int> and <script> tags", "Vec<T>, map<string, int> and <script> tags"},
		"what runs is no markup to show": {"safe<script type='x'>alert('>')</script> <b>title</b><style>p{}</style>", "safe title"},
		"a sign in a value":              {`<img alt="a > b" src="x">c <b title='d>e'>f</b>`, "c f"},
		"a value without end":            {`<a href="x>y</a> it's <b>z</b>`, "y it's z"},
		"no-break spaces":                {"10&nbsp;000&nbsp;km", "10 000 km"},
		"CDATA that was left is text":    {"<![CDATA[x]]>", "<![CDATA[x]]>"},
		"empty":                          {" \n&nbsp;&#8203; ", ""},
		"right-to-left override":         {"&#x202e;gnp", "gnp"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Title(c.in); got != c.want {
				t.Errorf("got  %+q\nwant %+q", got, c.want)
			}
		})
	}
}

func TestSafeRefuses(t *testing.T) {
	for _, s := range []string{"\x1b", "a\tb", "\r", "\x7f", "\u009b", "\u202e", "a\u200bb", "a\u200db", "\ufeff", "\ue000", "\uffff", "\xff", "\u0301", "\u00ad",
		"a\u0301\u0301\u0301\u0301\u0301", "a\ufe0f", "\U000e0041", "\u2028", "\u00a0", "🇩", "🇩a", "👍🏽", "\ufffc", "a\u20dd", "ا\u200c"} {
		if Safe(s) {
			t.Errorf("Safe(%+q)", s)
		}
	}
}

func TestSafeAllows(t *testing.T) {
	for _, s := range []string{"", "a b\nc", "é e\u0301", "中文", "שָׁלוֹם", "می\u200cخواهم", "🇩🇪 👍", "\ufffd", "“—”"} {
		if !Safe(s) {
			t.Errorf("not Safe(%+q)", s)
		}
	}
}

// What needs no scrubbing at a glance needs none.
func FuzzSettled(f *testing.F) {
	for _, s := range []string{"plain\ntext", "“é” – €5 …", "Ж Й ё Ω «»", "東京、ガ「」！한", "e\u0301", "a\u00adb", "\xff", "a\x7f", "\u1100\u1161"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !settled(s) {
			return
		}
		out := filter(s)
		if out != s || norm.NFC.String(s) != s || !safe(s) {
			t.Errorf("%+q becomes %+q and %+q", s, out, norm.NFC.String(s))
		}
	})
}

func TestEverySteadyCharacterIsSettled(t *testing.T) {
	for r := rune(0x80); r <= 0x10ffff; r++ {
		if !steady(r) {
			continue
		}
		if s := "a" + string(r) + "b"; filter(s) != s || norm.NFC.String(s) != s {
			t.Errorf("%U", r)
		}
	}
}

// What is told at a glance to hold no entity holds none.
func FuzzDecodes(f *testing.F) {
	for _, s := range []string{"", "&", "&&", "&n=3&lt", "a&b&amp", "&#", "&#6", "&#x", "?a=1&copy=2", "&lt", "&l", "&a1&Mu;", "&;&gt;", "&é&lt"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := decodes(s), html.UnescapeString(s) != s; got != want {
			t.Errorf("%q decodes: %v, want %v", s, got, want)
		}
	})
}
