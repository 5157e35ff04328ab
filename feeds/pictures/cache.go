package pictures

import (
	"context"
	"errors"
	"image"
	"sync"
	"time"
)

const (
	defaultLimit = 256 << 20 // a few thousand pictures
	maxTime      = 3 * time.Second
	maxRefused   = 1000 // addresses remembered as no pictures
)

// MaxBytes is how large a picture may be, as it is fetched.
const MaxBytes = 8 << 20

// Options of a Cache. Dir and Get are required.
type Options struct {
	// Dir is where the pictures are kept. It is made when the first one is
	// stored. Nothing else may be in it, and one program at a time may use it:
	// the one that has the library open.
	Dir string
	// Get fetches one document of at most MaxBytes, from the public network
	// only: addresses of pictures come from pages. Its error is one plain
	// sentence.
	Get   func(ctx context.Context, address string) ([]byte, error)
	Limit int64            // bytes on disk; those not used for longest go first; 256 MiB
	Clock func() time.Time // for what was used when; time.Now
}

// Cache holds the pictures that were fetched. It may be used by many goroutines
// at once.
type Cache struct {
	get      func(ctx context.Context, address string) ([]byte, error)
	shelf    *shelf
	decoding chan struct{} // held while a picture is decoded

	mu      sync.Mutex
	refused map[string]error // what was fetched in vain, until the program ends
}

// New makes a cache. It reads and writes nothing yet.
func New(o Options) *Cache {
	if o.Limit <= 0 {
		o.Limit = defaultLimit
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Cache{
		get:      o.Get,
		shelf:    &shelf{dir: o.Dir, limit: o.Limit, now: o.Clock},
		decoding: make(chan struct{}, 1),
		refused:  map[string]error{},
	}
}

// Fetch puts a picture into the cache, unless it is there. The error is one
// plain sentence; errors.Is tells ErrTiny and ErrFormat apart, which asking
// again will not change. What the address gives is fetched at most once while
// the program runs if it is no picture that can be shown. It says how many bytes
// came over the network: none for a picture that is here.
func (c *Cache) Fetch(ctx context.Context, address string) (bytes int64, err error) {
	if c.shelf.use(address) {
		return 0, nil
	}
	if err := c.known(address); err != nil {
		return 0, err
	}
	data, err := c.get(ctx, address)
	if err != nil {
		return 0, err
	}
	bytes = int64(len(data))
	if _, err := Inspect(data); err != nil {
		c.refuse(address, err)
		return bytes, err
	}
	return bytes, c.shelf.put(address, data)
}

func (c *Cache) known(address string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused[address]
}

func (c *Cache) refuse(address string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.refused) >= maxRefused {
		clear(c.refused)
	}
	c.refused[address] = err
}

// Has reports whether a picture is in the cache, so that it can be shown
// without the network.
func (c *Cache) Has(address string) bool { return c.shelf.has(address) }

// Load reads a picture from the cache and scales it to what size makes of its
// width and height, in pixels. It never asks the network: a picture that is not
// in the cache is ErrMissing. One whose file is damaged is removed, and missing.
func (c *Cache) Load(ctx context.Context, address string, size func(width, height int) (int, int)) (*image.RGBA, error) {
	select {
	case c.decoding <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-c.decoding }()

	data, err := c.shelf.get(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	m, err := Decode(ctx, data, size)
	if err != nil && !errors.Is(err, context.Canceled) {
		c.shelf.drop(address)
		c.refuse(address, err)
	}
	return m, err
}
