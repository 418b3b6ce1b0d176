package cells

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
)

// openText finds the encoding and the delimiter of a text file by its first bytes, or,
// where these are ASCII, by the first ones that are not.
func (f *File) openText(head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte(bomUTF8)):
		f.Encoding, f.mark = UTF8, int64(len(bomUTF8))
	case bytes.HasPrefix(head, []byte(bomUTF16LE)):
		f.Encoding, f.mark = UTF16LE, int64(len(bomUTF16LE))
	case bytes.HasPrefix(head, []byte(bomUTF16BE)):
		f.Encoding, f.mark = UTF16BE, int64(len(bomUTF16BE))
	default:
		f.Encoding = utf16Without(head)
	}
	if f.Encoding == "" {
		if bytes.IndexByte(head, 0) >= 0 {
			return &Error{Code: Binary}
		}
		sample, err := f.firstForeign(head)
		if err != nil {
			return err
		}
		if f.Encoding, err = encodingOf(sample); err != nil {
			return err
		}
	}
	start := make([]byte, headBytes)
	n, err := io.ReadFull(f.text(&counter{}), start)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return cannotRead(err)
	}
	start = start[:n]
	if len(bytes.TrimSpace(start)) == 0 && f.size <= headBytes {
		return &Error{Code: Empty}
	}
	if f.Encoding != UTF8 && bytes.IndexByte(start, 0) >= 0 {
		return &Error{Code: Binary}
	}
	var length int
	if f.Delimiter, length = separatorLine(start); length == 0 {
		f.Delimiter = delimiterOf(start)
	}
	f.separator = int64(length)
	return nil
}

// utf16Without recognises UTF-16 without a mark in front: every other byte of what
// tables are full of, ASCII, is then zero.
func utf16Without(head []byte) Encoding {
	var zeros [2]int
	n := min(len(head), 1024) &^ 1
	for i, c := range head[:n] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > n/4 && zeros[0] == 0:
		return UTF16LE
	case zeros[0] > n/4 && zeros[1] == 0:
		return UTF16BE
	}
	return ""
}

// firstForeign is the first stretch of the file that is not all ASCII, empty where
// there is none. It begins and ends at ASCII, so that no character is cut.
func (f *File) firstForeign(head []byte) ([]byte, error) {
	space := make([]byte, headBytes)
	for from := int64(0); from < f.size; {
		chunk := head
		if from > 0 {
			chunk = space[:min(headBytes, f.size-from)]
			if err := f.readInto(chunk, from); err != nil {
				return nil, err
			}
		}
		if i := slices.IndexFunc(chunk, func(c byte) bool { return c >= utf8.RuneSelf }); i >= 0 {
			start := max(0, i-headBytes/8)
			chunk, err := f.read(from+int64(start), headBytes)
			if err != nil {
				return nil, err
			}
			if from+int64(start+len(chunk)) < f.size {
				for len(chunk) > 0 && chunk[len(chunk)-1] >= utf8.RuneSelf {
					chunk = chunk[:len(chunk)-1]
				}
			}
			return chunk, nil
		}
		from += int64(len(chunk))
	}
	return nil, nil
}

// encodingOf tells the encoding of a text that is not UTF-16.
func encodingOf(sample []byte) (Encoding, error) {
	if mostlyUTF8(sample) {
		return UTF8, nil
	}
	switch best := bestFit(sample); best {
	case string(Windows1258):
		return Windows1258, nil
	case "":
		return "", &Error{Code: UnknownText}
	case fontTCVN3, fontVNI:
		return "", &Error{Code: FontText, Found: best}
	default:
		return "", &Error{Code: NamedEncoding, Found: best}
	}
}

// mostlyUTF8 allows for a few characters that were cut in two, as programs do that
// count bytes. The rows that have them are told.
func mostlyUTF8(sample []byte) bool {
	sound, broken := 0, 0
	for len(sample) > 0 {
		r, n := utf8.DecodeRune(sample)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			sound++
		}
		sample = sample[n:]
	}
	return broken*4 <= sound
}

const (
	fontTCVN3   = "TCVN3"
	fontVNI     = "VNI"
	windows1251 = "Windows-1251"
)

// bestFit is the encoding of one byte a character in which most words that are not
// ASCII are ones of Vietnamese, or of Cyrillic letters; empty where none is.
func bestFit(sample []byte) string {
	words := foreignWords(sample)
	if len(words) == 0 {
		return ""
	}
	best, most := "", 0
	for _, c := range []struct {
		name string
		fits func([]byte) bool
	}{
		{string(Windows1258), func(w []byte) bool { return isSyllable(fromWindows1258(w)) }},
		{fontTCVN3, func(w []byte) bool { return isSyllable(fromTCVN3(w)) }},
		{fontVNI, func(w []byte) bool { return isSyllable(fromVNI(w)) }},
		{windows1251, isCyrillic1251},
	} {
		n := 0
		for _, w := range words {
			if c.fits(w) {
				n++
			}
		}
		if n > most {
			best, most = c.name, n
		}
	}
	if most*2 >= len(words) {
		return best
	}
	// Names of other languages of the Latin script stand in Windows-1258 nearly as in
	// Windows-1252; what has bytes that are neither is in neither.
	for _, w := range words {
		if bytes.ContainsFunc(w, unicode.IsControl) || bytes.ContainsAny(w, "\x81\x8d\x8e\x8f\x90\x9d\x9e") {
			return ""
		}
	}
	if most > 0 {
		return best
	}
	return string(Windows1258)
}

// foreignWords are up to 2,000 words that are not all ASCII.
func foreignWords(sample []byte) (words [][]byte) {
	for len(sample) > 0 && len(words) < 2000 {
		end := 0
		foreign := false
		for end < len(sample) && (sample[end] >= 0x80 || 'a' <= sample[end]|0x20 && sample[end]|0x20 <= 'z') {
			foreign = foreign || sample[end] >= 0x80
			end++
		}
		if foreign {
			words = append(words, sample[:end])
		}
		sample = sample[max(end, 1):]
	}
	return words
}

// fontOf tells whether names in Unicode are Vietnamese in the encoding of a font:
// "Sè ®iÖn tho¹i" and "Soá ñieän thoaïi" for "Số điện thoại".
func fontOf(names []string) string {
	var words [][]byte
	for _, name := range names {
		var bytes []byte
		for _, r := range name {
			if r > 0xff {
				return ""
			}
			bytes = append(bytes, byte(r))
		}
		words = append(words, foreignWords(bytes)...)
	}
	fits := func(read func([]byte) string) (n int) {
		for _, w := range words {
			if isSyllable(read(w)) {
				n++
			}
		}
		return n
	}
	asIs := fits(func(w []byte) string {
		var b strings.Builder
		for _, c := range w {
			b.WriteRune(rune(c))
		}
		return b.String()
	})
	tcvn3, vni := fits(fromTCVN3), fits(fromVNI)
	switch {
	case max(tcvn3, vni) <= asIs || max(tcvn3, vni)*2 < len(words):
		return ""
	case tcvn3 > vni:
		return fontTCVN3
	}
	return fontVNI
}

// windows1258 are the characters from 0x80 to 0xFF; the one for broken text stands
// where there is none. They are here and not taken from golang.org/x/text, which brings
// its tables of all other encodings along, 0.02 MB; a test holds them equal.
var windows1258 = []rune("€\ufffd‚ƒ„…†‡ˆ‰\ufffd‹Œ\ufffd\ufffd\ufffd" + "\ufffd‘’“”•–—˜™\ufffd›œ\ufffd\ufffdŸ" +
	"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯" + "°±²³´µ¶·¸¹º»¼½¾¿" +
	"ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏ" + "ĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ß" +
	"àáâăäåæçèéêë\u0301íîï" + "đñ\u0323óôơö÷øùúûüư₫ÿ")

func runeOf1258(c byte) rune {
	if c < utf8.RuneSelf {
		return rune(c)
	}
	return windows1258[c-utf8.RuneSelf]
}

func fromWindows1258(word []byte) string {
	var b strings.Builder
	for _, c := range word {
		b.WriteRune(runeOf1258(c))
	}
	return b.String()
}

// tcvn3 are the letters of the font encoding TCVN3, or ABC, from 0xA1 to 0xFE; a space
// stands where there is none.
const tcvn3 = "ĂÂÊÔƠƯĐăâêôơưđ     àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"

func fromTCVN3(word []byte) string {
	letters := []rune(tcvn3)
	var b strings.Builder
	for _, c := range word {
		switch i := int(c) - 0xa1; {
		case c < 0x80:
			b.WriteByte(c)
		case i < 0 || i >= len(letters) || letters[i] == ' ':
			return ""
		default:
			b.WriteRune(letters[i])
		}
	}
	return b.String()
}

// vni are the marks of the font encoding VNI that stand behind a vowel, and vniLetters
// its letters of their own.
var (
	vni = map[rune]string{
		'ù': "\u0301", 'ø': "\u0300", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
		'â': "\u0302", 'á': "\u0302\u0301", 'à': "\u0302\u0300", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
		'ê': "\u0306", 'é': "\u0306\u0301", 'è': "\u0306\u0300", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
	}
	vniLetters = map[rune]string{'ñ': "đ", 'ô': "ơ", 'ö': "ư", 'í': "í", 'ì': "ì", 'æ': "ỉ", 'ó': "ĩ", 'ò': "ị", 'î': "ỵ"}
)

func fromVNI(word []byte) string {
	var b strings.Builder
	before := ' '
	for _, c := range word {
		r := unicode.ToLower(rune(c)) // Latin-1 is the first part of Unicode
		letter, own := vniLetters[r]
		mark, marks := vni[r]
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case own:
			b.WriteString(letter)
		case marks && strings.ContainsRune("aeouyôö", before):
			b.WriteString(mark)
		default:
			return ""
		}
		before = r
	}
	return norm.NFC.String(b.String())
}

func isCyrillic1251(word []byte) bool {
	for _, c := range word {
		if c < 0xc0 && c != 0xa8 && c != 0xb8 {
			return false
		}
	}
	return len(word) > 1
}

// What a syllable of Vietnamese is made of.
var (
	initials = strings.Fields("ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x")
	finals   = strings.Fields("ng nh ch c m n p t")
)

// isSyllable reports whether a word is built as syllables of Vietnamese are and has a
// letter that only Vietnamese needs.
func isSyllable(word string) bool {
	base, tones, marks := "", 0, 0
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch {
		case strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r):
			tones++
		case strings.ContainsRune("\u0302\u0306\u031b", r):
			marks++
		case r == 'đ':
			marks++
			base += string(r)
		case 'a' <= r && r <= 'z':
			base += string(r)
		default:
			return false
		}
	}
	if tones > 1 || tones+marks == 0 {
		return false
	}
	for _, initial := range append(initials, "") {
		rest, ok := strings.CutPrefix(base, initial)
		if !ok {
			continue
		}
		for _, final := range append(finals, "") {
			nucleus, ok := strings.CutSuffix(rest, final)
			if ok && 0 < len(nucleus) && len(nucleus) <= 3 && strings.Trim(nucleus, "aeiouy") == "" {
				return true
			}
		}
	}
	return false
}

// text is what the file holds as UTF-8. What is not sound comes through as bytes that
// are no UTF-8, so that it is found in its row.
func (f *File) text(raw *counter) io.Reader {
	raw.from, raw.all = io.NewSectionReader(f.at, f.mark, f.size-f.mark), f.size-f.mark
	switch f.Encoding {
	case UTF8:
		return raw
	case Windows1258:
		return &recoder{from: raw, recode: recode1258}
	case UTF16LE:
		return &recoder{from: raw, recode: func(to, from []byte, last bool) ([]byte, int) { return recodeUTF16(to, from, last, 0) }}
	default:
		return &recoder{from: raw, recode: func(to, from []byte, last bool) ([]byte, int) { return recodeUTF16(to, from, last, 1) }}
	}
}

// A recoder turns text into UTF-8. The library's own transform.Reader would do, but
// puts U+FFFD where the text is broken, which could not be told from one in the file.
type recoder struct {
	from   io.Reader
	recode func(to, from []byte, last bool) ([]byte, int) // appends to to; how many bytes it took
	raw    []byte                                         // read, not yet recoded
	ready  []byte                                         // recoded
	space  []byte                                         // where ready is
	err    error
}

func (r *recoder) Read(p []byte) (int, error) {
	for len(r.ready) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if r.raw == nil {
			r.raw = make([]byte, 0, headBytes)
		}
		n, err := r.from.Read(r.raw[len(r.raw):cap(r.raw)])
		r.raw, r.err = r.raw[:len(r.raw)+n], err
		var took int
		r.space, took = r.recode(r.space[:0], r.raw, err != nil)
		r.ready = r.space
		r.raw = r.raw[:copy(r.raw, r.raw[took:])]
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

func recode1258(to, from []byte, _ bool) ([]byte, int) {
	for _, c := range from {
		if r := runeOf1258(c); r != utf8.RuneError {
			to = utf8.AppendRune(to, r)
		} else {
			to = append(to, c)
		}
	}
	return to, len(from)
}

// recodeUTF16 takes the low byte of each unit from the place 0 or 1.
func recodeUTF16(to, from []byte, last bool, low int) ([]byte, int) {
	const notUTF8 = 0xff
	unit := func(i int) rune { return rune(from[i+low]) | rune(from[i+1-low])<<8 }
	i := 0
	for ; i+1 < len(from); i += 2 {
		switch r := unit(i); {
		case !utf16.IsSurrogate(r):
			to = utf8.AppendRune(to, r)
		case i+3 < len(from):
			if both := utf16.DecodeRune(r, unit(i+2)); both != unicode.ReplacementChar {
				to = utf8.AppendRune(to, both)
				i += 2
			} else {
				to = append(to, notUTF8)
			}
		case last:
			to = append(to, notUTF8)
		default:
			return to, i
		}
	}
	if last && i < len(from) {
		return append(to, notUTF8), len(from)
	}
	return to, i
}
