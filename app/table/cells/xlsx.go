package cells

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A workbook is an .xlsx that has been opened. Its shared texts and styles are read
// once and kept.
type workbook struct {
	parts    map[string]*zip.File
	date1904 bool
	dates    []bool // by style: whether its numbers are dates
	shared   texts
}

// Limits of what an archive says of itself before any of it is unpacked.
const (
	maxDirectory = 8 << 20 // bytes that are read to list the parts
	maxParts     = 10_000
	maxSheets    = 1000
	maxShared    = 20_000_000 // texts; more do not fit into MaxUnpacked with the cells that name them
)

// A meter lets so many bytes be read, and no more.
type meter struct {
	at   io.ReaderAt
	left int64
}

// A bookError says what is not as it should be in a part of a workbook.
type bookError string

func (e bookError) Error() string { return string(e) }

const (
	errTooMuch   bookError = "it lists more than a workbook has"
	errRowNumber bookError = "a row has not the number that follows"
	errCellPlace bookError = "a cell is not behind the one before it"
	errShared    bookError = "a cell names a text that is not there"
	errSamePart  bookError = "two sheets are the same part"
	errOutside   bookError = "a part lies outside the file"
	errLonger    bookError = "it is longer than it says"
)

func (m *meter) ReadAt(p []byte, from int64) (int, error) {
	switch m.left -= int64(len(p)); {
	case m.left < 0:
		return 0, errTooMuch
	case from < 0:
		return 0, errOutside
	}
	return m.at.ReadAt(p, from)
}

// openBook finds the sheets of a workbook and which of them is read.
func (f *File) openBook(sheet string) error {
	if f.size > MaxBookBytes {
		return &Error{Code: TooLarge, Found: grouped(f.size), Most: MaxBookBytes}
	}
	m := &meter{f.at, maxDirectory}
	archive, err := zip.NewReader(m, f.size)
	if err != nil {
		return &Error{Code: Damaged, Found: Shown([]byte(err.Error()))}
	}
	if len(archive.File) > maxParts {
		return &Error{Code: Damaged, Found: errTooMuch.Error()}
	}
	m.left = math.MaxInt64
	f.book = &workbook{parts: map[string]*zip.File{}}
	unpacked := uint64(0)
	for _, part := range archive.File {
		if unpacked += min(part.UncompressedSize64, 2*MaxUnpacked); unpacked > MaxUnpacked {
			return &Error{Code: TooLargeOpen, Most: MaxUnpacked}
		}
		if part.Flags&1 != 0 {
			return &Error{Code: Password}
		}
		f.book.parts[strings.ToLower(strings.TrimPrefix(part.Name, "/"))] = part
	}
	if err := f.book.open(f); err != nil {
		return err
	}
	return f.chooseSheet(sheet)
}

func (b *workbook) open(f *File) error {
	main, err := b.mainPart()
	if err != nil {
		return err
	}
	targets, err := b.relations(main)
	if err != nil {
		return err
	}
	if err := b.readBook(main, targets, f); err != nil {
		return err
	}
	for _, t := range targets {
		switch {
		case strings.HasSuffix(t.kind, "/sharedStrings"):
			err = b.readShared(t.part)
		case strings.HasSuffix(t.kind, "/styles"):
			err = b.readStyles(t.part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mainPart is the part with the workbook itself.
func (b *workbook) mainPart() (string, error) {
	const usual = "xl/workbook.xml"
	relations, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if strings.HasSuffix(r.kind, "/officeDocument") && b.parts[r.part] != nil && strings.HasSuffix(r.part, ".xml") && !strings.HasPrefix(r.part, "word/") && !strings.HasPrefix(r.part, "ppt/") {
			return r.part, nil
		}
	}
	if b.parts[usual] != nil {
		return usual, nil
	}
	for _, other := range []struct{ part, kind string }{
		{"xl/workbook.bin", ".xlsb"}, {"content.xml", ".ods"}, {"index/document.iwa", ".numbers"}, {"word/document.xml", ".docx"}, {"ppt/presentation.xml", ".pptx"},
	} {
		if b.parts[other.part] != nil {
			return "", &Error{Code: OtherBook, Found: other.kind}
		}
	}
	return "", &Error{Code: OtherKind, Found: "zip"}
}

// A relation leads from one part to another.
type relation struct{ id, kind, part string }

// relations lists where a part leads to; the empty part is the archive itself.
func (b *workbook) relations(of string) (list []relation, err error) {
	folder, name := path.Split(of)
	part := folder + "_rels/" + name + ".rels"
	if b.parts[part] == nil {
		return nil, nil
	}
	err = b.each(part, func(x *xmlReader) error {
		if string(x.name) != "Relationship" {
			return nil
		}
		id, kind, target := x.value("Id"), x.value("Type"), x.value("Target")
		if rest, ok := strings.CutPrefix(target, "/"); ok {
			target = rest
		} else {
			target = path.Join(folder, target)
		}
		if list = append(list, relation{id, kind, strings.ToLower(target)}); len(list) > maxParts {
			return errTooMuch
		}
		return nil
	})
	return list, err
}

// readBook reads the names of the sheets.
func (b *workbook) readBook(main string, targets []relation, f *File) error {
	return b.each(main, func(x *xmlReader) error {
		switch string(x.name) {
		case "workbookPr":
			b.date1904 = isTrue(x.value("date1904"))
		case "sheet":
			s := Sheet{Name: strings.ToValidUTF8(x.value("name"), "�"), Hidden: strings.Contains(strings.ToLower(x.value("state")), "hidden")}
			id := x.value("id")
			for _, t := range targets {
				if t.id == id && strings.HasSuffix(t.kind, "/worksheet") {
					s.part = t.part
				}
			}
			if s.part == "" {
				return nil // a sheet that is a picture
			}
			if slices.ContainsFunc(f.Sheets, func(other Sheet) bool { return other.part == s.part }) {
				return errSamePart // each would be read to see whether it is empty
			}
			if f.Sheets = append(f.Sheets, s); len(f.Sheets) > maxSheets {
				return errTooMuch
			}
		}
		return nil
	})
}

func isTrue(value string) bool { return value == "1" || value == "true" }

// chooseSheet takes the sheet of that name, else the only one that holds something;
// one that is hidden counts only if no other holds something.
func (f *File) chooseSheet(name string) error {
	var filled, seen []string
	for i := range f.Sheets {
		s := &f.Sheets[i]
		empty, err := f.book.isEmpty(s.part)
		if err != nil {
			return err
		}
		if s.Empty = empty; !empty {
			filled = append(filled, s.Name)
			if !s.Hidden {
				seen = append(seen, s.Name)
			}
		}
	}
	if len(seen) > 0 {
		filled = seen
	}
	switch {
	case name != "":
		for _, s := range f.Sheets {
			if s.Name == name {
				f.Sheet = name
				return nil
			}
		}
		return &Error{Code: NoSheet, Found: sheetNames(f.Sheets)}
	case len(filled) == 0:
		return &Error{Code: Empty}
	case len(filled) > 1:
		return &Error{Code: WhichSheet, Found: strings.Join(filled, ", "), Sheets: filled}
	}
	f.Sheet = filled[0]
	return nil
}

func sheetNames(sheets []Sheet) string {
	var names []string
	for _, s := range sheets {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// isEmpty reports whether no cell of a sheet holds anything.
func (b *workbook) isEmpty(part string) (bool, error) {
	empty := true
	err := b.each(part, func(x *xmlReader) error {
		if name := string(x.name); (name == "v" || name == "is") && !x.empty {
			empty = false
			return errEnough
		}
		return nil
	})
	return empty, err
}

// errEnough ends the reading of a part of which enough is known.
var errEnough = errors.New("enough is known")

// each calls back for every element of a part that starts.
func (b *workbook) each(part string, start func(*xmlReader) error) error {
	from, err := b.openPart(part, &counter{})
	if err != nil {
		return err
	}
	defer from.Close()
	x := newXML(from)
	for {
		kind, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && kind == xmlStart {
			err = start(x)
		}
		if errors.Is(err, errEnough) {
			return nil
		}
		if err != nil {
			return damaged(part, err)
		}
	}
}

func damaged(part string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	var wrong bookError
	if errors.As(err, &wrong) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) ||
		strings.HasPrefix(err.Error(), "flate:") {
		return &Error{Code: Damaged, Found: part + ": " + err.Error()}
	}
	return cannotRead(err)
}

// value is the value of an attribute, empty where it has none.
func (x *xmlReader) value(name string) string {
	raw, _ := x.attr(name)
	text, err := unescape(nil, raw)
	if err != nil {
		return ""
	}
	return string(text)
}

// A partReader unpacks a part and holds it to the limits.
type partReader struct {
	io.ReadCloser
	part   *zip.File
	at     *counter // counts what was unpacked
	looked bool
}

func (b *workbook) openPart(name string, at *counter) (*partReader, error) {
	part := b.parts[name]
	if part == nil {
		return nil, &Error{Code: Damaged, Found: name + " is missing"}
	}
	if over := within(int64(part.UncompressedSize64), part); over != nil {
		return nil, over
	}
	from, err := part.Open()
	if err != nil {
		return nil, damaged(name, err)
	}
	at.all = int64(part.UncompressedSize64)
	return &partReader{ReadCloser: from, part: part, at: at}, nil
}

// within holds so many unpacked bytes of a part to the limits. That all parts together
// are not too large was seen when the archive was opened.
func within(unpacked int64, part *zip.File) error {
	const always = 1 << 20 // what is smaller may be as dense as it likes
	switch {
	case unpacked > int64(part.UncompressedSize64):
		return errLonger
	case unpacked > always && unpacked/MaxRatio > int64(part.CompressedSize64):
		return &Error{Code: ZipBomb, Most: MaxRatio}
	}
	return nil
}

func (r *partReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.at.n += int64(n)
	if !r.looked && n > 0 {
		r.looked = true
		if p[0] == 0 || n > 1 && (string(p[:2]) == bomUTF16LE || string(p[:2]) == bomUTF16BE || p[1] == 0) {
			return 0, errUTF16XML
		}
	}
	if over := within(r.at.n, r.part); over != nil {
		return 0, over
	}
	return n, err
}

// texts are the texts that cells share, in pieces that are not moved as they grow.
type texts struct {
	pieces [][]byte
	places []place
}

type place struct {
	piece uint32
	start uint32
	end   uint32
}

const pieceBytes = 1 << 20

func (t *texts) add(text []byte) {
	last := len(t.pieces) - 1
	if last < 0 || len(t.pieces[last])+len(text) > cap(t.pieces[last]) {
		t.pieces = append(t.pieces, make([]byte, 0, max(pieceBytes, len(text))))
		last++
	}
	start := len(t.pieces[last])
	t.pieces[last] = append(t.pieces[last], text...)
	t.places = append(t.places, place{uint32(last), uint32(start), uint32(start + len(text))})
}

func (t *texts) get(i int) ([]byte, bool) {
	if i < 0 || i >= len(t.places) {
		return nil, false
	}
	p := t.places[i]
	return t.pieces[p.piece][p.start:p.end], true
}

// readShared reads the texts that cells share. What is written above a text to say how
// it is pronounced is left out.
func (b *workbook) readShared(part string) error {
	from, err := b.openPart(part, &counter{})
	if err != nil {
		return err
	}
	defer from.Close()
	x := newXML(from)
	var text []byte
	aside, inText := 0, false
	for {
		kind, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(part, err)
		}
		switch name := string(x.name); {
		case kind == xmlText:
			if !inText || aside > 0 {
				continue
			}
			if text, err = x.appendText(text); err != nil {
				return damaged(part, err)
			}
			if len(text) > maxSharedBytes {
				return &Error{Code: CellTooLong, Most: MaxCell}
			}
		case name == "si":
			if kind == xmlEnd || x.empty {
				if len(b.shared.places) == maxShared {
					return damaged(part, errTooMuch)
				}
				b.shared.add(unescapeControls(text))
				text = text[:0]
			}
		case name == "rPh" && !x.empty:
			aside += 1 - 2*kind // a start is 0, an end 1
		case name == "t":
			inText = kind == xmlStart && !x.empty
		}
	}
}

// maxSharedBytes is how long a text may be at most: MaxCell characters, some of which
// are written as _x000D_.
const maxSharedBytes = MaxCell * 8

func (x *xmlReader) appendText(to []byte) ([]byte, error) {
	if x.plain {
		return append(to, x.text...), nil
	}
	return unescape(to, x.text)
}

// unescapeControls resolves _x000D_, by which workbooks write characters that XML
// does not allow, in place.
func unescapeControls(text []byte) []byte {
	const length = len("_x000D_")
	i := bytes.Index(text, []byte("_x"))
	if i < 0 {
		return text
	}
	to := text[:i]
	for i < len(text) {
		if i+length <= len(text) && text[i] == '_' && text[i+1] == 'x' && text[i+length-1] == '_' {
			if n, err := strconv.ParseUint(string(text[i+2:i+length-1]), 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				to = utf8.AppendRune(to, rune(n))
				i += length
				continue
			}
		}
		to = append(to, text[i])
		i++
	}
	return to
}

// readStyles tells by which styles a number is a date.
func (b *workbook) readStyles(part string) error {
	formats := map[int]bool{}
	inCells := false
	from, err := b.openPart(part, &counter{})
	if err != nil {
		return err
	}
	defer from.Close()
	x := newXML(from)
	for {
		kind, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(part, err)
		}
		switch name := string(x.name); {
		case kind == xmlText:
		case name == "cellXfs":
			inCells = kind == xmlStart && !x.empty
		case kind != xmlStart:
		case name == "numFmt":
			if id, err := strconv.Atoi(x.value("numFmtId")); err == nil && len(formats) < maxParts {
				formats[id] = isDateFormat(x.value("formatCode"))
			}
		case name == "xf" && inCells && len(b.dates) < 10*maxParts:
			id, _ := strconv.Atoi(x.value("numFmtId"))
			date, own := formats[id]
			if !own {
				date = 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 || 50 <= id && id <= 58
			}
			b.dates = append(b.dates, date)
		}
	}
}

// isDateFormat reports whether a format of numbers shows a day or an hour.
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";") // what is behind is for negative numbers
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '[': // a colour, a language, or hours that are counted on
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			i += end
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'y', 'Y', 'm', 'M', 'h', 'H':
			return true
		}
	}
	return false
}

// A sheetRows reads the rows of a sheet.
type sheetRows struct {
	book *workbook
	part string
	from *partReader
	x    *xmlReader
	row  int32
	cell []byte
}

func (b *workbook) rows(sheet string, sheets []Sheet, at *counter) (*sheetRows, error) {
	for _, s := range sheets {
		if s.Name == sheet {
			from, err := b.openPart(s.part, at)
			if err != nil {
				return nil, err
			}
			return &sheetRows{book: b, part: s.part, from: from, x: newXML(from)}, nil
		}
	}
	return nil, &Error{Code: NoSheet, Found: sheetNames(sheets)}
}

// next reads the next row that the sheet has.
func (r *sheetRows) next(to *record) error {
	err := r.read(to)
	var known *Error
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return err
	case errors.As(err, &known):
		if known.Row == 0 {
			known.Row = r.row
		}
		return known
	}
	err = damaged(r.part, err)
	if errors.As(err, &known) {
		known.Row = r.row
	}
	return err
}

func (r *sheetRows) read(to *record) error {
	for {
		kind, err := r.x.next()
		if err != nil {
			return err
		}
		if kind != xmlStart || string(r.x.name) != "row" {
			continue
		}
		number := r.row + 1
		if raw, ok := r.x.attr("r"); ok {
			n, err := strconv.ParseInt(string(raw), 10, 32)
			if err != nil || n <= int64(r.row) || n > MaxSheetRows+1 {
				return errRowNumber
			}
			number = int32(n)
		}
		r.row, to.row = number, number
		if r.x.empty {
			continue
		}
		return r.cells(to)
	}
}

// cells reads the cells of a row.
func (r *sheetRows) cells(to *record) error {
	column := 0
	for {
		tag, err := r.x.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return errXML
			}
			return err
		}
		switch {
		case tag == xmlEnd && string(r.x.name) == "row":
			return nil
		case tag != xmlStart || string(r.x.name) != "c":
			continue
		}
		place, kind := r.cellAttrs()
		if place != nil {
			at, ok := columnOf(place)
			if !ok || at < column {
				return errCellPlace
			}
			column = at
		}
		if r.x.empty {
			column++
			continue
		}
		text, err := r.value(kind)
		if err != nil {
			return err
		}
		if len(text) > 0 {
			if column >= MaxColumns {
				return &Error{Code: TooManyColumns, Row: r.row, Column: Letters(column), Most: MaxColumns}
			}
			for len(to.ends) < column {
				if err := to.endCell(); err != nil {
					return err
				}
			}
			if err := to.add(text); err != nil {
				return err
			}
			if err := to.endCell(); err != nil {
				return err
			}
		}
		column++
	}
}

// columnOf reads the letters of a place such as AB12; A is 0.
func columnOf(place []byte) (column int, ok bool) {
	const last = 16_384
	for i, c := range place {
		if c < 'A' || 'Z' < c {
			return column - 1, i > 0
		}
		if column = column*26 + int(c-'A') + 1; column > last {
			return 0, false
		}
	}
	return column - 1, len(place) > 0
}

// A cellKind is what the text of a cell means.
type cellKind uint8

const (
	cellNumber cellKind = iota
	cellDate
	cellShared // the number of a text that cells share
	cellYesNo
	cellText
)

// cellAttrs reads where a cell is and what its text means.
func (r *sheetRows) cellAttrs() (place []byte, kind cellKind) {
	style := 0
	for rest := r.x.attrs; ; {
		var name, value []byte
		if name, value, rest = cutAttr(rest); name == nil {
			break
		}
		switch string(name) {
		case "r":
			place = value
		case "s":
			style, _ = strconv.Atoi(string(value))
		case "t":
			switch string(value) {
			case "n":
			case "s":
				kind = cellShared
			case "b":
				kind = cellYesNo
			default:
				kind = cellText
			}
		}
	}
	if dates := r.book.dates; kind == cellNumber && 0 <= style && style < len(dates) && dates[style] {
		kind = cellDate
	}
	return place, kind
}

// value reads what a cell holds, as text, to the cell's end.
func (r *sheetRows) value(of cellKind) ([]byte, error) {
	r.cell = r.cell[:0]
	aside, inText := 0, false
	for {
		kind, err := r.x.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = errXML
			}
			return nil, err
		}
		switch {
		case kind == xmlText:
			if !inText || aside > 0 {
				continue
			}
			if r.cell, err = r.x.appendText(r.cell); err != nil {
				return nil, err
			}
			if len(r.cell) > maxSharedBytes {
				return nil, &Error{Code: CellTooLong, Row: r.row, Most: MaxCell}
			}
		case string(r.x.name) == "v" || string(r.x.name) == "t":
			inText = kind == xmlStart && !r.x.empty
		case string(r.x.name) == "rPh" && !r.x.empty:
			aside += 1 - 2*kind
		case kind == xmlEnd && string(r.x.name) == "c":
			switch {
			case len(r.cell) == 0:
				return nil, nil
			case of == cellShared:
				i, err := strconv.Atoi(string(bytes.TrimSpace(r.cell)))
				text, ok := r.book.shared.get(i)
				if err != nil || !ok {
					return nil, errShared
				}
				return text, nil
			case of == cellDate:
				return r.book.date(r.cell), nil
			case of == cellNumber:
				return plainNumber(r.cell), nil
			case of == cellYesNo:
				if r.cell[0] == '1' {
					return []byte("TRUE"), nil
				}
				return []byte("FALSE"), nil
			}
			return unescapeControls(r.cell), nil
		}
	}
}

// plainNumber writes a number without exponent, so that 9.12345678E8 is the phone
// number that it was; one of more than the 15 digits that a spreadsheet keeps stays
// with an exponent, for its last digits are lost.
func plainNumber(raw []byte) []byte {
	const fifteenDigits = 1e15
	if len(raw) < len("1000000000000000") && !bytes.ContainsAny(raw, "eE.") {
		return raw
	}
	n, err := strconv.ParseFloat(string(raw), 64)
	switch {
	case err != nil:
		return raw
	case math.Abs(n) >= fifteenDigits:
		return strconv.AppendFloat(raw[:0], n, 'E', 14, 64)
	}
	return strconv.AppendFloat(raw[:0], n, 'f', -1, 64)
}

// date writes a number that is shown as a date as 2026-10-28 14:20:00, which can be
// read in one way only.
func (b *workbook) date(raw []byte) []byte {
	n, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return raw
	}
	t, ok := SerialTime(n, b.date1904)
	if !ok {
		return raw
	}
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.AppendFormat(raw[:0], "2006-01-02")
	}
	return t.AppendFormat(raw[:0], "2006-01-02 15:04:05")
}

// SerialTime is the day and hour of a number of days as spreadsheets count them, with
// the day 1900-02-29 that there was not.
func SerialTime(n float64, since1904 bool) (time.Time, bool) {
	const most = 2_958_465 // the last day of 9999
	if !(n >= 1 && n < most+1) {
		return time.Time{}, false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n < 60:
		n++
	}
	day := math.Floor(n)
	return first.AddDate(0, 0, int(day)).Add(time.Duration(math.Round((n-day)*86400)) * time.Second), true
}
