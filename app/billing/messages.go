package billing

import (
	"github.com/shopspring/decimal"

	"postage/app/files"
	"postage/rules"
	"postage/rules/audit"
)

// A Request asks the worker for something of a bill.
type Request struct {
	files.Request
	Today   rules.Date `json:"today"`
	Choices Choices    `json:"choices"`
	Lines   *LineWords `json:"lines,omitempty"` // of the file to be written; in English where there are none
}

// LineWords are the words of the lines that are saved, in the language of a page.
type LineWords struct {
	Header     []string            `json:"header"` // as many as package bills has columns
	Unknown    string              `json:"unknown"`
	Unreadable string              `json:"unreadable"`
	Then       string              `json:"then"`   // before what holds on the other day
	Causes     map[string][]string `json:"causes"` // by currency, in the order of its causes
	Notes      map[string]string   `json:"notes"`  // by [NoteKey]
}

// NoteKey is what a reason for which there is no price is found by.
func NoteKey(state audit.State, reason string) string { return string(state) + "|" + reason }

// A Report is what the worker tells of a bill.
type Report struct {
	files.Report
	Missing []files.Wrong `json:"missing,omitempty"` // what must be said before the bill can be read
	Found   *Found        `json:"found,omitempty"`
}

// Found is what came of a bill: sums, the rows that differ most, and what could not be read.
type Found struct {
	Format     string        `json:"format"` // one of package bills
	Rows       int64         `json:"rows"`
	Sums       int64         `json:"sums"`       // of these, rows that sum others up
	Unpaid     int64         `json:"unpaid"`     // of these, messages that did not arrive or came from people
	Unreadable int64         `json:"unreadable"` // of these
	Faults     []files.Wrong `json:"faults,omitempty"`
	Stopped    bool          `json:"stopped,omitempty"`

	Messages int64      `json:"messages"`
	From     rules.Date `json:"from"`
	To       rules.Date `json:"to"`
	Card     rules.Date `json:"card,omitempty"` // since when the latest of the prices hold
	Tax      audit.Tax  `json:"tax,omitempty"`
	Channels []string   `json:"channels,omitempty"`

	Totals []Sum     `json:"totals"` // one for each currency, the one with most rows first
	Lines  []Line    `json:"lines"`  // those that differ most first
	All    int64     `json:"all"`    // how many lines there are
	Open   []Refusal `json:"open,omitempty"`
	Asks   []Ask     `json:"asks,omitempty"`  // what the bill does not say and what an answer would change
	Plain  bool      `json:"plain,omitempty"` // templates that may have parts are held against one of text alone
	Needs  []Rate    `json:"needs,omitempty"`
	Adds   string    `json:"adds,omitempty"` // the currency of what is added for each message, ISO 4217

	Percent decimal.Decimal `json:"percent"` // that the provider may add
	Each    decimal.Decimal `json:"each"`    // that it may add for each message

	Then *Then `json:"then,omitempty"`
}

// An Ask is something that the bill does not say.
type Ask string

// What can be asked.
const (
	AskDay           Ask = "day"
	AskCountry       Ask = "country"
	AskType          Ask = "type"
	AskKind          Ask = "kind"  // of the ZNS templates
	AskPrice         Ask = "price" // that Zalo prints on the template
	AskCurrency      Ask = "currency"
	AskTax           Ask = "tax"
	AskInternational Ask = "international" // whether the account pays the international rate of authentication
)

// A Rate is one between two currencies that is needed.
type Rate struct {
	From string `json:"from"` // ISO 4217, that of the book
	To   string `json:"to"`   // that of the bill
}

// A Sum is all rows of a currency.
type Sum struct {
	Currency     string          `json:"currency"` // ISO 4217
	Rows         int64           `json:"rows"`     // that were compared
	Right        int64           `json:"right"`    // of these
	Free         int64           `json:"free"`     // of the right ones, those that cost nothing by the book
	Messages     int64           `json:"messages"` // of all rows
	Compared     int64           `json:"compared"` // messages of the rows that were compared
	Billed       decimal.Decimal `json:"billed"`
	Low          decimal.Decimal `json:"low"` // by the book
	High         decimal.Decimal `json:"high"`
	Most         decimal.Decimal `json:"most"` // with what is agreed with the provider
	Difference   decimal.Decimal `json:"difference"`
	Unexamined   decimal.Decimal `json:"unexamined"` // billed in rows that were not compared
	UnbilledLow  decimal.Decimal `json:"unbilledLow"`
	UnbilledHigh decimal.Decimal `json:"unbilledHigh"` // of rows without an amount
	Causes       []Cause         `json:"causes"`
	Unknown      decimal.Decimal `json:"unknown"` // of the difference, what no cause explains
	UnknownRows  int64           `json:"unknownRows"`
	Flat         decimal.Decimal `json:"flat"` // what each message costs where that is the same for all, as no price of the book; zero where it is not so
}

// A Cause is why rows differ.
type Cause struct {
	Code     audit.Code      `json:"code"`
	Rows     int64           `json:"rows"`
	Messages int64           `json:"messages"`
	Amount   decimal.Decimal `json:"amount"`            // their differences
	Types    []string        `json:"types,omitempty"`   // of the messages of these rows
	Country  string          `json:"country,omitempty"` // that they all are to, ISO 3166-1 alpha-2
	Markets  int64           `json:"markets"`           // countries that these rows are to
	Percent  decimal.Decimal `json:"percent"`
	Each     decimal.Decimal `json:"each"`
	Agreed   decimal.Decimal `json:"agreed"` // of Percent or Each
	Provider string          `json:"provider,omitempty"`
	Until    rules.Date      `json:"until,omitempty"`
	Market   string          `json:"market,omitempty"`
	Tier     int64           `json:"tier,omitempty"`
	Reading  string          `json:"reading,omitempty"` // what is contested, one of [rules.Readings]
	Value    string          `json:"value,omitempty"`   // how it is read
	Added    audit.Added     `json:"added,omitempty"`   // whether what is agreed with the provider is in these rows
}

// Traffic is what a line is about.
type Traffic struct {
	Types     []string   `json:"types,omitempty"`
	Kind      string     `json:"kind,omitempty"` // of a template
	Countries []string   `json:"countries,omitempty"`
	Told      audit.Told `json:"told,omitempty"`
	Messages  int64      `json:"messages"`
}

// A Line is a row of the bill, or of a log a group of them.
type Line struct {
	Traffic
	Currency   string           `json:"currency"` // ISO 4217
	Row        int32            `json:"row"`
	On         rules.Date       `json:"on"`
	Until      rules.Date       `json:"until,omitempty"`
	Billed     *decimal.Decimal `json:"billed,omitempty"`
	State      audit.State      `json:"state"`
	Reason     string           `json:"reason,omitempty"`
	Low        decimal.Decimal  `json:"low"`
	High       decimal.Decimal  `json:"high"`
	Most       decimal.Decimal  `json:"most"` // with what is agreed with the provider
	Compared   bool             `json:"compared,omitempty"`
	Difference decimal.Decimal  `json:"difference"`
	Cause      int              `json:"cause"` // among those of its sum; -1: none was found
	Added      audit.Added      `json:"added,omitempty"`
}

// A Refusal is rows without a price, for the same reason.
type Refusal struct {
	State    audit.State `json:"state"`
	Reason   string      `json:"reason,omitempty"`
	Rows     int64       `json:"rows"`
	Messages int64       `json:"messages"`
}

// Then is the same traffic under the rules of another day.
type Then struct {
	Day       rules.Date `json:"day"`
	Totals    []ThenSum  `json:"totals"`
	Changed   []Change   `json:"changed,omitempty"` // those that change most first
	Unchanged int64      `json:"unchanged"`         // rows
	Refused   []Refusal  `json:"refused,omitempty"`

	Unannounced bool `json:"unannounced,omitempty"` // of WhatsApp's prices; see [rules.NotAnnounced]
}

// A ThenSum is the rows of a currency that have a price on both days.
type ThenSum struct {
	Currency string          `json:"currency"`
	Low      decimal.Decimal `json:"low"` // on their own days
	High     decimal.Decimal `json:"high"`
	ThenLow  decimal.Decimal `json:"thenLow"`
	ThenHigh decimal.Decimal `json:"thenHigh"`
}

// A Change is traffic that costs something else on the other day.
type Change struct {
	Traffic
	ThenSum
	Rows int64           `json:"rows"`
	Why  Why             `json:"why"`
	From decimal.Decimal `json:"from"` // for each message that is charged
	To   decimal.Decimal `json:"to"`
	Free int64           `json:"free,omitempty"` // messages that are free then
}

// A Why is why traffic costs something else.
type Why string

// The reasons.
const (
	WhyPrice    Why = "price"     // another price
	WhyPaid     Why = "paid"      // free before
	WhyPartFree Why = "part-free" // free before, and the first ones still are
	WhyWindow   Why = "window"    // no longer free inside the window
	WhyFree     Why = "free"      // free then
	WhyCharged  Why = "charged"   // the same price, for more or fewer messages
	WhyTax      Why = "tax"
)

// Whys lists the reasons.
func Whys() []Why {
	return []Why{WhyPrice, WhyPaid, WhyPartFree, WhyWindow, WhyFree, WhyCharged, WhyTax}
}

// Asks lists what can be asked.
func Asks() []Ask {
	return []Ask{AskDay, AskCountry, AskType, AskKind, AskPrice, AskCurrency, AskTax, AskInternational}
}
