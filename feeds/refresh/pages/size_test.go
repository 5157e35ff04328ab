package pages

import "testing"

func TestSizes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 85_300: "85 kB", 3_149_000: "3.1 MB", 9_990_000: "9.9 MB", 200_000_000: "200 MB", 12_500_000_000: "12 GB"} {
		if got := Size(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	for text, want := range map[string]int64{"200MB": 200_000_000, "1.5 GB": 1_500_000_000, "800k": 800_000, " 5 MiB ": 5_000_000, "20000": 20_000} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("%q is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "MB", "-5MB", "many", "12", "NaN", "1e300GB", "inf"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q is %d", text, got)
		}
	}
}
