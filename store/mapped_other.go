//go:build !linux

package store

import bolt "go.etcd.io/bbolt"

// leaveMapped leaves it to the system what stays mapped.
func (l *Library) leaveMapped() {}

func unmap(*bolt.Tx) {}

func mapped() int { return 0 }
