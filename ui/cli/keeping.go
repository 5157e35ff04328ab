package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/ui/settings"
)

func (s *session) backupCommand() *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the library as it is, even while the reader runs",
		Args:  args(1, 1, "the file to write"),
		RunE: func(_ *cobra.Command, file []string) error {
			return s.withLibrary(func(l Library) error {
				if err := l.Backup(s.file(file[0]), force); err != nil {
					return err
				}
				if !s.quiet {
					fmt.Fprintf(s.Stdout, "The library was copied to %s.\n", clean.Line(file[0]))
				}
				return nil
			})
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	return c
}

type checkFlags struct{ repair, restore, compact bool }

func (s *session) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check",
		Short: "Verify the library, repair it, or make its file small",
		Args:  args(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if f.repair && f.restore {
				return wrongUsage(c, "check either repairs the library or goes back to a backup, and was asked for both")
			}
			if f.repair || f.restore || f.compact {
				if err := s.mineOnly("a repair"); err != nil {
					return err
				}
			}
			set, err := s.settings()
			if err != nil {
				return err
			}
			return s.check(s.path(set), f)
		},
	}
	c.Flags().BoolVar(&f.repair, "repair", false, "if it is damaged, make a new library of all that can be read of it")
	c.Flags().BoolVar(&f.restore, "restore", false, "put the latest daily backup in its place")
	c.Flags().BoolVar(&f.compact, "compact", false, "give the free pages of the file back to the disk")
	return c
}

// check verifies the library and does what the flags ask for. The file that
// repair or a backup replaces is kept.
func (s *session) check(path string, f checkFlags) error {
	if f.restore {
		return s.restore(path)
	}
	var problems []string
	err := s.withLibrary(func(l Library) (err error) {
		problems, err = l.Check()
		return err
	})
	for _, p := range problems {
		fmt.Fprintln(s.Stdout, clean.Line(p))
	}
	switch {
	case f.repair && (len(problems) > 0 || damaged(err)):
		if err := s.repair(path); err != nil {
			return err
		}
	case err != nil:
		return err
	case len(problems) > 0:
		return fmt.Errorf("the library %s has %s; broadsheet check --repair saves what can be read of it and keeps the damaged file", path, count(len(problems), "problem"))
	case !s.quiet:
		if _, err := fmt.Fprintln(s.Stdout, "The library is sound."); err != nil {
			return err
		}
	}
	if !f.compact {
		return nil
	}
	before, after, err := s.Files.Compact(path)
	if err == nil && !s.quiet {
		fmt.Fprintf(s.Stdout, "The file has %s and had %s.\n", megabytes(after), megabytes(before))
	}
	return err
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// damaged reports whether an error says that a library is.
func damaged(err error) bool {
	var d interface{ Damaged() bool }
	return errors.As(err, &d) && d.Damaged()
}

func (s *session) repair(path string) error {
	done, err := s.Files.Repair(path, s.Clock)
	if err != nil {
		return err
	}
	if s.quiet {
		return nil
	}
	kept := filepath.Base(done.Kept)
	return s.text(func(w *bufio.Writer) {
		switch {
		case done.Backup != "":
			fmt.Fprintf(w, "Nothing could be read of the library, so its backup %s is in its place: %s of %s.\n",
				filepath.Base(done.Backup), count(done.Articles, "article"), count(done.Feeds, "feed"))
		case done.Articles+done.Feeds == 0 && !done.Lost.None():
			fmt.Fprintln(w, "Nothing could be read of the library, and it has no backup: an empty one is in its place.")
		default:
			fmt.Fprintf(w, "The library was repaired: %s of %s saved, %s.\n", count(done.Articles, "article"), count(done.Feeds, "feed"), loss(done.Lost))
		}
		fmt.Fprintf(w, "The damaged file is kept as %s.\n", kept)
		switch {
		case done.Lost.None():
		case done.Feeds == 0:
			fmt.Fprintln(w, "Subscribe to your feeds again: what they still carry comes back as it was marked.")
		default:
			fmt.Fprintln(w, "broadsheet refresh brings back what the feeds still carry.")
		}
	})
}

// loss is what a repair could not save, in words.
func loss(l feeds.Lost) string {
	var parts []string
	for _, part := range []struct {
		n    int
		noun string
	}{{l.Feeds, "feed"}, {l.Articles, "article"}, {l.Texts, "text"}, {l.Others, "other record"}} {
		if part.n > 0 {
			parts = append(parts, count(part.n, part.noun))
		}
	}
	lost := strings.Join(parts, ", ") + " lost"
	switch {
	case len(parts) == 0 && l.More:
		return "and something may be lost, for parts of the file could not be read"
	case len(parts) == 0:
		return "nothing lost"
	case l.More:
		return lost + ", and perhaps more, for parts of the file could not be read"
	}
	return lost
}

// restore puts the latest daily backup in the library's place.
func (s *session) restore(path string) error {
	backups := s.Files.Backups(path, s.Clock())
	if len(backups) == 0 {
		return fmt.Errorf("there is no daily backup beside %s; broadsheet check --repair saves what can be read of the library", path)
	}
	kept, err := s.Files.Restore(path, backups[0].Path, s.Clock)
	if err != nil || s.quiet {
		return err
	}
	return s.text(func(w *bufio.Writer) {
		fmt.Fprintf(w, "The backup %s is the library now; later marks are taken up from the journal beside it.\n", filepath.Base(backups[0].Path))
		if kept != "" {
			fmt.Fprintf(w, "The file that was there is kept as %s.\n", filepath.Base(kept))
		}
	})
}

// openForReading opens the library for the screen. If it is damaged, the reader
// is asked what to do with it, and may leave it as it is.
func (s *session) openForReading(path string) (Library, error) {
	library, err := s.Open(path, s.Clock)
	if !damaged(err) || !isTerminal(s.Stdin) {
		return library, err
	}
	backups := s.Files.Backups(path, s.Clock())
	fmt.Fprintf(s.Stderr, "%s\n\n  r  save what can be read of it into a new library\n", clean.Line(err.Error()))
	if len(backups) > 0 {
		fmt.Fprintf(s.Stderr, "  b  go back to the backup of %s\n", backups[0].Day.Format("2 January 2006"))
	}
	fmt.Fprint(s.Stderr, "  q  leave it as it is\n\nThe damaged file is kept in any case. Which? ")
	answer, readErr := bufio.NewReader(io.LimitReader(s.Stdin, 100)).ReadString('\n')
	switch answer = strings.ToLower(strings.TrimSpace(answer)); {
	case readErr != nil:
		return nil, err
	case answer == "r":
		err = s.repair(path)
	case answer == "b" && len(backups) > 0:
		err = s.restore(path)
	default:
		return nil, fmt.Errorf("the library %s was left as it is", path)
	}
	if err != nil {
		return nil, err
	}
	return s.Open(path, s.Clock)
}

// upkeep is what the settings say about it.
func upkeep(set settings.Settings) feeds.Upkeep {
	return feeds.Upkeep{Keep: func(f feeds.Feed) time.Duration { return set.KeepOf(f.URL) }, Backups: set.Backups}
}

// The reader's library is tended behind its back: first when the screen has long
// been drawn, then every now and then.
const (
	tendFirst = 20 * time.Second
	tendEvery = time.Hour
)

// tending tends the library until stop is called.
func tending(ctx context.Context, l Library, u feeds.Upkeep) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		next := time.NewTimer(tendFirst)
		defer next.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-next.C:
				_ = l.Tend(ctx, u) // a damaged library says so itself; the rest is tried again
				next.Reset(tendEvery)
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// tendAfter does the upkeep after a refresh. That the refresh went well does not
// change when it fails.
func (s *session) tendAfter(ctx context.Context, l Library) {
	set, err := s.settings()
	if err != nil {
		return // the refresh has said so
	}
	u := upkeep(set)
	u.Patient = s.host == nil // else somebody looks at the screen of the library's holder
	if err := l.Tend(ctx, u); err != nil && !s.quiet {
		say(s.Stderr, err.Error())
	}
}

// noLibrary says that there is none, and that there was one if its backups are
// still there.
func (s *session) noLibrary(path string) error {
	if backups := s.Files.Backups(path, s.Clock()); len(backups) > 0 {
		return fmt.Errorf("there is no library at %s, but its backups are; broadsheet check --restore puts back the latest", path)
	}
	return fmt.Errorf("there is no library at %s; broadsheet add, import and edition make one", path)
}
