package ui_test

import (
	"context"
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/uitest"
)

func TestEditsWordByWord(t *testing.T) {
	l, ids := small()
	l.Edit(ids[0], "Storm surge floods the western quay", "Text of Storm surge, corrected. Nobody was hurt.")
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Contains("Storm surge floods the western quay ±")
	d.Press("enter")
	d.Contains("Headline was: Storm surge floods the quay", "edited once")
	d.Press("e")
	d.Contains(
		"Edits · Harbour Times", "edit 1 of 1", "First version, seen 2 h ago → as it stands now", "[-gone] [+added]",
		"Storm surge floods the [+western] quay", "Text of Storm surge", "[+, corrected. Nobody was hurt].",
	)
	d.Contains("Enter the earlier version  q close")
	d.Press("enter")
	d.Contains("Enter what changed  q close", "version 1 of 2", "As it stood first, seen 2 h ago", "Text of Storm surge floods the quay.")
	d.Press("enter", "e")
	d.Lacks("[+western]")
}

func TestEveryVersionCanBeWalkedTo(t *testing.T) {
	l, ids := small()
	l.Edit(ids[0], "Storm floods the quay", "Text of one thing.")
	l.Edit(ids[0], "Storm floods the western quay", "Text of another thing.")
	d := uitest.New(t, uitest.Deps(l), 80, 24)
	d.Press("e")
	d.Contains("edit 2 of 2", "Version 2", "Text of [-one] [+another] thing.")
	d.Press("h")
	d.Contains("edit 1 of 2", "First version", "version 2", "[-surge]")
	d.Press("h", "l")
	d.Contains("edit 2 of 2", "[+another]")
	d.Press("l")
	d.Contains("edit 2 of 2")
	d.Press("q")
	d.Lacks("Edits ·")
}

func TestAnEditThatComesWhileTheArticleIsOpenIsShown(t *testing.T) {
	l, ids := small()
	deps := uitest.Deps(l)
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, q refresh.Request, _ func(feeds.Event)) (feeds.Summary, error) {
		if !q.Force {
			return feeds.Summary{}, nil
		}
		l.Edit(ids[0], "Storm floods the quay", "Another text of the storm.")
		return feeds.Summary{Feeds: 1, OK: 1, Updated: 1}, nil
	}}
	d := uitest.New(t, deps, 120, 40)
	d.Press("enter")
	d.Contains("Text of Storm surge floods the quay.")
	d.Press("R")
	d.Contains("Another text of the storm.", "Headline was: Storm surge floods the quay", "edited once", "Storm floods the quay ±")
}

func TestAnArticleThatWasNeverEdited(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("e")
	if !strings.Contains(d.Status(), "This article has not been changed since it was first seen.") {
		t.Errorf("the status line says %q", d.Status())
	}
	d.Lacks("±", "Headline was")
}
