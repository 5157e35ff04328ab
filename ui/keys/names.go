package keys

import "strings"

// names are what the help calls the keys that bubbletea spells out.
var names = strings.NewReplacer(
	"shift+tab", "Shift-Tab", "ctrl+", "Ctrl-", "alt+", "Alt-", "shift+", "Shift-",
	"up", "↑", "down", "↓", "left", "←", "right", "→",
	"tab", "Tab", "enter", "Enter", "esc", "Esc", "space", "Space", "backspace", "Backspace",
	"pgdown", "PgDn", "pgup", "PgUp", "home", "Home", "end", "End", "delete", "Del",
)

// Name is what the reader calls a key.
func Name(key string) string {
	if len(key) == 1 {
		return key
	}
	return names.Replace(key)
}

// Names is what the reader calls some keys.
func Names(list []string) string {
	named := make([]string, len(list))
	for i, k := range list {
		named[i] = Name(k)
	}
	return strings.Join(named, " ")
}
