package fetch

import (
	"context"
	"encoding/binary"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

func silent() *log.Logger { return log.New(io.Discard, "", 0) }

func TestIsPrivate(t *testing.T) {
	for _, s := range []string{
		"127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0", "0.1.2.3",
		"100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
		"::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1",
	} {
		if !isPrivate(netip.MustParseAddr(s)) {
			t.Errorf("%s counts as public", s)
		}
	}
	for _, s := range []string{
		"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.0.1.1", "198.20.0.1", "::ffff:8.8.8.8",
		"2001:4860:4860::8888", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1",
	} {
		if isPrivate(netip.MustParseAddr(s)) {
			t.Errorf("%s counts as private", s)
		}
	}
}

func TestGetIsNotLedIntoPrivateNetworks(t *testing.T) {
	for _, inside := range []string{
		"http://127.0.0.1/", "http://[::1]:8080/", "http://localhost/", "http://LOCALHOST./", "http://printer.localhost/", "http://10.0.0.1/",
		"http://192.168.1.1/admin", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1%25eth0]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
	} {
		client := New(Options{Transport: transport(func(r *http.Request) (*http.Response, error) {
			switch r.URL.Host {
			case "public.example":
				return answer(301, "", "Location", "http://more.example/"), nil
			case "more.example":
				return answer(302, "", "Location", inside), nil
			}
			t.Errorf("asked %s", r.URL)
			return answer(200, "secret"), nil
		})})
		result, err := client.Get(t.Context(), Request{URL: "http://public.example/"})
		e := wantKind(t, err, PrivateAddress)
		if want := "it leads into a private network, where a public page may not send you;"; !strings.Contains(e.Error(), want) || result.Body != nil {
			t.Errorf("got %+v, %q", result, e.Error())
		}
	}
}

// A server the reader subscribed to in a private network may redirect within
// itself, and out of the network; to no other machine there, and from outside
// there is no way back in.
func TestGetGoesWhereTheReaderSubscribed(t *testing.T) {
	web := chain{
		"http://192.168.1.1/": "302 http://192.168.1.1:8080/feed", "http://192.168.1.1:8080/feed": "",
		"http://127.0.0.1/": "302 http://localhost/", "http://localhost/": "302 http://[::1]:81/", "http://[::1]:81/": "",
		"http://nas.example/": "302 http://NAS.example./feed", "http://NAS.example./feed": "",
		"http://192.168.1.2/": "302 http://public.example/", "http://public.example/": "302 http://192.168.1.2/",
		"http://192.168.1.3/": "302 http://10.0.0.1/feed", "http://10.0.0.1/feed": "",
		"http://localhost:82/": "302 http://169.254.169.254/latest/meta-data/", "http://169.254.169.254/latest/meta-data/": "",
		"http://127.0.0.1:83/": "302 http://0.0.0.0/", "http://0.0.0.0/": "",
	}
	client := New(Options{Transport: web})
	for url, want := range map[string]string{
		"http://192.168.1.1/": "http://192.168.1.1:8080/feed", "http://127.0.0.1/": "http://[::1]:81/", "http://nas.example/": "http://NAS.example./feed",
	} {
		if result, err := client.Get(t.Context(), Request{URL: url}); err != nil || result.URL != want {
			t.Errorf("%s: got %+v, %v", url, result, err)
		}
	}
	for _, url := range []string{"http://192.168.1.2/", "http://192.168.1.3/", "http://localhost:82/", "http://127.0.0.1:83/"} {
		_, err := client.Get(t.Context(), Request{URL: url})
		wantKind(t, err, PrivateAddress)
	}
}

// What a page in a private network links to is its own host or a public one.
func TestGetWithAHome(t *testing.T) {
	client := New(Options{Transport: chain{"http://192.168.1.1/feed": "", "http://192.168.1.2/feed": "", "http://public.example/": ""}})
	for _, url := range []string{"http://192.168.1.1/feed", "http://public.example/"} {
		if _, err := client.Get(t.Context(), Request{URL: url, Home: "http://192.168.1.1:99/page"}); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	_, err := client.Get(t.Context(), Request{URL: "http://192.168.1.2/feed", Home: "http://192.168.1.1:99/page"})
	wantKind(t, err, PrivateAddress)
}

// What a public page links to is held to the same rule from the start.
func TestGetPublicOnly(t *testing.T) {
	web := chain{"http://192.168.1.1/": "", "http://public.example/": ""}
	client := New(Options{Transport: web})
	_, err := client.Get(t.Context(), Request{URL: "http://192.168.1.1/", PublicOnly: true})
	wantKind(t, err, PrivateAddress)
	for url, public := range map[string]bool{"http://192.168.1.1/": false, "http://public.example/": true} {
		if result, err := client.Get(t.Context(), Request{URL: url}); err != nil || result.Public != public {
			t.Errorf("%s: got %+v, %v; want Public to be %v", url, result, err, public)
		}
	}
}

// On the real network the same holds, judged by where connections really lead.
func TestGetOnLoopback(t *testing.T) {
	feed := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "the document") })
	first := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, feed, http.StatusMovedPermanently) })
	result, err := New(Options{}).Get(t.Context(), Request{URL: first})
	if err != nil || string(result.Body) != "the document" || result.Moved != feed {
		t.Errorf("got %+v, %v", result, err)
	}
}

// A public name may lead anywhere: that is ruled when it is dialled. Even a
// connection that the reader's own subscription left open is not used for it.
func TestGetIsNotLedInsideByAName(t *testing.T) {
	asked := 0
	inside := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		_, _ = io.WriteString(w, "secret")
	})
	_, port, err := net.SplitHostPort(strings.TrimPrefix(inside, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	names := newNames(&net.Resolver{PreferGo: true, Dial: loopbackDNS}, time.Now)
	client := New(Options{})
	open := newTransport(names, &net.Dialer{}, 1)
	client.network.public = newTransport(names, &net.Dialer{Control: refusePrivate}, 1)
	client.network.open = transport(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host == "public.example" {
			return answer(302, "", "Location", "http://rebound.example.:"+port+"/"), nil
		}
		return open.RoundTrip(r)
	})

	own := "http://rebound.example.:" + port + "/"
	if result, err := client.Get(t.Context(), Request{URL: own}); err != nil || string(result.Body) != "secret" {
		t.Fatalf("the reader's own subscription: got %+v, %v", result, err)
	}
	_, err = client.Get(t.Context(), Request{URL: "http://public.example/"})
	wantKind(t, err, PrivateAddress)
	if asked != 1 {
		t.Errorf("the server inside was asked %d times, want once", asked)
	}
}

// A proxy may stand in the private network: it is the reader's own. What lies
// behind it is judged by the URL.
func TestGetThroughAProxy(t *testing.T) {
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.String() {
		case "http://public.example/":
			http.Redirect(w, r, "http://other.example/", http.StatusFound)
		case "http://other.example/":
			_, _ = io.WriteString(w, "the document")
		case "http://bad.example/":
			http.Redirect(w, r, "http://127.0.0.1/", http.StatusFound)
		default:
			t.Errorf("the proxy was asked for %s", r.URL)
		}
	})
	client := New(Options{})
	open := newTransport(newNames(net.DefaultResolver, time.Now), &net.Dialer{}, 1)
	open.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(proxy) }
	client.network.open, client.network.proxy = open, open.Proxy
	result, err := client.Get(t.Context(), Request{URL: "http://public.example/"})
	if err != nil || string(result.Body) != "the document" {
		t.Errorf("got %+v, %v", result, err)
	}
	_, err = client.Get(t.Context(), Request{URL: "http://bad.example/"})
	wantKind(t, err, PrivateAddress)
}

// loopbackDNS is a name server that has 127.0.0.1 for every name.
func loopbackDNS(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	go func() {
		defer func() { _ = server.Close() }()
		var length [2]byte // the resolver speaks as over TCP: a pipe keeps no packets apart
		for {
			if _, err := io.ReadFull(server, length[:]); err != nil {
				return
			}
			query := make([]byte, binary.BigEndian.Uint16(length[:]))
			if _, err := io.ReadFull(server, query); err != nil {
				return
			}
			var m dnsmessage.Message
			if err := m.Unpack(query); err != nil || len(m.Questions) != 1 {
				return
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
					Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
				}}
			}
			reply, err := m.Pack()
			if err != nil {
				return
			}
			if _, err := server.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(reply))), reply...)); err != nil {
				return
			}
		}
	}()
	return client, nil
}
