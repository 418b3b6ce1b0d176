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
func (q *question) read(typed string) (value any, key string, args []string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		if q.required {
			return nil, "mistake.required", nil
		}
		return nil, "", nil
	}
	switch q.kind {
	case askCount:
		n, ok := parseCount(typed)
		if !ok {
			return nil, "mistake.count", nil
		}
		if n < q.least || n > q.most {
			return nil, "mistake.range", []string{"least", strconv.FormatInt(q.least, 10), "most", strconv.FormatInt(q.most, 10)}
		}
		return json.Number(strconv.FormatInt(n, 10)), "", nil
	case askHours:
		if typed == never {
			return json.RawMessage("null"), "", nil
		}
		d, ok := parseDecimal(typed)
		if !ok || d.GreaterThan(decimal.NewFromInt(rules.MaxHours)) {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.Itoa(rules.MaxHours)}
		}
		return json.Number(d.String()), "", nil
	case askAmount:
		d, ok := parseDecimal(typed)
		if !ok {
			return nil, "mistake.amount", nil
		}
		if d.GreaterThan(decimal.NewFromInt(q.most)) || d.Exponent() < -rules.MaxDecimals {
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

// parseCount reads a whole number as people write it: grouped by points, commas
// or spaces, with k or m for thousands and millions.
func parseCount(typed string) (int64, bool) {
	s := strings.ToLower(strings.TrimSpace(typed))
	factor := int64(1)
	for _, m := range multipliers {
		if rest, ok := strings.CutSuffix(strings.TrimSuffix(s, "."), m.word); ok && rest != "" {
			s, factor = strings.TrimSpace(rest), m.factor
			break
		}
	}
	if n, ok := parseGrouped(s); ok {
		return n * factor, true
	}
	if factor == 1 {
		return 0, false
	}
	// "1,5 tr" is a million and a half.
	d, ok := parseDecimal(s)
	d = d.Mul(decimal.NewFromInt(factor))
	return d.IntPart(), ok && d.IsInteger()
}

// parseGrouped reads digits that may be grouped by threes.
func parseGrouped(s string) (int64, bool) {
	groups := strings.FieldsFunc(s, isGrouping)
	separators := 0
	for _, r := range s {
		if isGrouping(r) {
			separators++
		}
	}
	if len(groups) == 0 || separators != len(groups)-1 {
		return 0, false
	}
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return 0, false
		}
	}
	joined := strings.Join(groups, "")
	if strings.ContainsFunc(joined, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, false
	}
	n, err := strconv.ParseInt(joined, 10, 64)
	return n, err == nil && n <= rules.MaxCount
}

// multipliers are the words and letters behind a number that people write.
var multipliers = []struct {
	word   string
	factor int64
}{
	{"nghìn", 1_000}, {"ngàn", 1_000}, {"тыс", 1_000}, {"k", 1_000},
	{"triệu", 1_000_000}, {"млн", 1_000_000}, {"tr", 1_000_000}, {"m", 1_000_000},
}

func isGrouping(r rune) bool {
	return r == '.' || r == ',' || r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || r == '’'
}

// parseDecimal reads a number with decimals behind a point or a comma. Where
// both stand in it, the last one begins the decimals; one that stands before
// exactly three digits, or more than once, groups thousands.
func parseDecimal(typed string) (decimal.Decimal, bool) {
	s := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, typed)
	if n, ok := parseGrouped(s); ok && !strings.HasPrefix(s, "0.") && !strings.HasPrefix(s, "0,") {
		return decimal.NewFromInt(n), true
	}
	if i := strings.LastIndexAny(s, ".,"); i >= 0 {
		whole := strings.NewReplacer(".", "", ",", "").Replace(s[:i])
		if whole == "" {
			whole = "0"
		}
		s = whole + "." + s[i+1:]
	}
	if s == "" || len(s) > 40 || strings.ContainsFunc(s, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}

// questions lists the questions that matter for the chosen type on the chosen
// day, in the order in which they are asked.
func (f *form) questions() []question {
	a := &asker{f: f, kind: f.kind(), on: f.day()}
	a.what()
	for g := range f.groups {
		a.whom(g)
	}
	a.howMuch()
	a.pricing()
	return a.list
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
	dayOldAPI     = day("2023-12-31") // nobody asks for the old API any more
	dayOldQuota   = day("2024-12-31") // nor for the old quota
	dayPerMessage = day("2025-07-01") // WhatsApp
	dayService    = day("2026-10-01") // WhatsApp service messages are charged
)

func (a *asker) isUID() bool { return strings.HasPrefix(string(a.kind), "zalo.uid.") }

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

func words[T ~string](list []T) []string {
	w := make([]string, len(list))
	for i, v := range list {
		w[i] = string(v)
	}
	return w
}

func (a *asker) what() {
	switch {
	case a.kind == rules.ZNS:
		a.add(inWhat, question{path: "message.template.kind", kind: askChoice, options: words(rules.TemplateKinds()), required: true})
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
	case a.kind == rules.MessengerEventUpdate || a.kind == rules.MessengerPostPurchase || a.kind == rules.MessengerAccountUpdate:
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
	recency := a.f.get(groupPath(g, "hoursSinceInteraction"))
	switch a.kind {
	case rules.ZaloConsultation, rules.ZaloTransaction, rules.MessengerStandard, rules.MessengerHumanAgent, rules.WhatsAppService, rules.WhatsAppUtility:
		ask("hoursSinceInteraction", question{kind: askHours})
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
	if a.isWhatsAppTemplate() || a.kind == rules.MessengerOneTime {
		ask("optedIn", question{kind: askYesNo})
	}
	if a.isUID() {
		ask("uid", question{kind: askYesNo, more: true})
	}
	if a.kind == rules.ZaloConsultation && (a.on < dayFreeAll || a.f.get("assume.zalo.consultation.free-cap") == "8") {
		ask("interactions", question{kind: askCount, least: 1, most: rules.MaxInteractions, more: true})
		ask("freeUsed", question{kind: askCount, most: rules.MaxCount, more: true})
	}
	if a.isPromotion() || a.isPostSale() {
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
	if a.kind == rules.ZNS {
		a.askQuota(ask, limit, detail)
	}
	if a.isPostSale() && a.on >= dayPromotion {
		ask("sender.promotionBase[0]", count)
		ask("sender.promotionBase[1]", count)
		ask("sender.firstPromotionMonth", question{kind: askFlag, more: true})
		ask("sender.promotionSentThisMonth", detail)
	}
	if (a.kind == rules.WhatsAppUtility || a.kind == rules.WhatsAppAuthentication) && a.on >= dayPerMessage {
		ask("sender.chargedThisMonth", detail)
	}
	if a.kind == rules.WhatsAppService && a.on >= dayService {
		ask("sender.freeServiceUsed", detail)
	}
	if a.isWhatsAppTemplate() {
		limit.more = true
		ask("sender.messagingLimit", limit)
	}
	if a.kind == rules.WhatsAppAuthentication {
		ask("sender.internationalAuth", question{kind: askFlag, more: true})
		ask("sender.country", question{kind: askCountry, more: true})
	}
}

func (a *asker) askTool(ask func(string, question)) {
	ask("sender.tool", question{kind: askChoice, options: words(rules.Tools())})
	tool := a.f.get("sender.tool")
	byAPI := tool == string(rules.OpenAPI)
	if a.isPromotion() && a.on < dayPackages || byAPI && a.on >= dayPackages {
		ask("sender.oaPackage", question{kind: askChoice, options: words(rules.OAPackages(a.on))})
	}
	if byAPI && a.on <= dayOldAPI {
		ask("sender.apiVersion", question{kind: askChoice, options: []string{"v2", "v3"}, more: true})
	}
	if a.isPromotion() && a.on < dayPackages && a.f.get("sender.oaPackage") == string(rules.PackagePremium) {
		ask("assume.zalo.broadcast.premium-cap", question{kind: askChoice, options: []string{"6", "4"}, more: true})
	}
	if a.kind == rules.ZaloConsultation && !byAPI && tool != "" {
		ask("assume.zalo.consultation.manager-window", question{kind: askChoice, options: []string{"7d", "365d"}, more: true})
	}
}

func (a *asker) askQuota(ask func(string, question), limit, detail question) {
	const oldQuota = "sender.oldDailyQuota"
	asksOld := a.on >= dayQuotas && a.on <= dayOldQuota
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
	billing := a.kind.Currency()
	others := slices.DeleteFunc([]string{"VND", "USD", "EUR", "RUB"}, func(c string) bool { return c == billing })
	ask("pricing.convert.currency", question{kind: askChoice, options: others})
	if slices.Contains(others, a.f.get("pricing.convert.currency")) {
		amount.required = true
		ask("pricing.convert.rates."+billing, amount)
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
	case "message.template.kind":
		return string(rules.TemplateCustom)
	case "message.tag":
		return "1"
	case "message.template.approved":
		return yes
	case "message.promotional", "message.automated":
		return no
	case "sender.tool":
		switch t {
		case rules.ZaloTransaction, rules.ZaloPersonalPromotion:
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
		// Those who wrote this week cost something on Zalo and may be written to;
		// the other platforms have a window of a day.
		if f.kind().Channel() == rules.ChannelZalo {
			return hoursWeek
		}
		return hoursDay
	case "uid", "phone", "follows", "optedIn":
		return yes
	}
	return ""
}
