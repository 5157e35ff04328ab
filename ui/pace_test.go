package ui_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/uitest"

	tea "charm.land/bubbletea/v2"
)

// Hundreds of feeds answer in a second: the screen is not drawn for each of them.
func TestARefreshChangesTheScreenTenTimesASecondAtMost(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	next := make(chan int, 1)
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
		if !q.Force {
			return feeds.Summary{}, nil
		}
		for n := range next {
			announce(feeds.Event{Kind: feeds.EventFeed, Done: n, Total: 9})
		}
		return feeds.Summary{Feeds: 9, OK: 9}, nil
	}}
	d := uitest.New(t, deps, 120, 30)
	d.Tap("R")
	for n := 1; n <= 3; n++ {
		d.Waits = nil
		next <- n
		d.Until(fmt.Sprintf("%d/9", n))
		d.Held = 2 // the refresh and its watch
		d.Settle()
		if len(d.Waits) != 1 || d.Waits[0] < time.Second/10 {
			t.Errorf("after feed %d the screen waits %v until it asks for more", n, d.Waits)
		}
		d.Held = 0
	}
	close(next)
	d.Settle()
	d.Lacks("3/9")
}

// A refresh goes on with one processor fewer while keys are pressed.
func TestAKeyTakesLeeway(t *testing.T) {
	for name, press := range map[string]func(*uitest.Driver){
		"a key":     func(d *uitest.Driver) { d.Press("j") },
		"the wheel": func(d *uitest.Driver) { d.Send(tea.MouseWheelMsg{X: 50, Y: 5, Button: tea.MouseWheelDown}) },
	} {
		l, _ := small()
		deps := uitest.Deps(l)
		deps.Leeway = feeds.NewLeeway(deps.Clock)
		d := uitest.New(t, deps, 120, 30)
		if deps.Leeway.Taken() {
			t.Error("leeway is taken before anything is pressed")
		}
		if press(d); !deps.Leeway.Taken() {
			t.Errorf("%s takes no leeway", name)
		}
	}
}
