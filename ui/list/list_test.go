package list

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func letters(s string) *List[byte, byte] {
	l := New(func(b byte) byte { return b })
	l.SetHeight(5)
	l.Reset([]byte(s))
	return l
}

// picture is the visible rows with the cursor's in upper case.
func picture(l *List[byte, byte]) string {
	var b strings.Builder
	for i := range l.Visible() {
		s := string(l.Row(i))
		if i == l.Index() {
			s = strings.ToUpper(s)
		}
		b.WriteString(s)
	}
	return b.String()
}

func TestMovingKeepsTheCursorInSight(t *testing.T) {
	l := letters("abcdefghij")
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"at first", func() {}, "Abcde"},
		{"down two", func() { l.Move(2) }, "abCde"},
		{"down one more", func() { l.Move(1) }, "bcDef"},
		{"to the end", func() { l.Move(100) }, "fghiJ"},
		{"up two", func() { l.Move(-2) }, "fgHij"},
		{"to the top", func() { l.Move(-100) }, "Abcde"},
		{"to a row", func() { l.MoveTo(5) }, "deFgh"},
		{"scroll down", func() { l.Scroll(2) }, "fgHij"},
		{"scroll up", func() { l.Scroll(-100) }, "abCde"},
	} {
		step.do()
		if got := picture(l); got != step.want {
			t.Errorf("%s: got %s, want %s", step.name, got, step.want)
		}
	}
}

func TestCursorStaysOnItsRowWhileRowsComeAndGo(t *testing.T) {
	for _, c := range []struct{ name, from, cursor, to, want string }{
		{"new rows above", "abcdefgh", "d", "xyzabcdefgh", "bcDef"},
		{"new rows above the top row", "abc", "a", "xyabc", "xyAbc"},
		{"rows above go", "abcdefgh", "f", "efgh", "eFgh"},
		{"the row itself goes", "abcdefgh", "d", "abcefgh", "bcEfg"},
		{"it and all after it go", "abcdefgh", "d", "abc", "abC"},
		{"everything goes", "abc", "b", "", ""},
		{"everything else", "abc", "b", "xyz", "Xyz"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := letters(c.from)
			l.Select(c.cursor[0])
			l.SetRows([]byte(c.to))
			if got := picture(l); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCursorSkipsHeadings(t *testing.T) {
	l := New(func(b byte) byte { return b })
	l.Skip(func(b byte) bool { return b == '-' })
	l.SetHeight(5)
	l.Reset([]byte("-ab-cd-"))
	for _, step := range []struct {
		n    int
		want string
	}{{0, "-Ab-c"}, {1, "-aB-c"}, {1, "b-Cd-"}, {-1, "aB-cd"}, {100, "-cD-"}, {-100, "-Ab-c"}} {
		l.Move(step.n)
		if cur, _ := l.Current(); !strings.ContainsRune(step.want, rune(cur-32)) {
			t.Errorf("after %+d the cursor is on %c, want the upper case one of %s", step.n, cur, step.want)
		}
	}
	l.Reset([]byte("---"))
	l.Move(1) // nothing to rest on: no panic, no endless search
}

func FuzzListNeverLosesItsCursor(f *testing.F) {
	f.Add([]byte("abcdefgh"), []byte{5, 1, 200, 3, 9, 0, 77})
	f.Add([]byte{}, []byte{1, 2, 3})
	f.Add([]byte("a"), []byte{0, 0, 0, 255})
	f.Fuzz(func(t *testing.T, rows, script []byte) {
		seen := map[byte]bool{}
		rows = slices.DeleteFunc(rows, func(b byte) bool { d := seen[b]; seen[b] = true; return d })
		l := letters(string(rows))
		for i, b := range script {
			switch b % 6 { // anything may follow anything
			case 0:
				l.Move(int(b) - 128)
			case 1:
				l.SetHeight(int(b) / 8)
			case 2:
				l.SetRows(rows[:min(len(rows), int(b)/4)])
			case 3:
				l.SetRows(append([]byte{b}, slices.DeleteFunc(slices.Clone(rows), func(r byte) bool { return r == b })...))
			case 4:
				l.Scroll(int(b) - 128)
			case 5:
				l.MoveTo(int(b))
			}
			seen := fmt.Sprintf("step %d of %v on %q", i, script, rows)
			if l.Len() > 0 && (l.Index() < 0 || l.Index() >= l.Len()) {
				t.Fatalf("%s: the cursor is at %d of %d", seen, l.Index(), l.Len())
			}
			if l.Height() > 0 && l.Len() > 0 && (l.Index() < l.Top() || l.Index() >= l.Top()+l.Height()) {
				t.Fatalf("%s: the cursor at %d is out of sight (top %d, height %d)", seen, l.Index(), l.Top(), l.Height())
			}
		}
	})
}
