package parse

// A rule says what to do with an element: how its content is read, and what it
// then is. The zero rule drops it.
type rule struct {
	mode  mode
	field field
}

type mode uint8

const (
	skip     mode = iota // drop it and all it holds
	through              // drop the tags, keep reading inside
	enterTop             // a channel
	enterOne             // an item or entry
	markup               // text that may be HTML
	plain                // text: a date, an address, an id
	person               // text, or <name> and <email>
	attrs                // an element that says all in its attributes
	location             // an address as text or in href
)

// topRules are for the children of the root and of a channel or feed, oneRules
// for those of an item or entry: by namespace, then by name in lower case.
// Elements of the document's own namespace are spaceNative.
var topRules = map[space]map[string]rule{
	spaceNative: {
		"item": {enterOne, fieldNone}, "entry": {enterOne, fieldNone},
		"channel": {enterTop, fieldNone}, "items": {through, fieldNone},
		"title":       {markup, fieldTitle},
		"description": {markup, fieldDescription}, "subtitle": {markup, fieldDescription},
		"tagline": {markup, fieldDescription}, "abstract": {markup, fieldDescription},
		"link":     {location, fieldLink},
		"language": {plain, fieldLanguage}, "ttl": {plain, fieldTTL},
		"lastbuilddate": {plain, fieldUpdated}, "updated": {plain, fieldUpdated}, "modified": {plain, fieldUpdated},
		"pubdate": {plain, fieldDate}, "date": {plain, fieldDate}, "lastmod": {plain, fieldDate},
		"author":    {person, fieldAuthor},
		"skiphours": {through, fieldNone}, "hour": {plain, fieldSkip}, "skipdays": {through, fieldNone}, "day": {plain, fieldSkip},
	},
	spaceDC: {
		"title": {markup, fieldDCTitle}, "description": {markup, fieldDCDescription},
		"language": {plain, fieldLanguage}, "date": {plain, fieldDCDate},
	},
	spaceTerms: {
		"modified": {plain, fieldTermsModified}, "issued": {plain, fieldTermsIssued}, "created": {plain, fieldTermsCreated},
	},
	spaceAtom: {
		"link":  {attrs, fieldLink},
		"title": {markup, fieldAtomTitle}, "subtitle": {markup, fieldAtomSubtitle},
		"updated": {plain, fieldAtomUpdated}, "entry": {enterOne, fieldNone},
	},
	spaceITunes: {
		"summary": {markup, fieldITunesSummary}, "subtitle": {markup, fieldITunesSubtitle},
	},
	spaceSyndication: {
		"updateperiod": {plain, fieldUpdatePeriod}, "updatefrequency": {plain, fieldUpdateFrequency},
	},
}

var oneRules = map[space]map[string]rule{
	spaceNative: {
		"item": {enterOne, fieldNone}, "entry": {enterOne, fieldNone},
		"title":       {markup, fieldTitle},
		"description": {markup, fieldDescription}, "abstract": {markup, fieldDescription},
		"summary": {markup, fieldSummary}, "content": {markup, fieldContent}, "encoded": {markup, fieldEncoded},
		"body": {markup, fieldBody}, "full-text": {markup, fieldBody}, "fullitem": {markup, fieldBody},
		"link": {location, fieldLink}, "guid": {plain, fieldGUID}, "id": {plain, fieldID},
		"enclosure": {attrs, fieldEnclosure},
		"author":    {person, fieldAuthor}, "creator": {person, fieldAuthor},
		"language": {plain, fieldLanguage},
		"pubdate":  {plain, fieldPublished}, "published": {plain, fieldPublished}, "date": {plain, fieldPublished},
		"updated": {plain, fieldUpdated}, "modified": {plain, fieldUpdated},
		"issued": {plain, fieldTermsIssued}, "created": {plain, fieldTermsCreated},
	},
	spaceContent: {
		"encoded": {markup, fieldEncoded},
	},
	spaceDC: {
		"title": {markup, fieldDCTitle}, "description": {markup, fieldDCDescription}, "abstract": {markup, fieldDCDescription},
		"creator": {plain, fieldCreator}, "author": {plain, fieldCreator}, "language": {plain, fieldLanguage},
		"date": {plain, fieldDCDate}, "issued": {plain, fieldDCIssued}, "created": {plain, fieldDCCreated}, "modified": {plain, fieldDCModified},
	},
	spaceTerms: {
		"title": {markup, fieldDCTitle}, "description": {markup, fieldDCDescription}, "abstract": {markup, fieldDCDescription},
		"creator": {plain, fieldCreator}, "author": {plain, fieldCreator}, "language": {plain, fieldLanguage},
		"date": {plain, fieldTermsDate}, "issued": {plain, fieldTermsIssued}, "created": {plain, fieldTermsCreated},
		"modified": {plain, fieldTermsModified}, "available": {plain, fieldTermsAvailable},
	},
	spaceAtom: {
		"link":  {attrs, fieldLink},
		"title": {markup, fieldAtomTitle}, "summary": {markup, fieldAtomSummary}, "content": {markup, fieldAtomContent},
		"id":      {plain, fieldID},
		"updated": {plain, fieldAtomUpdated}, "published": {plain, fieldAtomPublished}, "issued": {plain, fieldAtomIssued},
		"modified": {plain, fieldAtomModified}, "created": {plain, fieldAtomCreated},
		"author": {person, fieldAuthor},
	},
	spaceMedia: {
		"group": {through, fieldNone}, "content": {attrs, fieldMedia}, "thumbnail": {attrs, fieldThumbnail},
		"title": {markup, fieldMediaTitle}, "description": {markup, fieldMediaDescription},
	},
	spaceITunes: {
		"duration": {plain, fieldITunesDuration}, "author": {plain, fieldITunesAuthor},
		"title": {markup, fieldITunesTitle}, "summary": {markup, fieldITunesSummary}, "subtitle": {markup, fieldITunesSubtitle},
	},
	spaceBurner: {
		"origlink": {plain, fieldOriginalLink},
	},
	spaceXHTML: {
		"body": {markup, fieldBody}, "div": {markup, fieldBody},
	},
	spaceYandex: {
		"full-text": {markup, fieldBody}, "content": {markup, fieldBody},
	},
}

// element is a name as the document in hand means it.
type element struct {
	space    space
	local    string // in lower case
	top, one rule   // what to do with it in a channel, and in an item
}

// maxKnown is how many names are remembered; feeds use some twenty.
const maxKnown = 256

// element resolves a name. Every feed repeats a few names a thousand times, so
// what they mean is remembered for as long as the namespaces stay the same.
func (n *reader) element(name []byte) element {
	if e, ok := n.known[string(name)]; ok && n.knownAt == n.scopes.version {
		return e
	}
	if n.knownAt != n.scopes.version || len(n.known) >= maxKnown {
		clear(n.known)
		n.knownAt = n.scopes.version
	}
	e := element{}
	e.space, e.local = n.resolve(name)
	space := e.space
	if space == spaceRSS {
		space = spaceNative
	}
	e.top, e.one = topRules[space][e.local], oneRules[space][e.local]
	n.known[string(name)] = e
	return e
}
