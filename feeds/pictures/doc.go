// Package pictures fetches the pictures of articles, keeps them on disk, and
// decodes them within limits.
//
//	cache := pictures.New(pictures.Options{Dir: dir, Get: get, Clock: time.Now})
//	n, err := cache.Fetch(ctx, address)             // from the network, unless it is here
//	here := cache.Has(address)                      // can it be shown offline?
//	m, err := cache.Load(ctx, address, size)        // decoded and scaled; never from the network
//
// A picture is also a tracker: whoever serves it learns who reads, and when. So
// nothing is fetched but by Fetch, and only Fetch is to be called when the
// reader asked for pictures.
//
// What a picture passes on its way to the screen:
//
//	Get ─ bytes ─ Inspect ─ file ─ checksum ─ Inspect ─ decode ─ scale ─ pixels
//	      (limit)  (limits)                   (limits)  (time)
//
// Inspect looks at the first bytes only, not at what the server or a file name
// says; it refuses what would take too much memory before a pixel is decoded.
// The file on disk is trusted no more than the network: it is looked at again
// each time, and is removed if it is not as it was written. Decoders that panic
// give an error. One picture is decoded at a time, whoever asks, so that the
// memory it takes is bounded; only the scaled picture is handed out.
//
// Formats: JPEG, PNG, WebP, and of GIF the first frame. SVG is a program more
// than a picture, and not drawn.
package pictures
