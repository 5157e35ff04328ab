package refresh

// bell wakes one listener; several rings while it is busy count as one.
type bell struct {
	c chan struct{}
}

func newBell() *bell { return &bell{c: make(chan struct{}, 1)} }

func (b *bell) ring() {
	select {
	case b.c <- struct{}{}:
	default:
	}
}

// last says that nobody will ring again.
func (b *bell) last() { close(b.c) }
