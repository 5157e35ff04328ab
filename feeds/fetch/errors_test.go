package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestGetSaysWhatAStatusMeans(t *testing.T) {
	for _, tc := range []struct {
		status int
		header []string
		kind   Kind
		says   string
	}{
		{401, nil, Denied, "the server wants a name and a password (401); put them into the address: https://name:password@host/…"},
		{403, nil, Denied, "the server denies access (403); look whether the site still offers the feed to readers"},
		{404, nil, NotFound, "nothing is there (404); look on the site for the feed's new address"},
		{410, nil, Gone, "it is gone for good (410) and is not asked for again; remove the feed, or look on the site for another"},
		{429, []string{"Retry-After", "90"}, Busy, "the server has had too many requests (429); try again in 90 seconds"},
		{429, nil, Busy, "the server has had too many requests (429); try again later"},
		{500, nil, ServerFault, "the server has a fault of its own (500); try again later"},
		{503, []string{"Retry-After", "Mon, 02 Nov 2026 11:00:00 GMT", "Date", "Mon, 02 Nov 2026 10:00:00 GMT"}, ServerFault,
			"the server has a fault of its own (503); try again in 1 hour"},
		{418, nil, OddStatus, "the server answered with status 418 and no document; open the address in a browser to see why"},
		{204, nil, OddStatus, "the server answered with status 204 and no document; open the address in a browser to see why"},
		{206, nil, OddStatus, "the server answered with status 206 and no document; open the address in a browser to see why"},
		{300, nil, OddStatus, "the server answered with status 300 and no document; open the address in a browser to see why"},
	} {
		t.Run(fmt.Sprint(tc.status), func(t *testing.T) {
			client := New(Options{Transport: transport(func(*http.Request) (*http.Response, error) {
				return answer(tc.status, "some page", append(tc.header, "ETag", `"v"`)...), nil
			})})
			result, err := client.Get(t.Context(), Request{URL: "https://a.example/feed", ETag: `"old"`})
			e := wantKind(t, err, tc.kind)
			if want := "https://a.example/feed could not be fetched: " + tc.says; e.Error() != want {
				t.Errorf("got %q\nwant %q", e.Error(), want)
			}
			if e.Status != tc.status || result.Status != tc.status || result.ETag != "" || result.Body != nil {
				t.Errorf("got %+v, %+v", e, result)
			}
			if wait := result.RetryAfter > 0; wait != (tc.header != nil) {
				t.Errorf("RetryAfter is %v", result.RetryAfter)
			}
			if errors.Is(err, ErrGone) != (tc.status == 410) || errors.Is(err, ErrOffline) {
				t.Errorf("%v is the wrong error", err)
			}
		})
	}
}

// timedOut is what the net package returns for an expired deadline.
type timedOut struct{}

func (timedOut) Error() string   { return "i/o timeout" }
func (timedOut) Timeout() bool   { return true }
func (timedOut) Temporary() bool { return true }

func dialling(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }

func system(call string, errno syscall.Errno) error {
	return dialling(os.NewSyscallError(call, errno))
}

func TestGetSaysWhatWentWrong(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		kind Kind
		says string
	}{
		{"no such host", dialling(&net.DNSError{Err: "no such host", Name: "a.example", IsNotFound: true}), UnknownHost, "there is no server named a.example;"},
		{"no network at all", dialling(&net.DNSError{Err: "no such host", IsNotFound: true}), Offline, "there is no network"},
		{"no name service", dialling(&net.DNSError{Err: "server misbehaving", IsTemporary: true}), Offline, "there is no network; refresh again once there is"},
		{"a silent name service", dialling(&net.DNSError{Err: "i/o timeout", IsTimeout: true}), Offline, "there is no network"},
		{"no route to the net", system("connect", syscall.ENETUNREACH), Offline, "there is no network"},
		{"no route to the host", system("connect", syscall.EHOSTUNREACH), Offline, "there is no network"},
		{"the net is down", system("connect", syscall.ENETDOWN), Offline, "there is no network"},
		{"refused", system("connect", syscall.ECONNREFUSED), Refused, "a.example:8080 accepts no connection;"},
		{"reset", &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, CutShort, "the connection broke off before the end;"},
		{"closed at once", io.EOF, CutShort, "the connection broke off before the end;"},
		{"timed out below", dialling(timedOut{}), TimedOut, "a.example:8080 did not send it within 10s;"},
		{"a proxy that is not there", &net.OpError{Op: "proxyconnect", Err: system("connect", syscall.ECONNREFUSED)}, ProxyFailed, "the proxy named by HTTP_PROXY"},
		{"expired", &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}, Insecure, "cannot be trusted, for its certificate has expired or is not valid yet;"},
		{"another's certificate", &tls.CertificateVerificationError{Err: x509.HostnameError{Host: "x", Certificate: &x509.Certificate{}}}, Insecure, "belongs to another host;"},
		{"a bad certificate", &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}}, Insecure, "its certificate is not valid;"},
		{"no TLS at all", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, Insecure, "does not speak the protocol of secure connections;"},
		{"anything else", errors.New("\x1b[31mgarbage"), Broken, "the server's answer makes no sense;"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			client := New(Options{Transport: transport(func(*http.Request) (*http.Response, error) { return nil, tc.err })})
			client.network.up = func() bool { return tc.name != "no network at all" }
			_, err := client.Get(t.Context(), Request{URL: "https://a.example:8080/feed"})
			e := wantKind(t, err, tc.kind)
			if !strings.HasPrefix(e.Error(), "https://a.example:8080/feed could not be fetched: ") || !strings.Contains(e.Error(), tc.says) {
				t.Errorf("got %q, want it to say %q", e.Error(), tc.says)
			}
			if strings.ContainsAny(e.Error(), "\x1b\n") {
				t.Errorf("%q passes on what came from outside", e.Error())
			}
			if errors.Is(err, ErrOffline) != (tc.kind == Offline) || !errors.Is(err, tc.err) {
				t.Errorf("%v is or wraps the wrong error", err)
			}
		})
	}
}

func TestGetFromAClosedPort(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := New(Options{}).Get(t.Context(), Request{URL: server.URL})
	wantKind(t, err, Refused)
}

func TestGetTrustsOnlyGoodCertificates(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = silent()
	server.StartTLS()
	defer server.Close()
	_, err := New(Options{}).Get(t.Context(), Request{URL: server.URL})
	if e := wantKind(t, err, Insecure); !strings.Contains(e.Error(), "nobody this machine trusts has signed its certificate") {
		t.Errorf("got %q", e.Error())
	}
	plain := serve(t, http.NotFound)
	_, err = New(Options{}).Get(t.Context(), Request{URL: strings.Replace(plain, "http:", "https:", 1)})
	wantKind(t, err, Insecure)
}

func TestErrorsShowSafeAddresses(t *testing.T) {
	client := New(Options{Transport: transport(func(*http.Request) (*http.Response, error) { return answer(404, ""), nil })})
	for raw, want := range map[string]string{
		"https://me:secret@a.example/x":            "https://a.example/x",
		"https://me:se%zzcret@a.example/x":         "https://a.example/x",
		"https://a.example/\u202e\u200b?q=é\u009b": "https://a.example/%E2%80%AE%E2%80%8B?q=%C3%A9%C2%9B",
		"\x1b]0;x\x07": "%1B]0;x%07",
		"http://a.example/" + strings.Repeat("x", 5000): "http://a.example/" + strings.Repeat("x", 183) + "...",
		"": "an empty address",
	} {
		_, err := client.Get(t.Context(), Request{URL: raw})
		var e *Error
		if !errors.As(err, &e) || e.URL != want || !strings.HasPrefix(e.Error(), want+" could not be fetched: ") {
			t.Errorf("%.60q is shown as %v, want %q", raw, err, want)
		}
	}
}

// Every kind has words of its own or gets them in fail and failStatus.
func TestEveryKindHasWords(t *testing.T) {
	trip, err := New(Options{}).newTrip(Request{URL: "http://a.example/"})
	if err != nil {
		t.Fatal(err)
	}
	for kind := Broken; kind <= Stopped; kind++ {
		e := trip.fail(kind, x509.UnknownAuthorityError{})
		switch kind {
		case Denied, Busy, ServerFault, OddStatus:
			status := map[Kind]int{Denied: 403, Busy: 429, ServerFault: 500, OddStatus: 999}[kind]
			e = trip.failStatus(Result{Status: status})
		}
		_, reason, _ := strings.Cut(e.Error(), ": ")
		if what, do, ok := strings.Cut(reason, "; "); !ok || what == "" || do == "" {
			t.Errorf("kind %d says %q: it should say what and then what to do", kind, e.Error())
		}
	}
}
