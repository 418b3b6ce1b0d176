package audit

import (
	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Bill is what somebody was billed, or what somebody sent.
type Bill struct {
	Rows     []Row
	Tax      Tax
	Sender   rules.PlanSender
	Assume   map[string]string
	Pricing  rules.PlanPricing // what the provider may add at the most
	At       string            // hour of sending in Vietnam; empty if not given
	AsOf     rules.Date        // under whose rules the traffic is priced again; zero: none
	Decimals map[string]int32  // by ISO 4217 code: how many the bill's amounts have; those of the amounts if not given
	FlatTold bool              // who asks tells of a flat price ([Sum.Flat]) itself: there neither other markets nor mark-ups are looked for, which would fit by chance
	GoOn     func() bool       // is called now and then; where it returns false the work ends with ErrStopped; nil: to the end
}

// A Tax says whether amounts of a bill hold the tax.
type Tax string

// What is known of it.
const (
	TaxUnsaid   Tax = ""         // they are held against the book's amounts with its tax
	TaxIncluded Tax = "included" // the same
	TaxExcluded Tax = "excluded" // they are held against the book's amounts without tax
)

// A Row is a row of a bill.
type Row struct {
	Number   int32                      // of the file: where the row, or the first of its messages, stands
	Rows     int64                      // of the file that it is made of
	On       rules.Date                 // the day of sending, the first one of several
	Until    rules.Date                 // the last day; zero: On
	Traffic  []Traffic                  // what was sent and arrived; none: a fee, for which the book has no price
	Amount   rules.Opt[decimal.Decimal] // that was billed; unknown in a mere log
	Currency string                     // ISO 4217; empty: the one that the book bills in
}

// Messages is how many messages the row is about.
func (r *Row) Messages() (n int64) {
	for i := range r.Traffic {
		n += r.Traffic[i].Count
	}
	return n
}

// Last is the last day of the row.
func (r *Row) Last() rules.Date { return max(r.On, r.Until) }

// Traffic is messages of one type to one country.
type Traffic struct {
	Message rules.Message
	Country string // ISO 3166-1 alpha-2; empty where the type needs none
	Count   int64  // 1 to 1e9
	Told    Told
	// Whether it is authentication at the international rate; the sender's own
	// answer holds if it is not known.
	International rules.Opt[bool]
}

// Told is what a bill itself says of whether messages are charged.
type Told string

// What it may say.
const (
	Untold         Told = ""
	ToldCharged    Told = "charged"     // regular
	ToldWindow     Told = "window"      // free as an answer to a customer
	ToldEntryPoint Told = "entry-point" // free after an ad or a page button
)

// A Fact is one that a row of a bill may have, by the name of its column in a
// configuration.
type Fact string

// The facts.
const (
	FactDay       Fact = "day"       // or time of sending, or the first day of several
	FactUntil     Fact = "until"     // the last day
	FactChannel   Fact = "channel"   // Zalo, ZNS, WhatsApp, Messenger
	FactType      Fact = "type"      // of message, or category
	FactKind      Fact = "kind"      // of a ZNS template
	FactTag       Fact = "tag"       // of a ZNS
	FactCountry   Fact = "country"   // of the people
	FactPhone     Fact = "phone"     // of the people
	FactCount     Fact = "count"     // of messages
	FactAmount    Fact = "amount"    // billed for all of them
	FactUnitPrice Fact = "unitPrice" // billed for each of them
	FactCurrency  Fact = "currency"  // of the amounts
	FactCharge    Fact = "charge"    // regular, or free and why
	FactStatus    Fact = "status"    // of delivery
	FactDirection Fact = "direction" // to people or from them
)

// Facts lists the facts.
func Facts() []Fact {
	return []Fact{FactDay, FactUntil, FactChannel, FactType, FactKind, FactTag, FactCountry, FactPhone, FactCount, FactAmount, FactUnitPrice, FactCurrency, FactCharge, FactStatus, FactDirection}
}
