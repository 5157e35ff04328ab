package feeds_test

import (
	"testing"

	"broadsheet/feeds"
)

func TestLead(t *testing.T) {
	const photo = "https://a.example/2026/storm-1024x683.jpg"
	for name, c := range map[string]struct {
		files  []feeds.Enclosure
		inText []string
		want   string
	}{
		"none":                           {nil, nil, ""},
		"a picture":                      {[]feeds.Enclosure{{URL: photo, Type: "image/jpeg"}}, nil, photo},
		"a recording and a picture":      {[]feeds.Enclosure{{URL: "https://a.example/1.mp3", Type: "audio/mpeg"}, {URL: photo, Type: "image/*"}}, nil, photo},
		"without a type":                 {[]feeds.Enclosure{{URL: "https://a.example/file"}, {URL: photo}}, nil, photo},
		"an address that says otherwise": {[]feeds.Enclosure{{URL: photo, Type: "video/mp4"}}, nil, ""},
		"in the text":                    {[]feeds.Enclosure{{URL: photo, Type: "image/jpeg"}}, []string{photo}, ""},
		"in the text in another size":    {[]feeds.Enclosure{{URL: photo, Type: "image/jpeg"}}, []string{"https://a.example/x.png", "https://cdn.example/storm-300x200.jpg?w=300"}, ""},
		"another in the text":            {[]feeds.Enclosure{{URL: photo, Type: "image/jpeg"}}, []string{"https://a.example/2026/calm.jpg"}, photo},
	} {
		got, ok := feeds.Article{Enclosures: c.files}.Lead(c.inText)
		if ok != (c.want != "") || ok && got.URL != c.want {
			t.Errorf("%s: %v, %t; want %q", name, got, ok, c.want)
		}
	}
}
