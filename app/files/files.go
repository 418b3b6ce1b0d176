// Package files is what every page with a file and the worker that reads it say to each
// other, as JSON. What a page asks of its own kind of file stands beside it, in packages
// contacts and billing.
//
// What people's files hold passes through it only to be shown: samples of columns, and
// cells that cannot be read.
package files

// A Request asks the worker for something. A file comes beside it.
type Request struct {
	Turn int64 `json:"turn"` // comes back with every answer
	Do   Deed  `json:"do"`
	Of   Kind  `json:"of"` // of which kind the file is

	Lang  string `json:"lang,omitempty"`  // of what is made up, and of what is written
	Sheet string `json:"sheet,omitempty"` // of a workbook that has several

	Facts  []string `json:"facts,omitempty"`  // what each column is; as found where there are none
	Orders []string `json:"orders,omitempty"` // of day and month in each column, "dmy" or "mdy", where it was answered
}

// A Kind is what kind of file is read.
type Kind string

// The kinds of files.
const (
	Contacts Kind = "contacts"
	Bill     Kind = "bill"
)

// A Deed is what a request asks for.
type Deed string

// What can be asked for.
const (
	Look   Deed = "look"   // which columns a file has
	Sample Deed = "sample" // likewise of a file that is made up
	Answer Deed = "answer" // what comes of it
	Write  Deed = "write"  // a file of the answer
	Stop   Deed = "stop"   // what is being read
)

// A Report is what the worker tells: one of its parts, of the request with its turn.
type Report struct {
	Turn     int64     `json:"turn"`
	Progress *Progress `json:"progress,omitempty"`
	Columns  *Columns  `json:"columns,omitempty"`
	Written  bool      `json:"written,omitempty"` // the file comes beside it
	Wrong    *Wrong    `json:"wrong,omitempty"`
}

// Progress is how much of a file was gone through.
type Progress struct {
	Rows       int64 `json:"rows"`       // so far
	Thousandth int64 `json:"thousandth"` // of the file
}

// Columns are those of a file.
type Columns struct {
	Rows    int64    `json:"rows"` // below the header that are not blank
	List    []Column `json:"list"`
	Sheets  []string `json:"sheets,omitempty"` // of a workbook with several
	Sheet   string   `json:"sheet,omitempty"`  // the one that is read
	Stopped bool     `json:"stopped,omitempty"`
}

// A Column is one of a file's.
type Column struct {
	Name    string   `json:"name"`
	Letters string   `json:"letters"`
	Fact    string   `json:"fact,omitempty"`
	Samples []string `json:"samples,omitempty"`
	Filled  int64    `json:"filled"`
	Order   string   `json:"order,omitempty"`  // "dmy" or "mdy" where the column proves it
	Either  string   `json:"either,omitempty"` // a date that can be read with either order; empty where nothing is to be asked
}

// Counts are the cells of a column.
type Counts struct {
	Read       int64 `json:"read"`
	Empty      int64 `json:"empty"`
	Unreadable int64 `json:"unreadable"`
}

// Wrong is what is wrong with a file or a row of it.
type Wrong struct {
	Code   string   `json:"code"`
	Row    int32    `json:"row,omitempty"`
	Column string   `json:"column,omitempty"`
	Found  string   `json:"found,omitempty"`
	Most   int64    `json:"most,omitempty"`
	Path   string   `json:"path,omitempty"`   // of a choice that does not fit
	Sheets []string `json:"sheets,omitempty"` // to choose from

	// Of contacts in the place of the names of columns: what each cell of the row is, empty for
	// what is no contact, and what stands between the cells.
	Facts   []string `json:"facts,omitempty"`
	Between string   `json:"between,omitempty"`
}

// Codes of what is wrong beside those of a file.
const (
	WrongChoice = "choice"   // Path says which
	Internal    = "internal" // a mistake of ours
	Stopped     = "stopped"  // the file was not written to its end, as was asked for
)
