package fetch

import (
	"cmp"
	"context"
	"net"
	"net/netip"
	"time"
)

// fallbackDelay is how much of a start the addresses of the kind that the system
// prefers have over the others (RFC 6555), as in net.Dialer.
const fallbackDelay = 300 * time.Millisecond

// dialer makes connections as net.Dialer does, but for where hosts are: that
// names remembers.
type dialer struct {
	names *names
	dial  func(ctx context.Context, network, address string) (net.Conn, error) // to an address without a name
}

// DialContext connects to a host, at one of its addresses.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return d.dial(ctx, network, address) // which says what is wrong with it
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return d.dial(ctx, network, address)
	}
	addrs, err := d.names.lookUp(ctx, host)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	var first, other []string
	for _, a := range addrs {
		to := net.JoinHostPort(a.String(), port)
		if (a.IP.To4() == nil) == (addrs[0].IP.To4() == nil) {
			first = append(first, to)
		} else {
			other = append(other, to)
		}
	}
	conn, err := d.race(ctx, network, first, other)
	if err != nil && ctx.Err() == nil {
		d.names.doubt(host)
	}
	return conn, err
}

// reached is what became of trying addresses in turn.
type reached struct {
	conn  net.Conn
	err   error
	first bool // they were the first
}

// race tries the first addresses in turn, and beside them the others once that has
// taken a while or failed. Who connects wins.
func (d *dialer) race(ctx context.Context, network string, first, other []string) (net.Conn, error) {
	if len(other) == 0 {
		return d.inTurn(ctx, network, first)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // whoever has lost
	came := make(chan reached, 2)
	run := func(addresses []string, first bool) {
		conn, err := d.inTurn(ctx, network, addresses)
		came <- reached{conn, err, first}
	}
	go run(first, true)
	late := time.NewTimer(fallbackDelay)
	defer late.Stop()
	start := late.C // nil once the others are being tried
	var failed error
	for running := 1; ; {
		select {
		case <-start:
			start = nil
		case r := <-came:
			running--
			switch {
			case r.err == nil:
				if running > 0 {
					go hangUp(came)
				}
				return r.conn, nil
			case r.first || failed == nil:
				failed = r.err
			}
			if start == nil {
				if running == 0 {
					return nil, failed
				}
				continue
			}
			start = nil
		}
		running++
		go run(other, false)
	}
}

// hangUp ends the connection of the one who came second, if there is one.
func hangUp(came <-chan reached) {
	if r := <-came; r.conn != nil {
		_ = r.conn.Close() // nobody has said anything
	}
}

// inTurn connects to the first address that answers; if none does, the first one's
// error tells why.
func (d *dialer) inTurn(ctx context.Context, network string, addresses []string) (conn net.Conn, failed error) {
	for _, address := range addresses {
		conn, err := d.dial(ctx, network, address)
		if err == nil {
			return conn, nil
		}
		failed = cmp.Or(failed, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, failed
}
