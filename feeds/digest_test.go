package feeds

import "testing"

// It is stored, so it stays what it is.
func TestDigestStaysAsItIs(t *testing.T) {
	for content, want := range map[string]uint64{"": 0, "123456789": 0xe3069283_cbf43926} {
		if got := Digest([]byte(content)); got != want {
			t.Errorf("of %q it is %x, want %x", content, got, want)
		}
	}
}
