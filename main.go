// Broadsheet is a newspaper for the terminal. Run it without arguments to read,
// or see broadsheet --help.
package main

import (
	"context"
	"io"
	"log"
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
// and would spend half its time collecting nothing; it gets crowdedGoal.
const (
	memoryGoal  = 72 << 20
	crowdedGoal = 112 << 20
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
		Crowded: func() { goal(crowdedGoal) },
		Open: func(path string, clock func() time.Time) (cli.Library, error) {
			return store.Open(path, store.Options{Clock: clock})
		},
		Files: cli.Files{Repair: store.Repair, Restore: store.Restore, Compact: store.Compact, Backups: store.DailyBackups},
	}))
}
