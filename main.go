// Broadsheet is a newspaper for the terminal. Run it without arguments to read,
// or see broadsheet --help.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"time"

	"broadsheet/store"
	"broadsheet/ui/cli"
	"broadsheet/ui/memory"
)

const version = "0.1.0"

func main() {
	log.SetOutput(io.Discard) // net/http would write of odd servers into the middle of the screen
	if os.Getenv("GOMEMLIMIT") == "" && os.Getenv("GOGC") == "" {
		memory.Keep()
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
