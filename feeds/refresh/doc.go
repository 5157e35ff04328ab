// Package refresh is the one orchestrator: it fetches the feeds that are due,
// reads, cleans and saves what came, relates the new articles to the others,
// and announces each step to whoever watches.
//
//	r := refresh.New(refresh.Options{Library: library, Fetcher: client, Relater: engine, Clock: time.Now})
//	summary, err := r.Run(ctx, refresh.Request{}, func(e feeds.Event) { … })
//
// What happens, and where:
//
//	            ┌ worker ┐   fetch → hash → parse → identify → clean
//	due feeds ──┼ worker ┼──────────────┐
//	            └ worker ┘              ▼
//	                         saver: one group commit for all that is ready,
//	                                then EventFeed for each feed of it
//	                                    │
//	                                    ▼
//	                         relater: takes what was saved, batch by batch; when all
//	                                  came, or enough: index, stories and copies
//	                                  in few commits, then EventRelated
//
// Each step ends the way early when nothing changed: a 304, then the same
// bytes, then entries of which the document says what it said (see imprint.go),
// then the same articles. A feed that fails costs the others nothing.
// Stopping keeps what was saved; what was saved but not related is related at
// the next run, because the library remembers how far relating came.
//
// While somebody at the screen presses keys (Options.Leeway), all of them together
// keep one processor fewer busy: see room.go. And where a screen is shown at all
// they go on aside from it, on threads of lower priority.
//
// It alone imports the other packages under feeds/, with pages below it, which
// fetches the whole texts of articles once the feeds are done. It knows no
// screen and no database: those are behind Library and the announce function.
package refresh
