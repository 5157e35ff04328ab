package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// book is a name service that has the same answer for every host, and counts.
type book struct {
	asked atomic.Int32
	addrs []net.IPAddr
	err   error
	wait  chan struct{} // nil for an answer at once
}

func (b *book) LookupIPAddr(ctx context.Context, _ string) ([]net.IPAddr, error) {
	b.asked.Add(1)
	if b.wait != nil {
		select {
		case <-b.wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return b.addrs, b.err
}

func addrs(list ...string) (out []net.IPAddr) {
	for _, s := range list {
		out = append(out, net.IPAddr{IP: net.ParseIP(s)})
	}
	return out
}

// Fifty feeds of a host, over whose connections no second document comes, are one
// look-up.
func TestAHostThatHangsUpIsLookedUpOnce(t *testing.T) {
	server, connections := counted(t, false, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		_, _ = io.WriteString(w, "the document")
	})
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	service := &book{addrs: addrs("127.0.0.1")}
	client := New(Options{})
	client.network.open = newTransport(newNames(service, time.Now), &net.Dialer{}, 2)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			result, err := client.Get(t.Context(), Request{URL: fmt.Sprintf("http://news.example.:%s/%d", port, i)})
			if err != nil || string(result.Body) != "the document" {
				t.Errorf("document %d: got %q, %v", i, result.Body, err)
			}
		})
	}
	all.Wait()
	if n := connections.Load(); n != 50 {
		t.Errorf("there were %d connections, want 50", n)
	}
	if n := service.asked.Load(); n != 1 {
		t.Errorf("the host was looked up %d times, want once", n)
	}
}

// Who gives up waiting for a look-up does not take it from the others.
func TestALookUpIsSharedAndOutlivesWhoAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &book{addrs: addrs("192.0.2.1"), wait: make(chan struct{})}
		n := newNames(service, time.Now)
		impatient, leave := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() {
			_, err := n.lookUp(impatient, "news.example")
			gone <- err
		}()
		synctest.Wait()
		found := make(chan []net.IPAddr)
		go func() {
			list, _ := n.lookUp(t.Context(), "news.example")
			found <- list
		}()
		leave()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up got %v", err)
		}
		close(service.wait)
		if list := <-found; len(list) != 1 || service.asked.Load() != 1 {
			t.Errorf("the other got %v after %d look-ups, want the address after one", list, service.asked.Load())
		}
	})
}

func TestHowLongALookUpIsKept(t *testing.T) {
	unknown := &net.DNSError{Err: "no such host", IsNotFound: true}
	for _, test := range []struct {
		what string
		book *book
		kept time.Duration
	}{
		{"an address", &book{addrs: addrs("192.0.2.1")}, nameKept},
		{"no such host", &book{err: unknown}, unknownKept},
		{"no addresses at all", &book{}, unknownKept},
		{"no name service", &book{err: &net.DNSError{Err: "i/o timeout", IsTimeout: true}}, 0},
	} {
		now := time.Unix(1e9, 0)
		n := newNames(test.book, func() time.Time { return now })
		ask := func() int32 {
			if list, err := n.lookUp(t.Context(), "news.example"); (err == nil) != (len(list) > 0) {
				t.Errorf("%s: got %v, %v", test.what, list, err)
			}
			return test.book.asked.Load()
		}
		ask()
		if now = now.Add(test.kept - 1); test.kept > 0 && ask() != 1 {
			t.Errorf("%s is not kept for %v", test.what, test.kept)
		}
		if now = now.Add(1); ask() != 2 {
			t.Errorf("%s is kept for longer than %v", test.what, test.kept)
		}
	}
}

// Where nobody answers any more, the host may be elsewhere by now; but a host that
// is down is not looked up for each of its documents.
func TestAHostThatDoesNotAnswerIsLookedUpAgainSoon(t *testing.T) {
	now := time.Unix(1e9, 0)
	service := &book{addrs: addrs("192.0.2.1")}
	refused := errors.New("refused")
	d := &dialer{newNames(service, func() time.Time { return now }), func(context.Context, string, string) (net.Conn, error) { return nil, refused }}
	for i, want := range []int32{1, 1, 2} {
		if _, err := d.DialContext(t.Context(), "tcp", "news.example:80"); !errors.Is(err, refused) {
			t.Fatalf("got %v", err)
		}
		if n := service.asked.Load(); n != want {
			t.Errorf("after %v and %d connections it was looked up %d times, want %d", now.Sub(time.Unix(1e9, 0)), i+1, n, want)
		}
		now = now.Add(unknownKept / 2)
	}
}

// Only as many hosts are remembered as are looked up in their time.
func TestNamesAreForgotten(t *testing.T) {
	now := time.Unix(1e9, 0)
	n := newNames(&book{addrs: addrs("192.0.2.1")}, func() time.Time { return now })
	for i := range 2 * maxHosts {
		if i%(maxHosts/2) == 0 {
			now = now.Add(nameKept)
		}
		if _, err := n.lookUp(t.Context(), fmt.Sprint("host", i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(n.known) > maxHosts {
		t.Errorf("%d hosts are remembered", len(n.known))
	}
}

// wire dials by a script: what becomes of each address, and after how long. The
// deaf do not hear that nobody waits for them any more.
type wire map[string]struct {
	after time.Duration
	err   error
	deaf  bool
}

func unless(deaf bool, done <-chan struct{}) <-chan struct{} {
	if deaf {
		return nil
	}
	return done
}

type end struct {
	net.Conn
	address string
	closed  *atomic.Int32
}

func (e end) Close() error {
	e.closed.Add(1)
	return nil
}

func TestAddressesAreTriedAsByTheStandardDialer(t *testing.T) {
	refused, silent := errors.New("refused"), errors.New("nothing came")
	const six, other, four = "[2001:db8::1]:80", "[2001:db8::2]:80", "192.0.2.1:80"
	for _, test := range []struct {
		what  string
		addrs []net.IPAddr
		wire  wire
		want  string // the address, or the error
		after time.Duration
		tried string
	}{
		{"the first answers", addrs("2001:db8::1", "192.0.2.1"), wire{six: {time.Millisecond, nil, false}}, six, time.Millisecond, six},
		{"the first refuses", addrs("192.0.2.1", "2001:db8::1"), wire{four: {0, refused, false}, six: {time.Millisecond, nil, false}}, six, time.Millisecond, four + " " + six},
		{"in turn, those of one kind", addrs("2001:db8::1", "2001:db8::2"), wire{six: {time.Second, refused, false}, other: {0, nil, false}}, other, time.Second, six + " " + other},
		{"the first kind is silent", addrs("2001:db8::1", "192.0.2.1", "2001:db8::2"), wire{six: {time.Minute, silent, false}, four: {time.Millisecond, nil, false}},
			four, fallbackDelay + time.Millisecond, six + " " + four},
		{"the first kind is slow, the second slower", addrs("2001:db8::1", "192.0.2.1"), wire{six: {fallbackDelay + time.Millisecond, nil, false}, four: {time.Second, nil, false}},
			six, fallbackDelay + time.Millisecond, six + " " + four},
		{"the second kind answers too", addrs("2001:db8::1", "192.0.2.1"), wire{six: {fallbackDelay + time.Millisecond, nil, false}, four: {time.Second, nil, true}},
			six, fallbackDelay + time.Millisecond, six + " " + four},
		{"nobody answers", addrs("2001:db8::1", "192.0.2.1"), wire{six: {time.Second, silent, false}, four: {0, refused, false}}, silent.Error(), time.Second, six + " " + four},
		{"nobody answers, the second kind later", addrs("2001:db8::1", "192.0.2.1"), wire{six: {0, silent, false}, four: {time.Second, refused, false}}, silent.Error(), time.Second, six + " " + four},
	} {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			var tried []string
			var opened, closed atomic.Int32
			d := &dialer{newNames(&book{addrs: test.addrs}, time.Now), func(ctx context.Context, network, address string) (net.Conn, error) {
				mu.Lock()
				tried = append(tried, address)
				mu.Unlock()
				at, ok := test.wire[address]
				if !ok {
					return nil, errors.New("not in the script: " + address)
				}
				select {
				case <-time.After(at.after):
				case <-unless(at.deaf, ctx.Done()):
					return nil, ctx.Err()
				}
				if at.err != nil {
					return nil, at.err
				}
				opened.Add(1)
				return end{address: address, closed: &closed}, nil
			}}
			began := time.Now()
			conn, err := d.DialContext(t.Context(), "tcp", "news.example:80")
			took := time.Since(began)
			<-time.After(time.Minute) // until everybody has come to an end
			synctest.Wait()
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = conn.(end).address
				opened.Add(-1)
			}
			if got != test.want || took != test.after || strings.Join(tried, " ") != test.tried {
				t.Errorf("%s: got %s after %v, having tried %v; want %s after %v, having tried %s", test.what, got, took, tried, test.want, test.after, test.tried)
			}
			if opened.Load() != closed.Load() {
				t.Errorf("%s: %d connections that nobody uses stay open", test.what, opened.Load()-closed.Load())
			}
		})
	}
}

// An address needs no look-up.
func TestAnAddressIsNotLookedUp(t *testing.T) {
	service := &book{}
	d := &dialer{newNames(service, time.Now), func(_ context.Context, _, address string) (net.Conn, error) { return nil, errors.New(address) }}
	for _, address := range []string{"192.0.2.1:80", "[2001:db8::1]:80", "[fe80::1%eth0]:80"} {
		if _, err := d.DialContext(t.Context(), "tcp", address); err == nil || err.Error() != address || service.asked.Load() != 0 {
			t.Errorf("%s: got %v after %d look-ups", address, err, service.asked.Load())
		}
	}
}
