package form

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/words"
	"postage/rules"
)

// An AnswerKind is how a question is answered.
type AnswerKind uint8

const (
	AskCount   AnswerKind = iota // a whole number from least to most
	AskAmount                    // a decimal that is not negative, a string in the contract
	AskHours                     // recency: hours, never, or unknown
	AskYesNo                     // yes, no, or unknown
	AskFlag                      // a box that is ticked or not
	AskChoice                    // one word of a list, or unknown
	AskCountry                   // an ISO 3166-1 alpha-2 code
	AskDate                      // a day
	AskText                      // a name
	AskTime                      // an hour of the day
	AskTargets                   // so many at most of a list of words, in order, or how many
)

// Answers that are not numbers or words of the contract.
const (
	Yes   = "yes"
	No    = "no"
	Never = "never"
)

// A Place is where on the screen a question stands.
type Place uint8

const (
	InWhat    Place = iota // what is sent
	InWhom                 // to whom; asked for each group
	InHowMuch              // how much, when, from whom
	InPricing              // what the user adds to the price
)

// A Question is one that the rules ask, as it stands on the screen.
type Question struct {
	Path        string
	Name        string // the path without the number of its group: the key of its texts
	Kind        AnswerKind
	Place       Place
	Group       int  // of inWhom
	More        bool // behind "more details"
	Required    bool
	least, most int64
	Options     []string // of askChoice
	share       bool     // an amount of few decimals
	bare        bool     // the options are numbers in the contract
	Standard    string   // the answer that the contract takes where none is given and "unknown" is no answer
	Counted     string   // what a number counts, the key of its texts
}

// read turns what was typed into the value that goes into the scenario, nil for
// an unknown one. Where that cannot be done it returns the key of the text that
// says why, with its names and values.
func (q *Question) read(typed, lang string) (value any, key string, args []string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		if q.Required {
			return nil, "mistake.required", nil
		}
		return nil, "", nil
	}
	switch q.Kind {
	case AskCount:
		d, ok := q.signed(typed, lang)
		if !ok || !d.IsInteger() {
			return nil, "mistake.count", nil
		}
		if d.LessThan(decimal.NewFromInt(q.least)) || d.GreaterThan(decimal.NewFromInt(q.most)) {
			return nil, "mistake.range", []string{"least", strconv.FormatInt(q.least, 10), "most", strconv.FormatInt(q.most, 10)}
		}
		return d.IntPart(), "", nil
	case AskHours:
		if typed == Never {
			return rules.Never(), "", nil
		}
		d, ok := q.Number(typed, lang)
		if !ok || d.GreaterThan(decimal.NewFromInt(rules.MaxHours)) {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.Itoa(rules.MaxHours)}
		}
		return rules.HoursAgo(d), "", nil
	case AskAmount:
		d, ok := q.signed(typed, lang)
		if !ok {
			return nil, "mistake.amount", nil
		}
		if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(q.most)) || d.Exponent() < -rules.MaxDecimals {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.FormatInt(q.most, 10)}
		}
		if q.share {
			d = d.Round(rules.ShareDecimals)
		}
		if q.Path == pathRates+"VND" && d.GreaterThan(decimal.NewFromInt(1)) {
			return nil, "mistake.rate", []string{"rate", d.String(), "inverse", decimal.NewFromInt(1).DivRound(d, rules.MaxDecimals).String()}
		}
		return d, "", nil
	case AskYesNo:
		return typed == Yes, "", nil
	case AskFlag:
		if typed == Yes {
			return true, "", nil
		}
		return nil, "", nil
	case AskDate:
		day, err := rules.ParseDate(typed)
		if err != nil {
			return nil, "mistake.date", nil
		}
		return day, "", nil
	case AskTargets:
		return q.targets(typed)
	case AskChoice:
		if !slices.Contains(q.Options, typed) {
			return nil, "", nil // not on offer on this day: unknown
		}
		if q.bare {
			n, err := strconv.ParseInt(typed, 10, 64)
			return n, map[bool]string{true: "mistake.count"}[err != nil], nil
		}
	case AskText:
		if len([]rune(typed)) > int(q.most) {
			return nil, "mistake.long", []string{"most", strconv.FormatInt(q.most, 10)}
		}
	}
	return typed, "", nil
}

// targets reads where buttons lead to, in order and with commas, or how many there
// are.
func (q *Question) targets(typed string) (value any, key string, args []string) {
	if n, err := strconv.ParseInt(strings.TrimPrefix(typed, Exact), 10, 64); err == nil {
		if n < 0 || n > q.most {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.FormatInt(q.most, 10)}
		}
		return rules.Buttons{Count: n}, "", nil
	}
	var b rules.Buttons
	for _, target := range strings.Split(typed, ",") {
		if slices.Contains(q.Options, target) && int64(len(b.Targets)) < q.most {
			b.Targets = append(b.Targets, rules.ButtonTarget(target))
		}
	}
	return b, "", nil
}

// IsNumber reports whether the answer is a number.
func (q *Question) IsNumber() bool {
	return q.Kind == AskCount || q.Kind == AskAmount || q.Kind == AskHours
}

// Exactly turns a value of a scenario into an answer.
func (q *Question) Exactly(value string) string {
	if !q.IsNumber() || value == "" || value == Never {
		return value
	}
	d, err := decimal.NewFromString(value)
	if err != nil {
		return value
	}
	return Exact + d.String()
}

// Number reads an answer that is a number.
func (q *Question) Number(typed, lang string) (decimal.Decimal, bool) {
	d, ok := q.signed(typed, lang)
	large := q.Kind == AskCount && d.GreaterThan(decimal.NewFromInt(rules.MaxCount))
	return d, ok && !d.IsNegative() && !large
}

// signed is number where the answer may be below zero or too large, to tell that
// from what is no number at all.
func (q *Question) signed(typed, lang string) (d decimal.Decimal, ok bool) {
	typed, isExact := strings.CutPrefix(strings.Replace(typed, "−", "-", 1), Exact)
	typed, negative := strings.CutPrefix(typed, "-")
	switch {
	case isExact:
		d, ok = words.PlainDecimal(typed)
	case q.Kind == AskCount:
		d, ok = words.WholeNumber(typed)
	default:
		d, ok = words.ParseDecimal(typed, lang)
	}
	if negative {
		d = d.Neg()
	}
	return d, ok
}

// A seat is where on the screen the question for a field stands.
type seat struct {
	field string
	place Place
	more  bool // behind "more details"
	// light: also there where no check and no price of the day looks at it.
	light bool
}

// seats are the places of the questions, in the order in which they are asked. A
// field that is not among them is asked last, in the place of its part of the
// scenario.
var seats = []seat{
	{field: PathPrice, place: InWhat},
	{field: "message.template.kind", place: InWhat},
	{field: "message.tag", place: InWhat},
	{field: "message.template.approved", place: InWhat},
	{field: "message.template.approvedOn", place: InWhat},
	{field: "message.template.buttons", place: InWhat},
	{field: "message.template.image", place: InWhat},
	{field: "message.template.publicService", place: InWhat, more: true},
	{field: "assume.zalo.zbs.price-list", place: InWhat, more: true},
	{field: "assume.zalo.zns.vat", place: InWhat, more: true},
	{field: "message.promotional", place: InWhat},
	{field: "message.automated", place: InWhat},

	{field: "audience.name", place: InWhom},
	{field: "audience.recipients", place: InWhom},
	{field: "audience.country", place: InWhom},
	{field: "audience.hoursSinceInteraction", place: InWhom, light: true},
	{field: "audience.follows", place: InWhom},
	{field: "audience.consents", place: InWhom},
	{field: "audience.phone", place: InWhom},
	{field: "audience.careWithin6Months", place: InWhom},
	{field: "audience.optedIn", place: InWhom},
	{field: "audience.uid", place: InWhom, more: true},
	{field: "audience.interactions", place: InWhom, more: true},
	{field: "audience.freeUsed", place: InWhom, more: true},
	{field: "audience.receivedThisMonth", place: InWhom, more: true},
	{field: "audience.freeEntryPoint", place: InWhom, more: true},

	{field: PathPer, place: InHowMuch},
	{field: PathOn, place: InHowMuch},
	{field: "at", place: InHowMuch, more: true},
	{field: "sender.tool", place: InHowMuch},
	{field: "sender.oaPackage", place: InHowMuch, light: true},
	{field: "sender.apiVersion", place: InHowMuch, more: true},
	{field: "assume.zalo.broadcast.premium-cap", place: InHowMuch, more: true},
	{field: "assume.zalo.consultation.manager-window", place: InHowMuch, more: true},
	{field: "sender.includedMessages", place: InHowMuch, more: true},
	{field: "assume.zalo.consultation.free-cap", place: InHowMuch, more: true},
	{field: "sender.newsPage", place: InHowMuch},
	{field: "sender.dailyQuota", place: InHowMuch},
	{field: "sender.oldDailyQuota", place: InHowMuch, more: true},
	{field: "sender.contentLevel", place: InHowMuch},
	{field: "sender.extraConditionsMet", place: InHowMuch},
	{field: "sender.promotionBase", place: InHowMuch},
	{field: "assume.zalo.zns.post-sale-cap", place: InHowMuch, more: true},
	{field: "sender.firstPromotionMonth", place: InHowMuch, more: true},
	{field: "sender.promotionSentThisMonth", place: InHowMuch, more: true},
	{field: "sender.includePackageFee", place: InHowMuch, more: true},
	{field: "sender.chargedThisMonth", place: InHowMuch, more: true},
	{field: "sender.freeServiceUsed", place: InHowMuch, more: true},
	{field: "sender.phoneNumbers", place: InHowMuch, more: true},
	{field: "sender.exempt", place: InHowMuch, more: true},
	{field: "sender.freeConversationsUsed", place: InHowMuch, more: true},
	{field: "sender.messagingLimit", place: InHowMuch, more: true},
	{field: "sender.internationalAuth", place: InHowMuch, more: true},
	{field: "sender.country", place: InHowMuch, more: true},
	{field: "assume.whatsapp.na-authentication-2025", place: InHowMuch, more: true},
	{field: PathCurrency, place: InHowMuch, more: true},

	{field: "pricing.markupPercent", place: InPricing, more: true},
	{field: "pricing.markupPerMessage", place: InPricing, more: true},
	{field: "pricing.monthlyFee", place: InPricing, more: true},
	{field: "pricing.markupOnFree", place: InPricing, more: true},
	{field: "pricing.bundle.messages", place: InPricing, more: true},
	{field: "pricing.bundle.fee", place: InPricing, more: true},
	{field: "audience.deliveredPercent", place: InPricing, more: true},
	{field: "pricing.fallbackPerMessage", place: InPricing, more: true},
	{field: "pricing.incoming.messages", place: InPricing, more: true},
	{field: "pricing.incoming.perMessage", place: InPricing, more: true},
	{field: "pricing.taxPercent", place: InPricing, more: true},
	{field: PathConvert, place: InPricing, more: true},
	{field: pathRates, place: InPricing, more: true},
}

// targets are the currencies that one may convert to.
// A dong is worth less than one of each: a rate the other way round is a slip.
var targets = []string{"VND", "USD", "EUR", "RUB", "AUD", "CNY", "GBP", "JPY", "KRW", "SGD", "THB"}

// seatOf finds a question's place and its number in the order; false for what has
// one of its own on the screen, which is the type alone.
func seatOf(q *rules.Question) (at seat, number int, found bool) {
	field := q.Field
	if strings.HasPrefix(field, pathRates) {
		field = pathRates
	}
	for i := range seats {
		if seats[i].field == field {
			return seats[i], i, true
		}
	}
	place := InHowMuch
	switch part, _, _ := strings.Cut(field, "."); part {
	case "message":
		place = InWhat
	case "audience":
		place = InWhom
	case "pricing":
		place = InPricing
	}
	return seat{field: field, place: place}, len(seats), field != PathType
}

// Questions lists the questions that the rules ask of what stands in the form, in
// the order in which the screen asks them.
func (f *Form) Questions() []Question {
	if f.asked != nil {
		return f.asked
	}
	draft := f.draft()
	asked := rules.Questions(draft)
	type seated struct {
		Question
		order int
	}
	list := make([]seated, 0, len(asked))
	for i := range asked {
		at, number, found := seatOf(&asked[i])
		if !found || asked[i].Field == "audience.name" && f.Groups == 1 {
			continue
		}
		q := questionOf(&asked[i], &at)
		if q.Path == PathConvert {
			q.Options = slices.DeleteFunc(slices.Clone(targets), func(c string) bool { return c == draft.Currency() })
		}
		group := q.Group
		if at.place == InPricing {
			group = 0 // the shares of all groups stand together
		}
		list = append(list, seated{q, int(at.place)<<16 | group<<8 | number})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].order < list[j].order })
	questions := make([]Question, len(list))
	for i := range list {
		questions[i] = list[i].Question
	}
	f.asked = questions
	return f.asked
}

// questionOf is a question of the rules in its seat.
func questionOf(r *rules.Question, at *seat) Question {
	q := Question{
		Path: r.Path, Name: r.Path, Place: at.place, Group: r.Segment, More: at.more, Required: r.Required || r.Field == PathPer,
		least: r.Least, most: r.Most, Options: r.Words, Counted: cmp.Or(r.Unit, "messages"),
	}
	if strings.HasPrefix(r.Field, "audience.") {
		q.Name = r.Field
	}
	if at.light && !slices.ContainsFunc(r.For, isWeighty) {
		q.More = true
	}
	switch r.Kind {
	case rules.KindCount:
		if q.Kind = AskCount; len(q.Options) == 0 && r.Most <= rules.MaxTag {
			for n := r.Least; n <= r.Most; n++ {
				q.Options = append(q.Options, words.Itoa(int(n)))
			}
		}
		if len(q.Options) > 0 {
			q.Kind, q.bare = AskChoice, true
		}
	case rules.KindAmount, rules.KindPercent, rules.KindRate, rules.KindShare:
		q.Kind, q.Required, q.share = AskAmount, false, r.Kind == rules.KindShare
	case rules.KindHours:
		q.Kind = AskHours
	case rules.KindYesNo:
		if q.Kind = AskYesNo; r.Default == "true" {
			q.Standard = Yes
		}
	case rules.KindFlag:
		q.Kind = AskFlag
	case rules.KindChoice:
		if q.Kind = AskChoice; r.Field == PathCurrency {
			q.Standard = r.Default
		}
	case rules.KindCountry:
		q.Kind = AskCountry
	case rules.KindCurrency:
		q.Kind, q.Options = AskChoice, targets
	case rules.KindDay:
		q.Kind = AskDate
	case rules.KindText:
		q.Kind = AskText
	case rules.KindTime:
		q.Kind = AskTime
	case rules.KindTargets:
		q.Kind = AskTargets
	}
	return q
}

// PathPrice is the price that stands on the user's own template. The book has none
// that is certain since there are two lists of them.
const PathPrice = "message.template.price"

// isWeighty reports whether a part of the answer is the verdict or the price.
func isWeighty(part string) bool {
	return part != rules.PartSchedule && part != rules.PartNotice && part != rules.PartAddition
}

// fallback is the answer that a question starts with: what a small shop in
// Vietnam would most likely say.
func (f *Form) fallback(path string) string {
	switch path {
	case PathType:
		return string(rules.ZaloConsultation)
	case PathOn:
		return f.Today
	}
	switch start := rules.StartOf(FieldName(path), f.Kind(), f.Day()); start {
	case "true":
		return Yes
	case "false":
		return No
	default:
		return start
	}
}

func (q *Question) IsPercent() bool { return strings.HasSuffix(q.Path, "Percent") }
