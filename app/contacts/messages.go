package contacts

import (
	"encoding/json"

	"postage/rules"
)

// A Request asks the worker for something. A file comes beside it.
type Request struct {
	Turn int64 `json:"turn"` // comes back with every answer
	Do   Deed  `json:"do"`

	Lang  string `json:"lang,omitempty"`  // of the sample, and of the column with reasons
	Sheet string `json:"sheet,omitempty"` // of a workbook that has several

	Facts   []string `json:"facts,omitempty"`  // what each column is; as found where there are none
	Orders  []string `json:"orders,omitempty"` // of day and month in each column, "dmy" or "mdy", where it was answered
	Choices Choices  `json:"choices"`

	File    int               `json:"file"`              // the way, by its number; [Unreached] or [AllFiles]
	Reasons map[string]string `json:"reasons,omitempty"` // in words, for the file of those who are not reached
	Names   []string          `json:"names,omitempty"`   // of the files in an archive, those not reached last
}

// A Deed is what a request asks for.
type Deed string

// What can be asked for.
const (
	Look   Deed = "look"   // which columns a file has
	Sample Deed = "sample" // likewise of a list that is made up
	Answer Deed = "answer" // who is reached
	Write  Deed = "write"  // a file of the answer
	Stop   Deed = "stop"   // what is being read
)

// Files beside those of the ways.
const (
	Unreached = -1
	AllFiles  = -2
)

// A Report is what the worker tells: one of its parts, of the request with its turn.
type Report struct {
	Turn     int64     `json:"turn"`
	Progress *Progress `json:"progress,omitempty"`
	Columns  *Columns  `json:"columns,omitempty"`
	Found    *Found    `json:"found,omitempty"`
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

// Found is who of a list is reached: counts, and what could not be read.
type Found struct {
	Rows       int64             `json:"rows"`
	Doubles    int64             `json:"doubles"`
	Unreadable int64             `json:"unreadable"`
	Faults     []Wrong           `json:"faults,omitempty"` // the first of the rows that could not be read
	Counts     map[string]Counts `json:"counts,omitempty"` // by fact
	Stopped    bool              `json:"stopped,omitempty"`

	Outcome
	Unrated []rules.MessageType `json:"unrated,omitempty"` // ways that were left out for want of a rate
	Depends *Outcome            `json:"more,omitempty"`    // with what hangs on something, where that is more or costs less
}

// Counts are the cells of a column.
type Counts struct {
	Read       int64 `json:"read"`
	Empty      int64 `json:"empty"`
	Unreadable int64 `json:"unreadable"`
}

// An Outcome is who gets what.
type Outcome struct {
	People  int64           `json:"people"`
	Reached int64           `json:"reached"`
	Ways    []Sent          `json:"ways"`
	Totals  []rules.Total   `json:"totals,omitempty"` // one where there are rates; absent where a price is not in the book
	Days    int64           `json:"days"`
	Plan    json.RawMessage `json:"plan,omitempty"` // absent where nobody is reached
	Single  *Sent           `json:"single,omitempty"`
	Missed  []Missed        `json:"missed,omitempty"`
	Bound   *rules.Total    `json:"bound,omitempty"` // no plan costs less; absent where this one is known to cost the least
}

// Sent is what goes by one way.
type Sent struct {
	Type    rules.MessageType `json:"type"`
	People  int64             `json:"people"`
	Totals  []rules.Total     `json:"totals,omitempty"`
	Unknown []string          `json:"unknown,omitempty"` // codes of checks that it hangs on
}

// Missed are people whom nothing reaches, for the same reason.
type Missed struct {
	People int64             `json:"people"`
	Reason string            `json:"reason"` // as the file of those who are not reached has it
	Type   rules.MessageType `json:"type"`   // the nearest way
	Codes  []string          `json:"codes"`  // of its checks that fail or are unknown

	Would    rules.MessageType `json:"would,omitempty"` // what would reach them; empty: nothing
	Needs    []string          `json:"needs,omitempty"` // codes of checks that would have to pass
	Price    string            `json:"price,omitempty"` // gross, for each of them
	Currency string            `json:"currency,omitempty"`
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
}

// Codes of what is wrong beside those of a file.
const (
	WrongChoice = "choice"   // Path says which
	Internal    = "internal" // a mistake of ours
	Stopped     = "stopped"  // the file was not written to its end, as was asked for
	NoWays      = "no-ways"  // none of the sender's ways serves the purpose
)

// RateCode stands in [Missed] for a rate that is needed.
const RateCode = "rate"
