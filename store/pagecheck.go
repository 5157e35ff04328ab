package store

import "os"

// pagesOf opens the pages of a file that nobody is writing to.
func pagesOf(file *os.File) (*pageFile, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return openPages(file, info.Size())
}

// checkPages holds the file to bbolt's layout: every page is part of one tree
// or free, and every key lies where a search would look for it. bbolt's own
// check is not asked: it reads through its memory map, in a goroutine of its
// own, where a page number beyond the end kills the program.
func checkPages(f *pageFile, bad func(format string, a ...any)) {
	if f.flipped {
		bad("%v", errFlipped)
	}
	if f.size < int64(f.head.pages)*f.pageSize {
		bad("%v", &truncated{have: f.size, want: int64(f.head.pages) * f.pageSize})
	}
	w := newPageWalk(f, bad)
	w.seen.add(0)
	w.seen.add(1)
	var bucket func(e element)
	bucket = func(e element) {
		if !e.bucket {
			return
		}
		b, ok := e.asBucket()
		if !ok {
			bad("the part %q is damaged", e.key)
			return
		}
		w.each(b, bucket)
	}
	w.tree(f.head.root, nil, nil, 0, bucket)
	free, err := w.freeList()
	if err != nil {
		bad("%v", err)
		return
	}
	for _, id := range free {
		w.take(id, 1)
	}
	for id := range f.head.pages {
		if id < uint64(64*len(w.seen)) && !w.seen.has(uint32(id)) {
			bad("page %d is neither used nor free", id)
		}
	}
}
