package markdown

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// checkPlaces fails unless each piece's words stand in its line, at its column,
// and the blocks follow each other in lines and in text.
func checkPlaces(t *testing.T, out Rendered) {
	t.Helper()
	for i, line := range out.Lines {
		plain := cells.Strip(line)
		at := 0
		for _, p := range out.Pieces(i) {
			if p.Start >= p.End {
				t.Fatalf("line %d has an empty piece %v", i, p)
			}
			words := out.Text[p.Start:p.End]
			for at < len(plain) && (cells.Width(cells.Wc, plain[:at]) < p.Column || !strings.HasPrefix(plain[at:], words)) {
				at++
			}
			if cells.Width(cells.Wc, plain[:at]) != p.Column || !strings.HasPrefix(plain[at:], words) {
				t.Fatalf("line %d %q does not hold %q at column %d", i, plain, words, p.Column)
			}
		}
	}
	line, at := 0, 0
	for _, b := range out.Blocks {
		if b.Line < line || b.Lines < 1 || b.Range.Start < at || b.Range.End < b.Range.Start || b.Range.End > len(out.Text) {
			t.Fatalf("block %+v after line %d, byte %d", b, line, at)
		}
		line, at = b.Line+b.Lines, b.Range.End
	}
	if line > len(out.Lines) {
		t.Fatalf("a block ends at line %d of %d", line, len(out.Lines))
	}
}

func TestTextHoldsTheWordsAndBlocksTheirPlaces(t *testing.T) {
	out, err := New(theme.New(theme.Dark, cells.Wc)).Render(t.Context(), strings.Join([]string{
		"## The vote", "The **[council](https://example.org/c)** met.", "> Quoted `code`.", "- item\n- other",
		"![A bridge](https://example.org/b.jpg)", "```\na := 1\n```", "| a | b |\n|--|--|\n| 1 | 2 |", "---", "End.",
	}, "\n\n"), 30)
	if err != nil {
		t.Fatal(err)
	}
	check(t, out, 30)
	const want = "The vote\nThe council met.\nQuoted code.\nitem\nother\nPicture: A bridge\na := 1\na\nb\n1\n2\nEnd.\n"
	if out.Text != want {
		t.Errorf("text %q, want %q", out.Text, want)
	}
	var kinds []Kind
	for _, b := range out.Blocks {
		kinds = append(kinds, b.Kind)
	}
	wantKinds := []Kind{Title, Paragraph, Paragraph, Paragraph, Paragraph, Picture, Code, Table, Rule, Paragraph}
	if len(kinds) != len(wantKinds) {
		t.Fatalf("blocks %v, want %v", kinds, wantKinds)
	}
	for i := range kinds {
		if kinds[i] != wantKinds[i] {
			t.Errorf("block %d is of kind %d, want %d", i, kinds[i], wantKinds[i])
		}
	}
	if link := out.Blocks[5].Link; link != 2 || out.Links[link-1].URL != "https://example.org/b.jpg" {
		t.Errorf("the picture's link is %d", link)
	}
}

func TestLocateFindsASentenceHoweverItIsWrapped(t *testing.T) {
	out, err := New(theme.New(theme.Dark, cells.Wc)).Render(t.Context(),
		"First one. The bridge [was closed](https://example.org) on  \nTuesday.\n\n今天下午，市政府召开新闻发布会。人们", 12)
	if err != nil {
		t.Fatal(err)
	}
	for words, line := range map[string]int{
		"The bridge was closed on Tuesday.": 1, "Tuesday.": 4, "今天 下午，市政府召开新闻发布会。": 6,
	} {
		at, ok := out.Locate(words, 0)
		if !ok || strings.Join(strings.Fields(out.Text[at.Start:at.End]), "") != strings.Join(strings.Fields(words), "") {
			t.Errorf("%q is at %v, %v", words, at, ok)
		}
		if got := out.LineOf(at.Start); got != line {
			t.Errorf("%q begins in line %d, want %d:\n%s", words, got, line, picture(out))
		}
	}
	if _, ok := out.Locate("First one.", 1); ok {
		t.Error("found before where the search began")
	}
	if _, ok := out.Locate("The bridge was opened", 0); ok {
		t.Error("found what is not there")
	}
	for line := range out.Lines {
		if first := out.FirstOf(line); first < len(out.Text) && out.LineOf(first) < line {
			t.Errorf("line %d begins with byte %d, which stands in line %d", line, first, out.LineOf(first))
		}
	}
}
