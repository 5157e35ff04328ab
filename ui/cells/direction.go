package cells

// RightToLeft reports whether a text begins with a letter of a script that is
// written from the right.
func RightToLeft(s string) bool {
	for _, r := range s {
		switch {
		case r >= 0x590 && r <= 0x8ff, r >= 0xfb1d && r <= 0xfdff, r >= 0xfe70 && r <= 0xfefc, r >= 0x10800 && r <= 0x10fff, r >= 0x1e800 && r <= 0x1eeff:
			return true
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= 0xc0 && r <= 0x58f, r >= 0x900:
			return false
		}
	}
	return false
}
