package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
)

// Exit statuses.
const (
	done   = 0
	failed = 1
	wrong  = 2
)

// Library is what the commands need of the store.
type Library interface {
	AddFeeds([]feeds.Feed) ([]feeds.Feed, error)
	RemoveFeed(feeds.FeedID) error
	Subscriptions() ([]feeds.Subscription, error)
	SaveFetched([]feeds.Fetched) ([]feeds.Stored, error)
	Imprints(feeds.FeedID) ([]feeds.Imprint, error)
	Known(feeds.FeedID, []feeds.Entry) (int, error)

	Page(view feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error)
	Count(feeds.View) (feeds.Counts, error)
	Item(feeds.ArticleID) (feeds.Item, error)
	Items([]feeds.ArticleID) ([]feeds.Item, error)
	Body(feeds.ArticleID) (feeds.Body, error)
	Bookmark(feeds.ArticleID) (feeds.Bookmark, error)
	Whole(feeds.ArticleID) (feeds.Whole, error)
	SaveWholes([]feeds.Whole) error
	ShowWhole(id feeds.ArticleID, whole bool) error
	SetWholeText(ids []feeds.FeedID, wanted bool) error
	Revisions(feeds.ArticleID) ([]feeds.Revision, error)
	SearchEach(ctx context.Context, query string, limit int, give func(found []feeds.Item)) error
	SetStatus([]feeds.ArticleID, feeds.StatusChange) ([]feeds.ArticleID, error)
	Watch(feeds.ArticleID, feeds.Watch) ([]feeds.StatusOf, error)
	Restate([]feeds.StatusOf) error
	Watched(feeds.Watch) ([]feeds.Story, error)
	CountWatched(feeds.Watch) (int, error)
	SetBookmark(feeds.ArticleID, feeds.Bookmark) error
	MarkRead(feeds.View) ([]feeds.ArticleID, error)

	Stories(since time.Time) ([]feeds.Story, error)
	StorySizes(since time.Time) ([]feeds.StorySize, error)
	StoriesOf([]feeds.StoryID) ([]feeds.Story, error)
	Story(feeds.StoryID) (feeds.Story, error)
	ViewIndex(func(feeds.IndexView) error) error
	SaveIndex([]feeds.IndexChange) error
	Unrelated(after feeds.ArticleID, limit int) ([]feeds.Document, error)
	SaveRelations(feeds.Relations, []feeds.IndexChange, feeds.ArticleID) error
	Left(limit int) ([]feeds.ArticleID, error)
	SaveForgotten([]feeds.ArticleID, []feeds.IndexChange) error

	Check() ([]string, error)
	Backup(path string, replace bool) error
	Tend(context.Context, feeds.Upkeep) error
	Close() error
}

// Env is everything a command takes from outside.
type Env struct {
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Version        string
	Clock          func() time.Time  // unless BROADSHEET_NOW fixes it
	Transport      http.RoundTripper // nil: the network
	Open           func(path string, clock func() time.Time) (Library, error)
	Files          Files

	Dir   string          // what relative paths are relative to; "" for the working directory
	host  *host           // the library, if it is open already
	ctx   context.Context // the command's
	reads *atomic.Bool    // the screen is up; nil without signals
}

// Files is what can be done to a library's file while nobody has it open.
type Files struct {
	Repair  func(path string, clock func() time.Time) (feeds.Repaired, error)
	Restore func(path, backup string, clock func() time.Time) (kept string, err error)
	Compact func(path string) (before, after int64, err error) // sizes in bytes
	Backups func(path string, now time.Time) []feeds.Backup    // the latest first
}

// nowVariable fixes the clock, for tests and bug reports.
const nowVariable = "BROADSHEET_NOW"

// context ends when the command is to end.
func (e *Env) context() context.Context {
	if e.ctx == nil {
		return context.Background()
	}
	return e.ctx
}

// Run carries out one command and returns its exit status.
func Run(ctx context.Context, env Env) int {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	env.reads = new(atomic.Bool)
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	go func() {
		for {
			select {
			case <-interrupts:
				if !env.reads.Load() {
					cancel()
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return carry(ctx, env)
}

// reading tells that the screen is up, or no longer.
func (e *Env) reading(on bool) {
	if e.reads != nil {
		e.reads.Store(on)
	}
}

// carry is Run, but for the signals.
func carry(ctx context.Context, env Env) int {
	if now := env.Getenv(nowVariable); now != "" {
		fixed, err := time.Parse(time.RFC3339, now)
		if err != nil {
			say(env.Stderr, fmt.Sprintf("BROADSHEET_NOW is %q, and should be a time like 2026-11-22T09:00:00Z", now))
			return wrong
		}
		env.Clock = func() time.Time { return fixed }
	}
	env.ctx = ctx
	root, ended := newRoot(&env)
	root.SetArgs(env.Args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	execute(ctx, root, env)
	var usage usageError
	var handed handedOver
	switch err := *ended; {
	case err == nil:
		return done
	case errors.As(err, &handed):
		return handed.status
	case errors.As(err, &usage):
		say(env.Stderr, err.Error()+"; see broadsheet "+helpPath(usage.command)+"--help")
		return wrong
	case !errors.Is(err, errSaid):
		say(env.Stderr, err.Error())
	}
	return failed
}

// execute runs the commands. Fang asks the terminal for its colours before it
// shows help, which a dumb one would print.
func execute(ctx context.Context, root *cobra.Command, env Env) {
	if env.Getenv("TERM") == "dumb" {
		root.Version = env.Version
		_ = root.ExecuteContext(ctx)
		return
	}
	_ = fang.Execute(ctx, root, fang.WithVersion(env.Version))
}

// keepErrors has the commands leave their errors in a variable instead of
// returning them: fang would ask the terminal for its colours to print them.
func keepErrors(c *cobra.Command, ended *error) {
	run, check := c.RunE, c.Args
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, given []string) error {
		if check != nil {
			*ended = check(c, given)
		}
		if *ended == nil {
			*ended = run(c, given)
		}
		return nil
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		*ended = usageError{plainFlagError(err), c}
		return nil
	})
	for _, sub := range c.Commands() {
		keepErrors(sub, ended)
	}
}

// plainFlagError leaves out what a flag's parser says to programmers.
func plainFlagError(err error) error {
	said, _, found := strings.Cut(err.Error(), ": strconv.")
	if !found {
		return err
	}
	return errors.New(said + ", which takes a whole number")
}

// errSaid ends a command as failed when all there is to say was said.
var errSaid = errors.New("said already")

func say(w io.Writer, sentence string) { fmt.Fprintln(w, "broadsheet: "+clean.Line(sentence)) }

// usageError is a command used wrongly: exit status 2.
type usageError struct {
	error
	command *cobra.Command
}

func wrongUsage(c *cobra.Command, format string, a ...any) error {
	return usageError{fmt.Errorf(format, a...), c}
}

func helpPath(c *cobra.Command) string {
	if c == nil || !c.HasParent() {
		return ""
	}
	return c.Name() + " "
}

// args checks how many arguments a command gets; most < 0 means any number.
func args(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, got []string) error {
		switch {
		case len(got) < least:
			return wrongUsage(c, "%s needs %s", c.Name(), what)
		case most >= 0 && len(got) > most && most == 0:
			return wrongUsage(c, "%s takes no arguments, and got %q", c.Name(), got[0])
		case most >= 0 && len(got) > most:
			return wrongUsage(c, "%s takes only %s, and also got %q", c.Name(), what, got[most])
		}
		return nil
	}
}

// newRoot builds the tree of commands. How the one that ran ended is in ended.
func newRoot(env *Env) (root *cobra.Command, ended *error) {
	s := &session{Env: env}
	root = &cobra.Command{
		Use:   "broadsheet",
		Short: "A newspaper for the terminal",
		Long:  "Broadsheet collects the feeds you choose, keeps every article in one local file, and shows beside each article how other outlets tell the same story.\n\nWithout a command it opens the reader.",
		Args: func(c *cobra.Command, got []string) error {
			if len(got) > 0 {
				return wrongUsage(c, "there is no command %q", got[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return s.read(c.Context()) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&s.libraryPath, "library", "", "the file that holds the articles")
	flags.StringVar(&s.configPath, "config", "", "the file that holds the settings")
	flags.BoolVar(&s.json, "json", false, "print JSON Lines")
	flags.BoolVar(&s.quiet, "quiet", false, "print no progress and no totals")
	root.AddCommand(
		s.demoCommand(),
		s.editionCommand(), s.addCommand(), s.removeCommand(), s.importCommand(), s.exportCommand(), s.feedsCommand(),
		s.refreshCommand(), s.packCommand(),
		s.articlesCommand(), s.articleCommand(), s.relatedCommand(), s.storiesCommand(), s.searchCommand(), s.markCommand(),
		s.checkCommand(), s.backupCommand(), s.parseCommand(), s.extractCommand(), s.discoverCommand(), s.gistCommand(),
	)
	for _, c := range root.Commands() {
		if !strings.Contains(c.Use, "FILE") && c.ValidArgs == nil && c.ValidArgsFunction == nil {
			c.ValidArgsFunction = cobra.NoFileCompletions
		}
	}
	ended = new(error)
	keepErrors(root, ended)
	return root, ended
}
