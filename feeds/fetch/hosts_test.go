package fetch

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Requests that hang do not keep a host's other documents waiting for ever.
func TestGetIsNotHeldUpByWhatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := New(Options{PerHost: 2, Timeout: time.Minute, Transport: transport(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/hangs" {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return answer(200, "x"), nil
		})})
		const hanging = 60
		hung := make(chan error, hanging)
		for range hanging {
			go func() {
				_, err := client.Get(t.Context(), Request{URL: "http://a.example/hangs"})
				hung <- err
			}()
		}
		synctest.Wait()
		began := time.Now()
		if _, err := client.Get(t.Context(), Request{URL: "http://a.example/healthy"}); err != nil {
			t.Error(err)
		}
		if took, most := time.Since(began), 3*patience; took > most {
			t.Errorf("the healthy document waited %v, want at most %v", took, most)
		}
		for range hanging {
			wantKind(t, <-hung, TimedOut)
		}
		if at := client.hosts.known["a.example:80"]; at.users != 0 || at.hang != 0 || len(at.slots) != 0 {
			t.Errorf("in the end %d use the host, %d hang and %d slots are taken", at.users, at.hang, len(at.slots))
		}
	})
}

func TestAHostThatWantsAPauseGetsIt(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	asked := 0
	status := 429
	client := New(Options{Clock: func() time.Time { return now }, Transport: transport(func(r *http.Request) (*http.Response, error) {
		asked++
		if r.URL.Path == "/served" {
			return answer(200, "x"), nil
		}
		return answer(status, "", "Retry-After", "600"), nil
	})})
	get := func(url string) error {
		_, err := client.Get(t.Context(), Request{URL: url})
		return err
	}
	wantKind(t, get("http://a.example/1"), Busy)
	status = 503
	wantKind(t, get("http://a.example/2"), ServerFault) // some addresses alone might have been meant
	wantKind(t, get("http://a.example/3"), ServerFault)
	now = now.Add(time.Minute)
	e := wantKind(t, get("http://a.example/4"), Resting)
	if want := "a.example asked to be left alone; try again in 9 minutes"; !strings.Contains(e.Error(), want) || asked != 3 {
		t.Errorf("after %d requests: %q, want %q after 3", asked, e.Error(), want)
	}
	if get("http://b.example/served") != nil || asked != 4 {
		t.Error("another host has to wait too")
	}
	now = now.Add(10 * time.Minute)
	wantKind(t, get("http://a.example/3"), ServerFault)

	// A host that serves others means the one address.
	for range 4 {
		if err := get("http://c.example/served"); err != nil {
			t.Error(err)
		}
		wantKind(t, get("http://c.example/1"), ServerFault)
	}
}
