package repair

import (
	"bytes"
	"strings"
)

// SplitName cuts the prefix off a name, if there is one.
func SplitName(name []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
		return name[:i], name[i+1:]
	}
	return nil, name
}

// Lower is the lower-case string of a name. It is short: a name longer than
// any we know is cut, so that hostile ones cost nothing.
func Lower(b []byte) string {
	return strings.ToLower(string(b[:min(len(b), 32)]))
}
