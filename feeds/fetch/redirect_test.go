package fetch

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// chain is a web of redirects: URL → "status location", or "" for a document.
type chain map[string]string

func (c chain) RoundTrip(r *http.Request) (*http.Response, error) {
	step, ok := c[r.URL.String()]
	switch {
	case !ok:
		return answer(404, ""), nil
	case step == "":
		return answer(200, "the document"), nil
	}
	var status int
	var location string
	_, _ = fmt.Sscanf(step, "%d %s", &status, &location)
	return answer(status, "", "Location", location), nil
}

func TestGetFollowsRedirects(t *testing.T) {
	for _, tc := range []struct {
		name  string
		web   chain
		url   string
		moved string
	}{
		{"permanent", chain{"http://a.example/": "301 https://b.example/feed", "https://b.example/feed": ""}, "https://b.example/feed", "https://b.example/feed"},
		{"permanent by 308, relative, with a fragment", chain{"http://a.example/": "308 x/feed#top", "http://a.example/x/feed": ""}, "http://a.example/x/feed", "http://a.example/x/feed"},
		{"temporary by 302", chain{"http://a.example/": "302 /b", "http://a.example/b": ""}, "http://a.example/b", ""},
		{"temporary by 303", chain{"http://a.example/": "303 /b", "http://a.example/b": ""}, "http://a.example/b", ""},
		{"temporary by 307", chain{"http://a.example/": "307 /b", "http://a.example/b": ""}, "http://a.example/b", ""},
		{"permanent twice", chain{"http://a.example/": "301 /b", "http://a.example/b": "308 /c", "http://a.example/c": ""}, "http://a.example/c", "http://a.example/c"},
		{"permanent, then temporary: moved as far as the permanent one", chain{"http://a.example/": "301 /b", "http://a.example/b": "302 /c", "http://a.example/c": ""}, "http://a.example/c", "http://a.example/b"},
		{"temporary, then permanent: not moved", chain{"http://a.example/": "302 /b", "http://a.example/b": "301 /c", "http://a.example/c": ""}, "http://a.example/c", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			result, err := New(Options{Transport: tc.web}).Get(t.Context(), Request{URL: "http://a.example/"})
			if err != nil || result.URL != tc.url || result.Moved != tc.moved || string(result.Body) != "the document" {
				t.Errorf("got %+v, %v; want it from %s, moved to %q", result, err, tc.url, tc.moved)
			}
		})
	}
}

func TestGetRefusesRedirects(t *testing.T) {
	endless := chain{}
	for i := range 30 {
		endless[fmt.Sprintf("http://long.example/%d", i)] = fmt.Sprintf("301 /%d", i+1)
	}
	for _, tc := range []struct {
		name string
		web  chain
		url  string
		kind Kind
	}{
		{"a loop", chain{"http://a.example/": "301 /b", "http://a.example/b": "301 /"}, "http://a.example/", TooManyRedirects},
		{"to itself", chain{"http://a.example/": "302 /"}, "http://a.example/", TooManyRedirects},
		{"too many", endless, "http://long.example/0", TooManyRedirects},
		{"nowhere", chain{"http://a.example/": "301 "}, "http://a.example/", BadRedirect},
		{"to a file", chain{"http://a.example/": "301 file:///etc/passwd"}, "http://a.example/", BadRedirect},
		{"to another scheme", chain{"http://a.example/": "302 gopher://a.example/"}, "http://a.example/", BadRedirect},
		{"to what is no address", chain{"http://a.example/": "302 http://[::1"}, "http://a.example/", BadRedirect},
		{"to an error", chain{"http://a.example/": "301 /b"}, "http://a.example/", NotFound},
	} {
		t.Run(tc.name, func(t *testing.T) {
			result, err := New(Options{Transport: tc.web}).Get(t.Context(), Request{URL: tc.url})
			e := wantKind(t, err, tc.kind)
			if result.Moved != "" || result.Body != nil {
				t.Errorf("got %+v with an error", result)
			}
			if !strings.HasPrefix(e.Error(), tc.url+" could not be fetched: ") {
				t.Errorf("%q does not name the feed's address", e.Error())
			}
		})
	}
}

func TestGetAllowsTenRedirects(t *testing.T) {
	web := chain{fmt.Sprintf("http://a.example/%d", maxRedirects): ""}
	for i := range maxRedirects {
		web[fmt.Sprintf("http://a.example/%d", i)] = fmt.Sprintf("302 /%d", i+1)
	}
	if _, err := New(Options{Transport: web}).Get(t.Context(), Request{URL: "http://a.example/0"}); err != nil {
		t.Error(err)
	}
}

// Validators and cookies go along the chain; credentials only where they may.
func TestGetRedirectsWithHeaders(t *testing.T) {
	type seen struct{ url, auth, cookie, etag string }
	var got []seen
	client := New(Options{Transport: transport(func(r *http.Request) (*http.Response, error) {
		_, password, _ := r.BasicAuth()
		got = append(got, seen{r.URL.String(), password, r.Header.Get("Cookie"), r.Header.Get("If-None-Match")})
		switch r.URL.String() {
		case "http://a.example/":
			return answer(301, "", "Location", "/same", "Set-Cookie", "k=v"), nil
		case "http://a.example/same":
			return answer(301, "", "Location", "https://a.example/locked"), nil
		case "https://a.example/locked":
			return answer(301, "", "Location", "http://a.example/open"), nil
		case "http://a.example/open":
			return answer(302, "", "Location", "http://x:theirs@b.example/"), nil
		}
		return answer(200, "x"), nil
	})})
	result, err := client.Get(t.Context(), Request{URL: "http://me:secret@a.example/", ETag: `"v"`})
	if err != nil {
		t.Fatal(err)
	}
	want := []seen{
		{"http://a.example/", "secret", "", `"v"`},
		{"http://a.example/same", "secret", "k=v", `"v"`},
		{"https://a.example/locked", "secret", "k=v", `"v"`},
		{"http://a.example/open", "", "k=v", `"v"`},
		{"http://b.example/", "", "", `"v"`},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if result.URL != "http://b.example/" || result.Moved != "http://a.example/open" {
		t.Errorf("at %q, moved to %q", result.URL, result.Moved)
	}
}

func TestGetKeepsCredentialsOfAMovedFeed(t *testing.T) {
	web := chain{"http://a.example/": "301 https://a.example/feed", "https://a.example/feed": ""}
	result, err := New(Options{Transport: web}).Get(t.Context(), Request{URL: "http://me:secret@a.example/"})
	if err != nil || result.URL != "https://a.example/feed" || result.Moved != "https://me:secret@a.example/feed" {
		t.Errorf("got %+v, %v", result, err)
	}
}

// Some publishers send the reader in a circle until a cookie comes back.
func TestGetBringsACookieBack(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		_, _ = w.Write([]byte("the document"))
	})
	client := New(Options{})
	for range 2 { // the second time from the start: nothing is kept
		if result, err := client.Get(t.Context(), Request{URL: url + "/feed"}); err != nil || string(result.Body) != "the document" {
			t.Errorf("got %+v, %v", result, err)
		}
	}
}

// A trip holds one host at a time, so trips in opposite directions cannot wait
// for each other.
func TestGetCrossingRedirectsDoNotBlock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := New(Options{PerHost: 1, Transport: transport(func(r *http.Request) (*http.Response, error) {
			<-time.After(time.Second)
			switch r.URL.String() {
			case "http://a.example/1":
				return answer(302, "", "Location", "http://b.example/2"), nil
			case "http://b.example/1":
				return answer(302, "", "Location", "http://a.example/2"), nil
			}
			return answer(200, "x"), nil
		})})
		done := make(chan error)
		for _, url := range []string{"http://a.example/1", "http://b.example/1"} {
			go func() {
				_, err := client.Get(t.Context(), Request{URL: url})
				done <- err
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}
