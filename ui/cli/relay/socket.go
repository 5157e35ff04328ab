package relay

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
)

// maxSocket is the longest path of a socket, less what a temporary name adds:
// systems have room for 104 or 108 bytes.
const maxSocket = 90

// commonPlace is where sockets lie whose library has too long a path. It is the
// same for a crontab, which has no TMPDIR and no XDG_RUNTIME_DIR.
const commonPlace = "/tmp"

// socketOf is where the socket of a library lies. Both sides must come to the
// same answer, so it hangs on the library's path alone and on what the
// environment of a user has everywhere.
func socketOf(library string) (string, error) {
	whole, err := filepath.Abs(library)
	if err != nil {
		return "", err
	}
	// The library itself may not be there yet, its directory must.
	if dir, err := filepath.EvalSymlinks(filepath.Dir(whole)); err == nil {
		whole = filepath.Join(dir, filepath.Base(whole))
	}
	if file, err := filepath.EvalSymlinks(whole); err == nil {
		whole = file
	}
	if beside := whole + ".sock"; len(beside) <= maxSocket {
		return beside, nil
	}
	sum := sha256.Sum256([]byte(whole))
	return filepath.Join(commonPlace, fmt.Sprintf("broadsheet-%d", os.Getuid()), hex.EncodeToString(sum[:8])+".sock"), nil
}

// ownDirectory makes sure that the directory of a socket in the common place is
// ours alone.
func ownDirectory(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 || !isOurs(info) {
		return fmt.Errorf("%s is not a directory of this user alone", dir)
	}
	return nil
}

// prepare makes the directory of the socket ready, if it is not the library's.
func prepare(library, socket string) error {
	if filepath.Base(socket) != filepath.Base(library)+".sock" {
		return ownDirectory(filepath.Dir(socket))
	}
	return nil
}

// bind makes the socket, open to this user only from the moment it has its
// name. What a killed Broadsheet left there is removed: whoever calls this has
// the library open, so nobody else can be listening.
func bind(socket string) (*net.UnixListener, error) {
	if info, err := os.Lstat(socket); err == nil {
		if info.Mode().Type() != fs.ModeSocket || !isOurs(info) {
			return nil, fmt.Errorf("%s is there and is no socket of ours", socket)
		}
	}
	temporary := fmt.Sprintf("%s.%d", socket, os.Getpid())
	_ = os.Remove(temporary)
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: temporary, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	err = os.Chmod(temporary, 0o600)
	if err == nil {
		err = os.Rename(temporary, socket)
	}
	if err != nil {
		_ = l.Close()
		_ = os.Remove(temporary)
		return nil, err
	}
	return l, nil
}

// dial calls whoever listens at a socket.
func dial(socket string) (*net.UnixConn, error) {
	info, err := os.Lstat(socket)
	if err != nil || info.Mode().Type() != fs.ModeSocket || !isOurs(info) {
		return nil, ErrNobody
	}
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: socket, Net: "unix"})
	if err != nil {
		return nil, ErrNobody
	}
	if !isOurUser(conn) {
		_ = conn.Close()
		return nil, ErrNobody
	}
	return conn, nil
}
