package clean

import "testing"

// What is found of eight bytes at once is what is found of them one by one.
func FuzzEight(f *testing.F) {
	for _, s := range []string{"Harbour \n\n", "a b  c d e", " \x1f\x20\x7e\x7f\x80\xff ~", "éa b c d e f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 8 {
			return
		}
		s = s[:8]
		all, apart := true, true
		for i := range len(s) {
			c := s[i]
			all = all && c >= ' ' && c <= '~'
			apart = apart && c >= ' ' && (c != ' ' || i == 0 || s[i-1] != ' ')
			if got, want := above(eight(s), '.')>>(8*i)&0x80 != 0, c > '.'; got != want {
				t.Errorf("that the byte %d of %q is greater is told wrong", i, s)
			}
		}
		if shown(eight(s)) != all {
			t.Errorf("%q: shown %v, want %v", s, !all, all)
		}
		if spread(eight(s)) != apart {
			t.Errorf("%q: spread %v, want %v", s, !apart, apart)
		}
	})
}
