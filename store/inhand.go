package store

import (
	"cmp"
	"slices"
	"sync"

	"broadsheet/feeds"
)

// handMost bounds the bytes of texts in hand.
const handMost = 3 << 20

// inHand holds texts that were just saved until the next look for what is not
// related yet, which comes soon and would have to expand them again. What finds no
// room is read from the file, and so is what was edited meanwhile.
type inHand struct {
	mu   sync.Mutex
	list []savedText // in the order of ids
	size int
}

type savedText struct {
	id   feeds.ArticleID
	text string
}

// put takes up texts of new articles, whose ids are higher than all before.
func (h *inHand) put(fresh []freshArticle) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range fresh {
		text := fresh[i].entry.Body.Text
		if h.size+len(text) > handMost {
			return
		}
		h.list = append(h.list, savedText{fresh[i].article.ID, text})
		h.size += len(text)
	}
}

// drop makes sure that the articles' texts are read from the file from now on.
func (h *inHand) drop(edits []*edit) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range edits {
		if i, found := h.find(e.article.ID); found {
			h.cut(i, i+1)
		}
	}
}

func (h *inHand) clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list, h.size = nil, 0
}

// take gives the texts of docs, which are in order, that are in hand, and keeps none
// that lie before the last. The places of the others in docs are returned.
func (h *inHand) take(docs []feeds.Document) (missing []int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	to := 0
	for n := range docs {
		i, found := h.find(docs[n].ID)
		if found {
			docs[n].Text = h.list[i].text
			i++
		} else {
			missing = append(missing, n)
		}
		to = i
	}
	h.cut(0, to)
	return missing
}

func (h *inHand) find(id feeds.ArticleID) (at int, found bool) {
	return slices.BinarySearchFunc(h.list, id, func(s savedText, id feeds.ArticleID) int { return cmp.Compare(s.id, id) })
}

func (h *inHand) cut(from, to int) {
	for _, s := range h.list[from:to] {
		h.size -= len(s.text)
	}
	if h.list = slices.Delete(h.list, from, to); len(h.list) == 0 {
		h.list = nil
	}
}
