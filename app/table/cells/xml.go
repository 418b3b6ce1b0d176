package cells

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// An xmlReader goes through the tags and texts of the XML in a workbook. It is our own
// and not encoding/xml because that one takes more than ten times as long, which the
// browser has no time for; a test holds it equal to encoding/xml. It knows
// what the format of workbooks allows: no document type, no entities but XML's own.
type xmlReader struct {
	from io.Reader
	buf  []byte
	pos  int // where what has not been used begins
	end  int // of what was read
	eof  bool

	name  []byte // of a tag, without its prefix
	attrs []byte // what stands behind the name
	empty bool   // a tag that is its own end
	text  []byte // of a text, not yet decoded
	plain bool   // a text in which & is no sign: of CDATA
	cdata bool   // the next text is of CDATA
	depth int
}

// What an xmlReader finds.
const (
	xmlStart = iota
	xmlEnd
	xmlText
)

// maxTag bounds a tag with its attributes, a comment's sign and the like, in bytes.
const maxTag = 64 << 10

const (
	errXML      bookError = "it is not well-formed XML"
	errEntities bookError = "it has a document type, which a workbook has not"
	errUTF16XML bookError = "it is not in UTF-8"
)

func newXML(from io.Reader) *xmlReader { return &xmlReader{from: from, buf: make([]byte, 4*maxTag)} }

// more reads on, keeping what has not been used.
func (x *xmlReader) more() error {
	if x.eof {
		return io.EOF
	}
	if x.pos > 0 {
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		return errXML
	}
	n, err := x.from.Read(x.buf[x.end:])
	x.end += n
	if errors.Is(err, io.EOF) {
		x.eof = true
		return nil
	}
	return err
}

// upTo finds the next place of a sign from a place behind pos on, reading on as it
// needs.
func (x *xmlReader) upTo(from int, sign string) (int, error) {
	for {
		if i := bytes.Index(x.buf[x.pos+from:x.end], []byte(sign)); i >= 0 {
			return from + i, nil
		}
		from = max(from, x.end-x.pos-len(sign)+1)
		if from > maxTag {
			return 0, errXML
		}
		if x.eof {
			return 0, errXML
		}
		if err := x.more(); err != nil {
			return 0, err
		}
	}
}

// next goes on to the next tag or text; the error is io.EOF behind the last one.
func (x *xmlReader) next() (kind int, err error) {
	for {
		for x.pos == x.end {
			if x.eof {
				if x.depth != 0 {
					return 0, errXML
				}
				return 0, io.EOF
			}
			if err := x.more(); err != nil {
				return 0, err
			}
		}
		if x.cdata {
			return x.inCDATA()
		}
		if x.buf[x.pos] != '<' {
			i := bytes.IndexByte(x.buf[x.pos:x.end], '<')
			if i < 0 {
				if i = x.end - x.pos; !x.eof { // an entity must not be cut
					if and := bytes.LastIndexByte(x.buf[max(x.pos, x.end-maxEntity):x.end], '&'); and >= 0 {
						i = max(x.pos, x.end-maxEntity) + and - x.pos
					}
				}
			}
			if i == 0 {
				if err := x.more(); err != nil {
					return 0, err
				}
				continue
			}
			x.text, x.plain = x.buf[x.pos:x.pos+i], false
			x.pos += i
			return xmlText, nil
		}
		kind, found, err := x.tag()
		if err != nil || found {
			return kind, err
		}
	}
}

// tag reads what stands behind a <. It is not found where it is neither the start nor
// the end of an element.
func (x *xmlReader) tag() (kind int, found bool, err error) {
	for x.end-x.pos < len("<![CDATA[") && !x.eof {
		if err := x.more(); err != nil {
			return 0, false, err
		}
	}
	rest := x.buf[x.pos:x.end]
	skip := func(from int, sign string) (int, bool, error) {
		for { // a comment may be long
			i, err := x.upTo(from, sign)
			if errors.Is(err, errXML) && !x.eof && x.end-x.pos > maxTag {
				x.pos = x.end - len(sign)
				from = 0
				continue
			}
			x.pos += i + len(sign)
			return 0, false, err
		}
	}
	if len(rest) > 1 && (rest[1] == '?' || rest[1] == '!') {
		switch {
		case rest[1] == '?':
			return skip(2, "?>")
		case bytes.HasPrefix(rest, []byte("<!--")):
			return skip(4, "-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			x.pos += len("<![CDATA[")
			x.cdata = true
			return 0, false, nil
		}
		return 0, false, errEntities
	}
	i, err := x.tagEnd()
	if err != nil {
		return 0, false, err
	}
	rest = x.buf[x.pos:x.end]
	tag := rest[1:i]
	x.pos += i + 1
	if len(tag) > 0 && tag[0] == '/' {
		x.name, x.attrs, x.empty = local(bytes.TrimSpace(tag[1:])), nil, false
		if x.depth--; x.depth < 0 {
			return 0, false, errXML
		}
		return xmlEnd, true, nil
	}
	x.empty = len(tag) > 0 && tag[len(tag)-1] == '/'
	if x.empty {
		tag = tag[:len(tag)-1]
	} else {
		x.depth++
	}
	end := 0
	for end < len(tag) && !isBlank(tag[end]) {
		end++
	}
	if end == 0 {
		return 0, false, errXML
	}
	x.name, x.attrs = local(tag[:end]), tag[end:]
	return xmlStart, true, nil
}

// tagEnd finds the > of a tag, which may also stand in its attributes.
func (x *xmlReader) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		for x.pos+i >= x.end {
			if x.eof || i > maxTag {
				return 0, errXML
			}
			if err := x.more(); err != nil {
				return 0, err
			}
		}
		switch c := x.buf[x.pos+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i, nil
		case c == '<':
			return 0, errXML
		}
	}
}

// inCDATA returns the next piece of a CDATA section.
func (x *xmlReader) inCDATA() (kind int, err error) {
	const sign = "]]>"
	x.plain = true
	for {
		if i := bytes.Index(x.buf[x.pos:x.end], []byte(sign)); i >= 0 {
			x.text = x.buf[x.pos : x.pos+i]
			x.pos += i + len(sign)
			x.cdata = false
			return xmlText, nil
		}
		if i := x.end - x.pos - len(sign); i > 0 {
			x.text = x.buf[x.pos : x.pos+i]
			x.pos += i
			return xmlText, nil
		}
		if x.eof {
			return 0, errXML
		}
		if err := x.more(); err != nil {
			return 0, err
		}
	}
}

// attr is the raw value of an attribute by its name without prefix.
func (x *xmlReader) attr(name string) ([]byte, bool) {
	for rest := x.attrs; ; {
		var key, value []byte
		if key, value, rest = cutAttr(rest); key == nil {
			return nil, false
		}
		if string(key) == name {
			return value, true
		}
	}
}

// cutAttr cuts off the first attribute; the name is nil where there is none.
func cutAttr(attrs []byte) (name, value, rest []byte) {
	i := 0
	for i < len(attrs) && isBlank(attrs[i]) {
		i++
	}
	start := i
	for i < len(attrs) && attrs[i] != '=' && !isBlank(attrs[i]) {
		i++
	}
	name = attrs[start:i]
	for i < len(attrs) && (attrs[i] == '=' || isBlank(attrs[i])) {
		i++
	}
	if i == len(attrs) || attrs[i] != '"' && attrs[i] != '\'' {
		return nil, nil, nil
	}
	quote := attrs[i]
	i++
	start = i
	for i < len(attrs) && attrs[i] != quote {
		i++
	}
	if i == len(attrs) {
		return nil, nil, nil
	}
	return local(name), attrs[start:i], attrs[i+1:]
}

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// maxEntity bounds &#x10FFFF; with some zeros, in bytes.
const maxEntity = 16

// unescape appends a text with its entities resolved.
func unescape(to, text []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(to, text...), nil
		}
		to, text = append(to, text[:i]...), text[i:]
		end := bytes.IndexByte(text[:min(len(text), maxEntity)], ';')
		if end < 0 {
			return to, errXML
		}
		name := text[1:end]
		text = text[end+1:]
		switch string(name) {
		case "amp":
			to = append(to, '&')
		case "lt":
			to = append(to, '<')
		case "gt":
			to = append(to, '>')
		case "quot":
			to = append(to, '"')
		case "apos":
			to = append(to, '\'')
		default:
			number, ok := bytes.CutPrefix(name, []byte("#"))
			base := 10
			if hex, is := bytes.CutPrefix(number, []byte("x")); is {
				number, base = hex, 16
			}
			n, err := strconv.ParseUint(string(number), base, 21)
			if !ok || err != nil || !utf8.ValidRune(rune(n)) {
				return to, errXML
			}
			to = utf8.AppendRune(to, rune(n))
		}
	}
}
