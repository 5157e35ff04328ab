package repair

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON reads what is meant to be JSON and takes what it can get: what is cut off
// is closed, and commas too many or too few do not matter. Objects are
// map[string]any, lists []any, numbers float64, as encoding/json has them; null
// is left out. It returns nil if there is no value, and reports whether the text
// was sound.
func JSON(text []byte) (value any, sound bool) {
	l := jsonReader{src: text}
	value = l.value()
	return value, json.Valid(text)
}

// A jsonReader reads what is meant to be JSON and takes what it can get.
type jsonReader struct {
	src   []byte
	pos   int
	depth int
}

const maxJSONDepth = 64

// value reads a value; nil if there is none.
func (l *jsonReader) value() any {
	l.space()
	if l.pos >= len(l.src) {
		return nil
	}
	switch c := l.src[l.pos]; {
	case c == '{':
		return l.object()
	case c == '[':
		return l.array()
	case c == '"':
		return l.text()
	}
	start := l.pos
	for l.pos < len(l.src) && !strings.ContainsRune("{}[]\",: \n\r\t", rune(l.src[l.pos])) {
		l.pos++
	}
	switch word := string(l.src[start:min(l.pos, start+64)]); word {
	case "true":
		return true
	case "false":
		return false
	default:
		if n, err := strconv.ParseFloat(word, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return n
		}
	}
	return nil
}

// space passes white space, and signs that are one too many.
func (l *jsonReader) space() {
	for l.pos < len(l.src) {
		switch l.src[l.pos] {
		case ' ', '\n', '\r', '\t', ',', ':':
			l.pos++
		default:
			return
		}
	}
}

// enter is false too deep inside; what is there is then passed over.
func (l *jsonReader) enter() bool {
	l.pos++
	l.depth++
	return l.depth <= maxJSONDepth
}

func (l *jsonReader) object() any {
	fields := map[string]any{}
	keep := l.enter()
	if !keep {
		return l.pass()
	}
	for {
		l.space()
		if l.pos >= len(l.src) {
			break
		}
		if c := l.src[l.pos]; c == '}' || c == ']' {
			if c == '}' {
				l.pos++
			}
			break
		}
		at := l.pos
		key, ok := l.value().(string)
		value := l.value()
		if ok && value != nil {
			fields[key] = value
		}
		if l.pos == at {
			l.pos++
		}
	}
	l.depth--
	return fields
}

func (l *jsonReader) array() any {
	list := []any{}
	if !l.enter() {
		return l.pass()
	}
	for {
		l.space()
		if l.pos >= len(l.src) {
			break
		}
		if c := l.src[l.pos]; c == ']' || c == '}' {
			if c == ']' {
				l.pos++
			}
			break
		}
		at := l.pos
		if value := l.value(); value != nil {
			list = append(list, value)
		}
		if l.pos == at {
			l.pos++
		}
	}
	l.depth--
	return list
}

// pass moves behind the object or array it is in.
func (l *jsonReader) pass() any {
	open := 1
	for l.pos < len(l.src) && open > 0 {
		switch l.src[l.pos] {
		case '{', '[':
			open++
		case '}', ']':
			open--
		case '"':
			l.text()
			continue
		}
		l.pos++
	}
	l.depth--
	return nil
}

// text reads a string; one that is cut off ends with the document.
func (l *jsonReader) text() any {
	l.pos++
	var out []byte
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; c {
		case '"':
			l.pos++
			return string(out)
		case '\\':
			out = l.escaped(out)
		default:
			out = append(out, c)
			l.pos++
		}
	}
	return string(out)
}

func (l *jsonReader) escaped(out []byte) []byte {
	l.pos++
	if l.pos >= len(l.src) {
		return out
	}
	c := l.src[l.pos]
	l.pos++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b', 'f':
		return out
	case 'u':
		r := l.hex()
		if utf16.IsSurrogate(r) && l.pos+1 < len(l.src) && l.src[l.pos] == '\\' && l.src[l.pos+1] == 'u' {
			l.pos += 2
			r = utf16.DecodeRune(r, l.hex())
		}
		return utf8.AppendRune(out, r)
	}
	return append(out, c)
}

// hex reads the four digits of \u1234.
func (l *jsonReader) hex() rune {
	end := l.pos
	for end < len(l.src) && end < l.pos+4 && isDigit(l.src[end], 16) {
		end++
	}
	n, err := strconv.ParseUint(string(l.src[l.pos:end]), 16, 32)
	l.pos = end
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}
