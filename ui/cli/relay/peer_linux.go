package relay

import (
	"net"
	"os"
	"syscall"
)

// isOurUser asks the system who is at the other end.
func isOurUser(conn *net.UnixConn) bool {
	raw, err := conn.SyscallConn()
	if err != nil {
		return false
	}
	ours := false
	err = raw.Control(func(fd uintptr) {
		peer, err := syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
		ours = err == nil && int(peer.Uid) == os.Getuid()
	})
	return err == nil && ours
}
