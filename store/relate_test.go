package store

import (
	"bytes"
	"testing"

	"broadsheet/feeds"
)

// Segments are large, and a commit has hundreds of them: one with room for its
// sum is not copied to get it.
func TestAnIndexRecordWithRoomIsSealedInPlace(t *testing.T) {
	roomy := append(make([]byte, 0, 100+feeds.IndexRoom), bytes.Repeat([]byte("x"), 100)...)
	sealed := sealIndex(roomy)
	if &sealed[0] != &roomy[0] {
		t.Error("a record with room for its sum was copied")
	}
	if !indexIntact(sealed) || !bytes.Equal(openIndex(sealed), roomy) {
		t.Error("a sealed record is not what it was")
	}
	tight := bytes.Repeat([]byte("x"), 100)
	if sealed = sealIndex(tight[:50:50]); !indexIntact(sealed) || tight[50] != 'x' {
		t.Error("sealing a record wrote over what lies behind it")
	}
}
