//go:build linux || darwin || freebsd

package store

import "syscall"

// freeSpace tells how much may be written to the disk that holds dir.
func freeSpace(dir string) (free int64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
