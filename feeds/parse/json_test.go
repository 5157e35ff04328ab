package parse

import (
	"strings"
	"testing"
)

var jsonRepairs = []struct {
	name, body, want, problem string
}{
	{"healthy", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a","url":"https://f.example/1"}]}`, "1|a|https://f.example/1||", ""},
	{"with a mark", "\xef\xbb\xbf" + `{"items":[{"id":"1"}]}`, "1||||", ""},
	{"number for an id", `{"items":[{"id":42}]}`, "42||||", ""},
	{"number for a title", `{"items":[{"id":"1","title":7}]}`, "1|7|||", "repaired"},
	{"one author's name", `{"items":[{"id":"1","author":"Ann"}]}`, "1|||Ann|", "repaired"},
	{"names for authors", `{"items":[{"id":"1","authors":["Ann","Bob"]}]}`, "1|||Ann, Bob|", "repaired"},
	{"one attachment that is none", `{"items":[{"id":"1","attachments":{"url":"x"},"content_html":"<p>c</p>"}]}`, "1||||<p>c</p>", "repaired"},
	{"text behind the end", `{"items":[{"id":"1"}]} <!-- cached -->`, "1||||", "repaired"},
	{"commas too many", `{"items":[{"id":"1",},],}`, "1||||", "repaired"},
	{"commas too few", `{"version":"1" "items":[{"id":"1"}{"id":"2"}]}`, "1|||| 2||||", "repaired"},
	{"line breaks in a text", "{\"items\":[{\"id\":\"1\",\"title\":\"a\nb\"}]}", "1|a\n<br>b|||", "repaired"},
	{"cut off in a text", `{"items":[{"id":"1","title":"a"},{"id":"2","title":"b`, "1|a||| 2|b|||", "repaired"},
	{"cut off in a key", `{"items":[{"id":"1"},{"id":"2","ti`, "1|||| 2||||", "repaired"},
	{"surrogates and bad escapes", `{"items":[{"id":"1","title":"\ud83d\udea2 \x \ud83d"},]}`, "1|🚢 x \ufffd|||", "repaired"},
	{"null for an item", `{"items":[null,{"id":"1","title":null,"url":null}]}`, "1||||", ""},
	{"plain text that looks like tags", `{"items":[{"id":"1","title":"a <b> & c"}]}`, "1|a &lt;b&gt; &amp; c|||", ""},
}

func TestRepairJSON(t *testing.T) {
	for _, c := range jsonRepairs {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.body), "", "")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range doc.Entries {
				got = append(got, strings.Join([]string{e.ID, e.Title, e.Link, e.Author, e.Content}, "|"))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), c.want)
			}
			if problems := strings.Join(doc.Problems, "; "); !strings.Contains(problems, c.problem) || c.problem == "" && problems != "" {
				t.Errorf("problems %q, want %q", problems, c.problem)
			}
		})
	}
}

func TestDeepJSON(t *testing.T) {
	body := `{"items":[{"id":"1","x":` + strings.Repeat("[", 100000) + strings.Repeat("]", 100000) + `,"title":"a"}]}`
	doc, err := Parse([]byte(body), "", "")
	if err != nil || len(doc.Entries) != 1 || doc.Entries[0].Title != "a" {
		t.Errorf("got %+v, error %v", doc.Entries, err)
	}
}

func TestTextsOfJSONAreBounded(t *testing.T) {
	doc, err := Parse([]byte(`{"items":[{"id":"1","content_html":"`+strings.Repeat("é", maxMarkup)+`"}]}`), "", "")
	if err != nil || len(doc.Entries[0].Content) != maxMarkup || len(doc.Problems) != 1 {
		t.Errorf("%d bytes, problems %q, error %v", len(doc.Entries[0].Content), doc.Problems, err)
	}
}
