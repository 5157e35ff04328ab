package keys

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestDefaultBindings(t *testing.T) {
	b := Default()
	for key, want := range map[string]Action{
		"j": Down, "down": Down, "G": Bottom, "ctrl+d": HalfDown, "tab": NextPane, "shift+tab": PreviousPane,
		"1": Pane1, "4": Pane4, "enter": Enter, "esc": Back, "q": Back, "space": PageDown, "]": NextRelated, "[": PreviousRelated,
		"H": TrailBack, "L": TrailForward, "n": NextUnread, "J": NextArticle, "s": Save, "N": ToggleRead, "A": MarkRead, "f": Follow, "x": Mute, "z": Undo,
		"r": Refresh, "R": RefreshAll, "/": Search, "F": Filter, "o": Browser, "y": CopyLink, "u": Links, "i": Gist, "v": New, "e": Edits, "I": Pictures, "+": Grow, "_": Shrink,
		"?": Help, ":": Command, "w": Why, "t": Timeline, "c": Compare, "M": Join, "X": TakeOut, "Q": Quit, "ctrl+c": Quit, "€": None,
	} {
		if got := b.Action(key); got != want {
			t.Errorf("%q does %q, want %q", key, got, want)
		}
	}
	bound := map[place]Action{}
	for _, r := range b.Rows() {
		if r.Does == "" || r.Group == "" {
			t.Errorf("%s has nothing to say in the help", r.Action)
		}
		for _, k := range r.Keys {
			if other, taken := bound[place{r.Where, k}]; taken {
				t.Errorf("%q is bound to %s and to %s", k, other, r.Action)
			}
			bound[place{r.Where, k}] = r.Action
		}
	}
}

func TestAKeyMayDoSomethingElseInAContext(t *testing.T) {
	b := Default()
	if b.Action("space") != PageDown || b.ActionIn(InSidebar, "space") != Unfold || b.ActionIn(InSidebar, "j") != Down {
		t.Errorf("space does %q, in the sidebar %q; j there %q", b.Action("space"), b.ActionIn(InSidebar, "space"), b.ActionIn(InSidebar, "j"))
	}
	if err := b.Remap(map[string][]string{"save": {"space"}}); err != nil {
		t.Fatal(err)
	}
	if b.ActionIn(InSidebar, "space") != Save {
		t.Error("a key given away still unfolds")
	}
}

func TestContextsLieInEachOther(t *testing.T) {
	b := Default()
	for _, c := range []struct {
		where Context
		key   string
		want  Action
	}{
		{Anywhere, "/", Search}, {InReader, "/", FindText}, {InFind, "/", FindText},
		{Anywhere, "n", NextUnread}, {InReader, "n", NextUnread}, {InFind, "n", NextHit},
		{InFind, "j", Down}, {Anywhere, "}", None},
	} {
		if got := b.ActionIn(c.where, c.key); got != c.want {
			t.Errorf("in %q %s does %q, want %q", c.where, c.key, got, c.want)
		}
	}
	if err := b.Remap(map[string][]string{"next-unread": {"n", "ctrl+n"}, "next-hit": {"ctrl+n"}}); err != nil {
		t.Fatalf("one key for two contexts: %v", err)
	}
	if b.ActionIn(InFind, "ctrl+n") != NextHit || b.ActionIn(InReader, "ctrl+n") != NextUnread {
		t.Error("a key does not do what it was given for in each context")
	}
	b = Default()
	if err := b.Remap(map[string][]string{"next-unread": {"n"}}); err != nil || b.ActionIn(InFind, "n") != NextHit {
		t.Errorf("a key that was given anyway is taken from a context (%v)", err)
	}
}

func TestRemap(t *testing.T) {
	b := Default()
	if err := b.Remap(map[string][]string{"down": {"ctrl+n", "s"}, "help": {}}); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]Action{"ctrl+n": Down, "s": Down, "j": None, "?": None, "k": Up} {
		if got := b.Action(key); got != want {
			t.Errorf("%q does %q, want %q", key, got, want)
		}
	}
	if k := b.Key(Save); k != "" {
		t.Errorf("save still has %q, which was given away", k)
	}
	if k := b.Key(Down); k != "ctrl+n" {
		t.Errorf("down is named by %q", k)
	}
}

func TestRemapRefuses(t *testing.T) {
	for _, c := range []struct {
		to   map[string][]string
		says string
	}{
		{map[string][]string{"jump": {"j"}}, `no action "jump"`},
		{map[string][]string{"down": {"x"}, "up": {"x"}}, `"x" is given to both "down" and "up"`},
		{map[string][]string{"quit": {}}, "a way to quit"},
	} {
		b := Default()
		err := b.Remap(c.to)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v, want it to say %s", c.to, err, c.says)
		}
		if b.Action("j") != Down {
			t.Errorf("%v: the bindings were changed by what was refused", c.to)
		}
	}
}

func TestAKeyGivenToAnActionTwiceIsGivenOnce(t *testing.T) {
	b := Default()
	if err := b.Remap(map[string][]string{"down": {"x", "x"}}); err != nil || b.Action("x") != Down {
		t.Errorf("%v, x does %q", err, b.Action("x"))
	}
	if i := slices.IndexFunc(b.Rows(), func(r Binding) bool { return r.Action == Down }); len(b.Rows()[i].Keys) != 1 {
		t.Errorf("down is said to have the keys %s", Names(b.Rows()[i].Keys))
	}
}

func TestNames(t *testing.T) {
	got := Names([]string{"j", "down", "ctrl+d", "shift+tab", "pgdown", "space", "t", "alt+enter"})
	want := "j ↓ Ctrl-d Shift-Tab PgDn Space t Alt-Enter"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if i := slices.IndexFunc(Default().Rows(), func(r Binding) bool { return strings.Contains(Names(r.Keys), "+ =") }); i < 0 {
		t.Error("plus is not named by itself")
	}
}

func TestNamesThatNoKeyHasAreRefused(t *testing.T) {
	for _, name := range []string{
		"j", "J", "+", "-", "/", "€", "ж", "Ж", "世", "space", "enter", "f1", "f12", "ctrl+n", "ctrl++", "ctrl+ж", "alt+enter", "alt+j", "alt+shift+n",
		"shift+tab", "shift+f3", "ctrl+alt+shift+home", "ctrl+space", "ctrl+shift+j", "ctrl+@", "f", "t",
	} {
		b := Default()
		if err := b.Remap(map[string][]string{"save": {name}}); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for name, better := range map[string]string{
		"shift+j": "J", "Shift+J": "J", "Ctrl+N": "ctrl+n", "Ctrl-d": "ctrl+d", "C-n": "ctrl+n", "^x": "ctrl+x", "ctrl+N": "ctrl+n",
		"alt+N": "alt+shift+n", "alt+ctrl+x": "ctrl+alt+x", "Enter": "enter", "Escape": "esc", "Return": "enter", "PgDn": "pgdown", "F5": "f5",
		" ": "space", "Shift-Tab": "shift+tab", "tab+shift": "", "": "", "jj": "", "f13": "", "shift+/": "", "\x1b": "", "ctrl+": "", "\xff": "",
	} {
		b := Default()
		err := b.Remap(map[string][]string{"save": {name}})
		want := fmt.Sprintf("save: no key is called %q; write %q", name, better)
		if better == "" {
			want = fmt.Sprintf("save: no key is called %q; write a character", name)
		}
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
}

func TestEveryDefaultKeyHasANameOfItsOwn(t *testing.T) {
	for _, r := range Default().Rows() {
		for _, k := range r.Keys {
			if err := check(k); err != nil {
				t.Errorf("%s: %v", r.Action, err)
			}
		}
	}
}
