package feeds_test

import (
	"strings"
	"testing"

	"broadsheet/feeds"
)

func TestComplete(t *testing.T) {
	long := strings.Repeat("The quay is closed until the pumps have emptied the cellars. ", 30)
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"a whole article":                     {long, true},
		"with a signature":                    {long + "\nJ. Doe", true},
		"that ends with a quotation":          {long + "“Never again,” she said.”", true},
		"a short one":                         {"The quay is closed.", false},
		"cut with dots":                       {long + "The council…", false},
		"cut with dots in brackets":           {long + "The council [...]", false},
		"cut in the middle of a sentence":     {long + "The council meets on Monday to talk about the wall which was to be finished", false},
		"that leads on":                       {long + "\nRead more at the Harbour Times", false},
		"that leads on in French":             {long + "\nLire la suite", false},
		"that has read more far from its end": {"Read more books.\n" + long, true},
		"that leads on within a word":         {long + "\nThread more.", false},
		"that leads on in Chinese":            {long + "\n点击阅读全文。", false},
		"in a script without marks":           {strings.Repeat("港の再開発は住民投票へ", 60), true},
	} {
		words := len(strings.Fields(c.text))
		if strings.Contains(c.text, "港") {
			words = 330
		}
		if got := feeds.Complete(c.text, words); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
