package contacts

import (
	"encoding/json"

	"postage/app/files"
	"postage/rules"
)

// A Request asks the worker for something of a list.
type Request struct {
	files.Request
	Choices Choices `json:"choices"`

	File    int               `json:"file"`              // the way, by its number; [Unreached] or [AllFiles]
	Reasons map[string]string `json:"reasons,omitempty"` // in words, for the file of those who are not reached
	Names   []string          `json:"names,omitempty"`   // of the files in an archive, those not reached last
}

// WrongKey is where the reasons of a request have the text for a code of what is wrong with
// a row, with {column}, {found} and {most} in it.
func WrongKey(code string) string { return "wrong." + code }

// Files beside those of the ways.
const (
	Unreached = -1
	AllFiles  = -2
)

// A Report is what the worker tells of a list.
type Report struct {
	files.Report
	Found *Found `json:"found,omitempty"`
}

// Found is who of a list is reached: counts, and what could not be read.
type Found struct {
	Rows       int64                   `json:"rows"`
	Doubles    int64                   `json:"doubles"`
	Unreadable int64                   `json:"unreadable"`
	Faults     []files.Wrong           `json:"faults,omitempty"` // the first of the rows that could not be read
	Wrong      []string                `json:"wrong,omitempty"`  // the codes of what is wrong with all of those
	Counts     map[string]files.Counts `json:"counts,omitempty"` // by fact
	Stopped    bool                    `json:"stopped,omitempty"`

	Outcome
	Unrated []rules.MessageType `json:"unrated,omitempty"` // ways that were left out for want of a rate

	// Of which kind of template the prices are, by type; types without templates are not in it.
	Templates map[rules.MessageType]rules.TemplateKind `json:"templates,omitempty"`

	Depends *Outcome `json:"more,omitempty"` // with what hangs on something, where that is more or costs less
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

// NoWays is wrong where none of the sender's ways serves the purpose.
const NoWays = "no-ways"

// RateCode stands in [Missed] for a rate that is needed.
const RateCode = "rate"
