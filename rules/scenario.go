package rules

import "github.com/shopspring/decimal"

// A Scenario is one question: these messages, to these people, from this
// sender, on this day.
type Scenario struct {
	On           Date   // day of sending
	At           string // hour of sending in Vietnam, 00:00 to 23:59; empty if not given
	Message      Message
	Audience     []Segment  // 1 to 100
	PerRecipient Opt[int64] // messages to each recipient in the calendar month, 1 to 1,000; 1 if not given
	Sender       Sender
	Assume       map[string]string // reading of a contested fact by its id, see Readings
	Pricing      Pricing
}

// A Message is what is sent.
type Message struct {
	Type        MessageType
	Promotional Opt[bool]
	Automated   Opt[bool]
	Tag         Opt[int64] // purpose of a ZNS: 0 to 5 before 2024-04-16, 1 to 3 from then on
	Template    Template
}

// A Template is the registered form of a ZNS or of a WhatsApp template message.
type Template struct {
	Kind          TemplateKind // ZNS only
	Approved      Opt[bool]
	ApprovedOn    Date // the day of approval; zero if not given
	PublicService bool // sent by public administration or an essential utility
	Buttons       Buttons
	Image         bool
	// What Zalo prints on the template as the price of a message by the way of
	// sending asked about, in dong without VAT.
	Price Opt[decimal.Decimal]
}

// Buttons are those of a template: how many, or where each of them leads to, in
// their order. At most 5.
type Buttons struct {
	Count   int64
	Targets []ButtonTarget // counts as not given where it is empty
}

// A ButtonTarget is where a button of a template leads to.
type ButtonTarget string

// The targets of buttons.
const (
	ButtonOwnWebsite   ButtonTarget = "own-website"
	ButtonCall         ButtonTarget = "call"
	ButtonOAPage       ButtonTarget = "oa-page"
	ButtonMiniApp      ButtonTarget = "mini-app"
	ButtonOAArticle    ButtonTarget = "oa-article"
	ButtonEInvoice     ButtonTarget = "e-invoice"
	ButtonDistribution ButtonTarget = "distribution"
	ButtonAppDownload  ButtonTarget = "app-download"
	ButtonOtherWebsite ButtonTarget = "other-website"
	ButtonOtherApp     ButtonTarget = "other-app"
	ButtonCopy         ButtonTarget = "copy"
)

// ButtonTargets lists the targets of buttons.
func ButtonTargets() []ButtonTarget {
	return []ButtonTarget{
		ButtonOwnWebsite, ButtonCall, ButtonOAPage, ButtonMiniApp, ButtonOAArticle, ButtonEInvoice,
		ButtonDistribution, ButtonAppDownload, ButtonOtherWebsite, ButtonOtherApp, ButtonCopy,
	}
}

// A TemplateKind is the kind of a ZNS template; it decides the price.
type TemplateKind string

// The kinds of ZNS templates.
const (
	TemplateCustom        TemplateKind = "custom"
	TemplateOTP           TemplateKind = "otp"
	TemplateRating        TemplateKind = "rating"
	TemplatePayment       TemplateKind = "payment"
	TemplateVoucher       TemplateKind = "voucher"
	TemplateBusTicket     TemplateKind = "bus-ticket"
	TemplateQuickResponse TemplateKind = "quick-response"
	TemplateJourney       TemplateKind = "journey" // charged once a recipient
	TemplateCarousel      TemplateKind = "carousel"
)

// TemplateKinds lists the kinds of ZNS templates.
func TemplateKinds() []TemplateKind {
	return []TemplateKind{
		TemplateCustom, TemplateOTP, TemplateRating, TemplatePayment, TemplateVoucher,
		TemplateBusTicket, TemplateQuickResponse, TemplateJourney, TemplateCarousel,
	}
}

// A Sender is who sends, and what it has used up in the month of sending.
type Sender struct {
	Tool                Tool
	APIVersion          APIVersion
	OAPackage           OAPackage
	IncludedMessages    int64         // consultation messages past 48 h still in the package
	IncludePackageFee   bool          // add a month's fee of the package to the cost
	DailyQuota          Opt[int64]    // ZNS a day, from 1
	OldDailyQuota       Opt[int64]    // the quota of before 2024-03-12, converted
	ContentLevel        Opt[int64]    // highest ZNS tag allowed before 2024-03-12, 0 to 5
	ExtraConditionsMet  Opt[bool]     // for post-sale ZNS before 2024-03-12
	PromotionBase       Opt[[2]int64] // ZNS of tag 1 and 2 delivered in the two previous months
	FirstPromotionMonth bool          // the first month in which post-sale ZNS may be sent
	PromotionSent       int64
	ChargedThisMonth    int64      // WhatsApp messages charged in each market and category asked about
	FreeServiceUsed     int64      // of the free WhatsApp service messages of the month
	PhoneNumbers        Opt[int64] // WhatsApp numbers that send, each with the free thousand; 1 if not given
	Exempt              bool       // a government body or a non-profit that Meta exempts from paying for replies
	MessagingLimit      Opt[int64] // WhatsApp unique users in 24 h, from 1
	// Of the free WhatsApp conversations of the month, for days before
	// 2024-11-01; the free ones are only counted where it is given.
	FreeConversationsUsed Opt[int64]
	BillingCurrency       string // of the WhatsApp account, one of BillingCurrencies; USD if not given
	InternationalAuth     bool
	Country               string    // ISO 3166-1 alpha-2
	NewsPage              Opt[bool] // Messenger: Meta lets the page send news
}

// Currency returns the currency that a scenario is billed in, as an ISO 4217
// code: for WhatsApp the one of the sender's account, else the type's own.
func (s *Scenario) Currency() string {
	if s.Sender.BillingCurrency != "" && s.Message.Type.Channel() == ChannelWhatsApp {
		return s.Sender.BillingCurrency
	}
	return s.Message.Type.Currency()
}

// A Tool is what a Zalo Official Account sends with.
type Tool string

// The tools of a Zalo Official Account.
const (
	OpenAPI          Tool = "openapi"
	OAManagerWeb     Tool = "oa-manager-web"
	OAManagerMiniApp Tool = "oa-manager-mini-app"
)

// Tools lists the tools of a Zalo Official Account.
func Tools() []Tool { return []Tool{OpenAPI, OAManagerWeb, OAManagerMiniApp} }

// An APIVersion is the version of Zalo's sending interface.
type APIVersion string

// The versions of Zalo's sending interface.
const (
	APIv2 APIVersion = "v2"
	APIv3 APIVersion = "v3"
)

// An OAPackage is the service package of a Zalo Official Account. Which ones
// there are depends on the day, see OAPackages.
type OAPackage string

// The packages of a Zalo Official Account.
const (
	PackageBasic         OAPackage = "basic"
	PackageTrial         OAPackage = "trial"         // to 2026-05-31
	PackageAdvanced      OAPackage = "advanced"      // bought to 2026-05-31
	PackagePremium       OAPackage = "premium"       // bought to 2026-05-31
	PackageStandard      OAPackage = "standard"      // from 2026-06-01
	PackageGrowth        OAPackage = "growth"        // from 2026-06-01
	PackageComprehensive OAPackage = "comprehensive" // from 2026-06-01
)

// OAPackages lists the packages that an account may have on a day.
func OAPackages(on Date) []OAPackage {
	words := oaPackages.on(on)
	if words == nil {
		return nil
	}
	packages := make([]OAPackage, len(words.words))
	for i, w := range words.words {
		packages[i] = OAPackage(w)
	}
	return packages
}

// A Segment is a group of recipients who stand alike to the sender.
type Segment struct {
	Name              string
	Recipients        Opt[int64] // 1 to 1e9
	Country           string     // ISO 3166-1 alpha-2; required for WhatsApp
	UID               Opt[bool]  // the OA has their Zalo user id
	Phone             Opt[bool]  // the sender has their phone number
	Follows           Opt[bool]
	Consents          Opt[bool] // they allowed the OA to write
	OptedIn           Opt[bool] // WhatsApp opt-in; Messenger notification token
	Recency           Recency
	Interactions      Opt[int64] // new interactions in the month, 1 to 100; 1 if not given
	FreeUsed          int64      // of each one's free consultation messages
	ReceivedThisMonth int64
	CareWithin6Months Opt[bool] // had a ZNS of tag 1 or 2 in the last six months
	FreeEntryPoint    bool      // WhatsApp: inside the free time after an ad or page button
	// The share of what goes out that arrives, 0 to 100 per cent; 100 if not given.
	DeliveredPercent Opt[decimal.Decimal]
}

// Pricing is what the user adds to the platform's price. Amounts are in the
// billing currency and run from 0 to 1e12.
type Pricing struct {
	MarkupPercent    Opt[decimal.Decimal] // of the platform's net charge
	MarkupPerMessage Opt[decimal.Decimal] // for every message that arrives
	MonthlyFee       Opt[decimal.Decimal]
	TaxPercent       Opt[decimal.Decimal] // for prices that the book has without a tax, and for the additions
	MarkupOnFree     Opt[bool]            // whether free messages carry MarkupPerMessage; they do if not given
	// For every message that does not arrive, as for an SMS instead.
	FallbackPerMessage Opt[decimal.Decimal]
	Incoming           Incoming
	Bundle             Bundle
	Convert            Opt[Conversion]
}

// An Incoming is what a provider charges for what people write.
type Incoming struct {
	Messages   int64
	PerMessage Opt[decimal.Decimal]
}

// A Bundle is how many messages go without MarkupPerMessage, for one fee.
type Bundle struct {
	Messages int64
	Fee      Opt[decimal.Decimal]
}

// A Conversion asks for the total in another currency.
type Conversion struct {
	Currency string                     // ISO 4217
	Rates    map[string]decimal.Decimal // units of Currency for one unit of the billing currency
}

// Opt is a fact that may not have been given. The zero Opt is unknown.
type Opt[T any] struct {
	value T
	known bool
}

// Some returns a known fact.
func Some[T any](value T) Opt[T] { return Opt[T]{value, true} }

// Get returns the value and whether it is known.
func (o Opt[T]) Get() (T, bool) { return o.value, o.known }

// Known reports whether the fact was given.
func (o Opt[T]) Known() bool { return o.known }

// Or returns the value, or the fallback where it is unknown.
func (o Opt[T]) Or(fallback T) T {
	if o.known {
		return o.value
	}
	return fallback
}

// IsZero reports whether the fact is unknown, so that JSON leaves it out.
func (o Opt[T]) IsZero() bool { return !o.known }

// MarshalJSON writes the value.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	var w jsonWriter
	err := w.fact(o.value)
	return w.text, err
}

// Recency is the time since the last interaction: unknown, never, or a number
// of hours from 0 to 87,600. The zero Recency is unknown.
type Recency struct {
	hours decimal.Decimal
	state recencyState
}

type recencyState uint8

const (
	recencyUnknown recencyState = iota
	recencyNever
	recencyHours
)

// Never is the recency of people who have not interacted at all.
func Never() Recency { return Recency{state: recencyNever} }

// HoursAgo is the recency of people whose last interaction was that long ago.
func HoursAgo(hours decimal.Decimal) Recency { return Recency{hours, recencyHours} }

// Known reports whether the recency was given, never included.
func (r Recency) Known() bool { return r.state != recencyUnknown }

// Hours returns the hours since the last interaction, and false for people who
// never interacted or whose recency is unknown.
func (r Recency) Hours() (decimal.Decimal, bool) { return r.hours, r.state == recencyHours }

// Within reports whether the last interaction was at most that many hours ago;
// an unknown one was not.
func (r Recency) Within(hours int64) bool {
	return r.state == recencyHours && r.hours.Cmp(decimal.NewFromInt(hours)) <= 0
}

// within is Within for a fact that is a number of hours.
func (r Recency) within(f *Fact) bool {
	return r.state == recencyHours && r.hours.Cmp(f.amount) <= 0
}

// IsZero reports whether the recency is unknown, so that JSON leaves it out.
func (r Recency) IsZero() bool { return r.state == recencyUnknown }
