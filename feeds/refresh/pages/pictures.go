package pages

import (
	"context"
	"errors"
	"sync"

	"broadsheet/feeds/clean"
)

// pictures fetches the pictures in the texts of what was packed, and those that
// feeds give beside them.
func (p *packing) pictures(ctx context.Context) error {
	var addresses []string
	known := map[string]bool{}
	items, err := p.o.Library.Items(p.texts)
	if err != nil {
		return err
	}
	for _, item := range items {
		if ctx.Err() != nil {
			return nil
		}
		body, err := Shown(p.o.Library, item.ID)
		if err != nil {
			return err
		}
		list := clean.Pictures(body.Markdown)
		if lead, ok := item.Lead(list); ok {
			list = append(list, lead.URL)
		}
		for _, a := range list {
			if !known[a] {
				known[a] = true
				addresses = append(addresses, a)
			}
		}
	}
	var mu sync.Mutex
	done := 0
	p.say(Event{Kind: EventPictures, Total: len(addresses)})
	everyHost(ctx, addresses, hostOf, func(ctx context.Context, v *visitor, all *slots, address string) {
		leave, err := all.enter(ctx)
		if err != nil {
			return
		}
		defer leave()
		why := p.against(v)
		var n int64
		if why == "" {
			n, err = p.o.Pictures.Fetch(ctx, address)
		}
		mu.Lock()
		defer mu.Unlock()
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil || why != "":
			p.sum.PicturesFailed++
		default:
			p.sum.Pictures++
		}
		if p.bytes.Add(n) >= p.q.MaxBytes {
			p.full.Store(true)
		}
		done++
		p.say(Event{Kind: EventPictures, Done: done, Total: len(addresses)})
	})
	return nil
}
