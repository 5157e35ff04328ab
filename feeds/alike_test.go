package feeds

import (
	"strings"
	"testing"
)

func TestWhatDoesNotCountAsAnEdit(t *testing.T) {
	for name, c := range map[string]struct{ a, b string }{
		"white space":               {"The bridge is shut.", " The  bridge\nis\u00a0shut. "},
		"space before a mark":       {"Vraiment\u202f? Oui\u00a0!", "Vraiment? Oui!"},
		"style of quotation marks":  {`"We're done," she said. 'No.'`, "“We’re done,” she said. ‘No.’"},
		"French quotation marks":    {"Il a dit « non ».", "Il a dit “non”."},
		"dashes and ellipses":       {"Late - too late...", "Late — too late…"},
		"entities left over":        {"Fish &amp; chips &#8217;n&#8217; peas", "Fish & chips ’n’ peas"},
		"soft hyphens":              {"Donau\u00addampf\u200bschiff", "Donaudampfschiff"},
		"tracking in an address":    {"See https://a.org/x?utm_source=rss for more.", "See https://a.org/x#top for more."},
		"minutes ago":               {"It began 5 minutes ago.", "It began an hour ago."},
		"just now":                  {"just now: the vote", "3 hrs ago: the vote"},
		"minutes ago, German":       {"Die Sitzung begann vor 5 Minuten.", "Die Sitzung begann vor 2 Stunden."},
		"minutes ago, French":       {"Publié il y a 5 minutes", "Publié il y a 2 heures"},
		"minutes ago, Russian":      {"Началось 5 минут назад.", "Началось 2 часа назад."},
		"minutes ago, Chinese":      {"会议5分钟前开始。", "会议2小时前开始。"},
		"minutes ago, Japanese":     {"5分前に始まった。", "2時間前に始まった。"},
		"minutes ago, Arabic":       {"بدأ منذ 5 دقائق", "بدأ منذ 12 دقيقة"},
		"minutes ago, Spanish":      {"La sesión empezó hace 5 minutos.", "La sesión empezó hace una hora."},
		"minutes ago, Portuguese":   {"A sessão começou há 5 minutos.", "A sessão começou 2 horas atrás."},
		"minutes ago, Italian":      {"È cominciato 5 minuti fa.", "È cominciato 2 ore fa."},
		"minutes ago, Dutch":        {"Het begon 5 minuten geleden.", "Het begon 2 uur geleden."},
		"minutes ago, Swedish":      {"Det började för 5 minuter sedan.", "Det började för 2 timmar sedan."},
		"minutes ago, Danish":       {"Det begyndte for 5 minutter siden.", "Det begyndte for 2 timer siden."},
		"minutes ago, Polish":       {"Zaczęło się 5 minut temu.", "Zaczęło się 2 godziny temu."},
		"minutes ago, Ukrainian":    {"Почалося 5 хвилин тому.", "Почалося 2 години тому."},
		"minutes ago, Turkish":      {"Oturum 5 dakika önce başladı.", "Oturum 2 saat önce başladı."},
		"minutes ago, Korean":       {"회의는 5분 전에 시작됐다.", "회의는 2시간 전에 시작됐다."},
		"minutes ago, Hindi":        {"बैठक 5 मिनट पहले शुरू हुई।", "बैठक 12 मिनट पहले शुरू हुई।"},
		"minutes ago, in capitals":  {"IT BEGAN 5 MINUTES AGO.", "IT BEGAN 9 MINUTES AGO."},
		"a line of counters":        {"Text.\n1,204 views · 12 comments", "Text.\n1,310 views · 15 comments"},
		"a counter that appears":    {"Text.", "Text.\n3 comments"},
		"label and counter":         {"Comments (3)\nText.", "Comments (17)\nText."},
		"counters elsewhere":        {"Kommentare: 3\nText.\n浏览量：1万", "Kommentare: 4\nText.\n浏览量：2万"},
		"time to read":              {"3 min read\nText.", "4 min read\nText."},
		"when it was touched":       {"Updated 14:05 GMT\nText.", "Updated 15:20 GMT\nText."},
		"days ago, by itself":       {"3 days ago | 12 shares\nText.", "4 days ago | 12 shares\nText."},
		"nothing":                   {"", " \n "},
		"a line of touch and count": {"Last updated: 12/03/2026, 9:15 am · 2 min read", "Last updated: 13/03/2026, 9:15 am · 3 min read"},
	} {
		if !ReadAlike(c.a, c.b) || !ReadAlike(c.b, c.a) {
			t.Errorf("%s: %q and %q are taken for different", name, c.a, c.b)
		}
	}
}

func TestWhatCountsAsAnEdit(t *testing.T) {
	for name, c := range map[string]struct{ a, b string }{
		"a number":               {"It costs 32 million.", "It costs 23 million."},
		"a number's point":       {"It grew by 1.5 percent.", "It grew by 15 percent."},
		"a name":                 {"Anna Lee resigned.", "Anne Lee resigned."},
		"a negation":             {"He did resign.", "He did not resign."},
		"an accent":              {"Il a payé.", "Il a paye."},
		"a capital":              {"May resigned in may.", "may resigned in may."},
		"a question mark":        {"He won.", "He won?"},
		"quotation marks set":    {"The free market won.", "The ‘free’ market won."},
		"a word joined":          {"They met now here.", "They met nowhere."},
		"words at the end":       {"It rained.", "It rained. It poured."},
		"a line in the middle":   {"One.\nThree.", "One.\nTwo.\nThree."},
		"an order":               {"Lee beat Moss.", "Moss beat Lee."},
		"days ago, in a text":    {"She vanished 3 days ago.", "She vanished 4 days ago."},
		"comments, in a text":    {"The minister made 3 comments on it.", "The minister made 4 comments on it."},
		"views, in a text":       {"He holds 2 views.", "He holds 3 views."},
		"updated, but a figure":  {"Updated death toll: 12", "Updated death toll: 15"},
		"another address":        {"See https://a.org/x for more.", "See https://a.org/y for more."},
		"a minute that was":      {"The goal came in 5 minutes.", "The goal came in 7 minutes."},
		"how long it lasted":     {"Es dauerte 5 Minuten.", "Es dauerte 9 Minuten."},
		"a Chinese character":    {"会议开始。", "会议结束。"},
		"everything":             {"It rained.", ""},
		"a vowel sign, in Hindi": {"बारिश हुई।", "बारिश हुआ।"},
	} {
		if ReadAlike(c.a, c.b) || ReadAlike(c.b, c.a) {
			t.Errorf("%s: %q and %q are taken for the same", name, c.a, c.b)
		}
	}
}

// Of a document full of what counts up, no more is searched than of some texts.
func TestAComparisonOfAHostileDocumentEnds(t *testing.T) {
	line := strings.Repeat("vor 12 minuten ago ", idleBytes/19) + "It began 5 minutes ago.\n"
	var c Comparison
	for n := range 10 * idleMost / idleBytes {
		if c.ReadAlike("a "+line, "b "+line); c.searched > idleMost+2*len(line) {
			t.Fatalf("after %d pairs of texts %d bytes were searched, more than %d", n+1, c.searched, idleMost)
		}
	}
	if c.ReadAlike("5 minutes ago", "6 minutes ago") {
		t.Error("what is not searched any more is taken for idle")
	}
	if !ReadAlike("5 minutes ago", "6 minutes ago") {
		t.Error("another comparison has nothing left")
	}
}

func FuzzReadAlike(f *testing.F) {
	f.Add("It began 5 minutes ago.\n3 comments", "“Yes”")
	f.Add("https://a.org?x", "&amp;amp;")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !ReadAlike(a, a+"\n") {
			t.Errorf("%q does not read like itself", a)
		}
		if ReadAlike(a, b) != ReadAlike(b, a) {
			t.Errorf("%q and %q: it depends on the order", a, b)
		}
	})
}

func BenchmarkReadAlike(b *testing.B) {
	for name, line := range map[string]string{
		"prose":   "The river Alder burst its banks at Millford on Monday night, after “three days” of rain.\n",
		"hostile": "It began 5 minutes ago & 12 vor 12 vor 12 https://a.org?b\n",
	} {
		text := strings.Repeat(line, 1<<20/len(line))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				ReadAlike("3 views\n"+text+"y", "4 views\n"+text+"z")
			}
		})
	}
}
