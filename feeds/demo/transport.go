package demo

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Transport answers for every host of the sample newsroom as it is at now. It
// reads the outlets when they are first asked, and never touches the network.
func Transport(now time.Time) http.RoundTripper {
	return &transport{now: now}
}

type transport struct {
	now  time.Time
	once sync.Once
	err  error
	desk map[string]*desk // by host
}

// desk is an outlet at work: what it has served so far.
type desk struct {
	*outlet
	mu     sync.Mutex
	served bool       // the first document is out: the edit follows
	docs   [2]*answer // versions 1 and 2, made when first asked for
}

// answer is a resource, as yet without the conditions of a request.
type answer struct {
	status   int
	kind     string
	body     []byte
	modified time.Time
	location string
}

func (t *transport) open() {
	all, err := outlets()
	t.err = err
	t.desk = make(map[string]*desk, len(all))
	for _, o := range all {
		t.desk[o.host] = &desk{outlet: o}
	}
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer req.Body.Close()
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	t.once.Do(t.open)
	if t.err != nil {
		return nil, t.err
	}
	host := strings.ToLower(req.URL.Hostname())
	d, ok := t.desk[host]
	if !ok {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}}
	}
	a, err := d.answer(req, t.now)
	if err != nil {
		return nil, err
	}
	return a.respond(req, d.gzip)
}

func (d *desk) answer(req *http.Request, now time.Time) (*answer, error) {
	path := req.URL.Path
	switch {
	case req.Method != http.MethodGet && req.Method != http.MethodHead:
		return notice(http.StatusMethodNotAllowed), nil
	case req.URL.Scheme == "http":
		a := notice(http.StatusMovedPermanently)
		a.location = d.link(req.URL.RequestURI())
		return a, nil
	case d.status != http.StatusOK:
		return notice(d.status), nil
	case path == d.feed:
		return d.document(now)
	case path == "" || path == "/":
		return d.frontPage(now)
	case strings.HasPrefix(path, "/img/") && strings.HasSuffix(path, ".png"):
		return picture(d.host + path)
	}
	return d.articlePage(path, now)
}

// document gives the first version once and the second ever after.
func (d *desk) document(now time.Time) (*answer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	version := 1
	if d.served {
		version = 2
	}
	a := d.docs[version-1]
	if a == nil {
		body, modified, err := d.outlet.document(now, version)
		if err != nil {
			return nil, err
		}
		a = &answer{status: http.StatusOK, kind: d.contentType(), body: body, modified: modified}
		d.docs[version-1] = a
	}
	d.served = true
	return a, nil
}

func notice(status int) *answer {
	return &answer{status: status, kind: "text/plain; charset=utf-8", body: []byte(http.StatusText(status) + "\n")}
}

func (a *answer) etag() string {
	h := fnv.New64a()
	h.Write(a.body)
	return fmt.Sprintf("\"%016x\"", h.Sum64())
}

// respond applies the request's conditions and encodings to the answer.
func (a *answer) respond(req *http.Request, compress bool) (*http.Response, error) {
	header := make(http.Header)
	status, body := a.status, a.body
	if a.location != "" {
		header.Set("Location", a.location)
	}
	if status == http.StatusOK {
		header.Set("ETag", a.etag())
		header.Set("Cache-Control", "max-age=600")
		if !a.modified.IsZero() {
			header.Set("Last-Modified", a.modified.UTC().Format(http.TimeFormat))
		}
		if a.unchanged(req) {
			status, body = http.StatusNotModified, nil
		}
	}
	if status != http.StatusNotModified {
		header.Set("Content-Type", a.kind)
	}
	if compress && len(body) > 0 && strings.Contains(req.Header.Get("Accept-Encoding"), "gzip") {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(body); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		body = b.Bytes()
		header.Set("Content-Encoding", "gzip")
		header.Set("Vary", "Accept-Encoding")
	}
	length := int64(len(body))
	if req.Method == http.MethodHead {
		body = nil
	}
	return &http.Response{
		Status:     fmt.Sprintf("%d %s", status, http.StatusText(status)),
		StatusCode: status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: length, Request: req,
	}, nil
}

// unchanged says whether the client already holds this answer. As HTTP has it,
// the date counts only where no tag was sent.
func (a *answer) unchanged(req *http.Request) bool {
	if tags := req.Header.Get("If-None-Match"); tags != "" {
		for _, tag := range strings.Split(tags, ",") {
			if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == a.etag() {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(req.Header.Get("If-Modified-Since"))
	return err == nil && !a.modified.IsZero() && !a.modified.Truncate(time.Second).After(since)
}
