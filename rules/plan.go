package rules

import (
	"strconv"
	"strings"
	"unsafe"

	"github.com/shopspring/decimal"
)

// Limits of a plan.
const (
	MaxItems       = 50
	MaxPlanDays    = 366  // from the first day of an item to its last one
	MaxOccurrences = 5000 // of all items
)

// A Plan is several messages of one sender, some of them again and again. What
// one of them uses up of a monthly allowance is not there for the next one of the
// month.
type Plan struct {
	Items   []PlanItem // 1 to 50
	Sender  PlanSender
	Assume  map[string]string // reading of a contested fact by its id, see Readings
	Pricing PlanPricing
	Balance map[string]decimal.Decimal // money there is by its ISO 4217 code, 0 to 1e12; one currency does not pay for another
}

// A PlanItem is a message of a plan: a [Scenario] without what the whole plan
// shares, and how often it is sent.
type PlanItem struct {
	Name         string // at most 100 characters
	On           Date   // the first day of sending
	Every        Every  // again each day, week or month; empty: once
	Until        Date   // the last day on which it may be sent, at most 366 days after On; given with Every
	At           string // hour of sending in Vietnam, 00:00 to 23:59; empty if not given
	Message      Message
	Audience     []Segment  // as of a scenario; ReceivedThisMonth and FreeUsed hold for the month of On
	PerRecipient Opt[int64] // messages to each recipient each time, 1 to 1,000; 1 if not given
	Tool         Tool       // what this is sent with; the sender's where it is not given
	APIVersion   APIVersion // of Zalo's sending interface; the sender's where it is not given
	SamePeople   bool       // it goes to the same people each time, so that they get more of it in a month
}

// Every is how often an item of a plan is sent.
type Every string

// The rhythms. A month later is the same day of the next month, or its last day
// where it has no such day.
const (
	EveryDay   Every = "day"
	EveryWeek  Every = "week"
	EveryMonth Every = "month"
)

// Rhythms lists how often an item may be sent.
func Rhythms() []Every { return []Every{EveryDay, EveryWeek, EveryMonth} }

// A PlanSender is who sends all items. What it has used up holds for the month of
// the plan's first day; IncludedMessages is what is left in that month.
type PlanSender struct {
	Sender
	IncludedPerMonth Opt[int64] // consultation messages past 48 h in the package, of each later month; IncludedMessages if not given
}

// PlanPricing is what the user adds to the platform's price. MonthlyFee, Incoming
// and Bundle are those of each month.
type PlanPricing struct {
	Pricing
	Currency string // ISO 4217, of its amounts; required where the items are billed in two currencies and an amount is given
}

// A PlanQuote answers a [Plan]. Its numbers are the sums of the occurrences and
// mean what those of a [Quote] do.
type PlanQuote struct {
	Verdict     Verdict                `json:"verdict"` // joins the items'
	Priced      bool                   `json:"priced"`  // every deliverable message of every occurrence has a price in the book
	Requested   int64                  `json:"requested"`
	Deliverable int64                  `json:"deliverable"`
	Blocked     int64                  `json:"blocked"`
	Undelivered int64                  `json:"undelivered,omitempty"`
	Free        int64                  `json:"free"`
	Charged     int64                  `json:"charged"`
	Items       []ItemQuote            `json:"items"`               // as in the plan
	Days        []PlanDay              `json:"days"`                // the occurrences in the order of work: by day, those of one day as the items are
	Months      []PlanMonth            `json:"months"`              // that have an occurrence
	Totals      []Total                `json:"totals,omitempty"`    // with the fees of the months: dong first, then by code; absent where a price is not in the book
	Converted   *Total                 `json:"converted,omitempty"` // all of the totals in one currency; absent where a rate is not given
	Balance     map[string]PlanBalance `json:"balance,omitempty"`   // by ISO 4217 code; absent where a price is not in the book
	Notices     []Notice               `json:"notices"`             // of any occurrence, each once; one that compares does so for the first occurrence that has it
}

// An ItemQuote answers for all occurrences of one item, without the fees of the
// months.
type ItemQuote struct {
	Name        string      `json:"name"`
	Occurrences int64       `json:"occurrences"` // how often it is sent
	First       Date        `json:"first"`       // day of sending
	Last        Date        `json:"last"`        // day of sending
	Verdict     Verdict     `json:"verdict"`     // joins the occurrences'
	Priced      bool        `json:"priced"`
	Requested   int64       `json:"requested"`
	Deliverable int64       `json:"deliverable"`
	Blocked     int64       `json:"blocked"`
	Undelivered int64       `json:"undelivered,omitempty"`
	Free        int64       `json:"free"`
	Charged     int64       `json:"charged"`
	Totals      []Total     `json:"totals,omitempty"` // one, in the currency that the item is billed in; absent where a price is not in the book
	Checks      []PlanCheck `json:"checks"`           // each check's worst outcome
}

// A PlanCheck is the worst outcome that a check of an item had. The paths that it
// needs are those of a scenario of the item.
type PlanCheck struct {
	On Date `json:"on"` // the first day on which it came out so
	Check
}

// A PlanDay is one occurrence of an item.
type PlanDay struct {
	On          Date    `json:"on"`
	Item        int     `json:"item"` // index into the items
	Verdict     Verdict `json:"verdict"`
	Deliverable int64   `json:"deliverable"`
	Totals      []Total `json:"totals,omitempty"`    // one; absent where a price is not in the book
	OverQuota   int64   `json:"overQuota,omitempty"` // by how many messages all ZNS of the day are more than the daily quota; at the last of them
}

// A PlanMonth is a calendar month in which the plan sends.
type PlanMonth struct {
	Month  Month      `json:"month"`
	Totals []Total    `json:"totals,omitempty"` // of its occurrences and fees: dong first, then by code; absent where a price is not in the book
	Lines  []PlanLine `json:"lines"`            // what is paid once a month, where anything is deliverable: the package, what people write, a bundle, a fee
	Used   MonthUse   `json:"used"`
}

// A PlanLine is a line of a month.
type PlanLine struct {
	Currency string `json:"currency"` // ISO 4217
	Line
}

// MonthUse is what a month's limits and allowances are used by the end of it. One
// that no occurrence of the month goes by is absent.
type MonthUse struct {
	IncludedMessages  *Use `json:"includedMessages,omitempty"`  // consultation messages past 48 h in the package
	Promotion         *Use `json:"promotion,omitempty"`         // post-sale ZNS
	FreeService       *Use `json:"freeService,omitempty"`       // free WhatsApp service messages
	FreeConversations *Use `json:"freeConversations,omitempty"` // free WhatsApp conversations, before 2024-11-01
	Bundle            *Use `json:"bundle,omitempty"`            // messages that go without the mark-up
}

// A Use is how much of a limit is used. What the sender says to have used before is
// in it.
type Use struct {
	Used  int64 `json:"used"`
	Limit int64 `json:"limit"`
}

// A PlanBalance is what becomes of money.
type PlanBalance struct {
	Left    decimal.Decimal `json:"left"`             // when all is paid, or when something could not be paid in full
	RunsOut Date            `json:"runsOut,omitzero"` // the first day on which something could not be paid in full; absent where all is paid
}

// A Month is a calendar month. Months compare with the ordinary operators.
type Month int32 // year*100 + month

// Month returns the month of a day.
func (d Date) Month() Month { return Month(d / 100) }

// First returns the first day of the month.
func (m Month) First() Date { return Date(m)*100 + 1 }

// String writes the month as 2006-01; the zero Month is empty.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return m.First().String()[:len("2006-01")]
}

// MarshalText writes the month as 2006-01.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// Scenario is what one occurrence of an item asks on a day, alone: what the plan
// shares, without what others use up of the month.
func (p *Plan) Scenario(item int, on Date) Scenario {
	i := &p.Items[item]
	s := Scenario{
		On: on, At: i.At, Message: i.Message, Audience: i.Audience, PerRecipient: i.PerRecipient,
		Sender: p.Sender.Sender, Assume: p.Assume, Pricing: p.Pricing.Pricing,
	}
	i.sendsWith(&s.Sender)
	return s
}

// sendsWith puts the tool of the item before the sender's.
func (i *PlanItem) sendsWith(s *Sender) {
	if i.Tool != "" {
		s.Tool = i.Tool
	}
	if i.APIVersion != "" {
		s.APIVersion = i.APIVersion
	}
}

// occurrence is the day of an occurrence by its number, which begins with 0; zero
// where there is none.
func (i *PlanItem) occurrence(n int) Date {
	day := i.On
	switch {
	case n == 0:
		return day
	case i.Every == EveryDay:
		day = i.On.AddDays(n)
	case i.Every == EveryWeek:
		day = i.On.AddDays(7 * n)
	case i.Every == EveryMonth:
		year, month, d := i.On.Split()
		month += n - 1
		year, month = year+month/12, month%12+1
		day = Date(year*10000 + month*100 + min(d, daysIn(year, month)))
	default:
		return 0
	}
	if day > i.Until {
		return 0
	}
	return day
}

// balanceField is the field of the money that there is in a currency.
func balanceField(currency string) Field {
	return Field{Path: "balance." + currency, Kind: KindAmount, Most: MaxCount}
}

// itemsRange is how many items there may be, for the message.
var itemsRange = "1 to " + strconv.Itoa(MaxItems) + " items"

// Validate checks everything about a plan that its types do not, and returns the
// first mistake as an *[Error]. Mistakes of an item have paths such as
// items[2].audience[0].recipients, those of what the items share such as
// sender.oaPackage.
func (p *Plan) Validate() error {
	if e := p.firstMistake(); e != nil {
		return e
	}
	return nil
}

func (p *Plan) firstMistake() *Error {
	if n := len(p.Items); n < 1 || n > MaxItems {
		return &Error{"items", OutOfRange, itemsRange + ", not " + strconv.Itoa(n)}
	}
	for i := range p.Items {
		if e := p.mistakeOfItem(i); e != nil {
			return e
		}
	}
	if n := p.occurrences(); n > MaxOccurrences {
		return &Error{"items", OutOfRange, "at most " + strconv.Itoa(MaxOccurrences) + " occurrences of all items, not " + strconv.Itoa(n)}
	}
	v := validation{s: &Scenario{}}
	for i := range planFields[len(itemFields):] {
		f := &planFields[len(itemFields)+i]
		if value := f.InPlan(p, nil); given(value) {
			if e := v.value(f, value); e != nil {
				return e
			}
		}
	}
	if p.Pricing.Currency == "" && p.Pricing.hasAmount() {
		for i := range p.Items {
			if p.billedIn(i) != p.billedIn(0) {
				return &Error{planPricingFields[0].Path, Required, "the items are billed in " + p.billedIn(0) + " and " + p.billedIn(i) + ": say which of them the amounts are in"}
			}
		}
	}
	for _, currency := range sortedNames(p.Balance) {
		f := balanceField(currency)
		if !isCurrency(currency) {
			return &Error{f.Path, UnknownField, unknownBalance}
		}
		if e := f.amount(p.Balance[currency]); e != nil {
			return e
		}
	}
	return nil
}

const unknownBalance = "money is named by ISO 4217 codes of three capital letters, like VND"

// hasAmount reports whether any amount is given.
func (p *Pricing) hasAmount() bool {
	return p.MarkupPerMessage.Known() || p.MonthlyFee.Known() || p.FallbackPerMessage.Known() || p.Incoming.PerMessage.Known() || p.Bundle.Fee.Known()
}

// billedIn is the currency that an item is billed in.
func (p *Plan) billedIn(item int) string {
	s := Scenario{Message: Message{Type: p.Items[item].Message.Type}, Sender: Sender{BillingCurrency: p.Sender.BillingCurrency}}
	return s.Currency()
}

// occurrences is how often anything is sent.
func (p *Plan) occurrences() (n int) {
	for i := range p.Items {
		for k := 0; p.Items[i].occurrence(k) != 0; k++ {
			n++
		}
	}
	return n
}

// mistakeOfItem is the first mistake of an item, or of what the items share for it.
func (p *Plan) mistakeOfItem(i int) *Error {
	item := &p.Items[i]
	s := p.Scenario(i, item.On)
	s.Sender = p.Sender.Sender // what the item has in its place is looked at itself
	v := validation{s: &s, anyRate: true}
	for k := range itemFields {
		f := &itemFields[k]
		if value := f.InPlan(nil, item); given(value) {
			if e := v.value(f, value); e != nil {
				return ofItem(i, e)
			}
		}
	}
	if e := v.firstMistake(); e != nil {
		return ofItem(i, e)
	}
	switch {
	case item.Every != "" && item.Until == 0:
		return ofItem(i, missing("until"))
	case item.Every == "" && item.Until != 0:
		return ofItem(i, missing("every"))
	case item.Every == "":
		return nil
	case item.Until < item.On || item.Until.number()-item.On.number() > MaxPlanDays:
		return ofItem(i, &Error{"until", OutOfRange, "from " + item.On.String() + " to " + strconv.Itoa(MaxPlanDays) + " days later"})
	}
	for n := 1; ; n++ {
		if s.On = item.occurrence(n); s.On == 0 {
			return nil
		}
		if e := v.mistakeOfDay(); e != nil {
			return ofItem(i, e) // its message names the day
		}
	}
}

// ofItem puts a mistake where the plan has it.
func ofItem(i int, e *Error) *Error {
	for _, shared := range [...]string{"sender.", "assume.", "pricing."} {
		if strings.HasPrefix(e.Path, shared) {
			return e
		}
	}
	e.Path = "items[" + strconv.Itoa(i) + "]." + strings.TrimPrefix(e.Path, "items.")
	return e
}

// The fields of a plan that a scenario has not. Of an item:
var itemFields = []Field{
	{Path: "items.name", Kind: KindText, Most: MaxName, at: unsafe.Offsetof(PlanItem{}.Name), stored: storedWord},
	{Path: "items.every", Kind: KindChoice, words: func(Date) []string { return rhythmWords }, at: unsafe.Offsetof(PlanItem{}.Every), stored: storedWord},
	{Path: "items.until", Kind: KindDay, at: unsafe.Offsetof(PlanItem{}.Until), stored: storedDay},
	{Path: "items.tool", Kind: KindChoice, words: func(Date) []string { return toolWords }, at: unsafe.Offsetof(PlanItem{}.Tool), stored: storedWord},
	{Path: "items.apiVersion", Kind: KindChoice, words: func(Date) []string { return uidAPIVersions.facts[0].words }, at: unsafe.Offsetof(PlanItem{}.APIVersion), stored: storedWord},
	{Path: "items.samePeople", Kind: KindFlag, at: unsafe.Offsetof(PlanItem{}.SamePeople), stored: storedBool},
}

// Of what the items share:
var (
	planSenderFields = []Field{{Path: "sender.includedPerMonth", Kind: KindCount, Most: MaxCount, Unit: "messages",
		at: unsafe.Offsetof(Plan{}.Sender) + unsafe.Offsetof(PlanSender{}.IncludedPerMonth), stored: storedOptCount}}
	planPricingFields = []Field{{Path: "pricing.currency", Kind: KindCurrency,
		at: unsafe.Offsetof(Plan{}.Pricing) + unsafe.Offsetof(PlanPricing{}.Currency), stored: storedWord}}
)

var rhythmWords = plain(Rhythms())
