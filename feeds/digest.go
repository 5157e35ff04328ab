package feeds

import "hash/crc32"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Digest tells contents apart, not forgeries: it is of two checksums, CRC-32C and
// CRC-32, which processors work out as fast as they read. It is the same
// whenever and wherever it is made, so it may be stored.
func Digest(content []byte) uint64 {
	return uint64(crc32.Checksum(content, castagnoli))<<32 | uint64(crc32.ChecksumIEEE(content))
}
