package clean

import (
	"slices"
	"testing"
)

func TestPicturesOfAText(t *testing.T) {
	for html, want := range map[string][]string{
		`<p>none</p>`:                nil,
		`<img src="/a.png" alt="A">`: {"https://example.org/a.png"},
		`<p>x <img src="a.png"> y <img src="b.png?w=1&amp;h=2" alt="B ] [ ("> <img src="a.png"></p>`: {"https://example.org/a.png", "https://example.org/b.png?w=1&h=2"},
		`<img src="/a_(1).jpg" alt="brackets">`:                                                      {"https://example.org/a_(1).jpg"},
		`<img src="/a.png?x=1&amp;copy=2" alt="c">`:                                                  {"https://example.org/a.png?x=1&copy=2"},
		`<p>![no](https://example.org/text.png)</p>`:                                                 nil,
		`<img src="javascript:alert(1)" alt="j">`:                                                    nil,
		`<figure><img src="/f.png"><figcaption>Caption</figcaption></figure>`:                        {"https://example.org/f.png"},
	} {
		markdown := HTML(html, "https://example.org/page").Markdown
		if got := Pictures(markdown); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q, in %q", html, got, want, markdown)
		}
	}
}
