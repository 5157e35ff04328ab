// Newsworld serves a generated news world on loopback, or makes a library of
// one, however large, so that anyone can try Broadsheet at any size.
//
//	go run ./ui/uitest/newsworld/cmd -library big.db -articles 1000000   # then: broadsheet --library big.db
//	go run ./ui/uitest/newsworld/cmd -serve 127.0.0.1:8765 -feeds 500    # then: curl 127.0.0.1:8765/opml > w.opml
//	go run ./ui/uitest/newsworld/cmd -measure small.db,big.db            # what a reader waits for, in ms
//
// With -program ./broadsheet the measuring starts that, too, and with -refresh 5
// it ends with a refresh that brings five new articles of every feed into the
// library; its -feeds, -per-day and -seed must be those that the library was
// made with.
//
// A library made here is subscribed to the feeds that -serve serves, so with
// the same flags both go together; curl -X POST '127.0.0.1:8765/advance?new=5'
// lets five new articles out of every feed.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"broadsheet/ui/uitest/newsworld"
)

func main() {
	world := newsworld.World{}
	flag.Uint64Var(&world.Seed, "seed", 1, "another number makes another world")
	flag.IntVar(&world.Feeds, "feeds", 500, "how many feeds there are")
	flag.IntVar(&world.PerDay, "per-day", 2000, "articles a day, of all feeds together")
	flag.IntVar(&world.Articles, "articles", 25_000, "how many articles there are")
	now := flag.String("now", "", "when the newest article appeared, RFC 3339; now if empty")
	serve := flag.String("serve", "", "serve the feeds at this loopback `address`")
	items := flag.Int("items", 50, "articles in a served document")
	held := flag.Int("held", 0, "so many newest articles of each feed are held back until /advance")
	latency := flag.Duration("latency", 0, "wait so long before each answer")
	library := flag.String("library", "", "make a library in this `file`")
	address := flag.String("address", "127.0.0.1:8765", "where the library's feeds are said to be")
	measure := flag.String("measure", "", "time what a reader does with the libraries in these `files`, with commas between")
	program := flag.String("program", "", "with -measure: time the start of this built Broadsheet, too")
	fresh := flag.Int("refresh", 0, "with -measure: time a refresh of so many new articles a feed; it changes the library")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := func() (err error) {
		world.End = time.Now()
		if *now != "" {
			if world.End, err = time.Parse(time.RFC3339, *now); err != nil {
				return err
			}
		}
		switch {
		case *library != "":
			return fill(ctx, *library, world, *address)
		case *serve != "":
			return listen(ctx, *serve, slow(world.Handler(*items, *held), *latency))
		case *measure != "":
			return report(ctx, os.Stdout, measurement{files: strings.Split(*measure, ","), program: *program, fresh: *fresh, world: world})
		}
		return fmt.Errorf("say -library FILE, -serve ADDRESS or -measure FILE")
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// listen serves until ctx ends. It answers this machine only.
func listen(ctx context.Context, address string, h http.Handler) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("%s is not a loopback address such as 127.0.0.1:8765", address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: h}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	fmt.Printf("http://%s/opml lists the feeds\n", l.Addr())
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

func slow(h http.Handler, by time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(by):
			h.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}
