package feeds

// IndexView is one consistent look at the related index as the library keeps
// it: an ordered map of bytes that only feeds/related can read.
type IndexView interface {
	// Get returns the value of key, nil if there is none. It is valid only as
	// long as the view, and must not be changed.
	Get(key []byte) []byte
	// Scan calls fn for each key in [from, to), in order, until fn returns false.
	Scan(from, to []byte, fn func(key, value []byte) bool)
	// Leave says that of what was looked at little will soon be looked at again, so
	// that its memory can be used for other things. All that was got stays valid. It
	// may be called by several at once.
	Leave()
}

// IndexWords begins the keys of the related index that hold what the reader
// said. All else in it can be computed anew.
const IndexWords = 'w'

// IndexRoom is how many bytes a large value of an IndexChange had best have room
// for beyond its length: what a library adds to it then needs no copy.
const IndexRoom = 4

// IndexChange puts a value into the related index, which takes it over; a nil
// Value deletes.
type IndexChange struct {
	Key, Value []byte
}
