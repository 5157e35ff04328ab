package clean

import (
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// canonical reads an address the way browsers do — spaces around it, line ends
// inside it, backslashes, bare non-ASCII characters — and writes it in one way.
func canonical(raw, base string) (string, bool) {
	if isCanonical(raw) {
		return raw, true
	}
	u, ok := absolute(raw, base)
	if !ok {
		return "", false
	}
	host, ok := hostPort(u)
	if !ok {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(raw) + 16)
	b.WriteString(u.Scheme)
	b.WriteString("://")
	b.WriteString(host)
	b.WriteString(rooted(u.EscapedPath()))
	if query := withoutTracking(u.RawQuery); query != "" {
		b.WriteByte('?')
		b.WriteString(query)
	}
	if strings.HasPrefix(u.Fragment, "!") { // a page address of its own, before pushState
		b.WriteByte('#')
		b.WriteString(strings.ReplaceAll(u.EscapedFragment(), "#", "%23"))
	}
	if b.Len() > MaxURL {
		return "", false
	}
	return b.String(), true
}

// isCanonical knows most of the addresses that are written as they should be, of
// characters only that mean themselves.
func isCanonical(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return false
		}
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 0 || len(s) > MaxURL || strings.Contains(rest, "/.") {
		return false
	}
	name, port, ok := strings.Cut(rest[:slash], ":")
	if ok {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || n == 80 || n == 443 || port[0] == '0' {
			return false
		}
	}
	if !hostname(name) {
		return false
	}
	for i := slash; i < len(rest); i++ {
		switch c := rest[i]; {
		case inPath[c]:
		case c == '?':
			return isCanonicalQuery(rest[i+1:])
		default:
			return false
		}
	}
	return true
}

// inPath are the characters that mean themselves in a path.
var inPath = func() (table [256]bool) {
	for c := range table {
		table[c] = alphanumeric(byte(c)) || strings.IndexByte("/-._~!$'()*+,;=:@", byte(c)) >= 0
	}
	return table
}()

// isCanonicalQuery knows queries of such characters too, that follow nobody.
func isCanonicalQuery(query string) bool {
	for more := true; more; {
		var pair string
		pair, query, more = strings.Cut(query, "&")
		if pair == "" || strings.HasPrefix(pair, "amp;") || tracks(pair) {
			return false
		}
		for i := range len(pair) {
			if !inPath[pair[i]] {
				return false
			}
		}
	}
	return true
}

// absolute parses and resolves; what it returns is http or https.
func absolute(raw, base string) (*url.URL, bool) {
	s, ok := printable(raw)
	if !ok || s == "" {
		return nil, false
	}
	u, err := url.Parse(s)
	if err != nil {
		return nil, false
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme == "" {
		b, ok := printable(base)
		if !ok {
			return nil, false
		}
		from, err := url.Parse(b)
		switch {
		case err == nil && from.Scheme != "" && from.Host != "":
			u = from.ResolveReference(u)
			u.Scheme = strings.ToLower(u.Scheme)
		case u.Host != "": // "//example.org/" in a feed whose own address is unknown
			u.Scheme = "https"
		}
	}
	return u, u.Opaque == "" && (u.Scheme == "http" || u.Scheme == "https")
}

// printable makes an address of printable ASCII: what browsers remove is
// removed, what they encode is encoded, and a "%" that encodes nothing is
// encoded itself. The host is left as it is; see hostPort.
func printable(raw string) (string, bool) {
	if len(raw) > MaxURL {
		return "", false
	}
	s := strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' || classify(r) == blank })
	if s == "" {
		return "", true
	}
	if printed(s) {
		return s, true
	}
	from, to := authority(s) // non-ASCII host names are not percent-encoded
	var b strings.Builder
	b.Grow(len(s) + 16)
	query := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\t' || c == '\n' || c == '\r':
		case i >= from && i < to && c > ' ' && c != 0x7f:
			b.WriteByte(slash(c))
		case c == '\\' && !query:
			b.WriteByte('/')
		case c == '%' && !hexPair(s[i+1:]), c <= ' ', c >= 0x7f, strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			const digits = "0123456789ABCDEF"
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		default:
			query = query || c == '?' || c == '#'
			b.WriteByte(c)
			for c == '&' && strings.HasPrefix(s[i+1:], "amp;") { // escaped once too often
				i += len("amp;")
			}
		}
	}
	return b.String(), true
}

// printed reports that printable would change nothing.
func printed(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !inPath[c] && c != '?' && c != '#' && (c != '&' || strings.HasPrefix(s[i+1:], "amp;")) {
			return false
		}
	}
	return true
}

// authority finds the part of an address between "//" and the path.
func authority(s string) (from, to int) {
	i := 0
	if scheme := strings.IndexAny(s, ":/\\?#"); scheme >= 0 && s[scheme] == ':' {
		i = scheme + 1
	}
	if len(s) < i+2 || slash(s[i]) != '/' || slash(s[i+1]) != '/' {
		return 0, 0
	}
	i += 2
	if end := strings.IndexAny(s[i:], "/\\?#"); end >= 0 {
		return i, i + end
	}
	return i, len(s)
}

func slash(c byte) byte {
	if c == '\\' {
		return '/'
	}
	return c
}

func hexPair(s string) bool {
	return len(s) >= 2 && hexDigit(s[0]) && hexDigit(s[1])
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// hostPort returns the host in lower case and ASCII, with its port unless that
// is the scheme's own. A name outside ASCII is returned in its encoded form,
// so that no look-alike is shown.
func hostPort(u *url.URL) (string, bool) {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	switch {
	case strings.HasPrefix(u.Host, "[") || strings.Contains(host, ":"):
		addr, err := netip.ParseAddr(host)
		if err != nil || addr.Zone() != "" {
			return "", false
		}
		host = "[" + addr.String() + "]"
	default:
		if !plain(host) {
			ascii, err := idna.Lookup.ToASCII(host)
			if err != nil {
				return "", false
			}
			host = ascii
		}
		host = strings.TrimSuffix(host, ".")
		if !hostname(host) {
			return "", false
		}
	}
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return "", false
		}
		if (u.Scheme == "http" && n == 80) || (u.Scheme == "https" && n == 443) {
			return host, true
		}
		host += ":" + strconv.FormatUint(n, 10)
	}
	return host, true
}

func hostname(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '_') {
			return false
		}
	}
	return s != "" && len(s) <= 253 && s[0] != '.' && s[len(s)-1] != '.' && !strings.Contains(s, "..")
}

// rooted resolves dot segments; url.ResolveReference does it only for relative
// addresses.
func rooted(p string) string {
	if p == "" {
		return "/"
	}
	if !strings.Contains(p, "/.") {
		return p
	}
	return (&url.URL{Path: "/"}).ResolveReference(&url.URL{Path: p}).Path
}

// withoutTracking removes the parameters that say where the reader comes from
// and leaves the others as they are, in their order.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var b strings.Builder
	for rest := query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		if pair == "" || tracks(pair) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(pair)
	}
	return b.String()
}

// tracks reports whether a query parameter serves to follow the reader. Only
// names that are documented for that purpose and that no page is known to need
// are listed; a parameter wrongly kept costs a duplicate, one wrongly removed
// an article.
func tracks(pair string) bool {
	name, value, _ := strings.Cut(pair, "=")
	name = strings.ToLower(name)
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid",
		"li_fat_id", "igshid", "igsh", "epik", "rdt_cid", "srsltid", "sccid", // click identifiers of advertising networks
		"_ga", "_gl", "_openstat", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id", "vero_conv", "wickedid", "rb_clickid",
		"mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "ml_subscriber", "ml_subscriber_hash",
		"s_cid", "cmpid", "xtor", "wt_mc", "wt_zmc", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee",
		"at_medium", "at_campaign", "at_campaign_type", "at_format", "at_link_id", "at_link_origin", "at_link_type", "at_ptr_name",
		"at_bbc_team", "__twitter_impression", "ref_src", "ref_url", "ocid", "smid", "mbid", "taid", "soc_src", "soc_trk", "guccounter", "guce_referrer",
		"guce_referrer_sig", "sr_share", "feedname", "feedtype":
		return true
	case "partner", "emc", "source", "ref", "from", "src", "cmp", "via", "rssfeed":
		return strings.EqualFold(value, "rss")
	}
	for _, prefix := range []string{"utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "at_custom"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// pictureFile reports whether an address names a picture.
func pictureFile(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg":
		return true
	}
	return false
}
