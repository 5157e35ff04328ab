package cli

import (
	"fmt"
	"strings"
	"time"

	"broadsheet/ui/cells"
)

// column cuts or pads a text to so many columns of the terminal.
func column(text string, width int) string { return cells.Fit(cells.Wc, text, width) }

// count is "1 feed", "3 feeds", "2 stories".
func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, noun[:len(noun)-1])
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// ago is a rough age: "just now", "5 min ago", "3 h ago", "2 days ago".
func ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	case d < 2*365*24*time.Hour:
		return fmt.Sprintf("%d days ago", int(d.Hours()/24))
	}
	return fmt.Sprintf("%d years ago", int(d.Hours()/24/365))
}
