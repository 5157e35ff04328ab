package parse

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func encode(t *testing.T, e encoding.Encoding, s string) string {
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

func TestDecode(t *testing.T) {
	feed := func(declared, title string) string {
		if declared != "" {
			declared = ` encoding="` + declared + `"`
		}
		return `<?xml version="1.0"` + declared + `?><rss><channel><item><title>` + title + `</title></item></channel></rss>`
	}
	const ru, ja, fr = "Мост открыт, движение по нему восстановлено", "港の橋、三年ぶりに再開", "L’été à Genève"
	long := strings.TrimSpace(strings.Repeat(ru+". ", 20))
	for _, c := range []struct {
		name, body, contentType, want, problem string
	}{
		{"UTF-8", feed("utf-8", fr), "", fr, ""},
		{"UTF-8 without a word", feed("", fr), "", fr, ""},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + feed("", fr), "", fr, ""},
		{"UTF-8 called Latin-1 by the document", feed("iso-8859-1", fr), "", fr, "says it is windows-1252 but is UTF-8"},
		{"UTF-8 called Latin-1 by the server", feed("utf-8", fr), "text/xml; charset=iso-8859-1", fr, ""},
		{"UTF-8 with a stray byte, called Latin-1", feed("iso-8859-1", strings.Repeat(fr, 20)+" \xf8"), "", strings.Repeat(fr, 20) + " ø", "read as windows-1252"},
		{"UTF-8 called UTF-16", feed("utf-16", fr), "", fr, "UTF-8"},
		{"UTF-8 called nonsense", feed("utf8-mb4\x07", fr), "", fr, "characters that no document"},
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
		{"a character cut in two", strings.TrimSuffix(feed("utf-8", "été"), "\xa9</title></item></channel></rss>"), "", "ét", "ends in the middle"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.body), testURL, c.contentType)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Entries) != 1 || doc.Entries[0].Title != c.want {
				t.Errorf("got %+v, want %q", doc.Entries, c.want)
			}
			if problems := strings.Join(doc.Problems, "; "); !strings.Contains(problems, c.problem) || c.problem == "" && problems != "" {
				t.Errorf("problems %q, want %q", problems, c.problem)
			}
		})
	}
}

func TestCompressedBody(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	items := strings.Repeat("<item><title>a</title></item>", 2000)
	if _, err := w.Write([]byte(head + items + foot)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	doc, err := Parse(b.Bytes(), testURL, "")
	if err != nil || len(doc.Entries) != 2000 || doc.Problems != nil {
		t.Errorf("%d entries, problems %q, error %v", len(doc.Entries), doc.Problems, err)
	}
	doc, err = Parse(b.Bytes()[:b.Len()-100], testURL, "")
	if err != nil || len(doc.Entries) == 0 || len(doc.Problems) == 0 {
		t.Errorf("cut off: %d entries, problems %q, error %v", len(doc.Entries), doc.Problems, err)
	}
}

func TestUnpackingIsBounded(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const limit = 1 << 16
	p := &problems{}
	if text := unpack(b.Bytes(), limit, p); len(text) != limit || len(p.texts) != 1 {
		t.Errorf("%d bytes, problems %q", len(text), p.texts)
	}
}
