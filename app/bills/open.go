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
	Sheet   string            // of a workbook, by name; needed where several hold something
	Dates   table.Order       // where nothing in a column proves it
	On      rules.Date        // the day of sending where no column has it, or the first of several
	Until   rules.Date        // the last of several; zero: On
	Country string            // ISO 3166-1 alpha-2, of the people where no column has it
	Ways    []rules.ListWay   // what is known of what is sent: the type where no column has it, and templates
	Columns map[string]string // the column of a fact, by its name
}

// A File is a bill that can be read.
type File struct {
	Format  Format
	Columns []Column

	options         Options
	source          source
	zalo            bool // its words are Zalo's
	style           style
	numbers, wholes []style  // of each column
	signs           []string // of currencies in the columns of amounts
	markets         map[rules.Date]map[string]string
}

// Open looks at a file of a size in bytes: which format it is and what its columns hold.
// The error is an [Error] or an error of package table.
func Open(at io.ReaderAt, size int64, o Options) (*File, error) {
	f := &File{options: o, markets: map[rules.Date]map[string]string{}}
	if err := f.openSource(at, size); err != nil {
		return nil, err
	}
	if err := f.survey(); err != nil {
		return nil, err
	}
	if err := f.use(o.Columns); err != nil {
		return nil, err
	}
	f.learn()
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.asks() {
			if o.Dates == table.OrderUnknown {
				return nil, &Error{Code: DateOrder, Column: c.Name, Found: strings.Join(c.Samples, ", ")}
			}
			c.Order = o.Dates
		}
	}
	return f, f.recognise()
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
	f.source = tableSource{t}
	return nil
}

// recognise tells the format, and refuses what is none.
func (f *File) recognise() error {
	has := func(fact audit.Fact) bool { return f.column(fact) >= 0 }
	wide := slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Counts != "" })
	typed := has(audit.FactType) || has(audit.FactKind) || wide || len(f.options.Ways) == 1 || has(audit.FactChannel) && f.zalo
	placed := has(audit.FactCountry) || has(audit.FactPhone) || f.options.Country != "" || f.zalo
	counted := has(audit.FactCount) || wide
	switch {
	case !typed, !counted && !(has(audit.FactDay) && (placed || has(audit.FactAmount))):
		return f.unknown()
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
		return &Error{Code: NoDay}
	}
	if !placed {
		return &Error{Code: NoCountry}
	}
	return nil
}

func (f *File) unknown() error {
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
