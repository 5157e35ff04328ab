package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"broadsheet/feeds"
)

// For errors.Is: the two failures that callers treat differently from the rest.
var (
	ErrOffline = errors.New("there is no network")
	ErrNoHost  = errors.New("there is no such host")
	ErrGone    = errors.New("the feed is gone for good")
)

// Kind says what went wrong.
type Kind uint8

const (
	Broken           Kind = iota // the answer was not HTTP, or something without a kind of its own
	BadAddress                   // not an http or https URL
	Offline                      // no route, or no name service: ErrOffline
	UnknownHost                  // the name service knows no such host: ErrNoHost
	Refused                      // nobody listens there
	ProxyFailed                  // the proxy that the environment names does not answer
	TimedOut                     // the whole answer did not come in time
	Insecure                     // TLS failed: see the wrapped error
	Denied                       // 401, 403
	NotFound                     // 404
	Gone                         // 410: ErrGone
	Busy                         // 429
	ServerFault                  // 5xx
	OddStatus                    // any other status without a document
	TooLarge                     // beyond Options.MaxBody
	TooManyRedirects             // most often a loop
	BadRedirect                  // to nowhere, or to what is not http or https
	PrivateAddress               // a public server or page pointed into a private network
	CutShort                     // the connection ended before the document did
	BadPacking                   // the compression is unknown or damaged
	Resting                      // the host asked for a pause that is not over: nothing was sent
	NoRoom                       // a large document could not be kept in a temporary file
	Stopped                      // the caller's context ended
)

// Error is why a document could not be had. Error() is one plain sentence that
// is safe to show.
type Error struct {
	Kind   Kind
	URL    string // as asked for, without credentials, in printable ASCII
	Status int    // 0 when no server answered
	Err    error  // the cause, for a log; may hold what a server sent; nil if a status says it all

	reason string
}

func (e *Error) Error() string {
	if e.reason != "" {
		return e.URL + " could not be fetched: " + e.reason
	}
	return e.URL + " could not be fetched: " + reasons[e.Kind]
}

func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is work with ErrOffline, ErrNoHost and ErrGone.
func (e *Error) Is(target error) bool {
	return target == ErrOffline && e.Kind == Offline || target == ErrNoHost && e.Kind == UnknownHost || target == ErrGone && e.Kind == Gone
}

// reasons, each with what to do, of the kinds whose words never change.
var reasons = [...]string{
	Broken:           "the server's answer makes no sense; open the address in a browser to see what it is",
	BadAddress:       "it is no web address; give one that begins with http:// or https://",
	Offline:          "there is no network; refresh again once there is",
	ProxyFailed:      "the proxy named by HTTP_PROXY or HTTPS_PROXY does not answer; start it or unset the variable",
	NotFound:         "nothing is there (404); look on the site for the feed's new address",
	Gone:             "it is gone for good (410) and is not asked for again; remove the feed, or look on the site for another",
	TooManyRedirects: "it redirects again and again; open the address in a browser to find where the feed is now",
	BadRedirect:      "it redirects to what is no web address; look on the site for the feed's new address",
	PrivateAddress:   "it leads into a private network, where a public page may not send you; subscribe to that address itself if you trust it",
	CutShort:         "the connection broke off before the end; try again later",
	BadPacking:       "its compression is unknown or damaged; try again later, or tell the publisher",
	NoRoom:           "there is no room for it while it is read; free some space in the directory for temporary files",
	Stopped:          "the request was stopped; refresh again to fetch it",
}

// fail makes an error of a kind, worded with the host of the hop it befell.
func (t *trip) fail(kind Kind, cause error) *Error {
	e := &Error{Kind: kind, URL: shown(t.ask.URL), Err: cause}
	host := printable(t.url.Host)
	switch kind {
	case UnknownHost:
		e.reason = fmt.Sprintf("there is no server named %s; check the address for a slip, or the network", printable(t.url.Hostname()))
	case Refused:
		e.reason = fmt.Sprintf("%s accepts no connection; try again later, or check the address", host)
	case TimedOut:
		e.reason = fmt.Sprintf("%s did not send it within %s; try again later", host, t.timeout.Round(time.Millisecond))
	case Insecure:
		e.reason = fmt.Sprintf("%s cannot be trusted, for %s; try again later, or tell the publisher", host, distrust(cause))
	case Resting:
		e.reason = fmt.Sprintf("%s asked to be left alone; try again later", host)
	case TooLarge:
		e.reason = fmt.Sprintf("it is larger than %s; look for a smaller feed of that site", size(t.maxBody))
	}
	return e
}

// failResting makes the error of a request that was not made, because the host
// has had enough of them.
func (t *trip) failResting(wait time.Duration) *Error {
	e := t.fail(Resting, nil)
	e.reason = strings.Replace(e.reason, "later", "in "+feeds.Span(wait), 1)
	return e
}

// failStatus makes the error of a status that comes without a document.
func (t *trip) failStatus(r Result) *Error {
	e := t.fail(statusKind(r.Status), nil)
	e.Status = r.Status
	again := "try again later"
	if r.RetryAfter > 0 {
		again = "try again in " + feeds.Span(r.RetryAfter)
	}
	switch e.Kind {
	case Denied:
		e.reason = "the server denies access (403); look whether the site still offers the feed to readers"
		if r.Status == http.StatusUnauthorized {
			e.reason = "the server wants a name and a password (401); put them into the address: https://name:password@host/…"
		}
	case Busy:
		e.reason = "the server has had too many requests (429); " + again
	case ServerFault:
		e.reason = fmt.Sprintf("the server has a fault of its own (%d); %s", r.Status, again)
	case OddStatus:
		e.reason = fmt.Sprintf("the server answered with status %d and no document; open the address in a browser to see why", r.Status)
	}
	return e
}

func statusKind(status int) Kind {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return Denied
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusGone:
		return Gone
	case status == http.StatusTooManyRequests:
		return Busy
	case status >= 500:
		return ServerFault
	}
	return OddStatus
}

// failure makes the error of a request that did not come to its end.
func (t *trip) failure(ctx context.Context, err error) *Error {
	if cause := ctx.Err(); cause != nil {
		return t.fail(Stopped, cause)
	}
	return t.fail(t.kindOf(err), err)
}

func (t *trip) kindOf(err error) Kind {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(err, errPrivate):
		return PrivateAddress
	case errors.Is(err, errTooLarge):
		return TooLarge
	case errors.Is(err, errSpool):
		return NoRoom
	case errors.Is(err, errPacking):
		return BadPacking
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return ProxyFailed
	case errors.As(err, &dns):
		if dns.IsNotFound && t.network.up() {
			return UnknownHost
		}
		return Offline // the name service itself is out of reach
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.ENETDOWN), errors.Is(err, syscall.EHOSTUNREACH):
		return Offline
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case distrust(err) != "":
		return Insecure
	case errors.Is(err, context.DeadlineExceeded), timeout(err):
		return TimedOut
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return CutShort
	}
	return Broken
}

func timeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

// distrust says why a TLS connection was not made, "" if that was not the reason.
func distrust(err error) string {
	var verify *tls.CertificateVerificationError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "its certificate has expired or is not valid yet"
	case errors.As(err, &host):
		return "its certificate belongs to another host"
	case errors.As(err, &authority):
		return "nobody this machine trusts has signed its certificate"
	case errors.As(err, &verify), errors.As(err, &invalid):
		return "its certificate is not valid"
	case errors.As(err, &alert), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "it does not speak the protocol of secure connections"
	}
	return ""
}

func size(n int64) string {
	const mega = 1 << 20
	if n >= mega && n%mega == 0 {
		return fmt.Sprintf("%d MiB", n/mega)
	}
	return fmt.Sprintf("%d bytes", n)
}

// shown is an address as it may be shown: no credentials, printable ASCII, no
// longer than a line or two.
func shown(raw string) string {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return "an empty address"
	}
	if u, err := url.Parse(raw); err == nil {
		return printable(bare(u))
	}
	scheme, rest, found := strings.Cut(raw, "://")
	if at := strings.LastIndexByte(rest, '@'); found && at >= 0 {
		raw = scheme + "://" + rest[at+1:]
	}
	return printable(raw)
}

func printable(s string) string {
	const most = 200
	var b strings.Builder
	for i := range len(s) {
		if b.Len() >= most {
			b.WriteString("...")
			break
		}
		if c := s[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
