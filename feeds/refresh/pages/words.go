package pages

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/fetch"
)

// final are the failures that another try will not mend.
var final = map[fetch.Kind]string{
	fetch.BadAddress:       "The article's link is no web address.",
	fetch.Denied:           "The publisher's server does not give this page to Broadsheet (401 or 403); open it in a browser.",
	fetch.NotFound:         "The page is no longer there (404).",
	fetch.Gone:             "The publisher has taken the page away for good (410).",
	fetch.TooLarge:         "The page is too large to be an article; open it in a browser.",
	fetch.TooManyRedirects: "The link redirects again and again; open it in a browser.",
	fetch.BadRedirect:      "The link redirects to what is no web address; open it in a browser.",
	fetch.PrivateAddress:   "The link leads into a private network, where a feed may not send you.",
}

// passing are those that may be over soon.
var passing = map[fetch.Kind]string{
	fetch.UnknownHost: "The page's server cannot be found; check the network, or try again later.",
	fetch.Refused:     "The page's server accepts no connection; try again later.",
	fetch.ProxyFailed: "The proxy named by HTTP_PROXY or HTTPS_PROXY does not answer; start it or unset the variable.",
	fetch.TimedOut:    "The page did not come in time; try again later.",
	fetch.Insecure:    "The page's server cannot be trusted, for its certificate is not good; try again later.",
	fetch.Busy:        "The page's server has had too many requests (429); try again later.",
	fetch.ServerFault: "The page's server has a fault of its own; try again later.",
	fetch.CutShort:    "The connection broke off before the whole page was here; try again later.",
	fetch.Resting:     "The page's server asked to be left alone for a while; try again later.",
	fetch.NoRoom:      "There is no room for the page while it is read; free some space in the directory for temporary files.",
	fetch.BadPacking:  "The page is packed in an unknown or damaged way; try again later.",
}

const kept = " The feed's own text is kept."

// refused says in a sentence why a page could not be fetched, and whether that
// is for good.
func refused(err error) (feeds.WholeState, string) {
	kind := kindOf(err)
	if reason, ok := final[kind]; ok {
		return feeds.WholeNone, reason + kept
	}
	if reason, ok := passing[kind]; ok {
		return feeds.WholeFailed, reason + kept
	}
	return feeds.WholeFailed, "The page's server gave an answer that makes no sense; try again later." + kept
}

func kindOf(err error) fetch.Kind {
	var e *fetch.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return fetch.Broken
}

// resting reports whether a failure says something about the host, so that its
// other pages need not be asked for now.
func resting(err error) bool {
	switch kindOf(err) {
	case fetch.UnknownHost, fetch.Refused, fetch.ProxyFailed, fetch.TimedOut, fetch.Insecure, fetch.Busy, fetch.Resting, fetch.ServerFault:
		return true
	}
	return false
}

// sentence is the text of an error as a sentence that is safe to show.
func sentence(text string) string {
	text = clean.Line(text)
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}
