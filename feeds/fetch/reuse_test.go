package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// counted starts a server that tells how many connections it has had.
func counted(t *testing.T, encrypted bool, handler http.HandlerFunc) (server *httptest.Server, connections *atomic.Int32) {
	t.Helper()
	connections = &atomic.Int32{}
	server = httptest.NewUnstartedServer(handler)
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	if server.EnableHTTP2 = encrypted; encrypted {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server, connections
}

// A host with many feeds is looked up once, and all its documents come over one
// connection, in HTTP/2 if it speaks that.
func TestAHostIsLookedUpOnceAndSpeaksHTTP2(t *testing.T) {
	server, connections := counted(t, true, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Proto)
	})
	var lookUps atomic.Int32 // questions; two are asked at once
	open := newTransport(newNames(&net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		lookUps.Add(1)
		return loopbackDNS(ctx, network, address)
	}}, time.Now), &net.Dialer{}, 1)
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	open.TLSClientConfig = &tls.Config{RootCAs: trusted}
	client := New(Options{})
	client.network.open = open

	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	first := int32(0)
	for i := range 10 {
		result, err := client.Get(t.Context(), Request{URL: fmt.Sprintf("https://example.com.:%s/%d", port, i)})
		if err != nil || string(result.Body) != "HTTP/2.0" {
			t.Fatalf("document %d came as %q, %v, want HTTP/2.0", i, result.Body, err)
		}
		if i == 0 {
			first = lookUps.Load()
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("ten documents of a host took %d connections, want 1", n)
	}
	if n := lookUps.Load(); n != first || first == 0 {
		t.Errorf("the host was looked up anew after its first document: %d questions, then %d", first, n)
	}
}

// Whatever a server answers, the next document comes over the same connection.
func TestGetUsesAConnectionAgain(t *testing.T) {
	server, connections := counted(t, false, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/same":
			w.WriteHeader(http.StatusNotModified)
		case "/gone":
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "there is no such page")
		case "/moved":
			http.Redirect(w, r, "/", http.StatusMovedPermanently)
		default:
			_, _ = io.WriteString(w, "the document")
		}
	})
	client := New(Options{})
	for range 3 {
		for _, path := range []string{"/", "/same", "/gone", "/moved"} {
			_, err := client.Get(t.Context(), Request{URL: server.URL + path, ETag: `"x"`})
			if path != "/gone" && err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("twelve documents of a host took %d connections, want 1", n)
	}
}
