// Package fetch gets documents over HTTP, politely and within limits.
//
//	client := fetch.New(fetch.Options{UserAgent: "Broadsheet/1.0 (+https://example.org/broadsheet)"})
//	result, err := client.Get(ctx, fetch.Request{URL: feed.URL, ETag: health.ETag, LastModified: health.LastModified})
//	switch {
//	case errors.Is(err, fetch.ErrOffline): // nobody's fault but the network's
//	case err != nil: // err.Error() is one sentence to show; result.RetryAfter may say when to come back
//	case result.NotModified: // nothing to do
//	default: // result.Body
//	}
//
// A client may be used by many goroutines at once. It waits its turn at each
// host, follows redirects itself, unpacks compressed bodies itself, and never
// goes from a public address to one in a private network. Between requests it
// keeps connections and, for a minute, where hosts are; nothing else, cookies
// least of all.
package fetch

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Limits that hold where Options leaves a field zero.
const (
	defaultTimeout = 10 * time.Second // slow feeds take seconds; nobody waits longer for a dripping one
	defaultMaxBody = 16 << 20         // the largest feeds in use have a few megabytes
	defaultPerHost = 2                // what browsers of old allowed themselves: small servers bear it
	defaultAgent   = "Broadsheet (feed reader)"
)

// defaultAccept prefers feeds, and takes a web page, whose feeds can be found,
// before anything else.
const defaultAccept = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, " +
	"application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"

// Options of a Client. A zero field takes its default.
type Options struct {
	// Transport, when set, is used as it is for every request; that redirects
	// stay out of private networks is then judged by the URL alone.
	Transport http.RoundTripper
	UserAgent string
	Timeout   time.Duration    // for a whole request, redirects and body included, waiting for a turn not; 10 s
	MaxBody   int64            // bytes of a document, packed or unpacked; 16 MiB
	PerHost   int              // requests to one host at a time, but for those that hang: see hosts.go; 2
	Clock     func() time.Time // for dates in headers of servers that do not say what time it is; time.Now
}

// Client fetches documents. Make it with New.
type Client struct {
	agent   string
	timeout time.Duration
	maxBody int64
	now     func() time.Time
	hosts   *hosts
	network network
}

// New makes a client.
func New(o Options) *Client {
	c := &Client{agent: o.UserAgent, timeout: o.Timeout, maxBody: o.MaxBody, now: o.Clock}
	if c.agent == "" {
		c.agent = defaultAgent
	}
	if c.timeout <= 0 {
		c.timeout = defaultTimeout
	}
	if c.maxBody <= 0 {
		c.maxBody = defaultMaxBody
	}
	if c.now == nil {
		c.now = time.Now
	}
	perHost := o.PerHost
	if perHost <= 0 {
		perHost = defaultPerHost
	}
	c.hosts = newHosts(perHost)
	c.network = newNetwork(o.Transport, newNames(net.DefaultResolver, c.now), perHost)
	return c
}

// Request is what to get. ETag and LastModified are the validators of the
// document the caller already has, as an earlier Result gave them.
type Request struct {
	URL          string
	ETag         string
	LastModified string
	Accept       string // "" for feeds first

	// PublicOnly refuses private addresses from the start: set it for an
	// address that a page of the public network named, not the reader.
	PublicOnly bool

	// Home is the address the reader gave that led to this one, "" if it is
	// this one. Of private hosts only that of Home is asked.
	Home string

	// Large, if set, is called before a document of more than LargeBody bytes,
	// which waits in a temporary file, is taken into memory. It may wait for
	// room; its error ends the request.
	Large func(ctx context.Context, size int64) error
}

// Result of a request. With an error only Status, URL, Public, MaxAge and RetryAfter
// are set, and those only if a server answered.
type Result struct {
	Status      int
	NotModified bool   // the document is the one the validators belong to; Body is empty
	Body        []byte // unpacked
	Cut         error  // why Body is only the beginning of the document, one sentence; nil when it is whole
	ContentType string
	URL         string // where the document came from, after redirects; without credentials
	Public      bool   // a server of the public network took part: see Request.PublicOnly
	Moved       string // the feed's new permanent address; "" if it has not moved

	// Validators to send next time, to be kept only once what the body holds
	// has been stored.
	ETag, LastModified string

	MaxAge     time.Duration // how long the document stays fresh; 0 when not said
	RetryAfter time.Duration // how long the server wants to be left alone; 0 when not said
}

// Get fetches one document. Every error is an *Error; it wraps the context's
// error when the context ended before the document was there.
func (c *Client) Get(ctx context.Context, r Request) (Result, error) {
	t, err := c.newTrip(r)
	if err != nil {
		return Result{}, err
	}
	return t.run(ctx)
}
