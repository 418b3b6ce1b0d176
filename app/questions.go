package app

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// An answerKind is how a question is answered.
type answerKind uint8

const (
	askCount   answerKind = iota // a whole number from least to most
	askAmount                    // a decimal that is not negative, a string in the contract
	askHours                     // recency: hours, never, or unknown
	askYesNo                     // yes, no, or unknown
	askFlag                      // a box that is ticked or not
	askChoice                    // one word of a list, or unknown
	askCountry                   // an ISO 3166-1 alpha-2 code
	askDate                      // a day
	askText                      // a name
)

// Answers that are not numbers or words of the contract.
const (
	yes   = "yes"
	no    = "no"
	never = "never"
)

// A place is where on the screen a question stands.
type place uint8

const (
	inWhat    place = iota // what is sent
	inWhom                 // to whom; asked for each group
	inHowMuch              // how much, when, from whom
	inPricing              // what the user adds to the price
)

// A question is one field of the scenario as it stands on the screen.
type question struct {
	path        string
	kind        answerKind
	place       place
	group       int  // of inWhom
	more        bool // behind "more details"
	required    bool
	least, most int64
	options     []string // of askChoice
	bare        bool     // the options are numbers in the contract
	standard    string   // the answer that the contract takes where none is given
}

// name is the path without the number of its group: the key of its texts.
func (q *question) name() string {
	if q.place == inWhom {
		_, field, _ := strings.Cut(q.path, ".")
		return "audience." + field
	}
	return q.path
}

// read turns what was typed into the value that goes into the scenario, nil for
// an unknown one. Where that cannot be done it returns the key of the text that
// says why, with its names and values.
func (q *question) read(typed, lang string) (value any, key string, args []string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		if q.required {
			return nil, "mistake.required", nil
		}
		return nil, "", nil
	}
	switch q.kind {
	case askCount:
		d, ok := q.signed(typed, lang)
		if !ok || !d.IsInteger() {
			return nil, "mistake.count", nil
		}
		if d.LessThan(decimal.NewFromInt(q.least)) || d.GreaterThan(decimal.NewFromInt(q.most)) {
			return nil, "mistake.range", []string{"least", strconv.FormatInt(q.least, 10), "most", strconv.FormatInt(q.most, 10)}
		}
		return json.Number(strconv.FormatInt(d.IntPart(), 10)), "", nil
	case askHours:
		if typed == never {
			return json.RawMessage("null"), "", nil
		}
		d, ok := q.number(typed, lang)
		if !ok || d.GreaterThan(decimal.NewFromInt(rules.MaxHours)) {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.Itoa(rules.MaxHours)}
		}
		return json.Number(d.String()), "", nil
	case askAmount:
		d, ok := q.signed(typed, lang)
		if !ok {
			return nil, "mistake.amount", nil
		}
		if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(q.most)) || d.Exponent() < -rules.MaxDecimals {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.FormatInt(q.most, 10)}
		}
		return d.String(), "", nil
	case askYesNo:
		return typed == yes, "", nil
	case askFlag:
		if typed == yes {
			return true, "", nil
		}
		return nil, "", nil
	case askDate:
		if _, err := rules.ParseDate(typed); err != nil {
			return nil, "mistake.date", nil
		}
	case askChoice:
		if !slices.Contains(q.options, typed) {
			return nil, "", nil // not on offer on this day: unknown
		}
		if q.bare {
			return json.Number(typed), "", nil
		}
	}
	return typed, "", nil
}

// isNumber reports whether the answer is a number.
func (q *question) isNumber() bool {
	return q.kind == askCount || q.kind == askAmount || q.kind == askHours
}

// exactly turns a value of a scenario into an answer.
func (q *question) exactly(value string) string {
	if !q.isNumber() || value == "" || value == never {
		return value
	}
	d, err := decimal.NewFromString(value)
	if err != nil {
		return value
	}
	return exact + d.String()
}

// number reads an answer that is a number.
func (q *question) number(typed, lang string) (decimal.Decimal, bool) {
	d, ok := q.signed(typed, lang)
	large := q.kind == askCount && d.GreaterThan(decimal.NewFromInt(rules.MaxCount))
	return d, ok && !d.IsNegative() && !large
}

// signed is number where the answer may be below zero or too large, to tell that
// from what is no number at all.
func (q *question) signed(typed, lang string) (d decimal.Decimal, ok bool) {
	typed, isExact := strings.CutPrefix(strings.Replace(typed, "−", "-", 1), exact)
	typed, negative := strings.CutPrefix(typed, "-")
	switch {
	case isExact:
		d, ok = plainDecimal(typed)
	case q.kind == askCount:
		d, ok = wholeNumber(typed)
	default:
		d, ok = parseDecimal(typed, lang)
	}
	if negative {
		d = d.Neg()
	}
	return d, ok
}

// questions lists the questions that matter for the chosen type on the chosen
// day, in the order in which they are asked.
func (f *form) questions() []question {
	if f.asked != nil {
		return f.asked
	}
	f.asking, f.decisive = true, map[string]bool{}
	a := &asker{f: f, kind: f.kind(), on: f.day()}
	a.what()
	for g := range f.groups {
		a.whom(g)
	}
	a.howMuch()
	a.pricing()
	f.asked, f.asking = a.list, false
	return f.asked
}

// An asker collects the questions.
type asker struct {
	f    *form
	kind rules.MessageType
	on   rules.Date
	list []question
}

func (a *asker) add(p place, q question) {
	q.place = p
	a.list = append(a.list, q)
}

func day(s string) rules.Date {
	d, err := rules.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Days on which a question begins or ends to matter.
var (
	dayTags       = day("2024-04-16") // tags 1 to 3
	dayQuotas     = day("2024-03-12") // content levels end
	dayPromotion  = day("2024-11-01") // monthly promotion quota
	dayCare       = day("2025-08-06") // post-sale only after a care message
	dayFreeAll    = day("2026-01-01") // consultation in 48 h
	dayPackages   = day("2026-06-01") // the API needs a package
	dayFees       = day("2022-08-01") // packages of an OA have a fee
	dayUtility    = day("2026-03-13") // no country is named for utility messages on Messenger any more
	dayRecurring  = day("2026-02-10") // recurring notifications go to a few countries only
	dayOldAPI     = day("2023-12-31") // nobody asks for the old API any more
	dayOldQuota   = day("2024-12-31") // nor for the old quota
	dayFreeTalks  = day("2023-06-01") // WhatsApp: only service conversations are free
	dayTalkCards  = day("2024-11-01") // the first WhatsApp rate card; free conversations end
	dayPerMessage = day("2025-07-01") // WhatsApp
	dayLocalBills = day("2026-01-01") // WhatsApp accounts of some countries must change their currency
	dayService    = day("2026-10-01") // WhatsApp service messages are charged
)

// unpromotional are the types of Messenger of which only the content is asked.
var unpromotional = []rules.MessageType{
	rules.MessengerEventUpdate, rules.MessengerPostPurchase, rules.MessengerAccountUpdate, rules.MessengerFeedback, rules.MessengerNews,
}

// isUID: a message to a Zalo user id.
func (a *asker) isUID() bool {
	return strings.HasPrefix(string(a.kind), "zalo.uid.") || a.kind == rules.ZBSUID
}

// isSubscription: a message of Messenger to people who subscribed.
func (a *asker) isSubscription() bool {
	return a.kind == rules.MessengerMarketing || a.kind == rules.MessengerRecurring
}

func (a *asker) isPromotion() bool {
	return a.kind == rules.ZaloBroadcast || a.kind == rules.ZaloPersonalPromotion
}

func (a *asker) isWhatsApp() bool { return a.kind.Channel() == rules.ChannelWhatsApp }

func (a *asker) isWhatsAppTemplate() bool { return a.isWhatsApp() && a.kind != rules.WhatsAppService }

// tags are the tags on offer on the day.
func (a *asker) tags() []string {
	if a.on >= dayTags {
		return []string{"1", "2", "3"}
	}
	return []string{"0", "1", "2", "3", "4", "5"}
}

func (a *asker) isPostSale() bool {
	tags := a.tags()
	return a.kind == rules.ZNS && a.f.get("message.tag") == tags[len(tags)-1]
}

func optionsOf[T ~string](list []T) []string {
	w := make([]string, len(list))
	for i, v := range list {
		w[i] = string(v)
	}
	return w
}

func (a *asker) what() {
	switch {
	case a.kind == rules.ZBSUID:
		a.add(inWhat, question{path: "message.template.kind", kind: askChoice, options: optionsOf(rules.TemplateKinds()), required: true})
		a.add(inWhat, question{path: "message.tag", kind: askChoice, options: a.tags(), bare: true, required: true})
		a.add(inWhat, question{path: "message.template.approved", kind: askYesNo})
		a.add(inWhat, question{path: "message.template.approvedOn", kind: askDate})
	case a.kind == rules.ZNS:
		a.add(inWhat, question{path: "message.template.kind", kind: askChoice, options: optionsOf(rules.TemplateKinds()), required: true})
		a.add(inWhat, question{path: "message.tag", kind: askChoice, options: a.tags(), bare: true, required: true})
		a.add(inWhat, question{path: "message.template.approved", kind: askYesNo})
		a.add(inWhat, question{path: "message.template.buttons", kind: askChoice, options: []string{"0", "1", "2", "3", "4", "5"}, bare: true, more: true})
		a.add(inWhat, question{path: "message.template.image", kind: askFlag, more: true})
		if a.f.get("message.template.kind") == string(rules.TemplateCustom) {
			a.add(inWhat, question{path: "message.template.publicService", kind: askFlag, more: true})
		}
	case a.isWhatsAppTemplate():
		a.add(inWhat, question{path: "message.template.approved", kind: askYesNo})
	case a.kind == rules.MessengerHumanAgent:
		a.add(inWhat, question{path: "message.promotional", kind: askYesNo})
		a.add(inWhat, question{path: "message.automated", kind: askYesNo})
	case a.kind == rules.MessengerUtility:
		a.add(inWhat, question{path: "message.template.approved", kind: askYesNo})
		a.add(inWhat, question{path: "message.promotional", kind: askYesNo})
	case slices.Contains(unpromotional, a.kind):
		a.add(inWhat, question{path: "message.promotional", kind: askYesNo})
	}
}

func (a *asker) whom(g int) {
	ask := func(field string, q question) {
		q.path, q.group = groupPath(g, field), g
		a.add(inWhom, q)
	}
	if a.f.groups > 1 {
		ask("name", question{kind: askText})
	}
	ask("recipients", question{kind: askCount, least: 1, most: rules.MaxRecipients, required: true})
	if a.isWhatsApp() {
		ask("country", question{kind: askCountry, required: true})
	}
	if a.kind == rules.MessengerMarketing || a.kind == rules.MessengerRecurring && a.on >= dayRecurring {
		ask("country", question{kind: askCountry})
	}
	recency := a.f.get(groupPath(g, "hoursSinceInteraction"))
	switch a.kind {
	case rules.ZaloConsultation, rules.ZaloTransaction, rules.ZBSUID, rules.MessengerStandard, rules.MessengerHumanAgent,
		rules.MessengerSponsored, rules.MessengerPrivateReply, rules.MessengerFeedback, rules.WhatsAppService:
		ask("hoursSinceInteraction", question{kind: askHours})
	case rules.WhatsAppUtility:
		ask("hoursSinceInteraction", question{kind: askHours, more: a.on >= dayService}) // until then it is free in the window
	case rules.WhatsAppMarketing, rules.WhatsAppAuthentication:
		ask("hoursSinceInteraction", question{kind: askHours, more: true})
	}
	if a.isPromotion() {
		ask("follows", question{kind: askYesNo})
	}
	if (a.kind == rules.ZaloConsultation || a.kind == rules.ZaloTransaction) && (recency == never || recency == "") {
		ask("consents", question{kind: askYesNo})
	}
	if a.kind == rules.ZNS {
		ask("phone", question{kind: askYesNo})
	}
	if a.isPostSale() && a.on >= dayCare {
		ask("careWithin6Months", question{kind: askYesNo})
	}
	if a.isWhatsAppTemplate() || a.kind == rules.MessengerOneTime || a.isSubscription() {
		ask("optedIn", question{kind: askYesNo})
	}
	if a.isUID() {
		ask("uid", question{kind: askYesNo, more: true})
	}
	if a.kind == rules.ZaloConsultation && (a.on < dayFreeAll || a.f.get("assume.zalo.consultation.free-cap") == "8") {
		ask("interactions", question{kind: askCount, least: 1, most: rules.MaxInteractions, more: true})
		ask("freeUsed", question{kind: askCount, most: rules.MaxCount, more: true})
	}
	if a.kind == rules.MessengerPrivateReply {
		ask("interactions", question{kind: askCount, least: 1, most: rules.MaxInteractions, more: true})
	}
	if a.isPromotion() || a.isPostSale() || a.isSubscription() {
		ask("receivedThisMonth", question{kind: askCount, most: rules.MaxCount, more: true})
	}
	if a.isWhatsApp() {
		ask("freeEntryPoint", question{kind: askFlag, more: true})
	}
}

func (a *asker) howMuch() {
	ask := func(path string, q question) {
		q.path = path
		a.add(inHowMuch, q)
	}
	count := question{kind: askCount, most: rules.MaxCount}
	detail := question{kind: askCount, most: rules.MaxCount, more: true}
	limit := question{kind: askCount, least: 1, most: rules.MaxCount}

	ask(pathPer, question{kind: askCount, least: 1, most: rules.MaxPerRecipient, required: true})
	ask(pathOn, question{kind: askDate, required: true})
	if a.isUID() {
		a.askTool(ask)
	}
	if a.kind == rules.ZaloConsultation {
		ask("sender.includedMessages", detail)
		if a.on >= dayFreeAll {
			ask("assume.zalo.consultation.free-cap", question{kind: askChoice, options: []string{"unlimited", "8"}, more: true})
		}
	}
	if a.kind == rules.MessengerNews {
		ask("sender.newsPage", question{kind: askYesNo})
	}
	if a.kind == rules.MessengerMarketing || a.kind == rules.MessengerUtility && a.on < dayUtility {
		ask("sender.country", question{kind: askCountry, more: true})
	}
	if a.kind == rules.ZNS {
		a.askQuota(ask, limit, detail)
	}
	if a.isPostSale() && a.on >= dayPromotion {
		ask("sender.promotionBase[0]", count)
		ask("sender.promotionBase[1]", count)
		ask("sender.firstPromotionMonth", question{kind: askFlag, more: true})
		ask("sender.promotionSentThisMonth", detail)
	}
	a.askPackageFee(ask)
	if (a.kind == rules.WhatsAppUtility || a.kind == rules.WhatsAppAuthentication) && a.on >= dayPerMessage {
		ask("sender.chargedThisMonth", detail)
	}
	if a.kind == rules.WhatsAppService && a.on >= dayService {
		ask("sender.freeServiceUsed", detail)
	}
	if a.isWhatsApp() && (a.on < dayFreeTalks || a.kind == rules.WhatsAppService && a.on < dayTalkCards) {
		ask("sender.freeConversationsUsed", detail)
	}
	if a.isWhatsAppTemplate() {
		limit.more = true
		ask("sender.messagingLimit", limit)
	}
	if a.kind == rules.WhatsAppAuthentication {
		ask("sender.internationalAuth", question{kind: askFlag, more: true})
	}
	if a.kind == rules.WhatsAppAuthentication || a.isWhatsApp() && a.on >= dayLocalBills {
		ask("sender.country", question{kind: askCountry, more: true})
	}
	if a.isWhatsApp() {
		ask(pathCurrency, question{kind: askChoice, options: rules.BillingCurrencies(), standard: a.kind.Currency(), more: true})
	}
}

func (a *asker) askTool(ask func(string, question)) {
	ask("sender.tool", question{kind: askChoice, options: optionsOf(rules.Tools())})
	tool := a.f.get("sender.tool")
	byAPI := tool == string(rules.OpenAPI)
	if a.isPromotion() && a.on < dayPackages || byAPI && a.on >= dayPackages {
		ask("sender.oaPackage", question{kind: askChoice, options: optionsOf(rules.OAPackages(a.on))})
	}
	if byAPI && (a.on <= dayOldAPI || a.f.get("sender.apiVersion") != "") {
		ask("sender.apiVersion", question{kind: askChoice, options: []string{"v2", "v3"}, more: true})
	}
	if a.isPromotion() && a.on < dayPackages && a.f.get("sender.oaPackage") == string(rules.PackagePremium) {
		ask("assume.zalo.broadcast.premium-cap", question{kind: askChoice, options: []string{"6", "4"}, more: true})
	}
	if a.kind == rules.ZaloConsultation && !byAPI && tool != "" {
		ask("assume.zalo.consultation.manager-window", question{kind: askChoice, options: []string{"7d", "365d"}, more: true})
	}
}

// askPackageFee asks whether the fee of the package counts, and for the package
// where nothing else has asked for it.
func (a *asker) askPackageFee(ask func(string, question)) {
	const oaPackage = "sender.oaPackage"
	if !a.isUID() && a.kind != rules.ZNS || a.on < dayFees {
		return
	}
	ask("sender.includePackageFee", question{kind: askFlag, more: true})
	asked := slices.ContainsFunc(a.list, func(q question) bool { return q.path == oaPackage })
	if !asked && a.f.get("sender.includePackageFee") == yes {
		ask(oaPackage, question{kind: askChoice, options: optionsOf(rules.OAPackages(a.on)), more: true})
	}
}

func (a *asker) askQuota(ask func(string, question), limit, detail question) {
	const oldQuota = "sender.oldDailyQuota"
	asksOld := a.on >= dayQuotas && (a.on <= dayOldQuota || a.f.get(oldQuota) != "")
	if !asksOld || a.f.get(oldQuota) == "" {
		ask("sender.dailyQuota", limit)
	}
	if asksOld {
		olds := []string{"500", "1000", "2000", "4000", "8000", "16000", "32000", "64000", "128000", "256000", "512000", "1024000"}
		ask(oldQuota, question{kind: askChoice, options: olds, bare: true, more: true})
	}
	if a.on < dayQuotas {
		ask("sender.contentLevel", question{kind: askChoice, options: []string{"0", "1", "2", "3", "4", "5"}, bare: true})
		if a.isPostSale() {
			ask("sender.extraConditionsMet", question{kind: askYesNo})
		}
	}
}

func (a *asker) pricing() {
	ask := func(path string, q question) {
		q.path, q.more = path, true
		a.add(inPricing, q)
	}
	amount := question{kind: askAmount, most: rules.MaxCount}
	percent := question{kind: askAmount, most: rules.MaxPercent}
	ask("pricing.markupPercent", percent)
	ask("pricing.markupPerMessage", amount)
	ask("pricing.monthlyFee", amount)
	ask("pricing.taxPercent", percent)
	billing := a.f.currency()
	others := slices.DeleteFunc([]string{"VND", "USD", "EUR", "RUB"}, func(c string) bool { return c == billing })
	ask(pathConvert, question{kind: askChoice, options: others})
	if slices.Contains(others, a.f.get(pathConvert)) {
		ask(pathRates+billing, amount)
	}
}

// fallback is the answer that a question starts with: what a small shop in
// Vietnam would most likely say.
func (f *form) fallback(path string) string {
	if rest, ok := strings.CutPrefix(path, "audience["); ok {
		_, field, _ := strings.Cut(rest, "].")
		return f.groupFallback(field)
	}
	t := rules.MessageType(f.values[pathType])
	switch path {
	case pathType:
		return string(rules.ZaloConsultation)
	case pathOn:
		return f.today
	case pathPer:
		return "1"
	case pathCurrency:
		return t.Currency()
	case "message.template.kind":
		return string(rules.TemplateCustom)
	case "message.tag":
		return "1"
	case "message.template.approved":
		return yes
	case "message.template.approvedOn":
		return "2026-01-01" // templates of the new kind
	case "message.promotional", "message.automated", "sender.newsPage":
		return no
	case "sender.country":
		if t.Channel() == rules.ChannelMessenger {
			return "VN"
		}
	case "sender.tool":
		switch t {
		case rules.ZaloTransaction, rules.ZaloPersonalPromotion, rules.ZBSUID:
			return string(rules.OpenAPI)
		}
		return string(rules.OAManagerWeb)
	case "sender.oaPackage":
		if f.day() >= dayPackages {
			return string(rules.PackageGrowth)
		}
		return string(rules.PackageAdvanced)
	case "sender.contentLevel":
		return "4"
	case "sender.dailyQuota":
		switch d := f.day(); { // where a new OA starts
		case d >= dayFreeAll:
			return "20000"
		case d >= dayQuotas:
			return "5000"
		default:
			return "500"
		}
	}
	return ""
}

func (f *form) groupFallback(field string) string {
	switch field {
	case "recipients":
		return "1000"
	case "country":
		return "VN"
	case "hoursSinceInteraction":
		if f.kind().Channel() == rules.ChannelWhatsApp && f.kind() != rules.WhatsAppService {
			return "" // a template may go to anyone; what nobody said is unknown
		}
		// Those who wrote this week cost something on Zalo and may be written to;
		// the other platforms have a window of a day.
		if f.kind().Channel() == rules.ChannelZalo || f.kind() == rules.MessengerSponsored {
			return hoursWeek
		}
		return hoursDay
	case "uid", "phone", "follows", "optedIn":
		return yes
	}
	return ""
}
