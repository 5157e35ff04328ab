package related

import (
	_ "embed"
	"strings"
	"sync"
)

// weekdays are the days of the week that an article names, a bit for each,
// Monday the lowest. News says on which day a thing happened. So of two articles
// that were published within days and are much alike, but name different days, one
// mostly tells of another thing: the quake of Monday and the one of Tuesday, the
// shares as they closed on either.
type weekdays uint8

// differ reports whether both name days, and none in common.
func (d weekdays) differ(o weekdays) bool { return d != 0 && o != 0 && d&o == 0 }

// dayList has a line for each day of the week, from Monday on: its names in
// several languages, as far as each is one word that means nothing else, with the
// endings and compounds that are usual in news. Where a script writes no spaces it
// is the two characters that tell.
//
//go:embed weekdays.txt
var dayList string

// dayNames are the days that words name.
var dayNames = sync.OnceValue(func() map[string]weekdays {
	days := map[string]weekdays{}
	for i, line := range strings.Split(strings.TrimSpace(dayList), "\n") {
		for _, name := range strings.Fields(line) {
			days[name] |= 1 << i
		}
	}
	return days
})
