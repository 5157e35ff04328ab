// Package dates reads dates as feeds and pages write them.
//
//	published, ok := dates.Parse("vendredi 3 mai 2024 à 8h15")
//	if !ok {
//		// no date, or one that cannot be believed
//	}
//
// It knows RFC 822, 2822 and 3339, W3CDTF, ISO 8601 with its truncated and
// ordinal forms, asctime, seconds since 1970, months in a score of languages,
// zones by name, and what lies between.
//
// It takes a date apart into numbers, words and signs and asks of each what it
// can be, so it needs no list of layouts and its time is linear. It is pure,
// safe for concurrent use, and never panics.
package dates

import (
	"html"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Parse returns the time that a date stands for, in UTC; a date without a zone
// is taken for UTC. It reports false for what it cannot read, and for what
// programs write that know no date: 1970-01-01T00:00:00Z and the years before
// 1800.
func Parse(s string) (time.Time, bool) {
	if len(s) > maxDate {
		return time.Time{}, false
	}
	var d date
	if !d.read(strings.TrimSpace(s)) {
		return time.Time{}, false
	}
	t, ok := d.time()
	if !ok || t.Unix() == 0 || t.Year() < firstYear || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}

const (
	maxDate   = 128
	firstYear = 1800 // what lies before is a program's idea of nothing
)

// date is what has been understood of a date so far.
type date struct {
	year, month, day int
	hour, min, sec   int
	nano             int
	pm, am           bool
	place            *time.Location // a zone of the tz database; nil for none
	zoned            bool           // east is known
	east             int            // seconds ahead of UTC
	local            int            // … where the way of writing points to; 0 for nowhere
	numbers          [4]number      // those that may be day, month or year, in order
	count            int            // of numbers
	truncated        bool           // a sign stands where the century is left out: -03-12
	week             bool           // a W stands before the second number: 2003-W24-2
	monthNamed       bool
	timed, dated     bool
	unix             bool // sec holds seconds since 1970
	ordinal          bool // day is a day of the year
}

// number is digits with what stands before and after them.
type number struct {
	value, digits int
	after         byte // the sign behind, 0 for none
}

func (d *date) read(s string) bool {
	s = foldDigits(s)
	d.truncated = strings.HasPrefix(s, "-")
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case isASCIIDigit(s[0]):
			rest, ok := d.digits(s)
			if !ok {
				return false
			}
			s = rest
		case (r == '+' || r == '-' || r == '−') && d.timed:
			s = s[size+d.offset(s[size:], r != '+'):]
		case unicode.IsLetter(r):
			n := wordEnd(s)
			if !d.word(s[:n], s[n:]) {
				return false
			}
			s = s[n:]
		default:
			s = s[size:]
		}
	}
	return d.arrange()
}

// foldDigits makes digits of other scripts ASCII, and references characters: a
// date may have been escaped twice.
func foldDigits(s string) string {
	if strings.Contains(s, "&#") {
		s = html.UnescapeString(s)
	}
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case '０' <= r && r <= '９':
			return r - '０' + '0'
		case '٠' <= r && r <= '٩':
			return r - '٠' + '0'
		case '۰' <= r && r <= '۹':
			return r - '۰' + '0'
		case '०' <= r && r <= '९':
			return r - '०' + '0'
		case r == '：':
			return ':'
		}
		return r
	}, s)
}

func isASCIIDigit(c byte) bool { return '0' <= c && c <= '9' }

// digits reads what begins with a digit.
func (d *date) digits(s string) (string, bool) {
	n := 0
	for n < len(s) && isASCIIDigit(s[n]) {
		n++
	}
	value := 0
	for _, c := range s[:min(n, 18)] {
		value = value*10 + int(c-'0')
	}
	rest := s[n:]
	switch {
	case n > 18:
		return "", false
	case n >= 9 && n != 12 && n != 14 && d.count == 0: // seconds since 1970, or milliseconds
		for value > 1e11 {
			d.nano, value = value%1000*int(time.Millisecond), value/1000
		}
		d.unix, d.sec = true, value
		return rest, true
	case n == 8 || n == 12 || n == 14: // 20240501, 202405011830, 20240501183000
		return rest, d.compact(s[:n])
	case (n == 4 || n == 6) && d.dated && !d.timed && d.year > 0: // 20240501T1830
		return rest, d.compactTime(s[:n])
	case strings.HasPrefix(rest, ":") && !d.timed && n <= 2 || isHour(rest) && !d.timed && n <= 2:
		return d.clock(s), true
	}
	after := byte(0)
	if rest != "" {
		after = rest[0]
	}
	if d.count < len(d.numbers) {
		d.numbers[d.count] = number{value, n, after}
		d.count++
	}
	return strings.TrimLeft(trimOrdinal(rest), "."), true
}

// isHour reports whether a number before rest is an hour by the letter behind.
func isHour(rest string) bool {
	return strings.HasPrefix(rest, "時") || strings.HasPrefix(rest, "时") || strings.HasPrefix(rest, "시") ||
		len(rest) > 1 && (rest[0] == 'h' || rest[0] == 'H') && isASCIIDigit(rest[1])
}

// trimOrdinal drops the letters of 1st, 2nd, 3rd, 4th, 1er, 1º.
func trimOrdinal(rest string) string {
	if rest == "" || rest[0] <= ' ' || rest[0] == '-' || rest[0] == '/' {
		return rest
	}
	for _, suffix := range []string{"st", "nd", "rd", "th", "er", "º", "ª", "°"} {
		after, ok := strings.CutPrefix(rest, suffix)
		if r, _ := utf8.DecodeRuneInString(after); ok && !unicode.IsLetter(r) {
			return after
		}
	}
	return rest
}

// compact reads a date, or date and time, without signs.
func (d *date) compact(s string) bool {
	if d.count > 0 || d.dated {
		return false
	}
	d.year, d.month, d.day, d.dated = atoi(s[:4]), atoi(s[4:6]), atoi(s[6:8]), true
	if len(s) > 8 {
		return d.compactTime(s[8:])
	}
	return true
}

func (d *date) compactTime(s string) bool {
	d.hour, d.min, d.timed = atoi(s[:2]), atoi(s[2:4]), true
	if len(s) == 6 {
		d.sec = atoi(s[4:])
	}
	return true
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// clock reads 4:05, 04:05:06.789, 4h05, 4時5分6秒 and returns what follows.
func (d *date) clock(s string) string {
	d.timed = true
	fields := [3]*int{&d.hour, &d.min, &d.sec}
	for _, field := range fields {
		n := 0
		for n < len(s) && isASCIIDigit(s[n]) {
			n++
		}
		if n == 0 || n > 2 {
			return s
		}
		*field = atoi(s[:n])
		s = s[n:]
		r, size := utf8.DecodeRuneInString(s)
		if r == '.' && field == fields[1] && len(s) > 2 && isASCIIDigit(s[1]) && isASCIIDigit(s[2]) {
			r = ':' // 04:05.06
		}
		switch r {
		case ':', 'h', 'H', '時', '时', '分', '秒', '시', '분', '초':
			s = strings.TrimLeft(s[size:], " ")
		case '.', ',':
			return d.fraction(s[1:])
		default:
			return s
		}
	}
	return s
}

// fraction reads the digits behind the point of a second.
func (d *date) fraction(s string) string {
	scale := int(time.Second)
	for s != "" && isASCIIDigit(s[0]) {
		scale /= 10
		d.nano += int(s[0]-'0') * scale
		s = s[1:]
	}
	return s
}

// offset reads the digits of +02:00, -0500, +2, +530 and says how many bytes
// they took; 0 if they are no offset.
func (d *date) offset(s string, west bool) int {
	n := 0
	for n < len(s) && isASCIIDigit(s[n]) {
		n++
	}
	hours, minutes := 0, 0
	switch {
	case n == 1 || n == 2:
		hours = atoi(s[:n])
		if len(s) >= n+3 && s[n] == ':' && isASCIIDigit(s[n+1]) && isASCIIDigit(s[n+2]) {
			minutes = atoi(s[n+1 : n+3])
			n += 3
		}
	case n == 3 || n == 4:
		hours, minutes = atoi(s[:n-2]), atoi(s[n-2:n])
	default:
		return 0
	}
	if hours > 18 || minutes > 59 {
		return 0
	}
	seconds := hours*3600 + minutes*60
	if west {
		seconds = -seconds
	}
	d.zoned, d.east = true, seconds
	return n
}

// wordEnd is where the word that begins s ends. Letters of Chinese, Japanese
// and Korean are words of their own, save for morning and afternoon.
func wordEnd(s string) int {
	n := 0
	for n < len(s) && ('a' <= s[n]|0x20 && s[n]|0x20 <= 'z') {
		n++
	}
	if n > 0 && (n == len(s) || s[n] < utf8.RuneSelf && s[n] != '/' && s[n] != '_') {
		return n
	}
	for _, w := range []string{"오전", "오후", "午前", "午後", "上午", "下午"} {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	for i, r := range s {
		switch {
		case r > firstCJK && i == 0:
			return utf8.RuneLen(r)
		case r > firstCJK, !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && r != '/' && r != '_':
			return i
		}
	}
	return len(s)
}

const firstCJK = '\u2e80'

// arrange decides which number is the day, the month and the year.
func (d *date) arrange() bool {
	if d.unix || d.dated {
		return true
	}
	n := d.numbers[:d.count]
	switch {
	case d.week:
		return d.weekDay(n)
	case d.monthNamed && len(n) >= 2:
		// 10 June 2003, June 10 2003, 2003 June 10, 10 June 03
		year, day := n[1], n[0]
		if n[0].digits > 2 || n[0].value > 31 {
			year, day = n[0], n[1]
		}
		d.year, d.day = fullYear(year), day.value
	case d.monthNamed && len(n) == 1 && n[0].digits == 4: // June 2003
		d.year, d.day = n[0].value, 1
	case d.monthNamed:
		return false
	case len(n) >= 3:
		d.numeric(n)
	case len(n) == 2 && n[1].digits == 3: // 2003-161, 03-161
		return d.ordinalDay(fullYear(n[0]), n[1].value)
	case len(n) == 2 && (n[0].digits == 4 || d.truncated): // 2003-06, -03-06
		d.year, d.month, d.day = fullYear(n[0]), n[1].value, 1
	case len(n) == 1 && n[0].digits == 4 && d.truncated: // -0306
		d.year, d.month, d.day = century(n[0].value/100), n[0].value%100, 1
	case len(n) == 1 && n[0].digits == 5: // 03161
		return d.ordinalDay(century(n[0].value/1000), n[0].value%1000)
	case len(n) == 1 && n[0].digits == 7: // 2003161
		return d.ordinalDay(n[0].value/1000, n[0].value%1000)
	case len(n) == 1 && n[0].digits == 6: // 030610; ISO 8601 has no 200306, because of this
		d.year, d.month, d.day = century(n[0].value/10000), n[0].value/100%100, n[0].value%100
	case len(n) == 1 && n[0].digits == 4: // 2003
		d.year, d.month, d.day = n[0].value, 1, 1
	default:
		return false
	}
	return true
}

// numeric reads three numbers. With slashes the order is America's unless
// that cannot be; with points or hyphens it is Europe's.
func (d *date) numeric(n []number) {
	a, b, c := n[0], n[1], n[2]
	switch {
	case a.digits == 4 || a.value > 31:
		d.year, d.month, d.day = fullYear(a), b.value, c.value
	case a.after == '-' && a.digits == 2 && c.digits == 2: // 03-06-10
		d.year, d.month, d.day = fullYear(a), b.value, c.value
	case a.after == '/' && a.value <= 12:
		d.year, d.month, d.day = fullYear(c), a.value, b.value
	default:
		d.year, d.month, d.day = fullYear(c), b.value, a.value
	}
	if d.month > 12 && d.day <= 12 {
		d.month, d.day = d.day, d.month
	}
}

// ordinalDay is a date as a day of the year.
func (d *date) ordinalDay(year, day int) bool {
	d.year, d.month, d.day, d.ordinal = year, 1, day, true
	return day <= 366
}

// weekDay is a date as ISO 8601 counts weeks: from Monday, the first with the
// fourth of January in it.
func (d *date) weekDay(n []number) bool {
	if len(n) < 2 || n[0].digits != 4 || n[1].digits != 2 && n[1].digits != 3 {
		return false
	}
	week, day := n[1].value, 1
	switch {
	case n[1].digits == 3: // 2003W242
		week, day = week/10, week%10
	case len(n) > 2:
		day = n[2].value
	}
	if week < 1 || week > 53 || day < 1 || day > 7 {
		return false
	}
	fourth := time.Date(n[0].value, time.January, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	at := monday.AddDate(0, 0, 7*(week-1)+day-1)
	d.year, d.month, d.day = at.Year(), int(at.Month()), at.Day()
	return true
}

// fullYear is the year that a number stands for.
func fullYear(n number) int {
	if n.digits > 2 {
		return n.value
	}
	return century(n.value)
}

// century is the year that two digits stand for: feeds are younger than 1970.
func century(year int) int {
	if year < 70 {
		return 2000 + year
	}
	return 1900 + year
}

func (d *date) time() (time.Time, bool) {
	if d.unix {
		return time.Unix(int64(d.sec), int64(d.nano)).UTC(), true
	}
	hour := d.hour
	switch {
	case d.pm && hour < 12:
		hour += 12
	case d.am && hour == 12:
		hour = 0
	}
	// 24:00 and a leap second are the next day's, so they may overflow.
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 366 || hour > 24 || d.min > 59 || d.sec > 60 {
		return time.Time{}, false
	}
	if last := time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); d.day > last && !d.ordinal {
		return time.Time{}, false
	}
	if d.place != nil && !d.zoned {
		return time.Date(d.year, time.Month(d.month), d.day, hour, d.min, d.sec, d.nano, d.place).UTC(), true
	}
	east := d.east
	if !d.zoned && d.timed {
		east = d.local
	}
	return time.Date(d.year, time.Month(d.month), d.day, hour, d.min, d.sec-east, d.nano, time.UTC), true
}
