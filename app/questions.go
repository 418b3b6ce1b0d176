package app

import (
	"cmp"
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

// A question is one that the rules ask, as it stands on the screen.
type question struct {
	path        string
	name        string // the path without the number of its group: the key of its texts
	kind        answerKind
	place       place
	group       int  // of inWhom
	more        bool // behind "more details"
	required    bool
	least, most int64
	options     []string // of askChoice
	bare        bool     // the options are numbers in the contract
	standard    string   // the answer that the contract takes where none is given and "unknown" is no answer
	counted     string   // what a number counts, the key of its texts
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
		return d.IntPart(), "", nil
	case askHours:
		if typed == never {
			return rules.Never(), "", nil
		}
		d, ok := q.number(typed, lang)
		if !ok || d.GreaterThan(decimal.NewFromInt(rules.MaxHours)) {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.Itoa(rules.MaxHours)}
		}
		return rules.HoursAgo(d), "", nil
	case askAmount:
		d, ok := q.signed(typed, lang)
		if !ok {
			return nil, "mistake.amount", nil
		}
		if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(q.most)) || d.Exponent() < -rules.MaxDecimals {
			return nil, "mistake.range", []string{"least", "0", "most", strconv.FormatInt(q.most, 10)}
		}
		return d, "", nil
	case askYesNo:
		return typed == yes, "", nil
	case askFlag:
		if typed == yes {
			return true, "", nil
		}
		return nil, "", nil
	case askDate:
		day, err := rules.ParseDate(typed)
		if err != nil {
			return nil, "mistake.date", nil
		}
		return day, "", nil
	case askChoice:
		if !slices.Contains(q.options, typed) {
			return nil, "", nil // not on offer on this day: unknown
		}
		if q.bare {
			n, err := strconv.ParseInt(typed, 10, 64)
			return n, map[bool]string{true: "mistake.count"}[err != nil], nil
		}
	case askText:
		if len([]rune(typed)) > int(q.most) {
			return nil, "mistake.long", []string{"most", strconv.FormatInt(q.most, 10)}
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

// A seat is where on the screen the question for a field stands.
type seat struct {
	field string
	place place
	more  bool // behind "more details"
	// light: also there where no check and no price of the day looks at it.
	light bool
}

// seats are the places of the questions, in the order in which they are asked.
var seats = []seat{
	{field: "message.template.kind", place: inWhat},
	{field: "message.tag", place: inWhat},
	{field: "message.template.approved", place: inWhat},
	{field: "message.template.approvedOn", place: inWhat},
	{field: "message.template.buttons", place: inWhat, more: true},
	{field: "message.template.image", place: inWhat, more: true},
	{field: "message.template.publicService", place: inWhat, more: true},
	{field: "message.promotional", place: inWhat},
	{field: "message.automated", place: inWhat},

	{field: "audience.name", place: inWhom},
	{field: "audience.recipients", place: inWhom},
	{field: "audience.country", place: inWhom},
	{field: "audience.hoursSinceInteraction", place: inWhom, light: true},
	{field: "audience.follows", place: inWhom},
	{field: "audience.consents", place: inWhom},
	{field: "audience.phone", place: inWhom},
	{field: "audience.careWithin6Months", place: inWhom},
	{field: "audience.optedIn", place: inWhom},
	{field: "audience.uid", place: inWhom, more: true},
	{field: "audience.interactions", place: inWhom, more: true},
	{field: "audience.freeUsed", place: inWhom, more: true},
	{field: "audience.receivedThisMonth", place: inWhom, more: true},
	{field: "audience.freeEntryPoint", place: inWhom, more: true},

	{field: pathPer, place: inHowMuch},
	{field: pathOn, place: inHowMuch},
	{field: "sender.tool", place: inHowMuch},
	{field: "sender.oaPackage", place: inHowMuch, light: true},
	{field: "sender.apiVersion", place: inHowMuch, more: true},
	{field: "assume.zalo.broadcast.premium-cap", place: inHowMuch, more: true},
	{field: "assume.zalo.consultation.manager-window", place: inHowMuch, more: true},
	{field: "sender.includedMessages", place: inHowMuch, more: true},
	{field: "assume.zalo.consultation.free-cap", place: inHowMuch, more: true},
	{field: "sender.newsPage", place: inHowMuch},
	{field: "sender.dailyQuota", place: inHowMuch},
	{field: "sender.oldDailyQuota", place: inHowMuch, more: true},
	{field: "sender.contentLevel", place: inHowMuch},
	{field: "sender.extraConditionsMet", place: inHowMuch},
	{field: "sender.promotionBase", place: inHowMuch},
	{field: "sender.firstPromotionMonth", place: inHowMuch, more: true},
	{field: "sender.promotionSentThisMonth", place: inHowMuch, more: true},
	{field: "sender.includePackageFee", place: inHowMuch, more: true},
	{field: "sender.chargedThisMonth", place: inHowMuch, more: true},
	{field: "sender.freeServiceUsed", place: inHowMuch, more: true},
	{field: "sender.freeConversationsUsed", place: inHowMuch, more: true},
	{field: "sender.messagingLimit", place: inHowMuch, more: true},
	{field: "sender.internationalAuth", place: inHowMuch, more: true},
	{field: "sender.country", place: inHowMuch, more: true},
	{field: pathCurrency, place: inHowMuch, more: true},

	{field: "pricing.markupPercent", place: inPricing, more: true},
	{field: "pricing.markupPerMessage", place: inPricing, more: true},
	{field: "pricing.monthlyFee", place: inPricing, more: true},
	{field: "pricing.taxPercent", place: inPricing, more: true},
	{field: pathConvert, place: inPricing, more: true},
	{field: pathRates, place: inPricing, more: true},
}

// targets are the currencies that one may convert to.
var targets = []string{"VND", "USD", "EUR", "RUB"}

// seatOf finds a question's place; false for what has one of its own on the
// screen, which is the type alone.
func seatOf(q *rules.Question) (number int, found bool) {
	field := q.Field
	if strings.HasPrefix(field, pathRates) {
		field = pathRates
	}
	for i := range seats {
		if seats[i].field == field {
			return i, true
		}
	}
	return 0, false
}

// questions lists the questions that the rules ask of what stands in the form, in
// the order in which the screen asks them.
func (f *form) questions() []question {
	if f.asked != nil {
		return f.asked
	}
	draft := f.draft()
	asked := rules.Questions(draft)
	type seated struct {
		question
		order int
	}
	list := make([]seated, 0, len(asked))
	for i := range asked {
		at, found := seatOf(&asked[i])
		if !found || asked[i].Field == "audience.name" && f.groups == 1 {
			continue
		}
		q := questionOf(&asked[i], &seats[at])
		if q.path == pathConvert {
			q.options = slices.DeleteFunc(slices.Clone(targets), func(c string) bool { return c == draft.Currency() })
		}
		list = append(list, seated{q, int(seats[at].place)<<16 | q.group<<8 | at})
	}
	slices.SortStableFunc(list, func(a, b seated) int { return a.order - b.order })
	questions := make([]question, len(list))
	for i := range list {
		questions[i] = list[i].question
	}
	f.asked = questions
	return f.asked
}

// questionOf is a question of the rules in its seat.
func questionOf(r *rules.Question, at *seat) question {
	q := question{
		path: r.Path, name: r.Path, place: at.place, group: r.Segment, more: at.more, required: r.Required || r.Field == pathPer,
		least: r.Least, most: r.Most, options: r.Words, counted: cmp.Or(r.Unit, "messages"),
	}
	if at.place == inWhom {
		q.name = r.Field
	}
	if at.light && !slices.ContainsFunc(r.For, isWeighty) {
		q.more = true
	}
	switch r.Kind {
	case rules.KindCount:
		if q.kind = askCount; len(q.options) == 0 && r.Most <= rules.MaxTag {
			for n := r.Least; n <= r.Most; n++ {
				q.options = append(q.options, itoa(int(n)))
			}
		}
		if len(q.options) > 0 {
			q.kind, q.bare = askChoice, true
		}
	case rules.KindAmount, rules.KindPercent, rules.KindRate:
		q.kind, q.required = askAmount, false
	case rules.KindHours:
		q.kind = askHours
	case rules.KindYesNo:
		q.kind = askYesNo
	case rules.KindFlag:
		q.kind = askFlag
	case rules.KindChoice:
		if q.kind = askChoice; r.Field == pathCurrency {
			q.standard = r.Default
		}
	case rules.KindCountry:
		q.kind = askCountry
	case rules.KindCurrency:
		q.kind, q.options = askChoice, targets
	case rules.KindDay:
		q.kind = askDate
	case rules.KindText:
		q.kind = askText
	}
	return q
}

// isWeighty reports whether a part of the answer is the verdict or the price.
func isWeighty(part string) bool {
	return part != rules.PartSchedule && part != rules.PartNotice && part != rules.PartAddition
}

// fallback is the answer that a question starts with: what a small shop in
// Vietnam would most likely say.
func (f *form) fallback(path string) string {
	switch path {
	case pathType:
		return string(rules.ZaloConsultation)
	case pathOn:
		return f.today
	}
	switch start := rules.StartOf(fieldName(path), f.kind(), f.day()); start {
	case "true":
		return yes
	case "false":
		return no
	default:
		return start
	}
}

func (q *question) isPercent() bool { return strings.HasSuffix(q.path, "Percent") }
