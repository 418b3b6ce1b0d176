package cells

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// inTCVN3 and inVNI write lower-case Vietnamese as the fonts of those names have it.
func inTCVN3(text string) []byte {
	letters := []rune(tcvn3)
	var b []byte
	for _, r := range text {
		c := byte(r)
		for i, l := range letters {
			if l == r && l != ' ' {
				c = byte(0xa1 + i)
			}
		}
		b = append(b, c)
	}
	return b
}

func inVNI(text string) []byte {
	var b []byte
next:
	for _, r := range text {
		if r < 0x80 {
			b = append(b, byte(r))
			continue
		}
		for c, own := range vniLetters {
			if own == string(r) {
				b = append(b, byte(c))
				continue next
			}
		}
		for base := range strings.SplitSeq("a e o u y ơ ư", " ") {
			for c, mark := range vni {
				if norm.NFC.String(base+mark) == string(r) {
					b = append(append(b, inVNI(base)...), byte(c))
					continue next
				}
			}
		}
		panic("there is no " + string(r))
	}
	return b
}
