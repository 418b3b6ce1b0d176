package rules

import "github.com/shopspring/decimal"

// A Verdict says whether messages may be sent.
type Verdict string

// The verdicts.
const (
	Eligible   Verdict = "eligible"   // all of them
	Partial    Verdict = "partial"    // some of them
	Depends    Verdict = "depends"    // some of them, if an unknown fact is as it should be
	Ineligible Verdict = "ineligible" // none of them
)

// An Outcome is the result of a check.
type Outcome string

// The outcomes.
const (
	Pass    Outcome = "pass"
	Fail    Outcome = "fail"
	Unknown Outcome = "unknown" // a fact that the check needs was not given, or the book has none
)

// A Quote answers a Scenario.
type Quote struct {
	On          Date           `json:"on"`
	Message     MessageType    `json:"message"`
	Verdict     Verdict        `json:"verdict"`
	Priced      bool           `json:"priced"`                // every deliverable message has a price in the book
	Requested   int64          `json:"requested"`             // messages asked for
	Deliverable int64          `json:"deliverable"`           // messages that may go out, unknown checks taken as passed
	Blocked     int64          `json:"blocked"`               // the others
	Undelivered int64          `json:"undelivered,omitempty"` // deliverable messages that do not arrive
	Free        int64          `json:"free"`                  // messages that arrive without a charge
	Charged     int64          `json:"charged"`               // messages that arrive with one; conversations where WhatsApp charged those
	Segments    []SegmentQuote `json:"segments"`
	Lines       []Line         `json:"lines"`
	Totals      []Total        `json:"totals,omitempty"` // the billing currency first; absent where a price is not in the book
	Converted   *Total         `json:"converted,omitempty"`
	Tariff      Date           `json:"tariff,omitzero"` // the day since which the newest price used is in force
	Schedule    *Schedule      `json:"schedule,omitempty"`
	Notices     []Notice       `json:"notices"`
}

// A SegmentQuote answers for one segment; its numbers mean what the quote's do.
type SegmentQuote struct {
	Name        string  `json:"name"`
	Verdict     Verdict `json:"verdict"`
	Requested   int64   `json:"requested"`
	Deliverable int64   `json:"deliverable"`
	Blocked     int64   `json:"blocked"`
	Undelivered int64   `json:"undelivered,omitempty"`
	Free        int64   `json:"free"`
	Charged     int64   `json:"charged"`
	Checks      []Check `json:"checks"`
}

// delivered is how many messages arrive.
func (q *SegmentQuote) delivered() int64 { return q.Deliverable - q.Undelivered }

// A Check is one condition of a message type and how it came out.
type Check struct {
	Code    string   `json:"code"` // what is looked at: available, window, quota …
	Outcome Outcome  `json:"outcome"`
	Rule    string   `json:"rule"`            // id of the book's rule
	Since   Date     `json:"since,omitzero"`  // the day of the fact that decided
	Status  Status   `json:"status"`          // of that fact
	Limit   string   `json:"limit,omitempty"` // the fact's value where the check is measured against one: hours, messages, words
	Error   string   `json:"error,omitempty"` // what the platform answers to a message that fails here, where it is known
	Needs   []string `json:"needs,omitempty"` // paths of the fields that are not given and would settle an unknown outcome; none where the book itself does not know
	Sources []string `json:"sources"`
}

// A Line is a part of the cost.
type Line struct {
	Segment     *int            `json:"segment,omitempty"` // index into the audience; absent for what the user adds and for the fee of the package
	Code        string          `json:"code"`
	Quantity    int64           `json:"quantity"`
	UnitPrice   decimal.Decimal `json:"unitPrice"`
	TaxPercent  decimal.Decimal `json:"taxPercent"`
	TaxIncluded bool            `json:"taxIncluded"` // in the unit price
	Net         decimal.Decimal `json:"net"`
	Tax         decimal.Decimal `json:"tax"`
	Gross       decimal.Decimal `json:"gross"`
	Market      string          `json:"market,omitempty"`   // WhatsApp
	TierFrom    int64           `json:"tierFrom,omitempty"` // number of the first message of the volume tier, where there are tiers
	Rule        string          `json:"rule,omitempty"`
	Since       Date            `json:"since,omitzero"`
	Status      Status          `json:"status,omitempty"`
	Sources     []string        `json:"sources"`
}

// A Total is a sum of money. Currency is an ISO 4217 code.
type Total struct {
	Currency string          `json:"currency"`
	Net      decimal.Decimal `json:"net"`
	Tax      decimal.Decimal `json:"tax"`
	Gross    decimal.Decimal `json:"gross"`
}

// A Schedule says how many days the sending takes where the platform limits a
// day. PerDay counts messages for ZNS, recipients for WhatsApp.
type Schedule struct {
	PerDay int64 `json:"perDay"`
	Days   int64 `json:"days"`
}

// A Notice is something that the user must know and no number shows.
type Notice struct {
	Code     string     `json:"code"`
	Compared Comparison `json:"compared,omitzero"` // what the notice weighs against each other, where it does
	Sources  []string   `json:"sources"`
}

// A Comparison is what the messages cost and what the same people would cost by
// another type: those who may certainly get both.
type Comparison struct {
	Type       MessageType     `json:"type"`
	Recipients int64           `json:"recipients"`
	Currency   string          `json:"currency"` // ISO 4217
	Here       decimal.Decimal `json:"here"`     // with the taxes
	There      decimal.Decimal `json:"there"`    // by the other type
}
