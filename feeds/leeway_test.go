package feeds

import (
	"testing"
	"time"
)

func TestLeewayIsOneProcessorForAWhile(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	l := NewLeeway(func() time.Time { return now })
	fewer := max(1, Processors()-1)
	is := func(when string, taken bool, n int) {
		t.Helper()
		if l.Taken() != taken || l.Processors() != n {
			t.Errorf("%s: taken is %t, %d processors, want %t, %d", when, l.Taken(), l.Processors(), taken, n)
		}
	}
	is("at first", false, Processors())
	l.Take()
	is("after a key", true, fewer)
	now = now.Add(leewayTime - time.Millisecond)
	is("shortly before its end", true, fewer)
	l.Take()
	now = now.Add(leewayTime - time.Millisecond)
	is("after another key", true, fewer)
	now = now.Add(time.Millisecond)
	is("in the end", false, Processors())
	l = nil
	l.Take()
	is("of what nobody watches", false, Processors())
}

func TestAPanicAsideIsOnesOwn(t *testing.T) {
	l := NewLeeway(time.Now)
	l.Watch()
	defer func() {
		if r := recover(); r != "no" {
			t.Errorf("what panicked aside was recovered as %v", r)
		}
	}()
	l.Aside(func() { panic("no") })
	t.Error("it went on after a panic")
}
