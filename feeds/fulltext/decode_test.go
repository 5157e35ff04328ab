package fulltext

import (
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

const (
	russian  = "Последний деревянный паром гавани снова перевозит пассажиров, спустя два года после шторма, который выбросил его на скалы под маяком."
	german   = "Die letzte hölzerne Fähre überquert wieder den Hafen, zwei Jahre nachdem ein Sturm sie gegen die Felsen unter dem Leuchtturm geworfen hatte."
	japanese = "港の最後の木造フェリーが金曜日に再び乗客を運んだ。二年前の嵐で灯台の下の岩に打ち上げられて以来のことで、朝早くから長い列ができた。"
)

func encoded(t testing.TB, text, name string) string {
	t.Helper()
	enc, _ := charset.Lookup(name)
	if enc == nil {
		t.Fatalf("no encoding %s", name)
	}
	out, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCharsets(t *testing.T) {
	page := func(head, text string) string {
		return "<html><head>" + head + "</head><body><article><h1>.</h1><p>" + text + "</p><p>" + text + "</p></article></body></html>"
	}
	late := strings.Repeat(`<meta name="generator" content="one that writes very many of these">`, 40)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(page("", german))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, contentType, page, want string }{
		{"UTF-8", "text/html; charset=utf-8", page("", russian), russian},
		{"UTF-8 with a mark", "", "\xef\xbb\xbf" + page("", russian), russian},
		{"UTF-8 declared as Latin-1", "text/html; charset=iso-8859-1", page(`<meta charset="windows-1252">`, german), german},
		{"UTF-8 whose first signs come late", "text/html", page(late, japanese), japanese},
		{"UTF-8 with a broken byte", "text/html", page(late, japanese+japanese+"\xe3\x81"), japanese},
		{"header", "text/html; charset=windows-1251", page("", encoded(t, russian, "windows-1251")), russian},
		{"meta", "text/html", page(`<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">`, encoded(t, japanese, "shift_jis")), japanese},
		{"late meta", "text/html", page(late+`<meta charset="euc-jp">`, encoded(t, japanese, "euc-jp")), japanese},
		{"undeclared", "text/html", page("", encoded(t, russian, "koi8-r")), russian},
		{"undeclared Latin", "", page("", encoded(t, german, "windows-1252")), german},
		{"UTF-16", "text/html", utf16, german},
		{"ISO-2022-JP", "text/html; charset=iso-2022-jp", page("", encoded(t, japanese, "iso-2022-jp")), japanese},
	} {
		got, err := Extract([]byte(c.page), address, c.contentType)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if !strings.Contains(got.Text, c.want) {
			t.Errorf("%s: read as\n%s", c.name, got.Text)
		}
	}
}
