package parse

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/dates"
)

// field is something that a feed or an item says. Elements that mean the same
// but stand in different namespaces are different fields: which of them counts
// is decided when all are known.
type field uint8

const (
	fieldNone field = iota
	fieldTitle
	fieldDescription
	fieldSummary
	fieldContent // in the document's own namespace
	fieldEncoded // content:encoded
	fieldBody    // the whole text, by any other name
	fieldGUID    // an id that is an address
	fieldOpaque  // a guid that is not
	fieldID
	fieldAbout // rdf:about
	fieldHref  // an address in the item's own tag
	fieldSrc
	fieldBase
	fieldLang // xml:lang
	fieldLanguage
	fieldTTL
	fieldPublished
	fieldUpdated
	fieldDate
	fieldTermsIssued
	fieldTermsAvailable
	fieldTermsDate
	fieldTermsCreated
	fieldTermsModified
	fieldDCTitle
	fieldDCDescription
	fieldDCIssued
	fieldDCDate
	fieldDCCreated
	fieldDCModified
	fieldAtomTitle
	fieldAtomSubtitle
	fieldAtomSummary
	fieldAtomContent
	fieldAtomPublished
	fieldAtomIssued
	fieldAtomCreated
	fieldAtomUpdated
	fieldAtomModified
	fieldMediaTitle
	fieldMediaDescription
	fieldITunesTitle
	fieldITunesSummary
	fieldITunesSubtitle
	fieldITunesAuthor
	fieldITunesDuration
	fieldOriginalLink // before FeedBurner
	fieldUpdatePeriod
	fieldUpdateFrequency

	// The rest can be said several times, and has lists of its own.
	fieldAuthor
	fieldCreator
	fieldSkip
	fieldLink
	fieldEnclosure
	fieldMedia
	fieldThumbnail

	texts = fieldAuthor // how many fields are one text
)

// record is what a feed or an item has said so far. Of what it says twice the
// first counts.
type record struct {
	texts      [texts]string
	authors    []string
	creators   []string
	links      []pageLink
	enclosures []feeds.Enclosure
	media      []feeds.Enclosure
	picture    picture // of several in media
	thumbnail  picture
	skip       feeds.SkipTimes
}

// picture is one that is given in several sizes; width is 0 where it is not said.
type picture struct {
	address string
	width   int64
}

// widest is how wide a picture in an article need be.
const widest = 1600

// better reports whether another size suits reading better: the widest that is
// not wider than need be, else the narrowest.
func (p picture) better(width int64) bool {
	switch {
	case p.address == "":
		return true
	case p.width > widest:
		return width > 0 && width < p.width
	}
	return width > p.width && width <= widest
}

// pageLink is a link as Atom has it, or the text of a <link>.
type pageLink struct {
	feeds.Enclosure        // its address, type, title and length
	rel             string // in lower case
	plain           bool   // not an Atom link
}

// Limits of what may be said several times.
const (
	maxAuthors    = 32
	maxLinks      = 256
	maxEnclosures = 64
)

// reset makes the record empty, and keeps the room of its lists.
func (r *record) reset() {
	*r = record{authors: r.authors[:0], creators: r.creators[:0], links: r.links[:0], enclosures: r.enclosures[:0], media: r.media[:0]}
}

// first is the first of the fields that says anything.
func (r *record) first(list ...field) string {
	for _, f := range list {
		if r.texts[f] != "" {
			return r.texts[f]
		}
	}
	return ""
}

// date is the first of the fields that can be read as a date.
func (r *record) date(p *problems, list ...field) time.Time {
	for _, f := range list {
		if r.texts[f] == "" {
			continue
		}
		if t, ok := dates.Parse(r.texts[f]); ok {
			return t
		}
		p.add("a date could not be read")
	}
	return time.Time{}
}

// page is the best of the links: the text of <link>, then what calls itself the
// alternate, HTML before other types; and in Atom, at last, what has no better
// word for itself than "related" or "self".
func (r *record) page(f format) string {
	best, rank := "", 0
	if f == formatRSS {
		rank = 1
	}
	for i := range r.links {
		if k := r.links[i].rank(); k > rank {
			best, rank = r.links[i].URL, k
		}
	}
	return best
}

func (l *pageLink) rank() int {
	if l.plain {
		return 5
	}
	switch strings.TrimPrefix(l.rel, "http://www.iana.org/assignments/relation/") {
	case "", "alternate":
		switch {
		case l.Type == "" || strings.Contains(l.Type, "html"):
			return 4
		case strings.Contains(l.Type, "json") || strings.Contains(l.Type, "xml"):
			return 2
		}
		return 3
	case "related", "via", "self":
		return 1
	}
	return 0
}

// by is who wrote it.
func (r *record) by() string {
	switch {
	case len(r.authors) > 0:
		return strings.Join(r.authors, ", ")
	case len(r.creators) > 0:
		return strings.Join(r.creators, ", ")
	}
	return r.texts[fieldITunesAuthor]
}

// feed is the Document that a channel describes, but for its entries.
func (r *record) feed(f format, p *problems) Document {
	language := r.first(fieldLanguage, fieldLang)
	if f == formatAtom {
		language = r.first(fieldLang, fieldLanguage)
	}
	return Document{
		Title:       r.first(fieldTitle, fieldAtomTitle, fieldDCTitle),
		Link:        firstOf(r.page(f), r.texts[fieldHref]),
		Description: r.first(fieldDescription, fieldDCDescription, fieldAtomSubtitle, fieldITunesSummary, fieldITunesSubtitle),
		Language:    languageTag(language),
		Updated: r.date(p, fieldUpdated, fieldDate, fieldDCDate, fieldTermsModified, fieldAtomUpdated,
			fieldTermsIssued, fieldTermsCreated),
		TTL:  r.ttl(),
		Skip: r.skip,
	}
}

// entry is the Entry that an item describes.
func (r *record) entry(f format, p *problems) Entry {
	e := Entry{
		ID:     r.first(fieldGUID, fieldID, fieldOpaque, fieldAbout),
		Title:  r.first(fieldTitle, fieldDCTitle, fieldAtomTitle, fieldITunesTitle, fieldMediaTitle),
		Link:   firstOf(r.texts[fieldOriginalLink], r.page(f), r.texts[fieldHref]),
		Author: r.by(),
		Published: r.date(p, fieldPublished, fieldTermsIssued, fieldTermsAvailable, fieldDCIssued, fieldDCDate, fieldTermsDate,
			fieldAtomPublished, fieldAtomIssued, fieldTermsCreated, fieldDCCreated, fieldAtomCreated),
		Updated:    r.date(p, fieldUpdated, fieldTermsModified, fieldDCModified, fieldAtomUpdated, fieldAtomModified),
		Language:   languageTag(r.first(fieldLang, fieldLanguage)),
		Base:       r.texts[fieldBase],
		Enclosures: r.files(),
	}
	e.Summary, e.Content = r.prose(f)
	if e.Link == "" {
		e.Link = r.lastResort()
	}
	return e
}

// prose is the summary and the whole text.
func (r *record) prose(f format) (summary, content string) {
	if f == formatAtom {
		return r.first(fieldSummary, fieldDescription, fieldDCDescription, fieldMediaDescription, fieldITunesSummary, fieldITunesSubtitle),
			r.first(fieldContent, fieldEncoded, fieldBody)
	}
	content = r.first(fieldEncoded, fieldContent, fieldBody, fieldAtomContent)
	summary = r.first(fieldDescription, fieldSummary, fieldDCDescription, fieldAtomSummary,
		fieldMediaDescription, fieldITunesSummary, fieldITunesSubtitle)
	if other := r.texts[fieldSummary]; content == "" && r.texts[fieldDescription] != "" {
		// Two texts, of which none is said to be the whole one: the longer is.
		if len(other) < len(summary) && other != "" {
			return other, summary
		}
		return summary, other
	}
	return summary, content
}

// lastResort is the address of an article whose item has no link.
func (r *record) lastResort() string {
	if r.texts[fieldSrc] != "" {
		return r.texts[fieldSrc]
	}
	for _, f := range []field{fieldGUID, fieldID, fieldAbout} {
		if isWeb(r.texts[f]) {
			return r.texts[f]
		}
	}
	if len(r.enclosures) > 0 && r.texts[fieldGUID] == "" {
		return r.enclosures[0].URL
	}
	return ""
}

// files are what comes with the article, by the words of RSS, Atom and Media
// RSS; iTunes says how long it plays.
func (r *record) files() []feeds.Enclosure {
	var list []feeds.Enclosure
	for _, e := range r.enclosures {
		list = addEnclosure(list, e)
	}
	for _, l := range r.links {
		if l.rel == "enclosure" {
			list = addEnclosure(list, l.Enclosure)
		}
	}
	if r.picture.width > 0 {
		slices.SortStableFunc(r.media, func(a, b feeds.Enclosure) int { return r.rank(a) - r.rank(b) })
	}
	for _, e := range r.media {
		list = addEnclosure(list, e)
	}
	if !slices.ContainsFunc(list, isPicture) {
		list = addEnclosure(list, feeds.Enclosure{URL: r.thumbnail.address, Type: anyPicture})
	}
	play := playTime(r.texts[fieldITunesDuration])
	for i := range list {
		if list[i].Play == 0 && !isPicture(list[i]) {
			list[i].Play = play
		}
	}
	return list
}

// rank puts the size that suits best before the other sizes of a picture.
func (r *record) rank(e feeds.Enclosure) int {
	if isPicture(e) && e.URL != r.picture.address {
		return 1
	}
	return 0
}

const anyPicture = "image/*"

func isPicture(e feeds.Enclosure) bool {
	kind, _, _ := strings.Cut(e.Type, "/")
	return kind == "image"
}

// ttl is how long a publisher asks to wait: in minutes, or as so many times a
// period.
func (r *record) ttl() time.Duration {
	if n := size(r.texts[fieldTTL]); n > 0 {
		return min(time.Duration(min(n, 1<<20))*time.Minute, maxTTL)
	}
	var period time.Duration
	switch strings.ToLower(r.texts[fieldUpdatePeriod]) {
	case "hourly":
		period = time.Hour
	case "daily":
		period = 24 * time.Hour
	case "weekly":
		period = 7 * 24 * time.Hour
	case "monthly":
		period = 30 * 24 * time.Hour
	case "yearly":
		period = maxTTL
	}
	if n := size(r.texts[fieldUpdateFrequency]); n > 1 {
		period /= time.Duration(n)
	}
	return period
}

// addSkip takes up an hour or a day at which a publisher does not want to be
// asked. Hours are those of UTC; early feeds count them from 1 to 24.
func (r *record) addSkip(text string) {
	if n, err := strconv.ParseUint(text, 10, 8); err == nil && n <= 24 {
		r.skip.Hours |= 1 << (n % 24)
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(text, day.String()) {
			r.skip.Days |= 1 << day
		}
	}
}
