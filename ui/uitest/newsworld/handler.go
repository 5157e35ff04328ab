package newsworld

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Handler serves the feeds, at /feed/0 and so on, with ETag and gzip.
//
// At first every feed has had all its articles but the newest held ones;
// POST /advance?new=3 lets three more of each out. /opml lists the feeds.
func (w World) Handler(items, held int) http.Handler {
	s := &server{world: w, items: items}
	s.held.Store(int64(held))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /opml", s.opml)
	mux.HandleFunc("GET /feed/{feed}", s.feed)
	mux.HandleFunc("POST /advance", s.advance)
	return mux
}

type server struct {
	world World
	items int
	held  atomic.Int64
	made  sync.Map // what was served, by made's key: a served feed costs nothing to serve again
}

type edition struct {
	feed, had int
}

func (s *server) opml(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	b.WriteString(`<opml version="2.0"><body>` + "\n")
	for feed := range s.world.Feeds {
		fmt.Fprintf(&b, `<outline type="rss" text="%s" xmlUrl="http://%s/feed/%d"/>`+"\n", s.world.FeedTitle(feed), r.Host, feed)
	}
	b.WriteString("</body></opml>\n")
	_, _ = w.Write([]byte(b.String())) // who hung up need not hear of it
}

func (s *server) advance(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("new"))
	if err != nil || n < 1 {
		http.Error(w, "new must be a number from 1 on", http.StatusBadRequest)
		return
	}
	fmt.Fprintln(w, max(s.held.Add(-int64(n)), 0), "held back")
}

func (s *server) feed(w http.ResponseWriter, r *http.Request) {
	feed, err := strconv.Atoi(r.PathValue("feed"))
	if err != nil || feed < 0 || feed >= s.world.Feeds {
		http.NotFound(w, r)
		return
	}
	e := edition{feed, s.world.FeedArticles(feed) - int(max(s.held.Load(), 0))}
	tag := fmt.Sprintf(`"%d-%d"`, e.feed, e.had)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	packed, ok := s.made.Load(e)
	if !ok {
		packed = pack(s.world.Document(e.feed, e.had, s.items))
		s.made.Store(e, packed)
	}
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(packed.([]byte))
}

func pack(document []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(document) // a bytes.Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}
