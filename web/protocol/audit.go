package protocol

import (
	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

// An AuditSummary is what `web audit` writes of a bill as a whole.
type AuditSummary struct {
	Format     string     `json:"format"`         // pricing-analytics, table, wide, zalo or log
	Rows       int64      `json:"rows"`           // of the file, without its header
	Sums       int64      `json:"sums"`           // of these, rows that sum up others; they are not counted
	Unpaid     int64      `json:"unpaid"`         // of these, messages that did not arrive or came from people, and empty rows
	Unreadable int64      `json:"unreadable"`     // of these, rows that could not be read
	Messages   int64      `json:"messages"`       // of all rows that were read
	From       rules.Date `json:"from,omitzero"`  // the first day
	To         rules.Date `json:"to,omitzero"`    // the last day
	Tax        audit.Tax  `json:"tax,omitempty"`  // what the bill says of its amounts: included or excluded
	Totals     []AuditSum `json:"totals"`         // one for each currency
	Open       []AuditRow `json:"open"`           // rows that the book has no price for, by reason
	AsOf       *AuditAsOf `json:"asOf,omitempty"` // the same traffic on another day, where one was named
}

// An AuditSum is the rows of a bill in one currency.
type AuditSum struct {
	Currency   string           `json:"currency"`             // ISO 4217
	Rows       int64            `json:"rows"`                 // that were compared with the book
	Right      int64            `json:"right"`                // of these
	Billed     decimal.Decimal  `json:"billed"`               // in the rows that were compared
	Book       decimal.Decimal  `json:"book"`                 // by the book, for the same rows, the least
	BookMost   decimal.Decimal  `json:"bookMost"`             // the most, where a window that nobody knows decides
	AgreedMost *decimal.Decimal `json:"agreedMost,omitempty"` // the most that may be billed with what is agreed with the provider, where something is
	Difference decimal.Decimal  `json:"difference"`           // the sum of those of the rows
	NotPriced  decimal.Decimal  `json:"notPriced"`            // billed in rows that were not compared
	Unbilled   *AuditRange      `json:"unbilled,omitempty"`   // what rows without an amount cost by the book, as those of a log
	Cause      string           `json:"cause,omitempty"`      // the one cause that explains 95 % of the differences, where there is one
	Causes     []AuditCause     `json:"causes"`               // those that explain most first
	Unknown    decimal.Decimal  `json:"unknown"`              // of the difference, what no cause explains
}

// An AuditRange is an amount of which only the ends are known.
type AuditRange struct {
	Book     decimal.Decimal `json:"book"`
	BookMost decimal.Decimal `json:"bookMost"`
}

// An AuditCause is why rows differ.
type AuditCause struct {
	Code     audit.Code        `json:"code"`
	Words    string            `json:"words"`              // in English
	Rows     int64             `json:"rows"`               // that it explains
	Amount   decimal.Decimal   `json:"amount"`             // their differences
	Type     rules.MessageType `json:"type,omitempty"`     // that it is about alone
	Country  string            `json:"country,omitempty"`  // that it is about alone, ISO 3166-1 alpha-2
	Percent  *decimal.Decimal  `json:"percent,omitempty"`  // of a mark-up, below zero of a discount; of a tax
	Each     *decimal.Decimal  `json:"each,omitempty"`     // of a mark-up for each message
	Agreed   *decimal.Decimal  `json:"agreed,omitempty"`   // how much of percent or each may be added, where something may
	Provider string            `json:"provider,omitempty"` // who is known to add just that
	Until    rules.Date        `json:"until,omitzero"`     // the first day on which the old prices no longer hold
	Market   string            `json:"market,omitempty"`   // whose price it is
	TierFrom int64             `json:"tierFrom,omitempty"` // the number of the first message of the volume tier
	Added    audit.Added       `json:"added,omitempty"`    // whether what may be added is in the amounts of these rows: all, none or some of them
}

// An AuditRow is rows that have no price for the same reason.
type AuditRow struct {
	State    audit.State `json:"state"`
	Reason   string      `json:"reason"` // codes of the checks that fail, the type, or two currencies
	Rows     int64       `json:"rows"`
	Messages int64       `json:"messages"`
}

// An AuditAsOf is the traffic of a bill under the rules of another day.
type AuditAsOf struct {
	On     rules.Date  `json:"on"`
	Totals []AuditThen `json:"totals"` // one for each currency, of the rows that have a price on both days
	Open   []AuditRow  `json:"open"`   // what may not be sent then, or has no price; it is in no sum
}

// An AuditThen is the rows of one currency that have a price on both days.
type AuditThen struct {
	Currency string          `json:"currency"` // ISO 4217
	Rows     int64           `json:"rows"`
	Changed  int64           `json:"changed"` // of these
	Book     decimal.Decimal `json:"book"`    // on their own days, the least
	BookMost decimal.Decimal `json:"bookMost"`
	Then     decimal.Decimal `json:"then"` // on the other day, the least
	ThenMost decimal.Decimal `json:"thenMost"`
	More     decimal.Decimal `json:"more"` // then less on their own days, by the most
}

// SummariseAudit tells the sums of a bill.
func SummariseAudit(r *audit.Report, s AuditSummary) AuditSummary {
	for i := range r.Rows {
		row := r.Rows[i].Row
		s.Messages += row.Messages()
		if s.From == 0 || row.On < s.From {
			s.From = row.On
		}
		s.To = max(s.To, row.Last())
	}
	s.Totals, s.Open = []AuditSum{}, auditRows(r.Open)
	for i := range r.Sums {
		s.Totals = append(s.Totals, auditSum(&r.Sums[i]))
	}
	if r.AsOf != nil {
		s.AsOf = &AuditAsOf{On: r.AsOf.Day, Totals: []AuditThen{}, Open: auditRows(r.AsOf.Refused)}
		for _, t := range r.AsOf.Sums {
			s.AsOf.Totals = append(s.AsOf.Totals, AuditThen{t.Currency, t.Rows, t.Changed, t.Low, t.High, t.ThenLow, t.ThenHigh, t.ThenHigh.Sub(t.High)})
		}
	}
	return s
}

func auditRows(list []audit.Refusal) []AuditRow {
	rows := []AuditRow{}
	for _, f := range list {
		rows = append(rows, AuditRow(f))
	}
	return rows
}

func auditSum(s *audit.Sum) AuditSum {
	sum := AuditSum{
		Currency: s.Currency, Rows: s.Rows, Right: s.Right, Billed: s.Billed, Book: s.Low, BookMost: s.High,
		Difference: s.Difference, NotPriced: s.Unexamined, Causes: []AuditCause{}, Unknown: s.Unknown,
	}
	if !s.Most.Equal(s.High) {
		sum.AgreedMost = &s.Most
	}
	if !s.UnbilledHigh.IsZero() {
		sum.Unbilled = &AuditRange{s.UnbilledLow, s.UnbilledHigh}
	}
	for i := range s.Causes {
		c := &s.Causes[i]
		one := AuditCause{
			Code: c.Code, Words: c.Words(s.Currency), Rows: c.Rows, Amount: c.Amount, Type: c.Type, Country: c.Country,
			Provider: c.Provider, Until: c.Until, Market: c.Market, TierFrom: c.Tier, Added: c.Added,
		}
		if !c.Percent.IsZero() {
			one.Percent = &c.Percent
		}
		if !c.Cause.Amount.IsZero() {
			one.Each = &c.Cause.Amount
		}
		if !c.Agreed.IsZero() {
			one.Agreed = &c.Agreed
		}
		sum.Causes = append(sum.Causes, one)
		if i == s.Cause {
			sum.Cause = one.Words
		}
	}
	return sum
}

// billFacts are the names of the facts of a row of a bill.
func billFacts() (names []string) {
	for _, f := range audit.Facts() {
		names = append(names, string(f))
	}
	return names
}
