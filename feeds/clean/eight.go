package clean

import "encoding/binary"

// Most text is looked at eight bytes at a time, as one number, of which the
// highest bit of each byte says something of that byte.
const (
	every = 0x0101010101010101
	high  = 0x80 * every
)

func eight[T string | []byte](s T) uint64 { return binary.LittleEndian.Uint64([]byte(s[:8])) }

// above tells which bytes are greater than c, which is ASCII.
func above(x uint64, c byte) uint64 { return (x&^high + (0x7f-uint64(c))*every | x) & high }

// shown reports whether all are ASCII that shows, or spaces. A carry, or a borrow,
// comes only from a byte that is not.
func shown(x uint64) bool { return ((x+(0x7f-'~')*every)|(x-' '*every)|x)&high == 0 }

// spread reports whether there is no line feed and no space beside another.
func spread(x uint64) bool {
	spaces := high &^ above(x, ' ')
	return spaces&(spaces<<8)|(x-' '*every)&^x&high == 0
}
