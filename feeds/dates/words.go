package dates

import (
	"strings"
	"time"
)

// word reads a word of a date; rest is what follows it. A word that says
// nothing (a weekday, "de", "at") is passed over.
func (d *date) word(w, rest string) bool {
	if strings.Contains(w, "/") {
		return d.inPlace(w)
	}
	name := strings.ToLower(w)
	// A later month outweighs an earlier one: "mar. 10 juin" is a Tuesday.
	if (!d.monthNamed || !d.timed) && d.count < 3 {
		if m := month(name); m > 0 {
			d.month, d.monthNamed = m, true
			return true
		}
	}
	switch name {
	case "w":
		d.week = d.count == 1 && d.numbers[0].digits == 4 && !d.timed
		return true
	case "am", "a", "오전", "午前", "上午", "πμ":
		d.am = d.timed || name != "a" && len(w) > 2
		return true
	case "pm", "p", "오후", "午後", "下午", "μμ":
		d.pm = d.timed || name != "p" && len(w) > 2
		return true
	case "년":
		d.local = 9 * 3600 // only Korea writes its dates so
		return true
	}
	// A name stands behind the time, or behind the date in "Tue Jun 10
	// 04:00:00 EST 2003". An offset outweighs it: "+0200 (CEST)".
	if !d.zoned && d.place == nil && d.timed {
		if hours, ok := zoneOffset(w); ok {
			// GMT+2, UTC+02:00
			if rest != "" && (rest[0] == '+' || rest[0] == '-') && d.offset(rest[1:], rest[0] == '-') > 0 {
				return true
			}
			d.zoned, d.east = true, int(hours*3600)
		}
	}
	return true
}

// inPlace reads a zone of the tz database.
func (d *date) inPlace(name string) bool {
	if !d.zoned && d.place == nil && len(name) < 40 {
		if zone, err := time.LoadLocation(name); err == nil {
			d.place = zone
		}
	}
	return true
}

// zoneOffset is how many hours a zone is ahead of UTC. Names that several
// zones bear mean what they most often mean in feeds: IST is India's, BST
// Britain's, CST America's.
func zoneOffset(name string) (float64, bool) {
	switch strings.ToUpper(name) {
	case "GMT", "UTC", "UT", "Z", "WET", "UCT", "ZULU":
		return 0, true
	case "EST":
		return -5, true
	case "EDT", "AST", "CLT":
		return -4, true
	case "ET":
		return -5, true
	case "CST", "CT":
		return -6, true
	case "CDT":
		return -5, true
	case "MST", "MT", "PDT":
		return -7, true
	case "MDT":
		return -6, true
	case "PST", "PT", "AKDT":
		return -8, true
	case "AKST", "HDT":
		return -9, true
	case "HST":
		return -10, true
	case "ADT", "ART", "BRT", "UYT", "CLST":
		return -3, true
	case "NST":
		return -3.5, true
	case "NDT":
		return -2.5, true
	case "COT", "PET", "ECT":
		return -5, true
	case "VET", "BOT":
		return -4, true
	case "BST", "CET", "MET", "MEZ", "WEST", "WAT":
		return 1, true
	case "CEST", "MEST", "MESZ", "METDST", "EET", "SAST", "CAT":
		return 2, true
	case "EEST", "MSK", "EAT", "TRT":
		return 3, true
	case "IRST":
		return 3.5, true
	case "MSD", "GST", "SAMT", "AZT":
		return 4, true
	case "AFT":
		return 4.5, true
	case "PKT", "YEKT", "UZT":
		return 5, true
	case "IST":
		return 5.5, true
	case "NPT":
		return 5.75, true
	case "BDT", "BDST", "OMST":
		return 6, true
	case "MMT":
		return 6.5, true
	case "ICT", "WIB", "KRAT":
		return 7, true
	case "HKT", "SGT", "AWST", "PHT", "MYT", "WITA", "IRKT", "ULAT":
		return 8, true
	case "JST", "KST", "WIT", "YAKT":
		return 9, true
	case "ACST":
		return 9.5, true
	case "AEST", "CHST", "VLAT", "PGT":
		return 10, true
	case "ACDT":
		return 10.5, true
	case "AEDT", "SBT", "MAGT":
		return 11, true
	case "NZST", "FJT", "PETT":
		return 12, true
	case "NZDT":
		return 13, true
	}
	return 0, false
}

// month is the number of a month by its name or the beginning of it, in the
// languages that feeds are known to date in; 0 if it is none.
func month(w string) int {
	w = strings.TrimSuffix(w, ".")
	switch w {
	case "jan", "january", "januar", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "januari",
		"янв", "января", "январь", "styczeń", "stycznia", "sty", "ocak", "oca", "januára", "leden", "ledna", "led",
		"tammikuu", "tammikuuta", "tammi", "ιαν", "ιανουαρίου", "január", "ianuarie", "ian", "січ", "січня", "يناير", "jänner", "siječnja":
		return 1
	case "feb", "february", "februar", "février", "fevrier", "févr", "fév", "fevr", "febrero", "febbraio", "fevereiro", "fev",
		"februari", "фев", "февр", "февраля", "февраль", "luty", "lutego", "lut", "şubat", "şub", "únor", "února", "úno",
		"helmikuu", "helmikuuta", "helmi", "φεβ", "φεβρουαρίου", "február", "febr", "februarie", "лют", "лютого", "فبراير", "veljače":
		return 2
	case "mar", "march", "märz", "mär", "maerz", "mars", "marzo", "março", "marco", "maart", "mrt", "мар", "марта", "март",
		"marzec", "marca", "mart", "březen", "března", "bře", "maaliskuu", "maaliskuuta", "maalis", "μαρ", "μαρτίου",
		"március", "márc", "martie", "бер", "березня", "مارس", "ožujka", "marts", "mrz":
		return 3
	case "apr", "april", "avril", "avr", "abril", "abr", "aprile", "апр", "апреля", "апрель", "kwiecień", "kwietnia", "kwi",
		"nisan", "nis", "duben", "dubna", "dub", "huhtikuu", "huhtikuuta", "huhti", "απρ", "απριλίου", "április", "ápr",
		"aprilie", "кві", "квіт", "квітня", "أبريل", "travnja":
		return 4
	case "may", "mai", "mayo", "maggio", "mag", "maio", "mei", "мая", "май", "maj", "maja", "mayıs", "květen", "května",
		"kvě", "toukokuu", "toukokuuta", "touko", "μαΐ", "μάι", "μαΐου", "μαι", "május", "máj", "трав", "травня", "مايو", "svibnja", "maí":
		return 5
	case "jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho", "июн", "июня", "июнь", "czerwiec", "czerwca",
		"cze", "haziran", "haz", "červen", "června", "čvn", "kesäkuu", "kesäkuuta", "kesä", "ιουν", "ιούν", "ιουνίου",
		"június", "jún", "iunie", "iun", "чер", "черв", "червня", "يونيو", "lipnja":
		return 6
	case "jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "июл", "июля", "июль", "lipiec", "lipca",
		"lip", "temmuz", "tem", "červenec", "července", "čvc", "heinäkuu", "heinäkuuta", "heinä", "ιουλ", "ιούλ", "ιουλίου",
		"július", "júl", "iulie", "iul", "лип", "липня", "يوليو", "srpnja":
		return 7
	case "aug", "august", "août", "aout", "aoû", "agosto", "ago", "augustus", "авг", "августа", "август", "sierpień",
		"sierpnia", "sie", "ağustos", "ağu", "srpen", "srpna", "srp", "elokuu", "elokuuta", "elo", "αυγ", "αύγ", "αυγούστου",
		"augusztus", "augusti", "сер", "серп", "серпня", "أغسطس", "kolovoza":
		return 8
	case "sep", "sept", "september", "septembre", "septiembre", "settembre", "set", "setembro", "сен", "сент", "сентября",
		"сентябрь", "wrzesień", "września", "wrz", "eylül", "eyl", "září", "zář", "syyskuu", "syyskuuta", "syys", "σεπ",
		"σεπτ", "σεπτεμβρίου", "szeptember", "szept", "septembrie", "вер", "вересня", "سبتمبر", "rujna":
		return 9
	case "oct", "october", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "окт", "октября",
		"октябрь", "październik", "października", "paź", "ekim", "eki", "říjen", "října", "říj", "lokakuu", "lokakuuta",
		"loka", "οκτ", "οκτωβρίου", "október", "octombrie", "жов", "жовт", "жовтня", "أكتوبر":
		return 10
	case "nov", "november", "novembre", "noviembre", "novembro", "ноя", "нояб", "ноября", "ноябрь", "listopad", "listopada",
		"lis", "kasım", "kas", "marraskuu", "marraskuuta", "marras", "νοε", "νοέ", "νοεμβρίου", "noiembrie", "лис", "листопада", "نوفمبر":
		return 11
	case "dec", "december", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic", "dicembre", "dezembro",
		"desember", "des", "дек", "декабря", "декабрь", "grudzień", "grudnia", "gru", "aralık", "ara", "prosinec", "prosince",
		"pro", "joulukuu", "joulukuuta", "joulu", "δεκ", "δεκεμβρίου", "decembrie", "гру", "груд", "грудня", "ديسمبر", "prosinca":
		return 12
	}
	return 0
}
