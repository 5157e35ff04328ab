package opml

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"broadsheet/feeds"
)

// readCases are files with what is read of them; they seed the fuzzer too.
var readCases = []struct {
	name  string
	file  string
	want  []feeds.Feed
	notes []string // parts of the notes, in order
}{
	{
		name: "folders nest, and a feed outside of any has none",
		file: `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
			<outline text="News"><outline text="World">
				<outline type="rss" text="Aurora" title="The Aurora" xmlUrl="https://aurora.example/rss" htmlUrl="https://aurora.example/" language="en-AU"/>
			</outline><outline type="rss" text="Beacon" xmlUrl="https://beacon.example/rss"></outline></outline>
			<outline type="rss" title="Comet" xmlUrl="http://comet.example/feed.xml"/></body></opml>`,
		want: []feeds.Feed{
			{URL: "https://aurora.example/rss", Title: "Aurora", Site: "https://aurora.example/", Folder: "News/World", Language: "en-AU"},
			{URL: "https://beacon.example/rss", Title: "Beacon", Folder: "News"},
			{URL: "http://comet.example/feed.xml", Title: "Comet"},
		},
	},
	{
		name: "OPML 1, without a declaration, in capitals, language unknown",
		file: `<OPML VERSION="1.1"><BODY><OUTLINE TYPE="rss" TEXT="Old" URL="http://old.example/index.rdf" LANGUAGE="unknown"/></BODY></OPML>`,
		want: []feeds.Feed{{URL: "http://old.example/index.rdf", Title: "Old"}},
	},
	{
		name: "bare and escaped ampersands in addresses and names",
		file: `<opml><body><outline text="Q & A" xmlUrl="https://a.example/?feed=rss&copy=1&lang=en"/>
			<outline text="R &amp;amp; B" xmlUrl="https://b.example/?a=1&amp;b=2"/></body></opml>`,
		want: []feeds.Feed{
			{URL: "https://a.example/?feed=rss&copy=1&lang=en", Title: "Q & A"},
			{URL: "https://b.example/?a=1&b=2", Title: "R &amp; B"},
		},
	},
	{
		name: "a byte order mark, single and no quotes, comments, CDATA",
		file: "\ufeff<opml><head><title/></head><body><!-- <outline xmlUrl='https://no.example/'/> -->" +
			"<![CDATA[<outline xmlUrl='https://no.example/'/>]]><outline text=Plain xmlUrl='https://plain.example/rss'/></body></opml>",
		want: []feeds.Feed{{URL: "https://plain.example/rss", Title: "Plain"}},
	},
	{
		name: "a category stands in for a folder that is not there",
		file: `<opml><body><outline text="W" category="/Boston/Weather,/Other" xmlUrl="https://w.example/"/></body></opml>`,
		want: []feeds.Feed{{URL: "https://w.example/", Title: "W", Folder: "Boston/Weather"}},
	},
	{
		name: "addresses that are not the web's are left out, and said so",
		file: `<opml><body><outline text="F" xmlUrl="file:///etc/passwd"/><outline text="E" xmlUrl="exec:rm -rf /"/>
			<outline text="R" xmlUrl="feed.xml"/><outline text="J" xmlUrl="javascript://x.example/%0aalert(1)"/>
			<outline text="Feed" xmlUrl="feed://ok.example/rss" htmlUrl="javascript:alert(1)"/></body></opml>`,
		want:  []feeds.Feed{{URL: "https://ok.example/rss", Title: "Feed"}},
		notes: []string{`"F"`, `"E"`, `"R"`, `"J"`},
	},
	{
		name:  "another list is not fetched",
		file:  `<opml><body><outline type="include" text="More" url="https://evil.example/more.opml"/></body></opml>`,
		notes: []string{`"More" names another list`},
	},
	{
		name: "a feed listed twice comes once",
		file: `<opml><body><outline text="One"><outline text="A" xmlUrl="https://a.example/"/></outline>
			<outline text="Two"><outline text="A again" xmlUrl="HTTPS://A.example/"/></outline></body></opml>`,
		want:  []feeds.Feed{{URL: "https://a.example/", Title: "A", Folder: "One"}},
		notes: []string{"taken once: 1"},
	},
	{
		name:  "a file that breaks off gives what it has",
		file:  `<opml><body><outline text="Cut"><outline text="A" xmlUrl="https://a.example/"/><outline text="B" xmlUrl="https://b.exam`,
		want:  []feeds.Feed{{URL: "https://a.example/", Title: "A", Folder: "Cut"}},
		notes: []string{"breaks off"},
	},
	{
		name: "entities that would explode are not expanded",
		file: `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>`,
		want: []feeds.Feed{{URL: "https://a.example/", Title: "&b;"}},
	},
	{
		name: "an empty list is a list",
		file: `<?xml version="1.0"?><opml version="2.0"><head><title>None</title></head><body></body></opml>`,
	},
	{
		name: "titles come as they are",
		file: "<opml><body><outline text='\x1b]0;x\x07 <b>bold</b> \u202e' xmlUrl='https://a.example/'/></body></opml>",
		want: []feeds.Feed{{URL: "https://a.example/", Title: "\x1b]0;x\x07 <b>bold</b> \u202e"}},
	},
	{
		name: "newsboat: tags, titles, comments, hidden feeds",
		file: "# my feeds\n\nhttps://a.example/rss\nhttps://b.example/rss News \"~The Beacon\" # the best\n" +
			"https://c.example/rss \"!hidden\" \"Long \\\"quoted\\\" tag\"\r\nhttp://d.example/#top ~Delta\n",
		want: []feeds.Feed{
			{URL: "https://a.example/rss"},
			{URL: "https://b.example/rss", Title: "The Beacon", Folder: "News"},
			{URL: "https://c.example/rss", Folder: `Long "quoted" tag`},
			{URL: "http://d.example/", Title: "Delta"},
		},
	},
	{
		name: "newsboat: nothing is run, nothing local is opened",
		file: "https://a.example/rss one two\n\"query:Unread:unread = \\\"yes\\\"\"\nexec:~/bin/feed.sh\nfilter:~/x.pl:https://b.example/\nfile:///tmp/x.xml\nnonsense\n",
		want: []feeds.Feed{{URL: "https://a.example/rss", Folder: "one"}},
		notes: []string{"line 2: a query", "line 3: it runs a program", "line 4: it runs a program", "line 5: Broadsheet reads feeds from the web only",
			`line 6: "nonsense"`, "folder of their first: 1"},
	},
}

func TestRead(t *testing.T) {
	for _, tc := range readCases {
		t.Run(tc.name, func(t *testing.T) {
			got, notes, err := Read(strings.NewReader(tc.file))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
			if len(notes) != len(tc.notes) {
				t.Fatalf("notes %q, want parts %q", notes, tc.notes)
			}
			for i, part := range tc.notes {
				if !strings.Contains(notes[i], part) {
					t.Errorf("note %d is %q, want it to say %q", i, notes[i], part)
				}
			}
		})
	}
}

func TestReadEncodings(t *testing.T) {
	const name = "Škoda Новости"
	file := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?><opml><body><outline text="` + name + `" xmlUrl="https://a.example/"/></body></opml>`
	}
	for label, enc := range map[string]encoding.Encoding{
		"utf-16 little-endian": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"utf-16 big-endian":    unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"utf-16 without mark":  unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"utf-8":                encoding.Nop,
	} {
		raw, err := enc.NewEncoder().String(file("utf-16"))
		if err != nil {
			t.Fatal(err)
		}
		expectTitle(t, label, raw, name)
	}
	for declared, tc := range map[string]struct {
		enc  encoding.Encoding
		text string
	}{
		"windows-1251": {charmap.Windows1251, "Новости"},
		"ISO-8859-2":   {charmap.ISO8859_2, "Škoda"},
		"iso-2022-jp":  {japanese.ISO2022JP, "日本の新聞"},
		"":             {charmap.Windows1252, "Café “Paris”"},
	} {
		raw, err := tc.enc.NewEncoder().String(strings.ReplaceAll(file(declared), name, tc.text))
		if err != nil {
			t.Fatal(err)
		}
		if declared == "" {
			raw = raw[strings.Index(raw, "<opml"):]
		}
		expectTitle(t, declared, raw, tc.text)
	}
}

func expectTitle(t *testing.T, label, raw, want string) {
	t.Helper()
	got, _, err := Read(strings.NewReader(raw))
	if err != nil || len(got) != 1 || got[0].Title != want {
		t.Errorf("%s: got %+v, %v; want the title %q", label, got, err, want)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tc := range []struct{ name, file, says string }{
		{"nothing", " \n\t", "is empty"},
		{"a web page", "<!doctype html><html><head><title>x</title></head><body>hello</body></html>", "neither OPML nor newsboat's urls"},
		{"a feed", `<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`, "is a feed"},
		{"an Atom feed", `<feed xmlns="http://www.w3.org/2005/Atom"></feed>`, "is a feed"},
		{"prose", "Dear sir,\nsee https://a.example/ for details.\nnote: nothing\n", "neither OPML nor newsboat's urls"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "neither OPML nor newsboat's urls"},
		{"an endless tag", "<opml><body><outline text=\"" + strings.Repeat("x", maxTag+1), "tag of more than"},
		{"too much", "<opml>" + strings.Repeat(" ", maxFile), "larger than 16 MiB"},
	} {
		got, notes, err := Read(strings.NewReader(tc.file))
		if err == nil || !strings.Contains(err.Error(), tc.says) || got != nil || notes != nil {
			t.Errorf("%s: got %d feeds, %q, %v; want an error that says %q", tc.name, len(got), notes, err, tc.says)
		}
	}
}

func TestReadPassesOnWhatTheDiskSays(t *testing.T) {
	broken := errors.New("input/output error")
	if _, _, err := Read(io.MultiReader(strings.NewReader("<opml>"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("got %v, want it to wrap %v", err, broken)
	}
}

func TestReadBoundsDepthAndNotes(t *testing.T) {
	const levels = 20_000
	deep := "<opml><body>" + strings.Repeat("<outline text='d'>", levels) + "<outline text='A' xmlUrl='https://a.example/'/>" +
		strings.Repeat("</outline>", levels) + "<outline text='B' xmlUrl='https://b.example/'/></body></opml>"
	got, notes, err := Read(strings.NewReader(deep))
	if err != nil || len(notes) != 0 || len(got) != 2 {
		t.Fatalf("got %d feeds, notes %q, %v", len(got), notes, err)
	}
	if want := strings.Repeat("d/", maxDepth-1) + "d"; got[0].Folder != want || got[1].Folder != "" {
		t.Errorf("folders %q and %q, want %q and none", got[0].Folder, got[1].Folder, want)
	}

	_, notes, err = Read(strings.NewReader("<opml><body>" + strings.Repeat("<outline text='x' xmlUrl='ftp://x.example/'/>", 1000) + "</body></opml>"))
	if err != nil || len(notes) != maxNotes+1 || !strings.HasPrefix(notes[maxNotes], "950 more") {
		t.Errorf("got %d notes, %v; want %d and how many more", len(notes), err, maxNotes)
	}
}

var written = []feeds.Feed{
	{URL: "https://a.example/?x=1&y=2", Title: `Quotes " ' and <angles> & more`, Site: "https://a.example/", Folder: "News/World", Language: "en"},
	{URL: "https://b.example/", Title: "日本の新聞", Folder: "News"},
	{URL: "https://c.example/"},
	{URL: "https://d.example/", Title: "Line\nbreak\tand &#65; entity", Folder: "News/World"},
	{URL: "https://e.example/", Title: "العربية", Folder: "Säu\"len"},
}

func TestWriteIsReadBack(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "Mine & <yours>", written); err != nil {
		t.Fatal(err)
	}
	l, err := read(&out)
	if err != nil || len(l.said()) > 0 {
		t.Fatal(err, l.said())
	}
	want := []feeds.Feed{written[0], written[3], written[1], written[2], written[4]} // a folder's feeds together
	if !slices.Equal(l.feeds, want) {
		t.Errorf("got  %+v\nwant %+v", l.feeds, want)
	}
	if l.title != "Mine & <yours>" {
		t.Errorf("title %q", l.title)
	}
}

func TestWrite(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, "Mine", written[1:3]); err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Mine</title>
  </head>
  <body>
    <outline text="News">
      <outline type="rss" text="日本の新聞" title="日本の新聞" xmlUrl="https://b.example/"/>
    </outline>
    <outline type="rss" text="https://c.example/" xmlUrl="https://c.example/"/>
  </body>
</opml>
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestWriteSaysWhenTheDiskIsFull(t *testing.T) {
	full := errors.New("no space left on device")
	err := Write(failing{full}, "Mine", written)
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "could not be written") {
		t.Errorf("got %v", err)
	}
}

// failing fails at everything.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestEditions(t *testing.T) {
	all, err := Editions()
	if err != nil {
		t.Fatal(err)
	}
	titles := make([]string, 0, len(all))
	for _, e := range all {
		titles = append(titles, e.Title)
		if e.Name == "" || len(e.Feeds) < 8 {
			t.Errorf("edition %q (%q) has %d feeds", e.Name, e.Title, len(e.Feeds))
		}
		for _, f := range e.Feeds {
			if f.URL == "" || f.Title == "" || f.Language == "" || f.Folder != e.Title {
				t.Errorf("edition %s: incomplete feed %+v", e.Name, f)
			}
		}
	}
	if len(all) != 14 || !slices.IsSorted(titles) || !slices.Contains(titles, "New Zealand") {
		t.Errorf("editions %q", titles)
	}
	if at := slices.IndexFunc(all, func(e feeds.Edition) bool { return e.Name == "new-zealand" }); at < 0 || all[at].Title != "New Zealand" {
		t.Error("an edition is called by its file's name")
	}
}

func FuzzRead(f *testing.F) {
	for _, tc := range readCases {
		f.Add([]byte(tc.file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, _, err := Read(bytes.NewReader(file))
		if err != nil {
			return
		}
		for _, feed := range got {
			if !strings.HasPrefix(feed.URL, "http://") && !strings.HasPrefix(feed.URL, "https://") {
				t.Fatalf("a feed at %q", feed.URL)
			}
		}
		// What was read is written and read again without loss. Characters XML
		// cannot hold are replaced the first time, so the second is compared.
		once := rewrite(t, got)
		if len(once) != len(got) {
			t.Fatalf("%d feeds became %d", len(got), len(once))
		}
		if twice := rewrite(t, once); !slices.Equal(rewrite(t, twice), twice) {
			t.Fatalf("not stable:\n%+v\n%+v", once, twice)
		}
	})
}

func rewrite(t *testing.T, list []feeds.Feed) []feeds.Feed {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, "", list); err != nil {
		t.Fatal(err)
	}
	again, notes, err := Read(&out)
	if err != nil || len(notes) > 0 {
		t.Fatal(err, notes)
	}
	return again
}

func BenchmarkRead(b *testing.B) {
	var list []feeds.Feed
	for i := range 2000 {
		list = append(list, feeds.Feed{URL: "https://feed" + strings.Repeat("x", i%7) + ".example/" + strings.Repeat("y", i/7), Title: "A feed", Folder: "News"})
	}
	var out bytes.Buffer
	if err := Write(&out, "", list); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	for b.Loop() {
		if got, _, err := Read(bytes.NewReader(out.Bytes())); err != nil || len(got) != len(list) {
			b.Fatal(len(got), err)
		}
	}
}
