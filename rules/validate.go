package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Limits of a scenario.
const (
	MaxSegments     = 100
	MaxRecipients   = 1_000_000_000
	MaxPerRecipient = 1000
	MaxCount        = 1_000_000_000_000 // of every counter, limit and amount
	MaxHours        = 87_600            // ten years
	MaxInteractions = 100
	MaxButtons      = 5
	MaxTag          = 5
	MaxPercent      = 10_000
	MaxDecimals     = 12 // of an amount that the user gives
)

// Validate checks everything about a scenario that its types do not, and
// returns the first mistake as an *[Error].
func (s *Scenario) Validate() error {
	if e := s.firstMistake(); e != nil {
		return e
	}
	return nil
}

func (s *Scenario) firstMistake() *Error {
	if s.On == 0 {
		return missing("on")
	}
	checks := [...]func(*Scenario) *Error{
		(*Scenario).checkMessage, (*Scenario).checkAudience, (*Scenario).checkSender,
		(*Scenario).checkAssume, (*Scenario).checkPricing,
	}
	for _, check := range checks {
		if e := check(s); e != nil {
			return e
		}
	}
	return nil
}

func (s *Scenario) checkMessage() *Error {
	m := &s.Message
	if m.Type == "" {
		return missing("message.type")
	}
	if kindOf(m.Type) == nil {
		return unknownWord("message.type", string(m.Type), MessageTypes(""))
	}
	if e := inRange("message.tag", m.Tag, 0, MaxTag); e != nil {
		return e
	}
	if m.Template.Kind != "" && !slices.Contains(templateKinds, m.Template.Kind) {
		return unknownWord("message.template.kind", string(m.Template.Kind), templateKinds)
	}
	if e := inRange("message.template.buttons", Some(m.Template.Buttons), 0, MaxButtons); e != nil {
		return e
	}
	if m.Type != ZNS && m.Type != ZBSUID {
		return nil
	}
	tag, known := m.Tag.Get()
	if !known {
		return missing("message.tag")
	}
	if tags := znsTags.latest(s.On); !tags.has(strconv.FormatInt(tag, 10)) {
		return &Error{"message.tag", OutOfRange, "on " + s.On.String() + " the tags are " + strings.Join(tags.words, ", ")}
	}
	if m.Template.Kind == "" {
		return missing("message.template.kind")
	}
	return nil
}

// segmentsRange is how many segments there may be, for the message.
var segmentsRange = "1 to " + strconv.Itoa(MaxSegments) + " segments"

var templateKinds = TemplateKinds()

func (s *Scenario) checkAudience() *Error {
	if n := len(s.Audience); n < 1 || n > MaxSegments {
		return &Error{"audience", OutOfRange, segmentsRange + ", not " + strconv.Itoa(n)}
	}
	for i := range s.Audience {
		if e := s.Audience[i].firstMistake(s.Message.Type.Channel() == ChannelWhatsApp); e != nil {
			e.Path = "audience[" + strconv.Itoa(i) + "]." + e.Path
			return e
		}
	}
	return inRange("perRecipient", s.PerRecipient, 1, MaxPerRecipient)
}

func (g *Segment) firstMistake(needsCountry bool) *Error {
	if !g.Recipients.Known() {
		return missing("recipients")
	}
	if e := inRange("recipients", g.Recipients, 1, MaxRecipients); e != nil {
		return e
	}
	if g.Country == "" && needsCountry {
		return missing("country")
	}
	if e := checkCountry("country", g.Country); e != nil {
		return e
	}
	if hours, ok := g.Recency.Hours(); ok && (hours.IsNegative() || hours.GreaterThan(maxHours)) {
		return &Error{"hoursSinceInteraction", OutOfRange, "0 to " + strconv.Itoa(MaxHours) + " hours, or null for never"}
	}
	if e := inRange("interactions", g.Interactions, 1, MaxInteractions); e != nil {
		return e
	}
	if e := counter("freeUsed", g.FreeUsed); e != nil {
		return e
	}
	return counter("receivedThisMonth", g.ReceivedThisMonth)
}

var maxHours = decimal.NewFromInt(MaxHours)

func (s *Scenario) checkSender() *Error {
	d := &s.Sender
	if d.Tool != "" && !slices.Contains(tools, d.Tool) {
		return unknownWord("sender.tool", string(d.Tool), tools)
	}
	if d.APIVersion != "" && d.APIVersion != APIv2 && d.APIVersion != APIv3 {
		return unknownWord("sender.apiVersion", string(d.APIVersion), []APIVersion{APIv2, APIv3})
	}
	if p := d.OAPackage; p != "" && !oaPackages.latest(s.On).has(string(p)) {
		e := unknownWord("sender.oaPackage", string(p), OAPackages(s.On))
		e.Message += " on " + s.On.String()
		return e
	}
	for _, c := range [...]struct {
		path  string
		value int64
	}{
		{"sender.includedMessages", d.IncludedMessages}, {"sender.promotionSentThisMonth", d.PromotionSent},
		{"sender.chargedThisMonth", d.ChargedThisMonth}, {"sender.freeServiceUsed", d.FreeServiceUsed},
	} {
		if e := counter(c.path, c.value); e != nil {
			return e
		}
	}
	if e := inRange("sender.dailyQuota", d.DailyQuota, 1, MaxCount); e != nil {
		return e
	}
	if e := s.checkOldQuota(); e != nil {
		return e
	}
	if e := inRange("sender.contentLevel", d.ContentLevel, 0, MaxTag); e != nil {
		return e
	}
	if base, known := d.PromotionBase.Get(); known {
		paths := [...]string{"sender.promotionBase[0]", "sender.promotionBase[1]"}
		for i, n := range base {
			if e := counter(paths[i], n); e != nil {
				return e
			}
		}
	}
	if e := inRange("sender.messagingLimit", d.MessagingLimit, 1, MaxCount); e != nil {
		return e
	}
	if e := inRange("sender.freeConversationsUsed", d.FreeConversationsUsed, 0, MaxCount); e != nil {
		return e
	}
	if d.BillingCurrency != "" && whatsappCards[d.BillingCurrency] == nil {
		return unknownWord("sender.billingCurrency", d.BillingCurrency, billingCurrencies)
	}
	return checkCountry("sender.country", d.Country)
}

var tools = Tools()

func (s *Scenario) checkOldQuota() *Error {
	old, known := s.Sender.OldDailyQuota.Get()
	if !known {
		return nil
	}
	const path = "sender.oldDailyQuota"
	if s.Sender.DailyQuota.Known() {
		return &Error{path, Conflict, "dailyQuota is given too: give the quota of before 2024-03-12 or the one of after it"}
	}
	if f := quotaConversion.on(s.On); f == nil {
		return &Error{path, Conflict, "the conversion is for days from " + quotaConversion.facts[0].Since.String() + " on: give dailyQuota"}
	}
	if _, ok := theBook.conversions[old]; !ok {
		message := strconv.FormatInt(old, 10) + " is not in the conversion table; it has"
		for _, known := range theBook.oldQuotas {
			message += " " + strconv.FormatInt(known, 10)
		}
		return &Error{path, UnknownValue, message}
	}
	return nil
}

func (s *Scenario) checkAssume() *Error {
	if len(s.Assume) == 0 {
		return nil
	}
	for _, id := range sortedNames(s.Assume) {
		i := readingIndex(id)
		if i < 0 {
			return &Error{"assume." + id, UnknownField, unknownReading}
		}
		if values := theBook.readings[i].values; !slices.Contains(values, s.Assume[id]) {
			return unknownWord("assume."+id, s.Assume[id], values)
		}
	}
	return nil
}

const (
	unknownReading = "no contested fact has this id"
	unknownRate    = "the rates are named by ISO 4217 codes of three capital letters, like USD"
)

func readingIndex(id string) int {
	return slices.IndexFunc(theBook.readings, func(r reading) bool { return r.id == id })
}

func isReading(id string) bool { return readingIndex(id) >= 0 }

func (s *Scenario) checkPricing() *Error {
	p := &s.Pricing
	for _, a := range [...]struct {
		path  string
		value Opt[decimal.Decimal]
		limit int64
	}{
		{"pricing.markupPercent", p.MarkupPercent, MaxPercent}, {"pricing.markupPerMessage", p.MarkupPerMessage, MaxCount},
		{"pricing.monthlyFee", p.MonthlyFee, MaxCount}, {"pricing.taxPercent", p.TaxPercent, MaxPercent},
	} {
		if v, known := a.value.Get(); known {
			if e := amount(a.path, v, a.limit); e != nil {
				return e
			}
		}
	}
	c, known := p.Convert.Get()
	if !known {
		return nil
	}
	if c.Currency == "" {
		return missing("pricing.convert.currency")
	}
	if !isCurrency(c.Currency) {
		return &Error{"pricing.convert.currency", UnknownValue, "an ISO 4217 code of three capital letters, like VND"}
	}
	for _, currency := range sortedNames(c.Rates) {
		path := "pricing.convert.rates." + currency
		if !isCurrency(currency) {
			return &Error{path, UnknownField, unknownRate}
		}
		if e := amount(path, c.Rates[currency], MaxCount); e != nil {
			return e
		}
		if c.Rates[currency].IsZero() {
			return &Error{path, OutOfRange, "a rate is more than zero"}
		}
	}
	billing := s.Currency()
	if _, ok := c.Rates[billing]; !ok && billing != c.Currency {
		return missing("pricing.convert.rates." + billing)
	}
	return nil
}

func isCurrency(s string) bool {
	return len(s) == 3 && !strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func missing(path string) *Error { return &Error{path, Required, "this field must be given"} }

func unknownWord[T ~string](path, word string, known []T) *Error {
	list := make([]string, len(known))
	for i, k := range known {
		list[i] = string(k)
	}
	return &Error{path, UnknownValue, strconv.Quote(word) + " is none of " + strings.Join(list, ", ")}
}

func inRange(path string, value Opt[int64], least, most int64) *Error {
	if n, known := value.Get(); known && (n < least || n > most) {
		return &Error{path, OutOfRange, strconv.FormatInt(least, 10) + " to " + strconv.FormatInt(most, 10) + ", not " + strconv.FormatInt(n, 10)}
	}
	return nil
}

func counter(path string, n int64) *Error { return inRange(path, Some(n), 0, MaxCount) }

func amount(path string, v decimal.Decimal, most int64) *Error {
	if v.IsNegative() || v.GreaterThan(decimal.NewFromInt(most)) {
		return &Error{path, OutOfRange, "0 to " + strconv.FormatInt(most, 10)}
	}
	if v.Exponent() < -MaxDecimals {
		return &Error{path, OutOfRange, "at most " + strconv.Itoa(MaxDecimals) + " decimals"}
	}
	return nil
}

func checkCountry(path, code string) *Error {
	if code != "" && !IsCountry(code) {
		return &Error{path, UnknownValue, strconv.Quote(code) + " is not an ISO 3166-1 alpha-2 code in capital letters, like VN"}
	}
	return nil
}
