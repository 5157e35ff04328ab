//go:build !linux

package feeds

// standBack does nothing here: elsewhere a whole process is preferred to others.
func standBack() {}

func standsBack() bool { return false }
