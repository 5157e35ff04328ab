package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// subscribed is a reader who has imported and refreshed the newsroom.
func subscribed(t *testing.T) (*reader, *newsroom) {
	t.Helper()
	n, r := newNewsroom(t), newReader(t)
	if out := r.run(0, n.opml(), "import", "-"); !strings.HasPrefix(out, "7 feeds added") {
		t.Fatalf("import said %q", out)
	}
	if out := r.run(0, "", "refresh"); !strings.Contains(out, "7 fetched") || !strings.Contains(out, "0 failed; 9 new") || strings.Count(out, "\n") != 1 {
		t.Fatalf("refresh said %q", out)
	}
	return r, n
}

func (r *reader) articles(args ...string) []object {
	r.t.Helper()
	return lines(r.t, r.run(0, "", append([]string{"articles", "--json"}, args...)...))
}

// article finds one by a piece of its title.
func (r *reader) article(title string) object {
	r.t.Helper()
	for _, a := range r.articles() {
		if strings.Contains(a.text("title"), title) {
			return a
		}
	}
	r.t.Fatalf("no article is called %q", title)
	return nil
}

func TestBackupCopiesTheLibrary(t *testing.T) {
	r, _ := subscribed(t)
	file := filepath.Join(r.home, "copy.db")
	r.run(0, "", "backup", file)
	if got := len(lines(t, r.run(0, "", "articles", "--json", "--library", file))); got != 9 {
		t.Errorf("the copy holds %d articles, want 9", got)
	}
	r.run(1, "", "backup", file)
	r.run(0, "", "backup", "--force", file)
}

func TestEndToEnd(t *testing.T) {
	r, n := subscribed(t)

	t.Run("every encoding and format is read", func(t *testing.T) {
		for title, want := range map[string][2]string{
			"Storm closes the port of Wexmouth & strands nine ships": {"Harbour Gazette", "2026-11-22T08:15:00Z"},
			"A quiet year for the library":                           {"Coast Courier", ""},
			"Sandholm ferries cancelled":                             {"Ferry Bulletin", "2026-11-22T09:05:00Z"},
			"Owls in the bell tower":                                 {"Field Notes", "2026-11-21T18:30:00Z"},
			"Музей открыл выставку старых карт":                      {"Городской вестник", "2026-11-21T09:00:00Z"},
			"港町で秋の祭り、三万人が参加":                                         {"港の新聞", "2026-11-21T11:00:00Z"},
			"El río baja, la ciudad respira":                         {"Crónica del Río", "2026-11-20T07:00:00Z"},
		} {
			a := r.article(title)
			if a.text("outlet") != want[0] {
				t.Errorf("%s is by %q, want %q", title, a.text("outlet"), want[0])
			}
			if want[1] != "" && a.text("published") != want[1] {
				t.Errorf("%s was published %q, want %s", title, a.text("published"), want[1])
			}
		}
		if a := r.article("Storm closes"); a.text("url") != "https://gazette.example/storm" || a.text("author") != "Ada Lorne" {
			t.Errorf("url %q, author %q", a.text("url"), a.text("author"))
		}
	})

	t.Run("refreshing again adds nothing and asks politely", func(t *testing.T) {
		out := r.run(0, "", "refresh", "--force", "--json")
		rows := lines(t, out)
		sum, _ := rows[len(rows)-1]["summary"].(map[string]any)
		if len(rows) != 8 || object(sum).keys() != "failed feeds ms new not_modified ok updated" || sum["new"] != 0.0 || sum["not_modified"] != 7.0 {
			t.Errorf("refresh said %s", out)
		}
		if got := n.notModified.Load(); got != 7 {
			t.Errorf("%d conditional requests were answered 304, want 7", got)
		}
		if out := r.run(0, "", "refresh"); !strings.Contains(out, "No feed is due") {
			t.Errorf("a refresh when nothing is due said %q", out)
		}
		if got := len(r.articles()); got != 9 {
			t.Errorf("%d articles, want 9", got)
		}
	})

	t.Run("the storm's story is found, and nothing else with it", func(t *testing.T) {
		storm := r.article("Storm closes")
		rows := lines(t, r.run(0, "", "related", storm.text("id"), "--json"))
		var outlets []string
		related, _ := rows[0]["related"].([]any)
		for _, row := range related {
			row := object(row.(map[string]any))
			if row.text("kind") == "coverage" {
				outlets = append(outlets, row.text("outlet"))
			}
			if row.keys() != "copies id kind outlet published rank score title url why" {
				t.Errorf("related row has the keys %s", row.keys())
			}
		}
		slices.Sort(outlets)
		if !slices.Equal(outlets, []string{"Coast Courier", "Ferry Bulletin"}) {
			t.Errorf("covered by %q, want the courier and the bulletin", outlets)
		}
		stories := lines(t, r.run(0, "", "stories", "--json"))
		if len(stories) != 1 || stories[0]["outlets"] != 3.0 || stories[0]["articles"] != 3.0 || stories[0].text("id") != storm.text("story_id") {
			t.Errorf("stories are %v", stories)
		}
		if all := lines(t, r.run(0, "", "stories", "--all", "--json")); len(all) != 7 {
			t.Errorf("%d stories with lone ones, want 7", len(all))
		}
		if some := lines(t, r.run(0, "", "stories", "--all", "--limit", "2", "--json")); len(some) != 2 {
			t.Errorf("%d stories of all, want 2", len(some))
		}
		if young := lines(t, r.run(0, "", "stories", "--all", "--since", "1h", "--json")); len(young) == 7 {
			t.Error("--all takes no notice of --since")
		}
		if all := lines(t, r.run(0, "", "related", "--all", "--json")); len(all) != 9 {
			t.Errorf("related --all printed %d lines, want one for each of 9 articles", len(all))
		}
	})

	t.Run("an article can be read in each format", func(t *testing.T) {
		id := r.article("Storm closes").text("id")
		if out := r.run(0, "", "article", id); !strings.Contains(out, "## Nine ships wait") || !strings.Contains(out, "> We have not seen") || strings.Contains(out, "alert") {
			t.Errorf("markdown is\n%s", out)
		}
		if out := r.run(0, "", "article", id, "--format", "text"); strings.Contains(out, "**") || !strings.Contains(out, "two cranes") {
			t.Errorf("text is\n%s", out)
		}
		a := lines(t, r.run(0, "", "article", id, "--format", "json"))[0]
		if a.keys() != "author body copies excerpt feed feed_id fetched id language outlet published read revisions saved story_id title url" {
			t.Errorf("article has the keys %s", a.keys())
		}
		if out := r.run(0, "", "article", id, "--gist"); !strings.Contains(out, "harbour master Ines Dahl said.") {
			t.Errorf("gist is\n%s", out)
		}
	})

	t.Run("who does not carry a story", func(t *testing.T) {
		story := lines(t, r.run(0, "", "stories", "--missing", "--json"))[0]
		if story.keys() != "article_ids articles first id latest missing outlets title" {
			t.Fatalf("a story with who misses it has the keys %s", story.keys())
		}
		missing := func() (silent, unknown string) {
			m := object(lines(t, r.run(0, "", "stories", "--missing", "--json"))[0]["missing"].(map[string]any))
			return fmt.Sprint(m["silent"]), fmt.Sprint(m["unknown"])
		}
		silent, unknown := missing()
		if !strings.Contains(silent, "Field Notes") || unknown != "[]" {
			t.Errorf("silent are %s, unknown %s", silent, unknown)
		}
		out := r.run(0, "", "stories", "--missing")
		if !strings.Contains(out, "    first: ") || !strings.Contains(out, "    not in: ") {
			t.Errorf("stories and who misses them:\n%s", out)
		}
	})

	t.Run("a story in brief", func(t *testing.T) {
		story := lines(t, r.run(0, "", "stories", "--gist", "--json"))[0]
		if story.keys() != "article_ids articles first gist id latest outlets title" {
			t.Errorf("a story with its gist has the keys %s", story.keys())
		}
		if plain := lines(t, r.run(0, "", "stories", "--json"))[0]; plain.keys() != "article_ids articles first id latest outlets title" {
			t.Errorf("a story has the keys %s", plain.keys())
		}
		said := lines(t, r.run(0, "", "gist", "--story", story.text("id"), "--sentences", "2", "--json"))
		if len(said) != 2 || said[0].keys() != "article_id outlet sentence" {
			t.Fatalf("the story in two sentences is %v", said)
		}
		for _, one := range said {
			if text := r.run(0, "", "article", one.text("article_id"), "--format", "text"); !strings.Contains(text, one.text("sentence")) {
				t.Errorf("%q is not verbatim", one.text("sentence"))
			}
			if out := r.run(0, "", "gist", "--story", story.text("id"), "--sentences", "2"); !strings.Contains(out, one.text("outlet")+": "+one.text("sentence")) {
				t.Errorf("the text lacks %q:\n%s", one.text("sentence"), out)
			}
		}
		if out := r.run(0, "", "stories", "--gist", "--limit", "1"); !strings.Contains(out, "    "+said[0].text("outlet")+": ") {
			t.Errorf("stories in brief:\n%s", out)
		}
		r.run(1, "", "gist", "--story", "999999")
		r.run(2, "", "gist", "--story", "x")
		r.run(2, "text", "gist", "--story", "1", "-")
	})

	t.Run("search", func(t *testing.T) {
		for query, want := range map[string]int{"wexmouth": 3, "wexmouth cranes sandholm": 3, "owls": 1, "rio": 1, "三万人": 1, "карт": 1, "zeppelin": 0} {
			if got := lines(t, r.run(0, "", "search", query, "--json")); len(got) != want {
				t.Errorf("%q finds %d articles, want %d", query, len(got), want)
			}
		}
	})

	t.Run("marks", func(t *testing.T) {
		id := r.article("Owls").text("id")
		r.run(0, "", "mark", "read", id)
		r.run(0, "", "mark", "saved", id)
		if got := len(r.articles("--unread")); got != 8 {
			t.Errorf("%d unread, want 8", got)
		}
		if got := r.articles("--saved"); len(got) != 1 || got[0].text("id") != id {
			t.Errorf("saved are %v", got)
		}
		feeds := lines(t, r.run(0, "", "feeds", "--json"))
		for _, f := range feeds {
			if f.keys() != "error folder id language last_fetch next_fetch outlet site status title total unread url" {
				t.Errorf("feed has the keys %s", f.keys())
			}
			if f.text("title") == "Field Notes" && (f["unread"] != 0.0 || f["total"] != 1.0 || f.text("folder") != "Coast") {
				t.Errorf("the feed of the read article is %v", f)
			}
		}
	})

	t.Run("what is exported can be imported", func(t *testing.T) {
		other := newReader(t)
		out := r.run(0, "", "export")
		if got := other.run(0, out, "import", "-"); !strings.HasPrefix(got, "7 feeds added") {
			t.Errorf("importing the export said %q", got)
		}
		if again := other.run(0, "", "export"); again != out {
			t.Errorf("exported again it differs:\n%s\n%s", out, again)
		}
	})

	t.Run("the library is sound", func(t *testing.T) { r.run(0, "", "check") })
}

func TestAFailingFeedKeepsItsArticlesAndDisturbsNoOther(t *testing.T) {
	r, n := subscribed(t)
	n.broken.Store(true)
	out := r.run(0, "", "refresh", "--force")
	if !strings.Contains(out, "6 unchanged, 1 failed (broadsheet feeds says why); 0 new") {
		t.Errorf("refresh said %q", out)
	}
	for _, f := range lines(t, r.run(0, "", "feeds", "--json")) {
		courier := f.text("title") == "Coast Courier"
		if (f.text("status") == "failed") != courier || (f.text("error") != "") != courier {
			t.Errorf("%s is %s: %q", f.text("title"), f.text("status"), f.text("error"))
		}
		if courier && f["total"] != 2.0 {
			t.Errorf("the courier has %v articles, want 2", f["total"])
		}
	}
	n.broken.Store(false)
	r.run(0, "", "refresh", "--force")
	if out := r.run(0, "", "feeds"); strings.Contains(out, "!") {
		t.Errorf("an error is still shown once the feed is well:\n%s", out)
	}
	n.Close()
	r.run(1, "", "refresh", "--force")
}

func TestAddingAndRemoving(t *testing.T) {
	n, r := newNewsroom(t), newReader(t)
	if out := r.run(0, "", "add", n.URL+"/page"); !strings.Contains(out, "Harbour Gazette added with 2 articles") {
		t.Errorf("add said %q", out)
	}
	if out := r.run(0, "", "add", n.URL+"/harbour.rss.xml"); !strings.Contains(out, "already") {
		t.Errorf("adding again said %q", out)
	}
	r.run(0, "", "mark", "saved", r.article("marmalade").text("id"))
	r.run(0, "", "remove", "Harbour Gazette")
	if got := r.articles(); len(got) != 1 || got[0].text("outlet") != "Harbour Gazette" {
		t.Errorf("left are %v, want the saved one", got)
	}
	if out := r.run(0, "", "feeds", "--json"); out != "" {
		t.Errorf("left are the feeds %s", out)
	}
	r.run(0, "", "check")
}

func TestEditionsAreListedAndSubscribedTo(t *testing.T) {
	r := newReader(t)
	if out := r.run(0, "", "edition"); !strings.Contains(out, "new-zealand") || strings.Count(out, "\n") < 14 {
		t.Errorf("editions are\n%s", out)
	}
	r.run(0, "", "edition", "ireland", "science")
	folders := map[string]int{}
	for _, f := range lines(t, r.run(0, "", "feeds", "--json")) {
		folders[f.text("folder")]++
		if f.text("status") != "never" {
			t.Errorf("%s is %s before the first fetch", f.text("title"), f.text("status"))
		}
	}
	if len(folders) != 2 || folders["Ireland"] == 0 || folders["Science"] == 0 {
		t.Errorf("folders are %v", folders)
	}
}

func TestBadInputGetsOneSentenceAndChangesNothing(t *testing.T) {
	r, n := subscribed(t)
	write := func(name, text string) string {
		path := filepath.Join(r.home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	state := func() string { return r.run(0, "", "feeds", "--json") + r.run(0, "", "articles", "--json") }
	before := state()
	for name, c := range map[string]struct {
		status int
		args   []string
	}{
		"an unknown command":             {2, []string{"frobnicate"}},
		"an unknown flag":                {2, []string{"feeds", "--frobnicate"}},
		"too many arguments":             {2, []string{"export", "x"}},
		"a feed that is none":            {1, []string{"feeds", "x"}},
		"whole texts of no feed":         {2, []string{"feeds", "--whole", "on"}},
		"whole texts neither on nor off": {2, []string{"feeds", "--whole", "maybe", "1"}},
		"a view that is none":            {1, []string{"pack", "--view", "x"}},
		"a pack of nothing":              {2, []string{"pack", "--limit", "0"}},
		"less than no stories":           {2, []string{"stories", "--limit", "-1"}},
		"a size that is none":            {2, []string{"pack", "--max-size", "much"}},
		"an id that is none":             {2, []string{"article", "x"}},
		"an unknown article":             {1, []string{"article", "999"}},
		"an unknown related article":     {1, []string{"related", "999"}},
		"an unknown article to mark":     {1, []string{"mark", "read", "1", "999"}},
		"an unknown mark":                {2, []string{"mark", "green", "1"}},
		"an unknown feed":                {1, []string{"articles", "--feed", "nobody"}},
		"an unknown feed to remove":      {1, []string{"remove", "1", "999"}},
		"an unknown feed to refresh":     {1, []string{"refresh", "nobody"}},
		"an unknown edition":             {1, []string{"edition", "ireland", "atlantis"}},
		"an age that is none":            {2, []string{"articles", "--since", "yesterday"}},
		"a format that is none":          {2, []string{"article", "1", "--format", "pdf"}},
		"no OPML":                        {1, []string{"import", write("note.txt", "dear diary")}},
		"no file":                        {1, []string{"import", filepath.Join(r.home, "missing.opml")}},
		"a page with no feed":            {1, []string{"add", n.URL + "/plain"}},
		"text that is no feed":           {1, []string{"add", n.URL + "/text"}},
		"a page that is not there":       {1, []string{"add", n.URL + "/missing"}},
		"an address that is none":        {1, []string{"add", "file:///etc/passwd"}},
		"a server that is not there":     {1, []string{"add", "http://127.0.0.1:1/feed"}},
		"settings that are not there":    {1, []string{"--config", filepath.Join(r.home, "missing.toml"), "feeds"}},
		"settings with a wrong key":      {1, []string{"--config", write("bad.toml", "colour = \"red\"\n"), "feeds"}},
		"a library that is none":         {1, []string{"--library", write("other.db", strings.Repeat("not a library\n", 1000)), "feeds"}},
		"a limit that is none":           {2, []string{"articles", "--limit", "few"}},
		"a library that is not there":    {1, []string{"--library", filepath.Join(r.home, "missing.db"), "check"}},
		"a library that is a directory":  {1, []string{"--library", r.home, "feeds"}},
		"a library nobody may write":     {1, []string{"--library", "/proc/broadsheet/library.db", "feeds"}},
		"no feed on standard input":      {1, []string{"parse"}},
		"the reader without a terminal":  {1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := &reader{t, r.bin, r.home}
			if out := r.run(c.status, "", c.args...); out != "" {
				t.Errorf("it printed %q", out)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(r.home, "missing.db")); err == nil {
		t.Error("it made a library where none was")
	}
	if after := state(); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
	c := r.command("feeds")
	c.Env = append(c.Env, "BROADSHEET_NOW=noon")
	if err := c.Run(); c.ProcessState.ExitCode() != 2 {
		t.Errorf("a clock that is none: %v, want exit status 2", err)
	}
}

func TestStagesReadStandardInput(t *testing.T) {
	r := newReader(t)
	feed, err := os.ReadFile(filepath.Join("testdata", "feeds", "courier.atom.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, said := r.try(1, "", "parse"); said != "broadsheet: this is not a feed: there is nothing in it\n" {
		t.Errorf("of nothing it said %q", said)
	}
	d := lines(t, r.run(0, string(feed), "parse", "--url", "https://courier.example/feed"))[0]
	if d.keys() != "entries feed problems" {
		t.Errorf("parse has the keys %s", d.keys())
	}
	entry := object(d["entries"].([]any)[0].(map[string]any))
	if entry.keys() != "author content enclosures id link published summary title updated" || entry.text("id") != "urn:courier:1" || !strings.Contains(entry.text("content"), "<p>") {
		t.Errorf("its entry is %v", entry)
	}
	if out := r.run(0, `<link rel="alternate" type="application/atom+xml" href="/a.xml">`, "discover", "--url", "https://courier.example/"); out != "https://courier.example/a.xml\n" {
		t.Errorf("discover printed %q", out)
	}
	const page = `<html><head><title>Storm</title></head><body><nav><a href="/">Home</a></nav><article><h1>Storm</h1>
		<p>The port of Wexmouth closed on Sunday morning when the storm tore two cranes from the container quay, the harbour master said.</p>
		<p>Nine ships wait outside the breakwater, and no ferry will sail to Sandholm before the wind drops on Monday.</p></article></body></html>`
	for format, want := range map[string]string{"text": "The port of Wexmouth closed", "markdown": "The port of Wexmouth closed", "html": "<p>The port of Wexmouth closed"} {
		if out := r.run(0, page, "extract", "--url", "https://gazette.example/storm", "--format", format); !strings.HasPrefix(out, want) || strings.Contains(out, "Home") {
			t.Errorf("extract --format %s printed %q", format, out)
		}
	}
	r.run(1, "%PDF-1.7", "extract", "--url", "https://gazette.example/storm.pdf")
	if out := r.run(0, "One short sentence. Another one.", "gist", "--sentences", "1", "-"); strings.Count(out, "\n") != 1 {
		t.Errorf("gist printed %q", out)
	}
	if _, err := os.Stat(filepath.Join(r.home, "data")); err == nil {
		t.Error("a stage made a library")
	}
}

// The shell offers files where a command takes one, and the editions where it takes these.
func TestCompletionOffersWhatACommandTakes(t *testing.T) {
	r := newReader(t)
	const noFiles, files = ":4\n", ":0\n"
	for command, want := range map[string]string{"import": files, "backup": files, "remove": noFiles, "search": noFiles} {
		if got, _ := r.try(0, "", "__complete", command, ""); got != want {
			t.Errorf("after %s is offered %q, want %q", command, got, want)
		}
	}
	if got, _ := r.try(0, "", "__complete", "edition", ""); !strings.Contains(got, "world\tWorld\n") || !strings.HasSuffix(got, noFiles) {
		t.Errorf("after edition is offered %q", got)
	}
}
