// Broadsheet is a newspaper for the terminal. Run it without arguments to read,
// or see broadsheet --help.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"broadsheet/store"
	"broadsheet/ui/cli"
)

const version = "0.1.0"

// memoryGoal is from where on the collector works harder to keep the memory as
// it is: documents of many megabytes make garbage of several times their size.
// What holds more than that, as a refresh does that relates ten thousand articles,
// would below any such goal spend its time collecting nothing: so the goal stays
// ahead of what is held by a headroom, and by one part in headroomShare of it.
const (
	memoryGoal    = 72 << 20
	headroom      = 16 << 20
	headroomShare = 8
)

// keepMemory sets the goal, and again after each collection.
func keepMemory() {
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(held)
	live := int64(held[0].Value.Uint64())
	debug.SetMemoryLimit(max(memoryGoal, live+live/headroomShare+headroom))
	runtime.SetFinalizer(&[2]*byte{}, func(*[2]*byte) { keepMemory() })
}

func main() {
	log.SetOutput(io.Discard) // net/http would write of odd servers into the middle of the screen
	if os.Getenv("GOMEMLIMIT") == "" {
		keepMemory()
	}
	os.Exit(cli.Run(context.Background(), cli.Env{
		Args:    os.Args[1:],
		Stdin:   os.Stdin,
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Getenv:  os.Getenv,
		Version: version,
		Clock:   time.Now,
		Open: func(path string, clock func() time.Time) (cli.Library, error) {
			return store.Open(path, store.Options{Clock: clock})
		},
		Files: cli.Files{Repair: store.Repair, Restore: store.Restore, Compact: store.Compact, Backups: store.DailyBackups},
	}))
}
