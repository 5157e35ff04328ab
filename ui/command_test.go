package ui_test

import (
	"strings"
	"testing"

	"broadsheet/ui/uitest"
)

func TestAnActionIsDoneByItsName(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}} {
		d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), size[0], size[1])
		d.Press(":")
		d.Contains("Command: ▏", "down", "j ↓")
		d.Type("Refresh a")
		d.Contains("refresh-all", "▌refresh-all")
		d.Lacks("copy-link")
		d.Press("esc")
		d.Lacks("Command:")
		d.Press(":")
		d.Type("qu")
		d.Press("enter")
		if !d.Quit {
			t.Errorf("at %v the beginning of quit does not quit:\n%s", size, d.Screen())
		}
	}
}

func TestACommandGoesWhereItsKeyWouldDoIt(t *testing.T) {
	d := uitest.New(t, uitest.Deps(one("## A heading\n\nA bridge and a bridge.")), 120, 30)
	d.Press(":")
	d.Type("find")
	d.Press("enter")
	if got := d.Status(); got != " Find: ▏" {
		t.Fatalf("find asks for nothing: %q", got)
	}
	d.Type("bridge")
	d.Press("enter")
	d.Contains("“bridge” 1 of 2", "A bridge and a bridge.")
	d.Press("1", ":")
	d.Type("next-hi")
	d.Press("enter")
	d.Contains("“bridge” 2 of 2")
	d.Press(":")
	d.Type("save")
	d.Press("enter")
	d.Contains("Saved.")
}

func TestAnUnknownOrDoubtfulCommandIsSaid(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 100, 30)
	d.Press(":", "enter")
	d.Lacks("Command:", "no action")
	d.Press(":")
	d.Type("seagull")
	d.Contains("no such action")
	d.Press("enter")
	d.Contains("There is no action called “seagull”; : lists them all.")
	d.Press(":")
	d.Type("refr")
	d.Press("tab")
	if !strings.Contains(d.Status(), "Command: refresh▏") {
		t.Errorf("Tab makes it %q", d.Status())
	}
	d.Press("esc", ":")
	d.Type("table")
	d.Press("enter")
	d.Contains("“table” may be table-left or table-right; type more of the name.")
	d.Press(":")
	d.Type("table")
	d.Press("down", "down", "enter")
	d.Lacks("may be", "Command:")
}

func TestACommandIsTheWayToWhatHasNoKey(t *testing.T) {
	deps := uitest.Deps(uitest.NewLibrary())
	deps.Settings.Keys = map[string][]string{"save": {}, "command": {";"}}
	d := uitest.New(t, deps, 100, 30)
	d.Press(":")
	d.Lacks("Command:")
	d.Press(";")
	d.Type("save")
	d.Press("enter")
	d.Contains("Saved.")
}
