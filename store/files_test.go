package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestWhatAKillLeftBehindGoes(t *testing.T) {
	l := newTestLibrary(t)
	l.shut()
	now := time.Now()
	for name, age := range map[string]time.Duration{
		".new-1": 2 * time.Hour, ".new-2": 0, marksName + ".new-3": 0, ".backup-2026-11-20.new-4": 0, ".backup-2026-11-20": 0, ".copy.new-5": 2 * time.Hour,
	} {
		if err := os.WriteFile(l.file+name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(l.file+name, now, now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	other := filepath.Join(filepath.Dir(l.file), "other.db.new-6")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l.open()
	want := []string{"", ".backup-2026-11-20", ".copy.new-5", marksName, ".new-2", "other.db.new-6"}
	if got := l.beside(); !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
}
