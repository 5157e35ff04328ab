package fetch

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// maxHeader bounds a response's head. Cookies and policies make heads of tens
// of kilobytes; Go's own limit is a megabyte, held per connection.
const maxHeader = 256 << 10

var errPrivate = errors.New("the address lies in a private network")

// network is the ways out. The reader may subscribe to any address, a server
// on this very machine too; but once a public server has spoken, a redirect of
// its making must not reach into the private network. A name says nothing
// about where it leads, so that is ruled when a connection is made: there are
// two transports, whose connections never mix.
type network struct {
	given  http.RoundTripper // from outside, else nil
	open   http.RoundTripper // to any address, or through the proxy of the environment
	public http.RoundTripper // to public addresses only
	proxy  func(*http.Request) (*url.URL, error)
	up     func() bool // whether there is any network
}

func newNetwork(given http.RoundTripper, n *names, perHost int) network {
	if given != nil {
		return network{given: given, up: networked}
	}
	open := newTransport(n, &net.Dialer{}, perHost)
	open.Proxy = http.ProxyFromEnvironment
	return network{
		open:   open,
		public: newTransport(n, &net.Dialer{Control: refusePrivate}, perHost),
		proxy:  open.Proxy,
		up:     networked,
	}
}

func newTransport(n *names, way *net.Dialer, perHost int) *http.Transport {
	return &http.Transport{
		DialContext:            (&dialer{names: n, dial: way.DialContext}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    perHost,
		IdleConnTimeout:        30 * time.Second, // a refresh is a burst, the next one is far
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true, // see body.go
	}
}

// route chooses the way for a request. Direct: the connection's other end is
// the server itself, not a proxy. A proxy may well have a private address, and
// looks up names on its own; for it only the URL can be judged.
func (n network) route(r *http.Request, guarded bool) (way http.RoundTripper, direct bool) {
	if n.given != nil {
		return n.given, false
	}
	if proxy, err := n.proxy(r); proxy != nil || err != nil {
		return n.open, false
	}
	if guarded {
		return n.public, true
	}
	return n.open, true
}

// networked says whether this machine has an address that leads anywhere.
// Without one, some systems call every host unknown.
func networked() bool {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return true
	}
	for _, a := range addrs {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
			return true
		}
	}
	return false
}

// refusePrivate is called with the address a name led to, before it is dialled.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || isPrivate(at.Addr()) {
		return errPrivate
	}
	return nil
}

// privateName says whether a host lies in a private network by its name alone.
func privateName(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return isPrivate(addr)
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// sameMachine says whether two hosts are one by their names, or both this one.
func sameMachine(a, b string) bool {
	a, b = strings.ToLower(strings.TrimSuffix(a, ".")), strings.ToLower(strings.TrimSuffix(b, "."))
	return a == b || isThisMachine(a) && isThisMachine(b)
}

func isThisMachine(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// reserved are the ranges, beyond those package netip knows, where no public
// server can be (RFC 6890, and the IPv6 ranges that carry an IPv4 address).
var reserved = [...]netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // this network
	netip.MustParsePrefix("100.64.0.0/10"),   // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
	netip.MustParsePrefix("198.18.0.0/15"),   // benchmarking
	netip.MustParsePrefix("240.0.0.0/4"),     // reserved, and broadcast
	netip.MustParsePrefix("64:ff9b:1::/48"),  // local NAT64
	netip.MustParsePrefix("fec0::/10"),       // site-local, as once was
	netip.MustParsePrefix("::ffff:0:0:0/96"), // IPv4, translated
	netip.MustParsePrefix("::/96"),           // IPv4, compatible
}

var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
	sixTo4 = netip.MustParsePrefix("2002::/16")
)

// isPrivate says whether an address is on no public network.
func isPrivate(addr netip.Addr) bool {
	addr = addr.WithZone("").Unmap()
	if addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast() || addr.IsMulticast() || addr.IsUnspecified() {
		return true
	}
	for _, prefix := range reserved {
		if prefix.Contains(addr) {
			return true
		}
	}
	bytes := addr.AsSlice()
	switch {
	case nat64.Contains(addr):
		return isPrivate(netip.AddrFrom4([4]byte(bytes[12:])))
	case sixTo4.Contains(addr):
		return isPrivate(netip.AddrFrom4([4]byte(bytes[2:6])))
	}
	return false
}
