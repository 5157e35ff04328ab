package related

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
)

// wordLists are the words that say little, by language: see its first lines.
//
//go:embed stopwords.txt
var wordLists string

// stopList is what a language has of them. Stop words serve twice: left out of
// the terms, and counted to tell a language. Ordinary words are terms, but weigh
// less in a bare headline, and one of them alone binds no background row.
type stopList struct {
	language    language
	stop, plain string
}

// stopLists are those of all languages. There are no more than a uint16 has bits.
var stopLists = sync.OnceValue(func() (lists []stopList) {
	for _, part := range strings.Split(wordLists, "\n[")[1:] {
		head, words, _ := strings.Cut(part, "]\n")
		code, kind, _ := strings.Cut(head, " ")
		if kind == "stop" {
			lists = append(lists, stopList{language: tongue(code), stop: words})
			continue
		}
		lists[len(lists)-1].plain = words
	}
	return lists
})

// listOf is the language whose list is used for another, which may be itself.
func listOf(l language) language {
	switch l {
	case tongue("uk"):
		return langCyrillic
	case tongue("nb"), tongue("nn"):
		return tongue("no")
	}
	return l
}

// stopSets turns the lists of stop words into one map from word to the lists that
// hold it.
func stopSets() map[string]uint16 {
	m := make(map[string]uint16, 4096)
	for i, l := range stopLists() {
		for _, w := range strings.Fields(l.stop) {
			m[w] |= 1 << i
		}
	}
	return m
}

// ordinary are the terms of languages' ordinary words, made when they are first
// asked for.
var ordinary struct {
	sync.Mutex
	of map[language]*numbers
}

// ordinaryTerms returns the terms of a language's ordinary words and of years, nil
// if none are known.
func ordinaryTerms(l language) *numbers {
	l = listOf(l)
	ordinary.Lock()
	defer ordinary.Unlock()
	if set, ok := ordinary.of[l]; ok {
		return set
	}
	var set *numbers
	for _, list := range stopLists() {
		if list.language != l {
			continue
		}
		set = &numbers{}
		w := &words{env: snowballstem.NewEnv("")}
		for _, word := range strings.Fields(list.plain) {
			set.number(w.termID(word, false, l))
		}
		for year := 1900; year < 2100; year++ {
			set.number(w.termID(strconv.Itoa(year), false, l))
		}
	}
	if ordinary.of == nil {
		ordinary.of = map[language]*numbers{}
	}
	ordinary.of[l] = set
	return set
}

// plain reports whether a term is an ordinary word of a language.
func plain(id uint32, set *numbers) bool {
	if set == nil {
		return false
	}
	_, ok := set.find(id)
	return ok
}

// spacelessStop are characters whose bigrams carry grammar in Chinese and
// Japanese.
const spacelessStop = "的了是在和也就都而及與与着或一個个沒没有我們们你他她它這这那為为以於于之對对被把从從"
