package rules

import (
	"unsafe"

	"github.com/shopspring/decimal"
)

// A Message is what is sent.
type Message struct {
	Type        MessageType // what kind of message it is, which decides the rules and the price
	Promotional Opt[bool]   // there is some promotion in it
	Automated   Opt[bool]   // a program sends it, not a person
	Tag         Opt[int64]  // purpose of a ZNS: 0 to 5 before 2024-04-16, 1 to 3 from then on
	Template    Template
}

// A Template is the registered form of a ZNS or of a WhatsApp template message.
type Template struct {
	Kind          TemplateKind // ZNS only
	Approved      Opt[bool]    // the platform has approved it
	ApprovedOn    Date         // the day of approval; zero if not given
	PublicService bool         // sent by public administration or an essential utility
	Buttons       Buttons      // how many buttons it has, or where each of them leads to
	Image         bool         // it has an image
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

var messageFields = []Field{
	{Path: "message.type", Decides: true, Kind: KindChoice, needs: always, words: func(Date) []string { return typeWords },
		at: inMessage + unsafe.Offsetof(Message{}.Type), stored: storedWord},
	{Path: "message.promotional", Kind: KindYesNo, at: inMessage + unsafe.Offsetof(Message{}.Promotional), stored: storedOptBool},
	{Path: "message.automated", Kind: KindYesNo, at: inMessage + unsafe.Offsetof(Message{}.Automated), stored: storedOptBool},
	{Path: "message.tag", Decides: true, Kind: KindCount, Most: MaxTag, needs: forTemplates, words: tagsOn, wrong: wrongTag,
		at: inMessage + unsafe.Offsetof(Message{}.Tag), stored: storedOptCount},
}

var templateFields = []Field{
	{Path: "message.template.kind", Decides: true, Kind: KindChoice, needs: forTemplates, words: func(Date) []string { return kindWords },
		at: inTemplate + unsafe.Offsetof(Template{}.Kind), stored: storedWord},
	{Path: "message.template.approved", Kind: KindYesNo, holds: onPlatform, at: inTemplate + unsafe.Offsetof(Template{}.Approved), stored: storedOptBool},
	{Path: "message.template.approvedOn", Kind: KindDay, at: inTemplate + unsafe.Offsetof(Template{}.ApprovedOn), stored: storedDay},
	{Path: "message.template.publicService", Kind: KindFlag, at: inTemplate + unsafe.Offsetof(Template{}.PublicService), stored: storedBool},
	{Path: "message.template.buttons", Kind: KindTargets, Most: MaxButtons, words: func(Date) []string { return targetWords },
		at: inTemplate + unsafe.Offsetof(Template{}.Buttons), stored: storedButtons},
	{Path: "message.template.image", Kind: KindFlag, at: inTemplate + unsafe.Offsetof(Template{}.Image), stored: storedBool},
	{Path: "message.template.price", Kind: KindAmount, Most: MaxCount, holds: forTypeAlone, at: inTemplate + unsafe.Offsetof(Template{}.Price), stored: storedOptDecimal},
}
