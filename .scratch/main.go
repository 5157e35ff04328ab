package main

import (
	"context"
	"os"
	"runtime/pprof"
	"time"

	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui/cli"
)

func main() {
	f, _ := os.Create(os.Getenv("CPUPROF"))
	pprof.StartCPUProfile(f)
	code := cli.Run(context.Background(), cli.Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Version: "x", Clock: time.Now,
		Open: func(path string, clock func() time.Time) (cli.Library, error) {
			return store.Open(path, store.Options{Clock: clock})
		},
	})
	pprof.StopCPUProfile()
	println("neigh", related.CNeigh, "after", related.CAfter, "touch", related.CTouch, "cand", related.CCand, "link", related.CLink)
	if m := os.Getenv("MEMPROF"); m != "" {
		f, _ := os.Create(m)
		pprof.Lookup("allocs").WriteTo(f, 0)
	}
	os.Exit(code)
}
