package clean

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// pieces are put together at random: elements open and close in any order, and
// text of which each character means something to Markdown stands between.
var pieces = strings.Split(`<p>|</p>|<div>|</div>|<b>|</b>|<i>|</i>|<s>|</s>|<code>|</code>|<a href="/x(1)?a=1&amp;lt;=2">|<a href=javascript:x>|</a>|<br>|<hr>`+
	`|<ul>|</ul>|<ol>|<ol start=9>|</ol>|<li>|</li>|<blockquote>|</blockquote>|<table>|</table>|<caption>|</caption>|<tr>|</tr>|<td>|</td>|<th>|</th>|<tbody>`+
	`|<h2>|</h2>|<pre>|</pre>|<dl>|<dt>|<dd>|</dl>|<figure>|<figcaption>|</figure>|<img src=/i.png alt="[*a*]">|<sup>|</sup>|<sub>|</sub>|<q>|</q>`+
	`|<span>|</span>|<details>|<summary>|</details>|<video>|<source src=/v.mp4>|</video>|<math>|<annotation encoding=tex>|</math>|<p hidden>|<div hidden>`+
	`|<ruby>|<rt>|</rt>|</ruby>|<iframe src=//e.org/>|<iframe src="https://www.youtube.com/embed/%0a)[x](y">|<img src="//e.org/%0a)(" srcset="%1b 2x">|</iframe>|<script>|</script>|<form>|</form>`, "|")

var scraps = []string{" ", "\n", "a", "b c", "*", "**", "_", "~", "~~", "`", "``", "[", "]", "(", ")", "<", "&lt;", ">", "#", "# ", "- ", "+ ", "1. ", "2) ", "|",
	"\\", "!", ":", "=", "---", "===", "***", "&amp;", "&amp;amp;", "&amp;#27;", "&#27;", "http://e.org/a_b", "www.e.org", "ftp://e.org", "「", "」", "中", "é", "\u0301", ".", "\t", "    "}

func nest(random *rand.Rand) string {
	var b strings.Builder
	for range 2 + random.IntN(40) {
		if random.IntN(3) == 0 {
			b.WriteString(pieces[random.IntN(len(pieces))])
		} else {
			b.WriteString(scraps[random.IntN(len(scraps))])
		}
	}
	return b.String()
}

func TestAnyNestingOfAnythingReadsTheSame(t *testing.T) {
	r := newRenderers(t)
	slow := r.glamour[:1]
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		r.glamour = nil
		if i%20 == 0 {
			r.glamour = slow
		}
		src := nest(random)
		check(t, src)
		r.check(t, src)
		if t.Failed() {
			t.Fatalf("source %q", src)
		}
	}
}

func FuzzNesting(f *testing.F) {
	f.Add(uint64(1))
	r := newRenderers(f)
	f.Fuzz(func(t *testing.T, seed uint64) {
		src := nest(rand.New(rand.NewPCG(seed, 0)))
		check(t, src)
		r.check(t, src)
	})
}
