package feeds

import (
	"fmt"
	"net/url"
	"strings"
)

// Address reads a web address as a person types it: without a scheme it is
// https, feed: and feed:// are what they stand for. Anything that is not http
// or https is an error, so an address can never name a file or a program.
func Address(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	for _, prefix := range []string{"feed://", "feed:", "rss://"} {
		if len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			s = s[len(prefix):]
			break
		}
	}
	if s != "" && !strings.Contains(s, "://") {
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return "", fmt.Errorf("%q is not a web address; give one like https://example.org/feed.xml", typed)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%q cannot be fetched: only http and https addresses can", typed)
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment = ""
	return u.String(), nil
}

// Shown is an address as it may be shown: without the name and password that the
// reader may have put into it.
func Shown(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		u.User = nil
		return u.String()
	}
	return address
}
