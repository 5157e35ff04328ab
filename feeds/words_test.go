package feeds

import "testing"

// What is read at once is what is read byte by byte.
func FuzzWordStart(f *testing.F) {
	for _, s := range []string{"Harbour ", "10.30 Uh", "@Z`z[{/9", "\x10\x190:aZ", "a\x80\xe1\xffb\x7fc", "\xc1abcdef\xf0", "12345678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for ; len(s) >= 8; s = s[1:] {
			n, small := WordStart(s)
			for i := range n {
				if c := byte(small >> (8 * i)); !('a' <= c && c <= 'z' || '0' <= c && c <= '9') || s[i] != c && s[i] != c-0x20 {
					t.Fatalf("of %q the byte %d is %q", s[:8], i, c)
				}
			}
			if n == 8 {
				continue
			}
			if c := s[n]; '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
				t.Fatalf("%q ends after %d", s[:8], n)
			}
		}
	})
}
