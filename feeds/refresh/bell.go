package refresh

// bell wakes one listener when enough has gathered; several rings while it is
// busy count as one. Only one goroutine adds.
type bell struct {
	c       chan struct{}
	came    chan struct{} // something did, be it not enough
	enough  int
	waiting int
}

func newBell(enough int) *bell {
	return &bell{c: make(chan struct{}, 1), came: make(chan struct{}, 1), enough: enough}
}

// add says that n more have come, and rings if that makes it enough.
func (b *bell) add(n int) {
	if n > 0 {
		ring(b.came)
	}
	if b.waiting += n; b.waiting < b.enough {
		return
	}
	b.waiting = 0
	ring(b.c)
}

func ring(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// last says that nothing more will come.
func (b *bell) last() { close(b.c) }
