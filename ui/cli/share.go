package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/pictures"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/feeds/related"
	"broadsheet/ui/cli/relay"
	"broadsheet/ui/settings"
)

// A library is open in one program at a time. Whoever has it open carries out
// the commands of the others: a refresh from a crontab works while somebody
// reads, and the screen shows what it brought.

// host is an open library, for our own command and for those of others.
type host struct {
	library   Library
	refresher *refresh.Refresher
	keeper    *pages.Keeper
	shelf     *pictures.Cache
	leeway    *feeds.Leeway // taken by the screen
	changed   chan struct{} // holds a token after somebody else's command
	served    bool          // this session carries out somebody else's command
}

// refresher fetches, and finds out about addresses.
type refresher interface {
	Find(ctx context.Context, address string) (feeds.Feed, error)
	Run(ctx context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error)
	Correct([]feeds.Correction) error
}

// handedOver ends a command that another Broadsheet has carried out.
type handedOver struct{ status int }

func (handedOver) Error() string { return "another Broadsheet has carried it out" }

// lockTries is how often a library that somebody has open for a moment is tried,
// a second each.
const lockTries = 10

// open opens the library, or has the command carried out by whoever has it open.
func (s *session) open(path string) (Library, error) {
	for n := 0; ; n++ {
		if err := s.handOver(path); !errors.Is(err, relay.ErrNobody) {
			return nil, err
		}
		library, err := s.Open(path, s.Clock)
		if !locked(err) || n == lockTries || s.context().Err() != nil {
			return library, err
		}
	}
}

// handOver asks whoever has the library open; relay.ErrNobody if nobody answers.
func (s *session) handOver(path string) error {
	dir, err := os.Getwd()
	if err != nil {
		dir = "/"
	}
	status, err := relay.Run(s.context(), path, relay.Call{
		Version: s.Version, Args: s.Args, Dir: dir, Now: s.Getenv(nowVariable),
		Stdin: io.MultiReader(&s.typed, s.Stdin), Stdout: s.Stdout, Stderr: s.Stderr,
	})
	if err != nil {
		return err
	}
	return handedOver{status}
}

// share lets others use the library that is open, until the returned function
// is called; that waits for them. Where no socket can be made they are told
// that the library is in use, as ever.
func (s *session) share(path string, library Library) (end func(wait bool)) {
	s.host = s.newHost(library)
	server, err := relay.Listen(path, s.Version, s.carryOut)
	if err != nil {
		return func(bool) {}
	}
	return func(wait bool) {
		if wait {
			server.Drain()
		} else {
			server.Close()
		}
	}
}

func (s *session) newHost(library Library) *host {
	set, err := s.settings()
	if err != nil {
		set = settings.Default() // whoever needs them says what is wrong with them
	}
	shelf := s.pictures(set)
	leeway := feeds.NewLeeway(time.Now)
	relater := related.New(library, s.Clock)
	relater.Leeway = leeway
	return &host{
		library: library, keeper: s.keeper(library, shelf), shelf: shelf, leeway: leeway,
		refresher: refresh.New(refresh.Options{
			Library: library, Fetcher: s.fetcher(), Relater: relater, Clock: s.Clock, Leeway: leeway,
		}),
		changed: make(chan struct{}, 1),
	}
}

// carryOut runs somebody else's command on our library.
func (s *session) carryOut(ctx context.Context, call relay.Call) (status int) {
	defer func() {
		if recover() != nil {
			say(call.Stderr, "the command failed in a way that it should not; please report it")
			status = failed
		}
	}()
	env := *s.Env
	env.Args, env.Stdin, env.Stdout, env.Stderr, env.Dir = call.Args, call.Stdin, call.Stdout, call.Stderr, call.Dir
	env.Getenv = func(name string) string {
		switch name {
		case nowVariable:
			return call.Now
		case "TERM":
			return "dumb" // what it prints goes who knows where
		}
		return s.Getenv(name)
	}
	if call.Now == "" {
		env.Clock = time.Now
	}
	h := *s.host
	h.served = true
	env.host = &h
	defer h.tell()
	return carry(ctx, env)
}

// tell says to the screen that the library has changed.
func (h *host) tell() {
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

// telling is a refresher of somebody else's command: the screen shows what it
// brings as it comes.
type telling struct {
	*refresh.Refresher
	host *host
}

func (t telling) Run(ctx context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
	return t.Refresher.Run(ctx, q, func(e feeds.Event) {
		announce(e)
		if e.Kind == feeds.EventRelated || e.Outcome.New+e.Outcome.Updated > 0 {
			t.host.tell()
		}
	})
}

// refresher is the one of the open library: two at once would each relate
// without the other's stories.
func (s *session) refresher(Library) refresher {
	if s.host.served {
		return telling{s.host.refresher, s.host}
	}
	return s.host.refresher // which nobody else need hear of
}

// copyOf makes a copy of a library that somebody else has open, to read in.
func (s *session) copyOf(ctx context.Context, path, copy string) error {
	status, err := relay.Run(ctx, path, relay.Call{
		Version: s.Version, Args: []string{"backup", "--quiet", copy}, Dir: "/", Now: s.Getenv(nowVariable),
		Stdin: s.Stdin, Stdout: io.Discard, Stderr: s.Stderr,
	})
	switch {
	case err != nil:
		return err
	case status != done:
		return errSaid
	}
	return nil
}

// locked reports whether an error says that another program has the library open.
func locked(err error) bool {
	var l interface{ Locked() bool }
	return errors.As(err, &l) && l.Locked()
}

// mineOnly refuses what somebody else's command cannot do here.
func (s *session) mineOnly(what string) error {
	if s.host == nil || !s.host.served {
		return nil
	}
	return fmt.Errorf("%s cannot be done while another Broadsheet has the library open: quit that one first", what)
}
