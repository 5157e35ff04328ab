package repair

import "encoding/binary"

// Legible removes the characters that XML forbids and no text needs: control
// characters and U+FFFE, U+FFFF. It returns the text itself if there are none,
// and whether there were any.
func Legible(text []byte) ([]byte, bool) {
	first := Illegible(text, 0)
	if first < 0 {
		return text, false
	}
	out := make([]byte, 0, len(text))
	from := 0
	for i := first; i >= 0; i = Illegible(text, from) {
		out = append(out, text[from:i]...)
		from = i + 1
		if text[i] == 0xef {
			from = i + 3
		}
	}
	return append(out, text[from:]...), true
}

// Illegible is where the next character that Legible removes stands, from a
// place on; -1 if there is none.
func Illegible(text []byte, from int) int {
	for i := from; i < len(text); i++ {
		for i+8 <= len(text) && settled(binary.LittleEndian.Uint64(text[i:])) {
			i += 8
		}
		if i == len(text) {
			break
		}
		c := text[i]
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
		if c == 0xef && i+2 < len(text) && text[i+1] == 0xbf && text[i+2] >= 0xbe {
			return i
		}
	}
	return -1
}

// settled reports whether none of eight bytes is below a space or begins U+FFFE:
// https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
func settled(eight uint64) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low := (eight - ones*0x20) &^ eight & tops
	ef := eight ^ ones*0xef
	return low|(ef-ones)&^ef&tops == 0
}
