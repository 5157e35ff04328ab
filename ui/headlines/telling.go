package headlines

import (
	"slices"
	"strconv"
	"strings"

	"broadsheet/feeds/rank"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
)

const between = " · "

// said is what a row says of its story behind the number of its outlets: how
// much it grew of late, who had it first, and who does not carry it.
type said struct{ grew, first, absent string }

// story tells of a row's story up to a column.
func (p *Pane) story(r Row, to int) {
	th, l := p.th, &p.line
	if r.first == "" {
		l.AddTo(th.Faint, between, to)
		l.AddTo(th.Outlet, r.outlet, to)
		return
	}
	s := p.fit(r, to-l.At())
	l.AddTo(th.Good, s.grew, to)
	if s.first != "" {
		l.AddTo(th.Faint, between, to)
		l.AddTo(th.Muted, s.first, to)
	}
	if s.absent != "" {
		l.AddTo(th.Faint, between, to)
		l.AddTo(th.Muted, s.absent, to)
	}
}

// fit is what there is room to say of a story. Who does not carry it is named if
// there is room for all, else counted, and is the last to be left out: sooner
// than that goes when the story was told first, some of the name of who told it,
// how it grew, and of whom it is not known.
func (p *Pane) fit(r Row, room int) said {
	absent, ok := p.absent[r.Key()]
	if !ok {
		absent = absence(p.roster.Missing(slices.Concat(r.Outlets, r.reprints), []string{r.Language}, r.since))
		p.absent[r.Key()] = absent
	}
	grew, grewInShort := "", ""
	if r.grew > 0 {
		grew, grewInShort = " ▲ "+strconv.Itoa(r.grew)+" new", " ▲"+strconv.Itoa(r.grew)
	}
	const label = "first: "
	who := label + r.first
	inWords, inShort := who+", "+age.Ago(r.since, p.now), who+" "+age.Of(r.since, p.now)
	for _, try := range []said{
		{grew, inWords, absent.named}, {grew, inShort, absent.named},
		{grew, inWords, absent.counted}, {grew, inShort, absent.counted}, {grew, who, absent.counted},
	} {
		if p.columnsOf(try) <= room {
			return try
		}
	}
	for _, try := range []struct {
		grew, absent string
		least        int // columns of the name
	}{
		{grew, absent.counted, 12}, {grewInShort, absent.counted, 12}, {"", absent.counted, 12},
		{"", absent.counted, 5}, {"", absent.silent, 5},
	} {
		s := said{try.grew, label, try.absent}
		if left := room - p.columnsOf(s); left >= try.least {
			s.first += cells.Cut(p.th.Measure, r.first, left)
			return s
		}
	}
	for _, only := range []string{absent.counted, absent.silent} {
		if s := (said{absent: only}); only != "" && p.columnsOf(s) <= room {
			return s
		}
	}
	return said{first: inWords} // as much of it as there is room for
}

// columnsOf is the room that takes.
func (p *Pane) columnsOf(s said) int {
	n := cells.Width(p.th.Measure, s.grew)
	for _, part := range []string{s.first, s.absent} {
		if part != "" {
			n += cells.Width(p.th.Measure, between) + cells.Width(p.th.Measure, part)
		}
	}
	return n
}

// missing says who does not carry a story and of whom that is not known, for
// their feeds failed or were not read yet.
type missing struct {
	named   string // all by name; as counted if they are many
	counted string
	silent  string // how many do not carry it, without the unknown ones
}

func absence(m rank.Missing) (said missing) {
	const most = 10
	unknown := m.Unknown()
	var named, counted []string
	if n := len(m.Silent); n > 0 {
		said.silent = "not in " + cells.Number(n)
		named = append(named, "not in "+strings.Join(m.Silent, ", "))
		counted = append(counted, said.silent)
	}
	if n := len(unknown); n > 0 {
		named = append(named, "unknown: "+strings.Join(unknown, ", "))
		counted = append(counted, cells.Number(n)+" unknown")
	}
	said.counted = strings.Join(counted, ", ")
	said.named = said.counted
	if len(m.Silent)+len(unknown) <= most {
		said.named = cells.Fold(strings.Join(named, between))
	}
	return said
}
