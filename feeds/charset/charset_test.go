package charset

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func encode(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16Bytes(s string, order binary.AppendByteOrder) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

func utf32Bytes(s string, order binary.AppendByteOrder) string {
	var out []byte
	for _, r := range s {
		out = order.AppendUint32(out, uint32(r))
	}
	return string(out)
}

const ru, ja, fr = "Мост открыт, движение по нему восстановлено", "港の橋、三年ぶりに再開", "L’été à Genève"

// feed is a feed with one title, page a web page, both of which may declare
// their encoding.
func feed(declared, title string) string {
	if declared != "" {
		declared = ` encoding="` + declared + `"`
	}
	return `<?xml version="1.0"` + declared + `?><rss><channel><item><title>` + title + `</title></item></channel></rss>`
}

func page(before, declared, title string) string {
	return `<!DOCTYPE html><html><head>` + before + declared + `<title>` + title + `</title></head></html>`
}

type decodeCase struct{ name, body, contentType, want, doubt string }

func table(t testing.TB) []decodeCase {
	long := strings.TrimSpace(strings.Repeat(ru+". ", 20))
	script := "<script>" + strings.Repeat("x", 4000) + "</script>"
	return []decodeCase{
		{"UTF-8", feed("utf-8", fr), "", fr, ""},
		{"UTF-8 without a word", feed("", fr), "", fr, ""},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + feed("", fr), "", fr, ""},
		{"UTF-8 called Latin-1 by the document", feed("iso-8859-1", fr), "", fr, "says it is windows-1252 but is UTF-8"},
		{"UTF-8 called Latin-1 by the server", feed("utf-8", fr), "text/xml; charset=iso-8859-1", fr, ""},
		{"UTF-8 with a stray byte, called Latin-1", feed("iso-8859-1", strings.Repeat(fr, 20)+" \xf8"), "", strings.Repeat(fr, 20) + " ø", "read as windows-1252"},
		{"UTF-8 called UTF-16", feed("utf-16", fr), "", fr, "UTF-8"},
		{"UTF-8 called nonsense", feed("utf8-mb4\x07", fr), "", fr, ""},
		{"UTF-16LE", "\xff\xfe" + utf16Bytes(feed("utf-16", ja+"🚢"), binary.LittleEndian), "", ja + "🚢", ""},
		{"UTF-16BE", "\xfe\xff" + utf16Bytes(feed("utf-16", ja), binary.BigEndian), "", ja, ""},
		{"UTF-16LE without a mark", utf16Bytes(feed("utf-16", ja), binary.LittleEndian), "", ja, ""},
		{"UTF-16BE without a mark", utf16Bytes(feed("", ja), binary.BigEndian), "", ja, ""},
		{"UTF-32LE", "\xff\xfe\x00\x00" + utf32Bytes(feed("", ja), binary.LittleEndian), "", ja, ""},
		{"UTF-32BE without a mark", utf32Bytes(feed("", ja), binary.BigEndian), "", ja, ""},
		{"windows-1251 by the document", encode(t, charmap.Windows1251, feed("windows-1251", ru)), "", ru, ""},
		{"windows-1251 by the server", encode(t, charmap.Windows1251, feed("", ru)), "text/xml; charset=windows-1251", ru, ""},
		{"windows-1251 by the document, Latin-1 by the server", encode(t, charmap.Windows1251, feed("windows-1251", ru)), "text/xml;charset=ISO-8859-1", ru, ""},
		{"windows-1251, called UTF-8", encode(t, charmap.Windows1251, feed("utf-8", long)), "", long, "guessed"},
		{"KOI8-R", encode(t, charmap.KOI8R, feed("koi8-r", ru)), "", ru, ""},
		{"Shift-JIS", encode(t, japanese.ShiftJIS, feed("Shift_JIS", ja)), "", ja, ""},
		{"Shift-JIS without a word", encode(t, japanese.ShiftJIS, feed("", strings.Repeat(ja, 20))), "", strings.Repeat(ja, 20), "guessed"},
		{"EUC-JP", encode(t, japanese.EUCJP, feed("euc-jp", ja)), "", ja, ""},
		{"ISO-2022-JP", encode(t, japanese.ISO2022JP, feed("iso-2022-jp", ja)), "", ja, ""},
		{"GB2312", encode(t, simplifiedchinese.GBK, feed("gb2312", "渡轮恢复运行")), "", "渡轮恢复运行", ""},
		{"GBK that looks like UTF-8", encode(t, simplifiedchinese.GBK, feed("gbk", "末")), "", "末", ""},
		{"EUC-KR", encode(t, korean.EUCKR, feed("euc-kr", "다리가 다시 열렸다")), "", "다리가 다시 열렸다", ""},
		{"Latin-1", encode(t, charmap.ISO8859_1, feed("iso-8859-1", "déjà")), "", "déjà", ""},
		{"windows-1252, called Latin-1", encode(t, charmap.Windows1252, feed("iso-8859-1", fr)), "", fr, ""},
		{"windows-1252 in UTF-8", feed("utf-8", fr+" caf\xe9 \x93x\x94"), "", fr + " café “x”", "windows-1252"},
		{"a character cut in two", strings.TrimSuffix(feed("utf-8", "été"), "\xa9</title></item></channel></rss>"), "", "ét", "windows-1252"},
		{"a page, by its meta element", encode(t, charmap.Windows1251, page("", `<meta charset="windows-1251">`, ru)), "text/html", ru, ""},
		{"a page, by an older meta element", encode(t, japanese.EUCJP, page("", `<META http-equiv=Content-Type content="text/html; charset=euc-jp">`, ja)), "", ja, ""},
		{"a page that declares late", encode(t, charmap.Windows1251, page(script, `<meta charset=windows-1251>`, ru)), "", ru, ""},
		{"a page whose server says Latin-1", encode(t, charmap.Windows1251, page("", `<meta charset="cp1251">`, ru)), "text/html; charset=iso-8859-1", ru, ""},
		{"a page that declares nothing", encode(t, charmap.Windows1251, page(script, "", long)), "text/html", long, "guessed"},
		{"a page that is UTF-8 and says otherwise", page("", `<meta charset="iso-8859-1">`, fr), "", fr, "but is UTF-8"},
		{"a page in UTF-16", "\xff\xfe" + utf16Bytes(page("", "", fr), binary.LittleEndian), "text/html", fr, ""},
		{"an article about encodings", feed("", fr+`<![CDATA[<meta charset="koi8-r">]]> caf`+"\xe9"), "", fr, "windows-1252"},
		{"a mark before what is not UTF-8", "\xef\xbb\xbf" + feed("", fr+" \xe9"), "", fr + " é", "windows-1252"},
	}
}

func TestDecode(t *testing.T) {
	for _, c := range table(t) {
		t.Run(c.name, func(t *testing.T) {
			text, doubt := Decode([]byte(c.body), c.contentType)
			if !strings.Contains(string(text), c.want) {
				t.Errorf("got %q, want %q in it", text, c.want)
			}
			if !strings.Contains(doubt, c.doubt) || c.doubt == "" && doubt != "" {
				t.Errorf("doubt %q, want %q", doubt, c.doubt)
			}
		})
	}
}

func TestWindows1252(t *testing.T) {
	for b := range 256 {
		want := charmap.Windows1252.DecodeByte(byte(b))
		if want == utf8.RuneError {
			want = rune(b) // as browsers read the five bytes that stand for nothing
		}
		if got := Windows1252(byte(b)); got != want {
			t.Errorf("%#x is %q, want %q", b, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range table(f) {
		f.Add([]byte(c.body), c.contentType)
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, _ := Decode(body, contentType)
		if !utf8.Valid(text) {
			t.Errorf("%q is not valid UTF-8", text)
		}
		if len(text) > 3*len(body)+3 { // as half-width katakana grow
			t.Errorf("%d bytes became %d", len(body), len(text))
		}
		if strings.HasPrefix(string(text), "\ufeff\ufeff") {
			t.Errorf("the byte order mark stays: %q", text[:8])
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	body := []byte(feed("utf-8", strings.Repeat(fr+". ", 2000)))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Decode(body, "")
	}
}
