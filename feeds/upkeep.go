package feeds

import "time"

// Upkeep is what is done for a library now and then, behind the reader's back.
type Upkeep struct {
	// Keep says how long the articles of a feed stay after they were published;
	// 0 is for ever. Nil keeps all. A saved article always stays.
	Keep func(Feed) time.Duration
	// Backups is how many daily copies are kept beside the library; 0 makes none.
	Backups int
	// Patient says that nobody waits for the library to close, so that a large
	// file may be compacted then.
	Patient bool
}
