package markdown

import (
	"container/list"
	"context"
	"hash/maphash"
	"sync"

	"broadsheet/ui/theme"
)

// Job is an article to be rendered.
type Job struct {
	Markdown string
	Width    int          // Column reads well
	Theme    *theme.Theme // a theme is never changed, so its address is its version
}

// Press renders articles and keeps what it rendered, up to a number of bytes.
// It may be used by any number of goroutines.
type Press struct {
	seed  maphash.Seed
	limit int

	mu      sync.Mutex
	idle    []*Renderer // at most maxIdle
	entries map[key]*list.Element
	recent  *list.List // of *entry, the one used last in front
	size    int
}

const maxIdle = 4

// key tells renderings apart. The text itself is part of it, by its hash: an
// edited article is another article here, without anyone having to say so.
type key struct {
	hash  uint64
	bytes int
	width int
	theme *theme.Theme
}

type entry struct {
	key  key
	out  Rendered
	size int
}

// NewPress makes a Press that keeps at most limit bytes of rendered articles.
func NewPress(limit int) *Press {
	return &Press{seed: maphash.MakeSeed(), limit: limit, entries: map[key]*list.Element{}, recent: list.New()}
}

// Cached returns a whole article that has been rendered before. It takes
// microseconds, so it may be called in Update.
func (p *Press) Cached(job Job) (Rendered, bool) {
	k := p.key(job)
	p.mu.Lock()
	defer p.mu.Unlock()
	e, ok := p.entries[k]
	if !ok {
		return Rendered{}, false
	}
	p.recent.MoveToFront(e)
	return e.Value.(*entry).out, true
}

// Head renders the beginning of an article, or returns the whole of it if it is
// cached. Partial says which.
func (p *Press) Head(ctx context.Context, job Job) (Rendered, error) {
	if out, ok := p.Cached(job); ok {
		return out, nil
	}
	r := p.borrow(job.Theme)
	defer p.giveBack(r)
	out, err := r.Head(ctx, job.Markdown, job.Width)
	if err == nil && !out.Partial {
		p.keep(p.key(job), out)
	}
	return out, err
}

// Render renders an article, unless it is cached. The error is that ctx ended.
func (p *Press) Render(ctx context.Context, job Job) (Rendered, error) {
	if out, ok := p.Cached(job); ok {
		return out, nil
	}
	r := p.borrow(job.Theme)
	defer p.giveBack(r)
	out, err := r.Render(ctx, job.Markdown, job.Width)
	if err == nil {
		p.keep(p.key(job), out)
	}
	return out, err
}

func (p *Press) key(job Job) key {
	return key{maphash.String(p.seed, job.Markdown), len(job.Markdown), job.Width, job.Theme}
}

func (p *Press) borrow(th *theme.Theme) *Renderer {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, r := range p.idle {
		if r.theme == th {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			return r
		}
	}
	return New(th)
}

func (p *Press) giveBack(r *Renderer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == maxIdle { // the oldest may be of a theme no longer in use
		p.idle = append(p.idle[:0], p.idle[1:]...)
	}
	p.idle = append(p.idle, r)
}

func (p *Press) keep(k key, out Rendered) {
	size := 256 + len(out.Text) + 64*len(out.Blocks) + 12*len(out.spots) + 4*len(out.ends) + 16*len(out.hangs)
	for _, l := range out.Lines {
		size += len(l) + 16
	}
	for _, l := range out.Links {
		size += len(l.URL) + len(l.Text) + 64
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.entries[k]; ok || size > p.limit {
		return
	}
	p.entries[k] = p.recent.PushFront(&entry{k, out, size})
	p.size += size
	for p.size > p.limit {
		last := p.recent.Remove(p.recent.Back()).(*entry)
		delete(p.entries, last.key)
		p.size -= last.size
	}
}
