// Package related finds how other outlets tell the same story: for one article
// its coverage and background, each with the reason; for all of them the
// stories they form and the copies among them.
//
//	engine := related.New(library, time.Now)
//	relations, changes, err := engine.Add(documents) // then store both in one commit
//	rows, err := engine.Related(id, 10)              // coverage first, then background
//
// It is pure and deterministic: it imports only feeds, does no I/O, and keeps
// its index as bytes in the library, where it reads them in place. The same set
// of articles gives the same stories, whatever the order they came in.
// README.md tells the method, its parameters and what they were chosen by.
package related
