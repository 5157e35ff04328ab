package feeds

import (
	"encoding/binary"
	"testing"
)

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

func FuzzShortWord(f *testing.F) {
	for _, s := range []string{"Harbour Bridge opens", "Harbourbridge opens.", "Sixteen16letters", "Seventeenletters17", "Straße und Gasse", " .,'0123456789abc", "eightbyt\x80ight byt"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for ; len(s) >= 16; s = s[1:] {
			var want [16]byte
			size := 0
			for size < len(want) && (s[size] < 0x80 && InWord(rune(s[size]))) {
				want[size] = s[size] | 0x20
				size++
			}
			n, first, second := ShortWord(s)
			var got [16]byte
			binary.LittleEndian.PutUint64(got[:], first)
			binary.LittleEndian.PutUint64(got[8:], second)
			if n != size || got != want {
				t.Fatalf("%q begins with %d bytes %q, want %d, %q", s[:16], n, got, size, want)
			}
		}
	})
}
