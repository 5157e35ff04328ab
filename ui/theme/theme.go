// Package theme names how things look by what they mean. Panes use the tokens
// and never name a colour.
//
//	th := theme.New(theme.Dark, cells.Wc)
//	line := th.Unread.Render("●") + " " + th.Text.Render(headline)
//
// Lines of an exact width are built with ui/line.
package theme

import "broadsheet/ui/cells"

// OfflineMark is the sign of an article whose whole text is kept.
const OfflineMark = "≡"

// FollowMark is the sign of a story that is followed.
const FollowMark = "◆"

// Variant is one of the looks.
type Variant uint8

const (
	Dark  Variant = iota // for a dark terminal
	Light                // for a light one
	Plain                // without colours, for NO_COLOR and terminals that have none
)

// Theme is a set of styles. It is read only once made, and may be shared.
type Theme struct {
	Variant Variant

	// Measure is how the terminal counts columns: with the looks, all that a
	// pane must know to draw.
	Measure cells.Measure

	// Paper and Ink are the background and foreground the colours were chosen
	// for, "#rrggbb"; "" in Plain. They are set on the terminal only when the
	// reader asks for a theme that is not the terminal's own.
	Paper, Ink string

	Text   Style // running text
	Muted  Style // what is secondary: outlet, age
	Faint  Style // what is barely there: separators, rules, empty marks
	Accent Style // what draws the eye: the masthead, the chosen item, a key in a hint
	Strong Style // emphasised text

	Unread  Style // the dot of an unread row, and unread counts
	Fresh   Style // the headline of an unread article
	Read    Style // the headline of a read article
	Saved   Style // the mark of a saved article
	Error   Style
	Warning Style
	Good    Style // something went well

	Border        Style // frame of a pane
	BorderFocused Style // frame of the pane that has the keys
	Title         Style // title in a frame
	TitleFocused  Style

	Cursor        Style // background of the cursor's row in the pane that has the keys
	CursorResting Style // the same in the others

	Badge    Style // a number with a word: "7 outlets"
	Coverage Style // heading of articles on the same story
	Backdrop Style // heading of background articles
	Copy     Style // mark of folded copies
	Outlet   Style // an outlet's name
	Match    Style // what a search found
	Hit      Style // what find in text found
	HitHere  Style // the one that n and N stand on
	Differs  Style // a word that only one of several texts has
	Told     Style // what was read before, in another article
	Gone     Style // words taken out by an edit
	Added    Style // words put in by one
	Edited   Style // the mark of an edited article

	Heading Style // headings of an article's text
	Link    Style
	Quote   Style
	Code    Style
	Rule    Style
	Bar     Style // the filled part of a progress bar
	Trough  Style // the rest of it
}

// New makes a theme.
func New(v Variant, measure cells.Measure) *Theme {
	th := dark
	switch v {
	case Light:
		th = light
	case Plain:
		th = plain
	}
	made := th()
	made.Measure = measure
	return made
}

// palette is what a coloured theme is mixed from.
type palette struct {
	paper, ink, strong, muted, faint, rule   string
	accent, sage, amber, red, green, blue    string
	cursor, resting, codePaper, border, code string
	hit                                      string
}

func dark() *Theme {
	return mix(Dark, palette{
		paper: "#1b1a18", ink: "#d6d1c4", strong: "#f2ecdd", muted: "#aaa496", faint: "#847e72", rule: "#57534a",
		accent: "#e0b074", sage: "#93b8a6", amber: "#e3b341", red: "#ec8a79", green: "#9cc17b", blue: "#8ab4d6",
		cursor: "#383224", resting: "#2a2722", codePaper: "#262420", border: "#4a463e", code: "#d8c3a5",
		hit: "#55481f",
	})
}

func light() *Theme {
	return mix(Light, palette{
		paper: "#fbf8f1", ink: "#33302a", strong: "#12100c", muted: "#625d52", faint: "#7c7668", rule: "#b9b2a3",
		accent: "#96500c", sage: "#2f6a55", amber: "#8a5500", red: "#b3311f", green: "#3d6b1f", blue: "#1f5c8f",
		cursor: "#eddfbf", resting: "#f1ebdc", codePaper: "#f0eadc", border: "#c9c2b2", code: "#6d4a1c",
		hit: "#f5dc8f",
	})
}

func mix(v Variant, p palette) *Theme {
	ink := func(c string) Style { return made(Style{Foreground: c}) }
	bold := func(c string) Style { return made(Style{Foreground: c, Bold: true}) }
	return &Theme{
		Variant: v, Paper: p.paper, Ink: p.ink,
		Text: ink(p.ink), Muted: ink(p.muted), Faint: ink(p.faint), Accent: ink(p.accent), Strong: bold(p.strong),
		Unread: ink(p.accent), Fresh: bold(p.strong), Read: ink(p.muted), Saved: ink(p.amber),
		Error: ink(p.red), Warning: ink(p.amber), Good: ink(p.green),
		Border: ink(p.border), BorderFocused: ink(p.accent), Title: ink(p.muted), TitleFocused: bold(p.accent),
		Cursor: made(Style{Background: p.cursor}), CursorResting: made(Style{Background: p.resting}),
		Badge: ink(p.sage), Coverage: bold(p.sage), Backdrop: bold(p.blue), Copy: ink(p.muted), Outlet: ink(p.sage),
		Match:   made(Style{Foreground: p.strong, Bold: true, Underline: true}),
		Hit:     made(Style{Foreground: p.strong, Background: p.hit}),
		HitHere: made(Style{Foreground: p.paper, Background: p.accent, Bold: true}),
		Differs: made(Style{Foreground: p.accent, Bold: true}),
		Told:    ink(p.faint), Edited: ink(p.amber),
		Gone: made(Style{Foreground: p.red}), Added: made(Style{Foreground: p.green, Bold: true}),
		Heading: bold(p.accent), Link: made(Style{Foreground: p.blue, Underline: true}),
		Quote: made(Style{Foreground: p.muted, Italic: true}), Code: made(Style{Foreground: p.code, Background: p.codePaper}),
		Rule: ink(p.rule), Bar: ink(p.accent), Trough: ink(p.border),
	}
}

// plain says with weight and reversal what the others say with colour.
func plain() *Theme {
	none, bold := made(Style{}), made(Style{Bold: true})
	faint, reverse := made(Style{Faint: true}), made(Style{Reverse: true})
	underline := made(Style{Underline: true})
	return &Theme{
		Variant: Plain,
		Text:    none, Muted: none, Faint: faint, Accent: bold, Strong: bold,
		Unread: bold, Fresh: bold, Read: none, Saved: bold,
		Error: bold, Warning: bold, Good: none,
		Border: faint, BorderFocused: bold, Title: none, TitleFocused: bold,
		Cursor: reverse, CursorResting: underline,
		Badge: none, Coverage: bold, Backdrop: bold, Copy: faint, Outlet: none, Match: made(Style{Bold: true, Underline: true}),
		Hit: made(Style{Bold: true, Underline: true}), HitHere: made(Style{Bold: true, Reverse: true}),
		Differs: underline,
		Told:    faint, Edited: bold, Gone: faint, Added: made(Style{Bold: true, Underline: true}),
		Heading: bold, Link: underline, Quote: made(Style{Italic: true}), Code: none, Rule: faint,
		Bar: bold, Trough: faint,
	}
}
