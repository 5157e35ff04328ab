// Package robots reads robots.txt as RFC 9309 says.
//
//	rules := robots.Parse(body, "Broadsheet")
//	if rules.Allows("/2026/11/a-page?part=2") { … }
//	wait := rules.Delay // between two requests, if the site asks for one
//
// The libraries there are for Go were written before the RFC and rule ties and
// the names of robots otherwise. It is pure, never fails, and reads what is
// broken as far as it makes sense.
package robots

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// MaxSize is how many bytes of a robots.txt count; RFC 9309 asks for this much.
const MaxSize = 500 << 10

// maxRules bounds what one page may cost to rule: each is compared with its path.
const maxRules = 5000

// Rules are what a site asks of one robot. The zero Rules allow everything.
type Rules struct {
	Delay time.Duration // Crawl-delay, which is no part of the RFC; 0 when not asked for
	list  []rule
}

type rule struct {
	pattern string
	allow   bool
}

// Nothing are the rules of a site that cannot be asked for them.
var Nothing = Rules{list: []rule{{pattern: "/"}}}

// Parse reads what a robots.txt says to a robot of a name, without version. If
// no group of it names the robot, those for all robots hold.
func Parse(body []byte, robot string) Rules {
	robot = strings.ToLower(robot)
	var own, all Rules
	named := false                // a group names the robot
	var toOwn, toAll, closed bool // whom the group being read is for, and whether its names are complete
	for line := range strings.Lines(string(body[:min(len(body), MaxSize)])) {
		key, value, ok := field(line)
		if !ok {
			continue
		}
		if key == "user-agent" {
			if closed {
				toOwn, toAll, closed = false, false, false
			}
			agent := strings.ToLower(value)
			toAll = toAll || agent == "*"
			toOwn = toOwn || product(agent) == robot
			named = named || toOwn
			continue
		}
		for _, group := range []struct {
			is bool
			to *Rules
		}{{toOwn, &own}, {toAll, &all}} {
			if group.is {
				group.to.add(key, value)
			}
		}
		closed = closed || key == "allow" || key == "disallow" || key == "crawl-delay"
	}
	if named {
		return own
	}
	return all
}

// field reads a line "key: value # comment".
func field(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok = strings.Cut(line, ":")
	key = strings.TrimPrefix(key, "\ufeff")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), ok
}

// product is a robot's name without its version.
func product(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' && r != '-' })
	if end < 0 {
		return agent
	}
	return agent[:end]
}

func (r *Rules) add(key, value string) {
	switch {
	case key == "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < math.MaxInt32 {
			r.Delay = time.Duration(s * float64(time.Second))
		}
	case key != "allow" && key != "disallow" || value == "" || len(r.list) == maxRules:
	default:
		if value[0] != '/' && value[0] != '*' {
			value = "/" + value
		}
		r.list = append(r.list, rule{canonical(value), key == "allow"})
	}
}

// Allows reports whether the robot may fetch a path, its query with it. The
// longest rule that matches counts, and of equals one that allows.
func (r Rules) Allows(path string) bool {
	path = canonical(path)
	if path == "" || path[0] != '/' {
		path = "/" + path
	}
	longest, allowed := -1, true
	for _, rule := range r.list {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && matches(rule.pattern, path) {
			longest, allowed = n, rule.allow
		}
	}
	return allowed || path == "/robots.txt"
}

// canonical writes the bytes of a path in one way: letters, digits and -._~ and
// what has a meaning of its own in addresses as they are, others as %XX.
func canonical(path string) string {
	const plain = "-._~/?#[]@!$&'()*+,;=:"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if decoded, err := url.PathUnescape(path[i : i+3]); err == nil {
				if d := decoded[0]; alphanumeric(d) || strings.IndexByte("-._~", d) >= 0 {
					b.WriteByte(d)
				} else {
					b.WriteString(strings.ToUpper(path[i : i+3]))
				}
				i += 2
				continue
			}
		}
		if alphanumeric(c) || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		const hex = "0123456789ABCDEF"
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// matches reports whether a path begins as a pattern says: * is any run of
// characters, and $ at the end is the end. It looks for each piece at the first
// place where it stands, which is enough and takes linear time for each.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, pieces[0]) {
		return false
	}
	path = path[len(pieces[0]):]
	pieces = pieces[1:]
	if len(pieces) == 0 {
		return !whole || path == ""
	}
	last := pieces[len(pieces)-1]
	for _, piece := range pieces[:len(pieces)-1] {
		_, rest, found := strings.Cut(path, piece)
		if !found {
			return false
		}
		path = rest
	}
	if whole {
		return strings.HasSuffix(path, last)
	}
	return strings.Contains(path, last)
}
