package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"broadsheet/feeds/clean"
)

func (s *session) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Verify the library",
		Args:  args(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return s.withLibrary(func(l Library) error {
				problems, err := l.Check()
				if err != nil {
					return err
				}
				for _, p := range problems {
					fmt.Fprintln(s.Stdout, clean.Line(p))
				}
				if len(problems) > 0 {
					return fmt.Errorf("the library has %s; keep a copy of the file before anything else", count(len(problems), "problem"))
				}
				if !s.quiet {
					fmt.Fprintln(s.Stdout, "The library is sound.")
				}
				return nil
			})
		},
	}
}

func (s *session) backupCommand() *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the library as it is, even while the reader runs",
		Args:  args(1, 1, "the file to write"),
		RunE: func(_ *cobra.Command, file []string) error {
			return s.withLibrary(func(l Library) error {
				if err := l.Backup(file[0], force); err != nil {
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
