package related

import "container/heap"

// queue gives articles in canonical order. Most are put in that order too, and the
// few others, that are woken, lie apart: to find the next among a hundred thousand
// took looking at twenty, all over the index.
type queue struct {
	inOrder []ref
	others  places
}

type places []ref

func (p places) Len() int           { return len(p) }
func (p places) Less(i, j int) bool { return earlier(p[i], p[j]) }
func (p places) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *places) Push(x any)        { *p = append(*p, x.(ref)) }
func (p *places) Pop() any {
	old := *p
	x := old[len(old)-1]
	*p = old[:len(old)-1]
	return x
}

func (q *queue) len() int { return len(q.inOrder) + len(q.others) }

// push puts in an article that is not there.
func (q *queue) push(r ref) {
	if n := len(q.inOrder); n == 0 || earlier(q.inOrder[n-1], r) {
		q.inOrder = append(q.inOrder, r)
		return
	}
	heap.Push(&q.others, r)
}

// pop takes out the first.
func (q *queue) pop() ref {
	if len(q.others) > 0 && (len(q.inOrder) == 0 || earlier(q.others[0], q.inOrder[0])) {
		return heap.Pop(&q.others).(ref)
	}
	r := q.inOrder[0]
	q.inOrder = q.inOrder[1:]
	return r
}
