// Package cells measures, cuts, pads and wraps text by terminal columns.
//
//	title := cells.Fold(item.Title)                    // once, when the text arrives
//	lines := cells.Wrap(th.Measure, title, 40, 3)      // at most three lines of at most 40 columns
//	row := cells.Fit(th.Measure, styled, 40)           // exactly 40 columns, SGR and OSC 8 kept
//
// A terminal column is neither a byte nor a rune. How many columns a cluster
// such as "क्षि" takes depends on the terminal: one that reports mode 2027
// counts the cluster, any other adds up its runes, and the screen's renderer
// follows it. So every function is told which Measure is in force; Wc until
// the terminal has said otherwise. Emoji sequences would differ most; Fold
// reduces them to what both count alike.
package cells

import "github.com/charmbracelet/x/ansi"

// Measure says how columns are counted.
type Measure = ansi.Method

const (
	Wc       Measure = ansi.WcWidth       // rune by rune; the zero value
	Grapheme Measure = ansi.GraphemeWidth // by cluster: the terminal reported mode 2027
)
