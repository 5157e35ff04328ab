package keys

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

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

// named are the keys with names that a terminal may report, but for f1 to f12.
var named = []string{
	"enter", "tab", "backspace", "esc", "space", "up", "down", "left", "right", "pgup", "pgdown", "home", "end", "insert", "delete",
}

// otherwise is how some write what is called something else here.
var otherwise = map[string]string{
	"escape": "esc", "return": "enter", "pageup": "pgup", "pagedown": "pgdown", "pgdn": "pgdown", "del": "delete", "ins": "insert",
	"plus": "+", "minus": "-", "slash": "/", " ": "space",
	"↑": "up", "↓": "down", "←": "left", "→": "right",
}

// modifiers in the order they are reported in.
var modifiers = []string{"ctrl+", "alt+", "shift+"}

// check says what is wrong with the name of a key that would never be reported.
func check(name string) error {
	if reported(name) {
		return nil
	}
	if better := amend(name); reported(better) {
		return fmt.Errorf("no key is called %q; write %q", name, better)
	}
	return fmt.Errorf(`no key is called %q; write a character, such as "j" or "J", or one of %s and f1 to f12, after "ctrl+", "alt+" or "shift+" where that is held`,
		name, strings.Join(named, ", "))
}

// reported reports whether a key can be reported by a name.
func reported(name string) bool {
	held := ""
	for _, m := range modifiers {
		if rest, ok := strings.CutPrefix(name, m); ok && rest != "" {
			name, held = rest, held+m
		}
	}
	if slices.Contains(named, name) {
		return true
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "f")); err == nil && name == "f"+strconv.Itoa(n) {
		return 1 <= n && n <= 12
	}
	r, size := utf8.DecodeRuneInString(name)
	if size != len(name) || r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) {
		return false
	}
	// Shift alone makes another character, and with others the letter stays small.
	return held == "" || held != "shift+" && !unicode.IsUpper(r)
}

// amend is a name as it was probably meant.
func amend(name string) string {
	if other, ok := otherwise[name]; ok {
		return other
	}
	held := map[string]bool{}
	rest := name
	for again := true; again; {
		again = false
		for short, m := range map[string]string{
			"ctrl+": "ctrl+", "ctrl-": "ctrl+", "control+": "ctrl+", "c-": "ctrl+", "^": "ctrl+",
			"alt+": "alt+", "alt-": "alt+", "meta+": "alt+", "m-": "alt+",
			"shift+": "shift+", "shift-": "shift+", "s-": "shift+",
		} {
			if len(rest) > len(short) && strings.EqualFold(rest[:len(short)], short) {
				rest, held[m], again = rest[len(short):], true, true
			}
		}
	}
	if other, ok := otherwise[strings.ToLower(rest)]; ok {
		rest = other
	}
	if utf8.RuneCountInString(rest) > 1 {
		rest = strings.ToLower(rest)
	} else if letter := strings.ToLower(rest); letter != rest || strings.ToUpper(rest) != rest {
		switch {
		case held["shift+"] && !held["ctrl+"] && !held["alt+"]:
			return strings.ToUpper(rest)
		case letter != rest && held["alt+"]: // with Ctrl a capital comes as the small letter
			held["shift+"] = true
		}
		rest = letter
	}
	better := ""
	for _, m := range modifiers {
		if held[m] {
			better += m
		}
	}
	return better + rest
}
