package store

import (
	"strings"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

func (l *Library) search(query string, limit int) (items []feeds.Item, err error) {
	words := strings.Fields(strings.ToLower(query))
	err = l.view(func(tx *bolt.Tx) error {
		items = nil
		if len(words) == 0 {
			return nil
		}
		bodies := bodyReader{l: l, tx: tx}
		var failed error
		err := walk(tx, feeds.View{Kind: feeds.ViewAll}, newest(), true, func(p place) bool {
			item, ok, err := loadItem(tx, p.id())
			if err == nil && ok {
				var b feeds.Body
				b, err = bodies.body(p.id())
				text := strings.ToLower(item.Title + "\n" + b.Text)
				for _, w := range words {
					ok = ok && strings.Contains(text, w)
				}
				if ok && err == nil {
					items = append(items, item)
				}
			}
			failed = err
			return err == nil && len(items) < limit
		})
		if failed != nil {
			return failed
		}
		return err
	})
	return items, err
}
