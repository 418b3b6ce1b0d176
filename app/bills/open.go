package bills

import (
	"io"
	"slices"
	"strings"

	"postage/app/table"
	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/audit"
)

// A Format is a kind of bill that is known.
type Format string

// The formats.
const (
	PricingAnalytics Format = "pricing-analytics" // Meta's answer
	Table            Format = "table"             // of a provider, or one's own: numbers of messages with amounts
	Wide             Format = "wide"              // a table with a column of numbers for each type
	Zalo             Format = "zalo"              // numbers by the kind of template
	Log              Format = "log"               // single messages
)

// Options say what of a file is to be read, and what it does not say.
type Options struct {
	Sheet    string            // of a workbook, by name; needed where several hold something
	Dates    table.Order       // where nothing in a column proves it
	On       rules.Date        // the day of sending where no column has it, or the first of several
	Until    rules.Date        // the last of several; zero: On
	Country  string            // ISO 3166-1 alpha-2, of the people where no column has it
	Currency string            // ISO 4217, of the amounts where the bill does not say it
	Ways     []rules.ListWay   // what is known of what is sent: the type where no column has it, and templates
	Columns  map[string]string // the column of a fact, by its name
	Uses     []string          // what each column is used for, one of [Uses] or empty; as found where there are none
	Orders   []table.Order     // of the dates of each column, where nothing in it proves it; Dates holds where there are none
}

// A File is a bill that can be read, once what it does not say is said.
type File struct {
	Format  Format // empty until it is told
	Columns []Column
	Rows    int64 // below the header that are not blank
	Stopped bool  // before all of them were looked at

	options         Options
	source          source
	zalo            bool // its words are Zalo's
	style           style
	found           []Column // as they were found
	byName          int      // the column that has the type by its name alone, from 1; 0 where there is none
	surveys         []survey
	numbers, wholes []style // of each column
	markets         map[rules.Date]map[string]string
	progress        Progress
}

// A Progress is called while a file is gone through with how many rows were read and the
// part of the file, 0 to 1. Where it returns false the reading stops, and what was read
// counts. It may be nil.
type Progress func(rows int64, part float64) bool

// Open looks at a file of a size in bytes: which format it is and what its columns hold.
// The error is an [Error] or an error of package table: the first of what is missing.
func Open(at io.ReaderAt, size int64, o Options) (*File, error) {
	f, err := Look(at, size, o.Sheet, nil)
	if err != nil {
		return nil, err
	}
	missing, err := f.Use(o)
	if err == nil && len(missing) > 0 {
		err = missing[0]
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Look finds the columns of a file, which can be used once [File.Use] has taken what is
// said of it. The sheet is that of a workbook that has several; the progress holds for the
// reading too.
func Look(at io.ReaderAt, size int64, sheet string, progress Progress) (*File, error) {
	f := &File{options: Options{Sheet: sheet}, markets: map[rules.Date]map[string]string{}, progress: progress}
	if err := f.openSource(at, size); err != nil {
		return nil, err
	}
	if err := f.survey(); err != nil {
		return nil, err
	}
	f.found = slices.Clone(f.Columns)
	if at := f.typeByName(); at >= 0 {
		f.found[at].Fact, f.byName = audit.FactType, at+1
	}
	return f, nil
}

// Use takes what is said of a file, in the place of what was said before, and returns
// what is still missing before it can be read. The error is that something said cannot be.
func (f *File) Use(o Options) (missing []*Error, err error) {
	o.Sheet = f.options.Sheet
	f.options, f.Format = o, ""
	f.Columns = slices.Clone(f.found)
	if f.byName > 0 && len(o.Ways) == 1 { // what was sent is said by hand
		f.Columns[f.byName-1].Fact = ""
	}
	f.zalo = f.isOfZalo()
	if err := f.useEach(o.Uses); err != nil {
		return nil, err
	}
	if err := f.use(o.Columns); err != nil {
		return nil, err
	}
	f.learn()
	for i := range f.Columns {
		c := &f.Columns[i]
		if !c.Asks() {
			continue
		}
		if c.Order = o.Dates; i < len(o.Orders) {
			c.Order = o.Orders[i]
		}
		if c.Order == table.OrderUnknown {
			missing = append(missing, &Error{Code: DateOrder, Column: c.Name, Found: strings.Join(c.Samples, ", ")})
		}
	}
	return append(missing, f.recognise()...), nil
}

// Sheets are the sheets of a workbook that hold something, and the one that is read.
func (f *File) Sheets() (names []string, read string) {
	t, ok := f.source.(*tableSource)
	if !ok {
		return nil, ""
	}
	for _, s := range t.file.Sheets {
		if !s.Empty {
			names = append(names, s.Name)
		}
	}
	return names, t.file.Sheet
}

func (f *File) openSource(at io.ReaderAt, size int64) error {
	const headBytes = 512
	head := make([]byte, min(size, headBytes))
	if n, err := at.ReadAt(head, 0); err == nil || n > 0 {
		head = head[:n]
	}
	if looksLikeJSON(head) {
		records, err := readRecords(at, size)
		if err != nil {
			return err
		}
		f.source, f.style.plain = records, true
		return nil
	}
	t, err := cells.Open(at, size, cells.Options{Sheet: f.options.Sheet})
	if err != nil {
		return err
	}
	f.source = &tableSource{file: t}
	return nil
}

// recognise tells the format, and what is missing.
func (f *File) recognise() (missing []*Error) {
	has := func(fact audit.Fact) bool { return f.column(fact) >= 0 }
	wide := slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Counts != "" })
	typed := has(audit.FactType) || has(audit.FactKind) || wide || len(f.options.Ways) == 1 || has(audit.FactChannel) && f.zalo
	placed := has(audit.FactCountry) || has(audit.FactPhone) || f.options.Country != "" || f.zalo || wide && !f.counts(rules.WhatsAppService.Platform())
	counted := has(audit.FactCount) || wide
	switch {
	case !counted && !(has(audit.FactDay) && (placed || has(audit.FactAmount))):
		return []*Error{f.unknown()}
	case !typed && !has(audit.FactDay):
		return []*Error{f.unknown()}
	case !typed:
		missing = append(missing, &Error{Code: NoType})
	case slices.ContainsFunc(f.Columns, func(c Column) bool { return table.Fold(c.Name) == "pricing category" }) && counted:
		f.Format = PricingAnalytics
	case wide:
		f.Format = Wide
	case !counted:
		f.Format = Log
	case f.zalo:
		f.Format = Zalo
	default:
		f.Format = Table
	}
	if !has(audit.FactDay) && f.options.On == 0 {
		missing = append(missing, &Error{Code: NoDay})
	}
	if !placed {
		missing = append(missing, &Error{Code: NoCountry})
	}
	return missing
}

// counts reports whether a column counts messages of a platform.
func (f *File) counts(platform string) bool {
	return slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Counts != "" && c.Counts.Platform() == platform })
}

func (f *File) unknown() *Error {
	const longest = 30
	var names []string
	for i := range f.Columns {
		if i == longest {
			names = append(names, "…")
			break
		}
		names = append(names, cells.Shown([]byte(f.Columns[i].Name)))
	}
	return &Error{Code: UnknownBill, Found: strings.Join(names, ", ")}
}

// rowsAtOnce is after how many rows the progress is told.
const rowsAtOnce = 500

// goesOn tells the progress, and reports whether to go on.
func (f *File) goesOn(rows int64) bool {
	if f.progress == nil || rows%rowsAtOnce != 0 {
		return true
	}
	return f.progress(rows, f.source.part())
}
