package parse

import (
	"net/url"
	"strings"

	"broadsheet/feeds/parse/repair"
)

// base is the address that relative ones are relative to.
type base struct {
	url      *url.URL // nil when unknown
	declared bool     // by an xml:base, rather than by where the feed came from
}

// maxBasePath bounds bases that grow with every element they are nested in.
const maxBasePath = 2048

func baseOf(address string) base {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || !u.IsAbs() {
		return base{}
	}
	return base{url: u}
}

func (b base) String() string {
	if b.url == nil {
		return ""
	}
	return b.url.String()
}

// with is the base inside an element with these attributes.
func (b base) with(attrs []repair.Attr) base {
	for _, a := range attrs {
		if string(a.Name) != "xml:base" {
			continue
		}
		u, err := url.Parse(strings.TrimSpace(string(new(repair.Entities).Decode(nil, a.Value))))
		if err != nil {
			return b
		}
		if b.url != nil {
			u = b.url.ResolveReference(u)
		}
		if !u.IsAbs() || len(u.Path) > maxBasePath {
			return b
		}
		return base{u, true}
	}
	return b
}

// resolve makes an address absolute, if it is relative and an xml:base says to
// what. One that is absolute stays exactly as it is.
func (b base) resolve(address string) string {
	if !b.declared {
		return address
	}
	return b.join(address)
}

// join makes an address absolute by whatever base there is.
func (b base) join(address string) string {
	if b.url == nil || address == "" || hasScheme(address) {
		return address
	}
	ref, err := url.Parse(address)
	if err != nil {
		return address
	}
	u := b.url.ResolveReference(ref)
	if u.Opaque != "" {
		return address
	}
	return u.String()
}

// hasScheme reports whether an address begins with a scheme, and so is not
// relative.
func hasScheme(address string) bool {
	for i := 0; i < len(address); i++ {
		c := address[i] | 0x20
		switch {
		case 'a' <= c && c <= 'z':
		case i > 0 && (isDigit(address[i]) || address[i] == '+' || address[i] == '-' || address[i] == '.'):
		case i > 0 && address[i] == ':':
			return true
		default:
			return false
		}
	}
	return false
}
