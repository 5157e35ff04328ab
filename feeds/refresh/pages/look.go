package pages

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/fulltext"
)

// job is a page to look at, for all the articles that have its address.
type job struct {
	url     string
	home    string // the feed that named it; "" when it is gone
	items   []feeds.Item
	related bool // wanted only because it is related to what was asked for
}

// finding is what became of a job.
type finding struct {
	wholes  []feeds.Whole // one for each article
	bytes   int64         // of the page
	address string        // where it was in the end
	rest    bool          // the host is busy or does not answer: ask it no more for now
}

const acceptPages = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

// request asks for a page or a robots.txt. A page that a feed names must not
// send us into a private network, unless it is where the feed itself lives.
func request(address, home, accept string) fetch.Request {
	return fetch.Request{URL: address, Accept: accept, Home: home, PublicOnly: home == ""}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// look fetches a page and finds its article. The error is ErrOffline, ctx's or
// the library's; whatever else goes wrong is a finding.
func (k *Keeper) look(ctx context.Context, j job) (finding, error) {
	var f finding
	if j.url == "" {
		return f, k.conclude(&f, j, feeds.Whole{State: feeds.WholeNone, Reason: "This feed gives no link for the article, so there is no page to fetch."})
	}
	result, err := k.o.Fetcher.Get(ctx, request(j.url, j.home, acceptPages))
	switch {
	case ctx.Err() != nil:
		return f, ctx.Err()
	case errors.Is(err, fetch.ErrOffline):
		return f, ErrOffline
	case err != nil:
		state, reason := refused(err)
		f.rest = resting(err)
		return f, k.conclude(&f, j, feeds.Whole{State: state, Reason: reason})
	}
	f.bytes, f.address = int64(len(result.Body)), result.URL
	if result.Cut != nil { // half an article would be taken for the whole
		return f, k.conclude(&f, j, feeds.Whole{State: feeds.WholeFailed, Reason: passing[fetch.CutShort] + kept})
	}
	return f, k.conclude(&f, j, read(result, j.url))
}

// read finds the article on a page that came.
func read(result fetch.Result, asked string) feeds.Whole {
	if reason := elsewhere(asked, result.URL); reason != "" {
		return feeds.Whole{State: feeds.WholeNone, Reason: reason}
	}
	page, err := fulltext.Extract(result.Body, result.URL, result.ContentType)
	if err != nil {
		return feeds.Whole{State: feeds.WholeNone, Reason: sentence(err.Error())}
	}
	body := clean.HTML(illustrated(page), result.URL)
	if strings.TrimSpace(body.Text) == "" {
		return feeds.Whole{State: feeds.WholeNone, Reason: sentence(fulltext.ErrEmpty.Error())}
	}
	return feeds.Whole{State: feeds.WholeHere, Body: body, Words: clean.Words(body.Text)}
}

// elsewhere says that a page was exchanged for another on the way: for one to log
// in on, or for the site's front page, where pages that are gone often lead.
func elsewhere(asked, came string) string {
	from, err1 := url.Parse(asked)
	to, err2 := url.Parse(came)
	if err1 != nil || err2 != nil || from.Path == to.Path {
		return ""
	}
	for step := range strings.SplitSeq(strings.ToLower(strings.Trim(to.Path, "/")), "/") {
		step, _, _ = strings.Cut(step, ".")
		switch step {
		case "login", "log-in", "signin", "sign-in", "sign_in", "logon", "sso", "anmelden", "connexion", "iniciar-sesion":
			return "The publisher asks to log in before this article is shown; open it in a browser, the feed's own text is kept."
		}
	}
	if strings.Trim(to.Path, "/") == "" && to.RawQuery == "" && strings.Trim(from.Path, "/") != "" {
		return "The link leads to the front page of its site instead of the article, which may be gone; the feed's own text is kept."
	}
	return ""
}

// conclude notes for each article of a job what its page came to.
func (k *Keeper) conclude(f *finding, j job, page feeds.Whole) error {
	now := k.o.Clock()
	for _, item := range j.items {
		w := page
		w.Article, w.Tried = item.ID, now
		switch w.State {
		case feeds.WholeHere:
			own, err := k.o.Library.Body(item.ID)
			if err != nil {
				return err
			}
			w = compared(w, own)
		case feeds.WholeFailed:
			was, err := k.o.Library.Whole(item.ID)
			if err != nil {
				return err
			}
			w.Failures = was.Failures + 1
		}
		f.wholes = append(f.wholes, w)
	}
	return nil
}

// compared holds a page's text against the feed's own. One that is not longer is
// not worth keeping: either the feed gave all there is, or the page only shows
// the same beginning.
func compared(page feeds.Whole, own feeds.Body) feeds.Whole {
	words := clean.Words(own.Text)
	more := page.Words > words+words/20
	switch {
	case more:
		return page
	case feeds.Complete(own.Text, words) || page.Body.Text == own.Text:
		return feeds.Whole{Article: page.Article, Tried: page.Tried, State: feeds.WholeInFeed, Reason: "The page has no more text than the feed gave."}
	}
	return feeds.Whole{Article: page.Article, Tried: page.Tried, State: feeds.WholeNone, Reason: "The page shows no more of the article than the feed gave; open it in a browser to see whether there is more."}
}

// due reports whether it is time to ask for a page that could not be had.
func due(w feeds.Whole, now time.Time) bool {
	const first, longest = time.Hour, 7 * 24 * time.Hour
	return w.Failures == 0 || !now.Before(w.Tried.Add(min(first<<min(w.Failures-1, 10), longest)))
}
