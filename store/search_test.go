package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/feeds"
)

func termsOf(s string) (list []string) {
	var words tokenizer
	words.eachTerm(s, func(term []byte, _ termKind) { list = append(list, string(term)) })
	return list
}

var termTable = []struct{ text, want string }{
	{"", ""},
	{"Hello, World!", "hello world"},
	{"It's 3.14 o'clock", "it s 3 14 o clock"},
	{"Ünïcödé ÉCOLE naïve", "unicode ecole naive"},
	{"e\u0301cole", "ecole"},
	{"Straße Ærø łódź İstanbul", "strasse aero lodz istanbul"},
	{"ΟΔΟΣ οδός", "οδοσ οδοσ"},
	{"Ёлка й", "елка и"},
	{"ＦＵＬＬ　ｗｉｄｔｈ ２０２６", "full width 2026"},
	{"المُدَرِّس", "المدرس"},
	{"हिन्दी", "हिन्दी"},
	{"北京大学", "北京 京大 大学 学"},
	{"東", "東"},
	{"iPhoneを買う", "iphone を買 買う う"},
	{"ｶﾀｶﾅ", "カタ タカ カナ ナ"},
	{"서울시", "서울 울시 시"},
	{"co\u00adoperate", "cooperate"},
	{"bad \xff\xfe bytes", "bad bytes"},
	{strings.Repeat("é", 200), strings.Repeat("e", maxTerm)},
	{strings.Repeat("ж", 200), strings.Repeat("ж", maxTerm/2)},
	{"x" + strings.Repeat("ж", 200), "x" + strings.Repeat("ж", maxTerm/2-1)},
}

func TestTerms(t *testing.T) {
	for _, c := range termTable {
		if got := termsOf(c.text); strings.Join(got, " ") != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// hyphened puts soft hyphens between the letters of ASCII words, which changes no
// term, but none of them is read as a whole any more.
func hyphened(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && lower[s[i-1]] != 0 && lower[s[i]] != 0 {
			b.WriteString("\u00ad")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func TestPositionsAreSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	seen := newBitset(1000)
	for _, n := range []int{0, 1, 5, 15, 16, 17, 500, 1000} {
		var docs []uint32
		for _, d := range r.Perm(1000)[:n] {
			docs = append(docs, uint32(d))
		}
		want := slices.Clone(docs)
		slices.Sort(want)
		if inOrder(docs, seen); !slices.Equal(docs, want) || len(seen.members()) > 0 {
			t.Errorf("%d positions became %v", n, docs)
		}
	}
}

// FuzzTerms: whatever the text, its terms are short and valid, and each finds
// it again when it is the query.
// What is taken for normal at a glance is so, or parts words in normal form as well,
// alone and behind any other such.
func TestTheNormalFormIsKnownAtAGlance(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if !lasting(r) {
			continue
		}
		s := string(r)
		p := norm.NFKC.PropertiesString(s)
		if p.CCC() != 0 || !p.BoundaryBefore() {
			t.Errorf("%q does not stand by itself", s)
		}
		if as := norm.NFKC.String(s); as != s {
			for _, part := range s + as {
				if !slices.Equal(termsOf("a"+string(part)+"b"), []string{"a", "b"}) {
					t.Errorf("%q does not last: it becomes %q", s, as)
				}
			}
		}
		if !normal("eight by" + s + "x") {
			t.Errorf("%q is not known", s)
		}
	}
	for _, s := range []string{"nine bytes½", "e\u0301", "ﬁ", "가\u11a8", "\xff"} {
		if normal(s) {
			t.Errorf("%q is taken for normal", s)
		}
	}
}

func FuzzTerms(f *testing.F) {
	for _, c := range termTable {
		f.Add(c.text)
	}
	f.Add("National nationals nationalists, NATIONALS: nationalisations and the national sixteen-letters.")
	alike := "" // words, some of which fall on one place of the table
	for i := range 26 * 26 {
		alike += " national" + string(rune('a'+i/26)) + string(rune('A'+i%26))
	}
	f.Add(alike)
	f.Fuzz(func(t *testing.T, text string) {
		var words tokenizer
		for _, term := range termsOf(text) {
			if len(term) == 0 || len(term) > max(maxTerm, 2*utf8.UTFMax) || !utf8.ValidString(term) {
				t.Fatalf("%q has the term %q", text, term)
			}
		}
		if quick, slow := termsOf(text), termsOf(hyphened(text)); !slices.Equal(quick, slow) {
			t.Fatalf("%q has the terms %q, letter by letter %q", text, quick, slow)
		}
		var slow termIndex
		slow.reset(1)
		docs := make([]indexedDoc, 32) // so many that a term of few of them is written in steps
		for i := range docs {
			docs[i].at = placeOf(int64(len(docs)-i), 1) // the newest first
			if i < 2 {
				docs[i].text = strings.Repeat(text+" Zwei two fünf ", 2)
			}
			slow.next()
			words.eachTerm(docs[i].text, func(term []byte, _ termKind) { slow.add(term) })
		}
		if quick := buildSegment(docs).text; !bytes.Equal(quick, slow.encode()) {
			t.Fatalf("%q is indexed otherwise than term by term", text)
		}
		s := buildSegment([]indexedDoc{{at: placeOf(1, 1), title: text}})
		found, err := matchAll(s.title, parseQuery(strings.ReplaceAll(text, `"`, " ")).clauses, 1)
		if len(termsOf(text)) > 0 && (err != nil || len(found) != 1) {
			t.Fatalf("%q does not find itself: %v, %v", text, found, err)
		}
		for _, phrase := range parseQuery(`"` + strings.ReplaceAll(text, `"`, " ")).phrases {
			if !holds(&words, text, phrase) {
				t.Fatalf("%q does not hold itself", text)
			}
		}
	})
}

func TestSearch(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	for _, e := range []feeds.Entry{
		entry("1", "Flood closes the Brücke", "The river rose over night.", 5*time.Hour),
		entry("2", "Minister resigns", "After the flood of letters, the minister went.", 4*time.Hour),
		entry("3", "Letters", "A minister of the night; the flood.", 3*time.Hour),
		entry("4", "北京大学开学", "今天北京下雨。大家去上学。", 2*time.Hour),
		entry("5", "Flooding again", "São Paulo under water.", time.Hour),
	} {
		l.save(f.ID, e)
	}
	for q, want := range map[string]string{
		"flood":               "[5 1 3 2]", // titles first, the newest of them first
		"FLOOD":               "[5 1 3 2]",
		"flood ":              "[5 1 3 2]",
		"flood minister":      "[3 2]",
		"minister letters":    "[3 2]",
		"brucke":              "[1]",
		"brü":                 "[1]",
		"sao paulo":           "[5]",
		"minister fl":         "[3 2]",
		"fl minister":         "[]", // only the last word may be unfinished
		`"the flood"`:         "[3 2]",
		`"flood of letters"`:  "[2]",
		`"flood of le`:        "[2]",
		`"of flood"`:          "[]",
		`"the night" letters`: "[3]",
		`letters "the night"`: "[3]",
		`"`:                   "[]",
		"...":                 "[]",
		"":                    "[]",
		"北京":                  "[4]",
		"京":                   "[4]",
		"学":                   "[4]",
		"北京大学":                "[4]",
		"北京大雨":                "[]",
		"今天北京":                "[4]",
		"京今":                  "[]",
		"大家 北京":               "[4]",
		"nothing of the kind": "[]",
		"the":                 "[1 5 3 2]",
	} {
		if q == "the" {
			want = "[1 3 2]" // "the Brücke" is a title
		}
		items, err := l.Search(q, 10)
		if got := fmt.Sprint(ids(items)); err != nil || got != want {
			t.Errorf("search for %s: got %s, %v; want %s", q, got, err, want)
		}
	}
	if items, err := l.Search("flood", 2); err != nil || fmt.Sprint(ids(items)) != "[5 1]" {
		t.Errorf("two of them: %v, %v", ids(items), err)
	}
}

// Merging changes what is found in no way, and drops what is gone.
func TestMergedSegmentsFindTheSame(t *testing.T) {
	l := newTestLibrary(t)
	f, gone := l.feed("https://a.example/feed"), l.feed("https://b.example/feed")
	r := rand.New(rand.NewPCG(5, 5))
	for i := range 60 {
		l.save(f.ID, entry(fmt.Sprint(i%45), randomText(r, 3), randomText(r, 12), time.Duration(r.IntN(9000))*time.Second))
		l.save(gone.ID, entry(fmt.Sprint(i), randomText(r, 3), randomText(r, 12), time.Duration(i)*time.Minute))
	}
	if err := l.RemoveFeed(gone.ID); err != nil {
		t.Fatal(err)
	}
	ask := func() (all [][]feeds.ArticleID) {
		for _, q := range append(modelWords, "flood river", "s", "m r", `"storm court"`) {
			items, err := l.Search(q, 30)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, ids(items))
		}
		return all
	}
	before := ask()
	for more := true; more; {
		var err error
		if more, err = l.mergeSome(); err != nil {
			t.Fatal(err)
		}
	}
	if after := ask(); !reflect.DeepEqual(before, after) {
		t.Errorf("before %v\nafter  %v", before, after)
	}
}

func TestChooseMerge(t *testing.T) {
	sizes := func(list ...int) (all []segmentInfo) {
		for i, n := range list {
			all = append(all, segmentInfo{uint64(i + 1), n, n * 300})
		}
		return all
	}
	for name, c := range map[string]struct {
		segments []segmentInfo
		want     int
		first    uint64
	}{
		"none":                       {nil, 0, 0},
		"seven small":                {sizes(1, 1, 1, 1, 1, 1, 1), 0, 0},
		"eight small":                {sizes(1, 1, 1, 1, 1, 1, 1, 1), 8, 1},
		"eight behind a large":       {sizes(9000, 1, 1, 1, 1, 1, 1, 1, 1), 8, 2},
		"small ones apart":           {sizes(1, 1, 1, 1, 9000, 1, 1, 1, 1), 0, 0},
		"small among middling":       {sizes(100, 100, 1, 100, 100, 1, 100, 100), 8, 1},
		"two that make a full one":   {sizes(5000, 5000), 2, 1},
		"two that make too much":     {sizes(7000, 7000, 7000), 2, 1},
		"full ones are left alone":   {sizes(9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000), 0, 0},
		"no more than thirty-two":    {sizes(slices.Repeat([]int{1}, 100)...), mergeMost, 1},
		"never more than the cap":    {sizes(slices.Repeat([]int{2000}, 20)...), 8, 1},
		"bytes count as articles do": {slices.Repeat([]segmentInfo{{1, 10, segmentMax / 4}}, 8), 0, 0},
	} {
		got := chooseMerge(c.segments)
		if len(got) != c.want || c.want > 0 && got[0].number != c.first {
			t.Errorf("%s: got %v", name, got)
		}
		docs := 0
		for _, s := range got {
			docs += s.docs
		}
		if docs > segmentCap {
			t.Errorf("%s: %d articles in one segment", name, docs)
		}
	}
}

// Every merge brings the segments nearer to rest.
func TestMergingEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	var all []segmentInfo
	written := 0
	const articles = 1_000_000
	for total := 0; total < articles; {
		n := 1 + r.IntN(400)
		total += n
		all = append(all, segmentInfo{uint64(total), n, n * 300})
		for {
			chosen := chooseMerge(all)
			if chosen == nil {
				break
			}
			i := slices.IndexFunc(all, func(s segmentInfo) bool { return s.number == chosen[0].number })
			one := segmentInfo{number: chosen[len(chosen)-1].number}
			for _, s := range chosen {
				one.docs += s.docs
				one.bytes += s.bytes
			}
			written += one.docs
			all = slices.Replace(all, i, i+len(chosen), one)
		}
	}
	if len(all) > 150 {
		t.Errorf("a million articles lie in %d segments", len(all))
	}
	if n := float64(written) / articles; n > 6 {
		t.Errorf("an article is rewritten %.1f times", n)
	}
}

// FuzzDict: a damaged dictionary gives an error or nonsense, never a panic.
func FuzzDict(f *testing.F) {
	s := buildSegment([]indexedDoc{
		{placeOf(1, 1), "One title", "and a text of several words, and a title"},
		{placeOf(2, 2), "Another", "text"},
	})
	f.Add(s.text)
	f.Add(s.title)
	f.Add([]byte{})
	f.Add([]byte("0000\x01\x00\x00\x00\x00\x00\x00\x00\x00\x01a\x081\x00\x00\x00")) // one article four times
	f.Add([]byte("0000\x01\x00\x00\x00\x00\x00\x00\x00\x00\x01a\x03\xff"))          // eight articles of two
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, q := range []string{"a", "title words", "zzz", "text a"} {
			if docs, err := matchAll(b, parseQuery(q).clauses, 2); err == nil && len(docs) > 2 {
				t.Fatalf("%d of 2 articles match", len(docs))
			}
		}
		p := segmentParts{encodeDocs([]place{placeOf(2, 2), placeOf(1, 1)}), sealed(append(make([]byte, 8), b...)), sealed(append(make([]byte, 8), b...))}
		if _, err := mergeSegments([]segmentParts{p}, [][]bool{{true, true}}); err != nil && err != errSegment {
			t.Fatal(err)
		}
	})
}

// FuzzRecords: no record, however damaged, makes a decoder panic.
func FuzzRecords(f *testing.F) {
	a := articleRecord{Article: feeds.Article{ID: 1, Title: "T", Enclosures: []feeds.Enclosure{{URL: "u"}}}}
	f.Add(encodeArticle(&a))
	f.Add(encodeFeed(&feeds.Feed{URL: "u"}))
	f.Add(encodeHealth(&feeds.Health{ETag: "e"}))
	f.Add(encodeCopies([]feeds.ArticleID{1, 5}))
	f.Add(encodeRevision(&feeds.Revision{Title: "T"}))
	f.Add(encodeBlock(block{{1, feeds.Body{Markdown: "m", Text: "t"}}, {2, feeds.Body{Markdown: "s", Text: "s"}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		e := encoder{b: append([]byte{recordVersion}, b...)}
		for _, record := range [][]byte{b, e.seal()} {
			decodeArticle(1, record)
			decodeDigest(1, record)
			decodeRef(1, record)
			decodeFeed(1, record)
			decodeHealth(record)
			decodeCounters(record)
			decodeCopies(record)
			decodeRevision(record)
			decodeIdentity(nil, record)
		}
		if list, ok := decodeBlock(b); ok {
			if again, ok := decodeBlock(encodeBlock(list)); !ok || !reflect.DeepEqual(again, list) {
				t.Fatalf("%q is a block that does not come back", b)
			}
		}
	})
}

func TestPlacesSortAsTheyShould(t *testing.T) {
	var last []byte
	for _, when := range []int64{-1 << 62, -maxWhen - 1, -62135596800, -1, 0, 1, 1 << 33, maxWhen} {
		for _, id := range []feeds.ArticleID{1, 2, maxArticle} {
			p := placeOf(when, id)
			if when >= -maxWhen && (p.when() != when || p.id() != id) {
				t.Errorf("%d, %d came back as %d, %d", when, id, p.when(), p.id())
			}
			if when > -maxWhen && bytes.Compare(p[:], last) <= 0 {
				t.Errorf("%d, %d does not sort after %x", when, id, last)
			}
			last = bytes.Clone(p[:])
		}
	}
}
