// Package pages fetches the pages of articles and keeps the whole texts that are
// on them: one for a reader who asks, those of feeds that want it always, or all
// that a journey needs.
//
//	keeper := pages.New(pages.Options{Library: library, Fetcher: client, Relater: engine, Clock: time.Now})
//	whole, err := keeper.Whole(ctx, id)                     // one article; whole.Reason says why there is none
//	summary, err := keeper.Pack(ctx, pages.Request{View: view, Limit: 100, Related: true}, announce)
//	summary, err := keeper.Prefetch(ctx, announce)          // after a refresh
//
// What happens to an article, and where each way ends:
//
//	kept already, or ruled out for good ── nothing is fetched
//	robots.txt of its host              ── skipped (not for one that a person asks for)
//	fetch, politely and within limits   ── failed: perhaps another time; none: never again
//	fulltext, then clean                ── none: a wall, no article, no web page
//	compared with the feed's own text   ── kept: the feed gave the whole
//	saved in groups, then announced     ── stored
//
// Politely means: two requests to a host at once, a pause between the beginnings
// of two, the longer one that robots.txt asks for, and no more to a host that is
// busy or does not answer. A run may be stopped at any moment; what is done
// stays done, and the next run goes on from there.
//
// The feed's own text is never touched. The related index is built from the
// feeds' texts alone: what one reader fetched must not decide what is one story.
// Like its parent it imports its sisters, and knows no screen and no database.
package pages
