package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

// large serves documents by their length.
func large(document string) *Client {
	return New(Options{Transport: transport(func(*http.Request) (*http.Response, error) {
		a := answer(200, "")
		a.Body, a.ContentLength = io.NopCloser(strings.NewReader(document)), -1
		return a, nil
	})})
}

func TestLargeDocumentsAreToldOfBeforeTheyTakeMemory(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for _, size := range []int{0, 1, LargeBody - 1, LargeBody, LargeBody + 1, 5 * LargeBody} {
		document := strings.Repeat("0123456789abcdef", size/16+1)[:size]
		told := int64(0)
		result, err := large(document).Get(t.Context(), Request{URL: "http://a.example/", Large: func(_ context.Context, size int64) error {
			told = size
			return nil
		}})
		if err != nil || string(result.Body) != document {
			t.Errorf("%d bytes: got %d, %v", size, len(result.Body), err)
		}
		if (told > 0) != (size > LargeBody) || told != 0 && told != int64(size) {
			t.Errorf("%d bytes: told of %d", size, told)
		}
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestNoRoomForALargeDocument(t *testing.T) {
	stop := errors.New("stop")
	_, err := large(strings.Repeat("x", 2*LargeBody)).Get(t.Context(), Request{URL: "http://a.example/", Large: func(context.Context, int64) error { return stop }})
	wantKind(t, err, Stopped)
	if !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
}

func TestLargeDocumentsWithoutADirectoryForTemporaryFiles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/gone")
	document := strings.Repeat("x", 2*LargeBody)
	result, err := large(document).Get(t.Context(), Request{URL: "http://a.example/"})
	if err != nil || string(result.Body) != document {
		t.Errorf("got %d bytes, %v", len(result.Body), err)
	}
}
