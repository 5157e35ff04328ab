package pages

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"broadsheet/feeds"
)

// Pack makes articles ready to be read without a network, as far as that can be
// had. The articles' own failures are in the events and the summary; the error
// is the library's. announce is called from one goroutine at a time.
func (k *Keeper) Pack(ctx context.Context, q Request, announce func(Event)) (Summary, error) {
	k.run.Lock()
	defer k.run.Unlock()
	if q.Articles == nil {
		var err error
		if q.Articles, err = k.unread(q.View, cmp.Or(q.Limit, DefaultLimit)); err != nil {
			return Summary{}, err
		}
	}
	return k.fetchAll(ctx, q, announce)
}

// packing is a run under way.
type packing struct {
	*Keeper
	q        Request
	announce func(Event)
	began    time.Time
	done     int
	total    int
	sum      Summary
	bytes    atomic.Int64
	full     atomic.Bool
	texts    []feeds.ArticleID // whose pictures are wanted
}

// result is an article, or several with one page, on its way to the library.
type result struct {
	job     job
	finding finding
	skipped string // why it was not looked at; "" if it was
}

func (k *Keeper) fetchAll(ctx context.Context, q Request, announce func(Event)) (Summary, error) {
	q.MaxBytes = cmp.Or(q.MaxBytes, DefaultMaxBytes)
	p := &packing{Keeper: k, q: q, announce: announce, began: k.o.Clock()}
	jobs, err := p.plan(ctx)
	if err != nil && ctx.Err() == nil {
		return Summary{}, err
	}
	work, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	results := make(chan result)
	go func() {
		defer close(results)
		everyHost(work, jobs, func(j job) string { return hostOf(j.url) }, func(ctx context.Context, v *visitor, all *slots, j job) {
			r, err := p.visit(ctx, v, all, j)
			if err != nil {
				fail(err)
				return
			}
			results <- r
		})
	}()
	if err := p.saveAll(results); err != nil {
		fail(err)
	}
	if q.Pictures && k.o.Pictures != nil && work.Err() == nil {
		if err := p.pictures(work); err != nil {
			fail(err)
		}
	}
	cause := context.Cause(work)
	p.sum.Stopped = ctx.Err() != nil
	p.sum.Offline = errors.Is(cause, ErrOffline)
	p.sum.Bytes, p.sum.Full = p.bytes.Load(), p.full.Load()
	p.sum.Took = k.o.Clock().Sub(p.began)
	p.say(Event{Kind: EventEnded, Summary: p.sum})
	if cause != nil && !p.sum.Stopped && !p.sum.Offline {
		return p.sum, cause
	}
	return p.sum, nil
}

func (p *packing) say(e Event) {
	if p.announce == nil {
		return
	}
	if e.Kind != EventPictures {
		e.Done, e.Total = p.done, p.total
	}
	e.Bytes = p.bytes.Load()
	p.announce(e)
}

// visit looks at one page if nothing stands against it.
func (p *packing) visit(ctx context.Context, v *visitor, all *slots, j job) (result, error) {
	r := result{job: j}
	if j.url == "" {
		var err error
		r.finding, err = p.look(ctx, j)
		return r, err
	}
	leave, err := all.enter(ctx)
	if err != nil {
		return r, err
	}
	pause, why, err := p.allowed(ctx, j.url, j.home)
	leave()
	if err != nil || why != "" {
		r.skipped = why
		return r, err
	}
	if r.skipped = p.against(v); r.skipped != "" {
		return r, nil
	}
	if leave, err = v.begin(ctx, p.Keeper, all, pause); err != nil {
		return r, err
	}
	defer leave()
	if r.skipped = p.against(v); r.skipped != "" {
		return r, nil
	}
	if r.finding, err = p.look(ctx, j); err != nil {
		return r, err
	}
	if r.finding.rest {
		v.setRest()
	}
	if p.bytes.Add(r.finding.bytes) >= p.q.MaxBytes {
		p.full.Store(true)
	}
	// Where a redirect led has its own word on what programs may keep.
	if to := r.finding.address; to != "" && hostOf(to) != hostOf(j.url) {
		_, r.skipped, err = p.allowed(ctx, to, j.home)
	}
	return r, err
}

// against says why nothing more is asked of a host.
func (p *packing) against(v *visitor) string {
	switch {
	case p.full.Load():
		return overLimit
	case v.rests():
		return notAnswered
	}
	return ""
}

// groupPages is how many pages one commit takes, at most.
const groupPages = 40

// saveAll stores what comes, in groups, and announces it. It always drains in,
// so that nobody is left waiting.
func (p *packing) saveAll(in <-chan result) error {
	var failed error
	for first := range in {
		group := []result{first}
		for more := true; more && len(group) < groupPages; {
			select {
			case r, open := <-in:
				if more = open; open {
					group = append(group, r)
				}
			default:
				more = false
			}
		}
		if failed != nil {
			continue
		}
		var wholes []feeds.Whole
		for _, r := range group {
			if r.skipped == "" {
				wholes = append(wholes, r.finding.wholes...)
			}
		}
		if failed = p.o.Library.SaveWholes(wholes); failed != nil {
			continue
		}
		for _, r := range group {
			p.report(r)
		}
	}
	return failed
}

// report announces what became of a job's articles.
func (p *packing) report(r result) {
	for i, item := range r.job.items {
		o := Outcome{Article: item.ID, URL: item.URL, Related: r.job.related, Status: Skipped, State: item.Whole, Error: r.skipped}
		if i == 0 {
			o.Bytes = r.finding.bytes
		}
		if r.skipped == "" {
			w := r.finding.wholes[i]
			o.Words, o.Error = w.Words, w.Reason
			o.Status, o.State = statusOf(w.State), w.State
		}
		if item.Whole == feeds.WholeStale && o.Status != Stored {
			o.Status, o.State = Kept, item.Whole // of the version before
		}
		if o.Status == Kept {
			o.Error = ""
		}
		p.outcome(o)
	}
}

func statusOf(s feeds.WholeState) Status {
	switch s {
	case feeds.WholeHere:
		return Stored
	case feeds.WholeInFeed:
		return Kept
	case feeds.WholeNone:
		return None
	}
	return Failed
}

func (p *packing) outcome(o Outcome) {
	p.done++
	p.sum.count(o.Status)
	p.texts = append(p.texts, o.Article)
	p.say(Event{Kind: EventArticle, Outcome: o})
}
