package picture

import (
	"fmt"
	"image"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// IDs of pictures in the terminal. They are told by a colour of the 256, which
// no terminal changes on the way, as it may the first sixteen.
const (
	FirstID = 16
	LastID  = 255
)

// queryID is in the answer of a terminal that has the protocol.
const queryID = 31

// Query asks the terminal whether it has the protocol. Send it to one that
// Placeholders knows: others may print it.
func Query() string {
	return ansi.KittyGraphics([]byte("AAAA"), "i="+strconv.Itoa(queryID), "s=1", "v=1", "a=q", "t=d", "f=24")
}

// Answered reports whether a terminal's answer says that it has the protocol.
func Answered(id int, payload []byte) bool { return id == queryID && string(payload) == "OK" }

// Placeholders reports whether a terminal, by the name it answers with, draws a
// picture in the place of placeholders. No query tells: some terminals have the
// protocol without them.
func Placeholders(terminal string) bool {
	name := strings.ToLower(terminal)
	return strings.HasPrefix(name, "kitty") || strings.HasPrefix(name, "ghostty")
}

// Kitty sets a picture in a grid of placeholders. What is to be sent puts it
// into the terminal under the ID; lines are the placeholders.
func Kitty(m image.Image, id int, g Grid) (send string, lines []string, err error) {
	var b strings.Builder
	err = kitty.EncodeGraphics(&b, m, &kitty.Options{
		Action: kitty.TransmitAndPut, Quiet: 2, ID: id, Format: kitty.PNG, Transmission: kitty.Direct,
		Columns: g.Columns, Rows: g.Rows, VirtualPlacement: true, Chunk: true,
	})
	if err != nil {
		return "", nil, fmt.Errorf("the picture could not be made ready for the terminal: %w", err)
	}
	colour := "\x1b[38;5;" + strconv.Itoa(id) + "m"
	for row := range g.Rows {
		var l strings.Builder
		l.WriteString(colour)
		for column := range g.Columns {
			l.WriteRune(kitty.Placeholder)
			l.WriteRune(kitty.Diacritic(row))
			l.WriteRune(kitty.Diacritic(column))
		}
		l.WriteString(reset)
		lines = append(lines, l.String())
	}
	return b.String(), lines, nil
}

// Forget is what makes the terminal forget pictures.
func Forget(ids ...int) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(ansi.KittyGraphics(nil, (&kitty.Options{Action: kitty.Delete, Delete: kitty.DeleteID, DeleteResources: true, ID: id, Quiet: 2}).Options()...))
	}
	return b.String()
}
