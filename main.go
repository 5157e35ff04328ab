// Broadsheet is a newspaper for the terminal. Run it without arguments to read,
// or see broadsheet --help.
package main

import (
	"context"
	"io"
	"log"
	"math"
	"os"
	"runtime/debug"
	"time"

	"broadsheet/store"
	"broadsheet/ui/cli"
)

const version = "0.1.0"

// memoryGoal is from where on the collector works harder to keep the memory as
// it is: documents of many megabytes make garbage of several times their size.
// A refresh that relates ten thousand articles and more holds more than that,
// the more the more articles there are, and below any such goal would spend its
// time collecting nothing. It has no goal, but makes little garbage for what it
// holds, crowdedShare percent.
const (
	memoryGoal   = 72 << 20
	crowdedShare = 25
)

func main() {
	log.SetOutput(io.Discard) // net/http would write of odd servers into the middle of the screen
	goal := func(bytes int64) {
		if os.Getenv("GOMEMLIMIT") == "" {
			debug.SetMemoryLimit(bytes)
		}
	}
	goal(memoryGoal)
	os.Exit(cli.Run(context.Background(), cli.Env{
		Args:    os.Args[1:],
		Stdin:   os.Stdin,
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Getenv:  os.Getenv,
		Version: version,
		Clock:   time.Now,
		Crowded: func() {
			goal(math.MaxInt64)
			debug.SetGCPercent(crowdedShare)
		},
		Open: func(path string, clock func() time.Time) (cli.Library, error) {
			return store.Open(path, store.Options{Clock: clock})
		},
		Files: cli.Files{Repair: store.Repair, Restore: store.Restore, Compact: store.Compact, Backups: store.DailyBackups},
	}))
}
