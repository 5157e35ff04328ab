package fetch

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// maxRedirects is what a document may take: browsers allow 20, honest feeds
// need three or four.
const maxRedirects = 10

// trip is one Get: a chain of hops from redirect to redirect.
type trip struct {
	*Client
	ask     Request
	url     *url.URL // of the next hop
	moved   *url.URL // the farthest address that permanent redirects alone led to
	settled bool     // a temporary redirect was met: moved stays as it is
	guarded bool     // a public server has spoken: private addresses are closed from here on
	home    string   // the one host that may be private; "" when none may
	left    time.Duration
	// Some publishers set a cookie and redirect to the same address until it
	// comes back. It lives as long as the trip.
	cookies *cookiejar.Jar
	body    spool // what the last hop sent
}

func (c *Client) newTrip(r Request) (*trip, error) {
	u, err := url.Parse(strings.TrimSpace(r.URL))
	if err != nil || !fetchable(u) {
		return nil, &Error{Kind: BadAddress, URL: shown(r.URL), Err: err}
	}
	u.Fragment, u.RawFragment = "", ""
	home := u.Hostname()
	if r.Home != "" {
		given, err := url.Parse(r.Home)
		if err != nil {
			return nil, &Error{Kind: BadAddress, URL: shown(r.Home), Err: err}
		}
		home = given.Hostname()
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, &Error{Kind: Broken, URL: shown(r.URL), Err: err}
	}
	// A validator that no server can have sent, or none should have, is none.
	if !validator(r.ETag) {
		r.ETag = ""
	}
	if !validator(r.LastModified) {
		r.LastModified = ""
	}
	return &trip{Client: c, ask: r, url: u, guarded: r.PublicOnly, home: home, left: c.timeout, cookies: jar}, nil
}

// fetchable says whether an address is one of the web's.
func fetchable(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.Opaque == ""
}

func (t *trip) run(ctx context.Context) (Result, error) {
	for range maxRedirects + 1 {
		result, redirect, err := t.hop(ctx)
		if err != nil {
			return result, err
		}
		if redirect == nil {
			if t.moved != nil {
				result.Moved = t.moved.String()
			}
			return t.unload(ctx, result)
		}
		if err := t.follow(redirect); err != nil {
			return result, err
		}
	}
	return Result{}, t.fail(TooManyRedirects, nil)
}

// redirect is a server's word that the document is elsewhere.
type redirect struct {
	status   int
	location string
}

// hop asks one server and reads what it answers: a document, a redirect, or an
// error. It holds a slot of that host only, so trips that cross cannot block
// each other, and waiting for the slot takes nothing from the time left.
func (t *trip) hop(ctx context.Context) (Result, *redirect, error) {
	if t.publicOnly() && privateName(t.url.Hostname()) {
		return Result{}, nil, t.fail(PrivateAddress, nil)
	}
	host := hostKey(t.url)
	req, err := t.request() // ready before the slot is taken, for which others wait
	if err != nil {
		return Result{}, nil, t.failure(ctx, err)
	}
	leave, err := t.hosts.enter(ctx, host)
	if err != nil {
		return Result{}, nil, t.fail(Stopped, err)
	}
	defer leave()
	if wait := t.hosts.rest(host, t.now()); wait > 0 {
		r := Result{URL: bare(t.url), Public: t.guarded, RetryAfter: wait}
		return r, nil, t.failResting(wait)
	}

	started := time.Now()
	defer func() { t.left -= time.Since(started) }()
	timed, cancel := context.WithTimeout(ctx, t.left)
	defer cancel()

	resp, err := t.send(timed, req)
	if err != nil {
		return Result{}, nil, t.failure(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }() // the body was read, or is of no interest
	result := t.head(resp)
	t.hosts.answered(host, result, t.now())

	switch status := resp.StatusCode; {
	case isRedirect(status):
		drain(resp)
		return result, &redirect{status, resp.Header.Get("Location")}, nil
	case status == http.StatusNotModified:
		if t.ask.ETag == "" && t.ask.LastModified == "" {
			return result, nil, t.failStatus(result)
		}
		result.NotModified = true
		result.keepValidators(resp.Header, t.ask)
		return result, nil, nil
	case hasDocument(status):
		result.keepValidators(resp.Header, Request{})
		if t.body, err = readBody(resp, t.maxBody); err != nil {
			failed := t.failure(ctx, err)
			if t.body.size == 0 || !partial(failed.Kind) {
				t.body.close()
				return t.head(resp), nil, failed
			}
			// The beginning of a document is worth having, but no reason to
			// believe that the whole has come.
			result.Cut, result.ETag, result.LastModified = failed, "", ""
		}
		result.ContentType = resp.Header.Get("Content-Type")
		return result, nil, nil
	}
	drain(resp)
	return result, nil, t.failStatus(result)
}

// hasDocument: 206 is only a part, and 204 and 205 have no body by definition.
func hasDocument(status int) bool {
	return status >= 200 && status < 300 && status != http.StatusNoContent &&
		status != http.StatusResetContent && status != http.StatusPartialContent
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// partial says whether what came before a failure can be used.
func partial(k Kind) bool { return k == CutShort || k == TimedOut }

// unload takes the document into memory, once the host has been left.
func (t *trip) unload(ctx context.Context, r Result) (Result, error) {
	defer t.body.close()
	if t.body.size > LargeBody && t.ask.Large != nil {
		if err := t.ask.Large(ctx, t.body.size); err != nil {
			return Result{Status: r.Status, URL: r.URL, Public: r.Public}, t.fail(Stopped, err)
		}
	}
	var err error
	if r.Body, err = t.body.bytes(); err != nil {
		return Result{Status: r.Status, URL: r.URL, Public: r.Public}, t.fail(NoRoom, err)
	}
	return r, nil
}

// publicOnly says whether private addresses are closed to the next hop: a
// public server or page has had a say, or it is not the host the reader named.
func (t *trip) publicOnly() bool { return t.guarded || !sameMachine(t.url.Hostname(), t.home) }

// request is that of this hop.
func (t *trip) request() (*http.Request, error) {
	req, err := http.NewRequest(http.MethodGet, t.url.String(), nil)
	if err == nil {
		t.dress(req)
	}
	return req, err
}

// send makes a request and notes whether a public server took it.
func (t *trip) send(ctx context.Context, req *http.Request) (*http.Response, error) {
	private := privateName(t.url.Hostname())
	var reached atomic.Pointer[netip.Addr]
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if at, err := netip.ParseAddrPort(info.Conn.RemoteAddr().String()); err == nil {
			addr := at.Addr()
			reached.Store(&addr)
		}
	}})
	req = req.WithContext(ctx)
	transport, direct := t.network.route(req, t.publicOnly())
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	t.cookies.SetCookies(t.url, resp.Cookies())
	if addr := reached.Load(); addr != nil && direct {
		private = isPrivate(*addr)
	}
	t.guarded = t.guarded || !private
	return resp, nil
}

// dress sets the request's headers.
func (t *trip) dress(req *http.Request) {
	h := req.Header
	h.Set("User-Agent", t.agent)
	h.Set("Accept", defaultAccept)
	if t.ask.Accept != "" {
		h.Set("Accept", t.ask.Accept)
	}
	// Said aloud, it keeps the transport from unpacking behind our limits.
	h.Set("Accept-Encoding", "gzip, deflate")
	if t.ask.ETag != "" {
		h.Set("If-None-Match", t.ask.ETag)
	}
	if t.ask.LastModified != "" {
		h.Set("If-Modified-Since", t.ask.LastModified)
	}
	for _, cookie := range t.cookies.Cookies(t.url) {
		req.AddCookie(cookie)
	}
	if user := t.url.User; user != nil {
		password, _ := user.Password()
		req.SetBasicAuth(user.Username(), password)
		req.URL.User = nil
	}
}

// head is what a response's head says, whatever becomes of its body.
func (t *trip) head(resp *http.Response) Result {
	r := Result{Status: resp.StatusCode, URL: bare(t.url), Public: t.guarded, MaxAge: maxAge(resp.Header, t.now())}
	if resp.StatusCode >= 400 {
		r.RetryAfter = retryAfter(resp.Header, t.now())
	}
	return r
}

// drain reads the rest of a short body, so that the connection can be used for
// the next hop; a long one is cheaper to drop.
func drain(resp *http.Response) {
	const short = 2 << 10
	if resp.ContentLength >= 0 && resp.ContentLength <= short {
		_, _ = io.CopyN(io.Discard, resp.Body, short) // failing, it only costs the connection
	}
}

// follow points the trip at where a redirect leads.
func (t *trip) follow(r *redirect) error {
	next, err := t.url.Parse(strings.TrimSpace(r.location))
	if r.location == "" || err != nil || !fetchable(next) {
		return &Error{Kind: BadRedirect, URL: shown(t.ask.URL), Status: r.status, Err: err}
	}
	next.Fragment, next.RawFragment = "", ""
	// The reader's credentials go on to the same host only, and not from a
	// locked line to an open one. A server hands out none of its own.
	next.User = nil
	if next.Host == t.url.Host && (next.Scheme == t.url.Scheme || next.Scheme == "https") {
		next.User = t.url.User
	}
	if r.status != http.StatusMovedPermanently && r.status != http.StatusPermanentRedirect {
		t.settled = true
	}
	if !t.settled {
		t.moved = next
	}
	t.url = next
	return nil
}

// hostKey is what politeness is counted by: a server, not an address of it.
func hostKey(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return strings.ToLower(u.Hostname()) + ":" + port
}

// bare is an address without credentials.
func bare(u *url.URL) string {
	plain := *u
	plain.User = nil
	return plain.String()
}
