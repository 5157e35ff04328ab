package clean

import "strings"

// dropBoilerplate removes the paragraph that WordPress appends to each article
// of a feed: "The post … appeared first on …". It is the same for all of a
// site's articles, and would make them look alike.
func dropBoilerplate(doc *block) {
	n := len(doc.kids)
	if n == 0 {
		return
	}
	last := doc.kids[n-1]
	if last.kind != paragraph || len(last.text) > 600 || strings.Contains(last.text, "\n") {
		return
	}
	for _, words := range appended {
		if strings.HasPrefix(last.text, words[0]) && strings.Contains(last.text, words[1]) && links(last) > 0 {
			doc.kids = doc.kids[:n-1]
			return
		}
	}
}

// appended are the beginning and the middle of that sentence, by language.
var appended = [...][2]string{
	{"The post ", " appeared first on "},
	{"The post ", " first appeared on "},
	{"Der Beitrag ", " erschien zuerst auf "},
	{"L’article ", " est apparu en premier sur "},
	{"L’article ", " est apparu en premier sur "},
	{"La entrada ", " se publicó primero en "},
	{"La entrada ", " aparece primero en "},
	{"L'articolo ", " proviene da "},
	{"Het bericht ", " verscheen eerst op "},
	{"O post ", " apareceu primeiro em "},
	{"Artykuł ", " pochodzi z serwisu "},
	{"Сообщение ", " появились сначала на "},
	{"Inlägget ", " dök först upp på "},
}

func links(b *block) int {
	n := 0
	for _, s := range b.spans {
		if s.link != "" {
			n++
		}
	}
	return n
}
