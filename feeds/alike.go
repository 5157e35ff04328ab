package feeds

import (
	"html"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// ReadAlike reports whether two versions of a text tell a reader the same. They
// do if they differ only in white space, in the style of quotation marks, dashes
// and ellipses, in characters written as entities, in the query of an address, or
// in what counts up by itself: "5 minutes ago" anywhere, and lines that say no
// more than how often a text was viewed or commented on, how long it takes to
// read, and when it was last touched.
//
// A number, a name or a mark that changes anywhere else is a change.
func ReadAlike(a, b string) bool { return new(Comparison).ReadAlike(a, b) }

// A Comparison is of many texts, those of a document: what is searched for what
// counts up is bounded in all of them together. Beyond that, what counts up is a
// change like any other. The zero Comparison is ready.
type Comparison struct {
	searched int // bytes
}

// ReadAlike is the function of that name.
func (c *Comparison) ReadAlike(a, b string) bool {
	a, b = apart(a, b)
	if a == b {
		return true
	}
	next, stop := iter.Pull(c.signs(b))
	defer stop()
	for s := range c.signs(a) {
		if t, ok := next(); !ok || s != t {
			return false
		}
	}
	_, more := next()
	return !more
}

// apart are two texts without the lines with which both begin and end.
func apart(a, b string) (string, string) {
	n := 0
	for line := range strings.Lines(a) {
		if !strings.HasPrefix(b[n:], line) {
			break
		}
		n += len(line)
	}
	a, b = a[n:], b[n:]
	for {
		i, k := strings.LastIndexByte(a, '\n'), strings.LastIndexByte(b, '\n')
		if i < 0 || k < 0 || a[i:] != b[k:] {
			return a, b
		}
		a, b = a[:i], b[:k]
	}
}

// idleBytes and idleMost bound how much of a text, and of all of a document, is
// searched for what counts up: matching so many words takes two microseconds a byte,
// and the texts may be hostile.
const (
	idleBytes = 16 << 10
	idleMost  = 16 * idleBytes
)

// signs are a text's words and marks without what does not count.
func (c *Comparison) signs(text string) iter.Seq[string] {
	idle := idleWords()
	left := min(idleBytes, idleMost-c.searched)
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = OneStyle(line)
			if strings.Contains(line, "&") {
				line = OneStyle(html.UnescapeString(line))
			}
			ago := mayBeAgo(line)
			counter := len(line) <= longestIdle && (ago || strings.ContainsAny(line, "0123456789"))
			if (ago || counter) && left > 0 {
				left -= len(line)
				c.searched += len(line)
				if counter && idle.line(line) {
					continue
				}
				if ago {
					line = idle.ago.ReplaceAllString(line, " ")
				}
			}
			if strings.Contains(line, "://") {
				line = idle.query.ReplaceAllString(line, "$1")
			}
			for word := range words(line) {
				if !yield(word) {
					return
				}
			}
		}
	}
}

// OneStyle writes in one way what is a matter of style: quotation marks,
// apostrophes, dashes and ellipses. What shows nothing goes.
func OneStyle(text string) string { return oneStyle.Replace(text) }

var oneStyle = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "ʼ", "'", "`", "'", "´", "'", "‹", "'", "›", "'",
	"“", "'", "”", "'", "„", "'", "‟", "'", "«", "'", "»", "'", "\"", "'", "''", "'",
	"–", "-", "—", "-", "―", "-", "‐", "-", "‑", "-", "−", "-", "--", "-",
	"…", "...", "\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "",
)

// words are runs of letters and digits, and every other sign by itself.
func words(line string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(line); {
			r, size := utf8.DecodeRuneInString(line[i:])
			end := i + size
			if InWord(r) {
				for end < len(line) {
					r, size := utf8.DecodeRuneInString(line[end:])
					if !InWord(r) {
						break
					}
					end += size
				}
			}
			if !unicode.IsSpace(r) && !yield(line[i:end]) {
				return
			}
			i = end
		}
	}
}

// idling is what changes in a text although nobody changed it.
type idling struct {
	ago     *regexp.Regexp // how long ago something was
	counter *regexp.Regexp // how often, how long to read, when touched
	query   *regexp.Regexp // an address, with its query
}

const longestIdle = 120 // bytes of a line that may be idle

// line reports whether a short line says nothing but such things.
func (d *idling) line(line string) bool {
	line = strings.TrimSpace(line)
	rest := d.counter.ReplaceAllString(d.ago.ReplaceAllString(line, " "), " ")
	return rest != line && strings.IndexFunc(rest, InWord) < 0
}

// agoWords are one or the other in all that says how long ago something was.
var agoWords = []string{
	"ago", "just now", "vor ", "il y a ", "hace ", "há ", "atrás", " fa", "geleden", "sedan", "siden", "temu", "назад", "тому", "önce",
	"前", "전", "قبل", "منذ", "पहले",
}

// mayBeAgo reports whether a line may say how long ago something was.
func mayBeAgo(line string) bool {
	line = strings.ToLower(line)
	return slices.ContainsFunc(agoWords, func(word string) bool { return strings.Contains(line, word) })
}

// idleWords are built when first needed, to cost no start of the program.
var idleWords = sync.OnceValue(func() *idling {
	const (
		count = `[0-9][0-9.,'\x{a0}\x{202f}]*\s?[kKmM万億亿]?\+?\s*`
		many  = `views?|reads?|readers?|comments?|shares?|likes?|replies|reactions?|claps|votes?|` +
			`aufrufe|kommentare?|mal gelesen|mal geteilt|vues?|lectures?|commentaires?|partages?|` +
			`visitas|vistas|lecturas|comentarios?|visualizações|leituras|comentários?|visualizzazioni|letture|comment[oi]|condivisioni|` +
			`reacties|keer gelezen|visningar|kommentarer|komentarzy|komentarze|wyświetleń|просмотр(?:а|ов)?|комментари(?:й|я|ев)|перегляд(?:и|ів)?|коментар(?:і|ів)?|` +
			`görüntülenme|yorum|次?浏览|次?阅读|次?閱讀|条评论|則留言|回閲覧|件のコメント|件のいいね|회 조회|개의 댓글|مشاهدة|مشاهدات|تعليق|تعليقات|टिप्पणियां|बार देखा गया`
		label  = `views|comments|shares|likes|kommentare|commentaires|comentarios|comentários|commenti|reacties|комментарии|просмотры|浏览量|阅读量|阅读|評論|评论|コメント|閲覧数|댓글|조회수|التعليقات|المشاهدات`
		toRead = `min(?:ute)?s?\.?[ -]read|min\.? lesezeit|minuten? lesezeit|min(?:utes?)? de lecture|min(?:utos)? de lectura|min(?:utos)? de leitura|min(?:uti)? di lettura|分钟阅读|分で読めます`
		clock  = `[0-9]{1,2}[:.h][0-9]{2}(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|[a-z]{2,4}))?`
		day    = `[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}`
	)
	return &idling{
		ago: regexp.MustCompile(`(?i)\b(?:\d+|an?|a few)\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?) ago\b|\bjust now\b` +
			`|\bvor (?:\d+|einer) (?:sekunden?|minuten?|min\.|stunden?|std\.)|\bil y a (?:\d+|une) ?(?:secondes?|minutes?|min|heures?|h)\b` +
			`|\bhace (?:\d+|una?) (?:segundos?|minutos?|min|horas?|h)\b|há (?:\d+|uma?) (?:segundos?|minutos?|min|horas?)\b|\b\d+ (?:minutos?|horas?) atrás` +
			`|\b\d+ (?:minut[oi]|or[ae]) fa\b|\b\d+ (?:minuten|minuut|uur) geleden\b|\bför \d+ (?:minut(?:er)?|timm(?:e|ar)) sedan\b|\bfor \d+ (?:minutt(?:er)?|timer?|time) siden\b` +
			`|\b\d+ (?:minut[ęy]?|godzin[ęy]?) temu|\b\d+ (?:секунд[ыу]?|минут[ыу]?|час(?:а|ов)?) назад|\b\d+ (?:хвилин[иу]?|годин[иу]?) тому|\b\d+ (?:dakika|saat) önce` +
			`|\d+ ?(?:秒|分钟|分鐘|小时|小時)之?前|\d+ ?(?:秒|分|時間)前|\d+ ?(?:초|분|시간) ?전|(?:قبل|منذ) \d+ (?:دقيقة|دقائق|ساعة|ساعات)|\d+ (?:मिनट|घंटे|घंटा) पहले`),
		counter: regexp.MustCompile(`(?i)(?:` + count + `)(?:` + many + `|` + toRead + `|days? ago|weeks? ago)|(?:` + label + `)\s*[:：(]?\s*` + count + `|` +
			`(?:last )?(?:updated|modified|published|aktualisiert|stand|mis à jour|actualizado|atualizado|aggiornato|обновлено|更新|최종수정)(?: at| on| am| um| à| le| a las| às| alle)?\s*[:：]?\s*(?:` + day + `)?[ ,]*(?:` + clock + `)?`),
		query: regexp.MustCompile(`(https?://[^\s?#]+)[?#]\S*`),
	}
})
