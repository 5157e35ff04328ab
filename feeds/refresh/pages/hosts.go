package pages

import (
	"context"
	"sync"
	"time"
)

// How many are asked for at once, and how often at one host.
const (
	perHost  = 2
	atOnce   = 8 // over all hosts
	leastGap = time.Second
	mostGap  = time.Minute // robots.txt may ask for hours; then a run of minutes asks once
)

// visitor looks at the pages of one host: visit is called with the pages in their
// order, by perHost goroutines.
type visitor struct {
	mu   sync.Mutex
	next time.Time // when the next page may be asked for
	rest bool      // no more of this host
}

// begin waits until the host may be asked again and there is a slot for it. No
// slot is held while only time has to pass. That it has passed is not read off the
// clock, which may stand still.
func (v *visitor) begin(ctx context.Context, k *Keeper, all *slots, gap time.Duration) (leave func(), err error) {
	waited := time.Time{}
	for {
		leave, err := all.enter(ctx)
		if err != nil {
			return nil, err
		}
		now := k.o.Clock()
		if now.Before(waited) {
			now = waited
		}
		early := v.take(now, gap)
		if early <= 0 {
			return leave, nil
		}
		leave()
		if err := k.o.Wait(ctx, early); err != nil {
			return nil, err
		}
		waited = now.Add(early)
	}
}

// take takes the turn if it is time, else says how long it is until then.
func (v *visitor) take(now time.Time, gap time.Duration) (early time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if early = v.next.Sub(now); early <= 0 {
		v.next = now.Add(min(max(gap, leastGap), mostGap))
	}
	return early
}

func (v *visitor) setRest() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.rest = true
}

func (v *visitor) rests() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.rest
}

// everyHost runs do for each of some things, those of one host one after the
// other but for perHost at once, and of all hosts atOnce. It returns when all are
// done or ctx is; do must return soon after that.
func everyHost[T any](ctx context.Context, list []T, host func(T) string, do func(context.Context, *visitor, *slots, T)) {
	var order []string
	queues := map[string][]T{}
	for _, it := range list {
		h := host(it)
		if _, known := queues[h]; !known {
			order = append(order, h)
		}
		queues[h] = append(queues[h], it)
	}
	all := &slots{c: make(chan struct{}, atOnce)}
	var workers sync.WaitGroup
	for _, h := range order {
		v := &visitor{}
		queue := make(chan T, len(queues[h]))
		for _, it := range queues[h] {
			queue <- it
		}
		close(queue)
		for range min(perHost, len(queues[h])) {
			workers.Go(func() {
				for it := range queue {
					if ctx.Err() != nil {
						return
					}
					do(ctx, v, all, it)
				}
			})
		}
	}
	workers.Wait()
}

// slots bounds what goes on at once.
type slots struct{ c chan struct{} }

func (s *slots) enter(ctx context.Context) (leave func(), err error) {
	select {
	case s.c <- struct{}{}:
		return func() { <-s.c }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
