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

// Backup is one of the daily copies beside a library.
type Backup struct {
	Path string
	Day  time.Time
	Size int64
}

// Repaired is what the repair of a library saved, and what it could not.
type Repaired struct {
	Kept     string // the new name of the damaged file
	Backup   string // the backup that took its place; "" if something could be read of it
	Feeds    int
	Articles int
	Lost     Lost
}

// Lost counts what was there and could not be read.
type Lost struct {
	Feeds    int // subscriptions
	Articles int
	Texts    int // articles whose text is gone, and which are kept without it
	Others   int // records of other kinds: revisions, marks, stories …

	// More says that parts of the file could not be read and that nothing else tells
	// what was on them, so that more may be lost than is counted.
	More bool
}

// None reports whether nothing was lost.
func (l Lost) None() bool { return l == Lost{} }
