//go:build unix

package ui

import (
	"errors"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
)

// The thread that asks for the stop may run on for a while: what comes after
// waits for the signal to continue nevertheless.
func TestStoppingLastsUntilTheProgramIsContinued(t *testing.T) {
	var continued atomic.Bool
	err := untilContinued(func() error {
		go func() {
			for range 1000 {
				runtime.Gosched()
			}
			continued.Store(true)
			if err := syscall.Kill(syscall.Getpid(), syscall.SIGCONT); err != nil {
				panic(err)
			}
		}()
		return nil
	})
	if err != nil || !continued.Load() {
		t.Errorf("it went on before it was continued: %v", err)
	}
	if refused := errors.New("no"); untilContinued(func() error { return refused }) != refused {
		t.Error("a program that is not stopped waits to be continued")
	}
}
