package rules

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Decode reads a scenario from JSON (UTF-8) and validates it. It refuses fields
// that it does not know, fields given twice, wrong types and values out of
// range; the error is an *[Error] with the path of the field.
func Decode(data []byte) (Scenario, error) { return decode(data, false) }

// DecodeDraft is [Decode] of a scenario that may still lack what it must have.
func DecodeDraft(data []byte) (Scenario, error) { return decode(data, true) }

func decode(data []byte, draft bool) (Scenario, error) {
	d := decoder{draft: draft}
	s, err := d.decode(data)
	if err != nil {
		return Scenario{}, err
	}
	if e := s.firstMistake(draft); e != nil {
		return Scenario{}, e
	}
	return s, nil
}

// DecodePlan reads a plan from JSON (UTF-8) and validates it. It refuses what
// [Decode] does; the error is an *[Error] with the path of the field.
func DecodePlan(data []byte) (Plan, error) {
	var p Plan
	d := decoder{plan: &p}
	if err := d.take(data); err != nil {
		return Plan{}, err
	}
	if err := d.wholePlan(&p); err != nil {
		return Plan{}, err
	}
	if e := p.firstMistake(); e != nil {
		return Plan{}, e
	}
	return p, nil
}

// A decoder reads one scenario from a text that is known to be JSON. It keeps
// the path only as steps, and writes it out when there is a mistake to report.
type decoder struct {
	rest  string // of the text
	path  []step
	draft bool      // what is required may be missing
	plan  *Plan     // whose fields are read too; nil: a scenario has none of them
	found *mistakes // every mistake is wanted; nil: the first one is enough
}

type step struct {
	field string
	index int // of an array; -1 for a field
}

func (d *decoder) decode(data []byte) (Scenario, error) {
	var s Scenario
	if err := d.take(data); err != nil {
		return s, err
	}
	return s, d.scenario(&s)
}

// take takes the text, if it is JSON.
func (d *decoder) take(data []byte) error {
	if !utf8.Valid(data) {
		return d.fail(Syntax, "not UTF-8")
	}
	d.rest, d.path = string(data), make([]step, 0, 6)
	if place, reason := checkJSON(d.rest); reason != "" {
		return d.fail(Syntax, "not JSON at byte "+strconv.Itoa(place)+": "+reason)
	}
	return nil
}

// peek returns the first byte of the next token.
func (d *decoder) peek() byte {
	d.rest = atToken(d.rest)
	return d.rest[0]
}

// more reports whether the object or array goes on.
func (d *decoder) more() bool { c := d.peek(); return c != '}' && c != ']' }

// token takes the next token.
func (d *decoder) token() (token string) {
	token, d.rest = cutToken(d.rest)
	return token
}

func isNumber(token string) bool { return token[0] == '-' || isDigit(token[0]) }

func (d *decoder) fail(code Code, message string) *Error {
	return &Error{d.where(), code, message}
}

func (d *decoder) where() string {
	var b strings.Builder
	for _, s := range d.path {
		switch {
		case s.index >= 0:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.field)
		}
	}
	return b.String()
}

// object reads an object and hands each field to read. It returns the names of
// the fields it saw.
func (d *decoder) object(read func(field string) error) ([]string, error) {
	if err := d.open('{', "an object"); err != nil {
		return nil, err
	}
	var space [16]string
	seen := space[:0]
	for d.more() {
		field := unquote(d.token())
		depth, value := len(d.path), d.rest
		d.path = append(d.path, step{field, -1})
		var err error
		if slices.Contains(seen, field) {
			err = d.fail(Conflict, "this field is given twice")
		} else {
			seen = append(seen, field)
			err = read(field)
		}
		if err != nil && !d.found.passOver(d, value, err) {
			return nil, err
		}
		d.path = d.path[:depth]
	}
	d.token()
	return seen, nil
}

// array reads an array and calls read for each item.
func (d *decoder) array(read func(index int) error) error {
	if err := d.open('[', "an array"); err != nil {
		return err
	}
	for i := 0; d.more(); i++ {
		depth, value := len(d.path), d.rest
		d.path = append(d.path, step{index: i})
		if err := read(i); err != nil && !d.found.passOver(d, value, err) {
			return err
		}
		d.path = d.path[:depth]
	}
	d.token()
	return nil
}

func (d *decoder) open(bracket byte, what string) error {
	if d.token()[0] != bracket {
		return d.wrongType(what)
	}
	return nil
}

func (d *decoder) wrongType(want string) *Error { return d.fail(WrongType, "must be "+want) }

func (d *decoder) unknownField() *Error {
	return d.fail(UnknownField, "the contract has no such field")
}

// required reports a field that an object lacks.
func (d *decoder) required(seen []string, fields ...string) error {
	for _, f := range fields {
		if d.draft || slices.Contains(seen, f) {
			continue
		}
		depth := len(d.path)
		d.path = append(d.path, step{f, -1})
		if e := d.fail(Required, "this field must be given"); !d.found.keep(e) {
			return e
		}
		d.path = d.path[:depth]
	}
	return nil
}

func (d *decoder) text(to *string) error {
	token := d.token()
	if token[0] != '"' {
		return d.wrongType("a string")
	}
	*to = strings.Clone(unquote(token)) // so as not to hold on to the whole text
	return nil
}

// word reads a string that may not be empty, as the empty string means that the
// field was not given.
func (d *decoder) word(to *string) error {
	if err := d.text(to); err != nil {
		return err
	}
	if *to == "" {
		return d.fail(UnknownValue, "the empty string is not on the list of values")
	}
	return nil
}

func (d *decoder) boolean(to *bool) error {
	token := d.token()
	if token != "true" && token != "false" {
		return d.wrongType("true or false")
	}
	*to = token == "true"
	return nil
}

func (d *decoder) count(to *int64) error {
	token := d.token()
	if !isNumber(token) {
		return d.wrongType("a whole number")
	}
	return d.parseCount(token, to)
}

func (d *decoder) parseCount(s string, to *int64) error {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		*to = n
		return nil
	}
	v, err := d.number(s)
	if err != nil {
		return err
	}
	if !v.IsInteger() {
		return d.wrongType("a whole number")
	}
	if v.Abs().GreaterThan(decimal.NewFromInt(math.MaxInt64)) {
		return d.fail(OutOfRange, "at most 1000000000000")
	}
	*to = v.IntPart()
	return nil
}

// maxDigits bounds the digits and the exponent of a number, so that no short
// text can ask for huge arithmetic.
const maxDigits = 40

func (d *decoder) number(s string) (decimal.Decimal, error) {
	if _, exponent, ok := strings.Cut(strings.ToLower(s), "e"); ok {
		if n, err := strconv.Atoi(exponent); err != nil || n > maxDigits || n < -maxDigits {
			return decimal.Decimal{}, d.fail(OutOfRange, "the exponent is too large")
		}
	}
	if len(s) > 2*maxDigits {
		return decimal.Decimal{}, d.fail(OutOfRange, "too many digits")
	}
	v, err := decimal.NewFromString(s)
	if err != nil {
		return v, d.wrongType("a number")
	}
	// Digits and exponent together, so that what was read can be written out and read again.
	if v.NumDigits() > maxDigits || v.Exponent() < -maxDigits {
		return v, d.fail(OutOfRange, "too many digits")
	}
	return v, nil
}

// money reads an amount or a percentage written as a decimal string.
func (d *decoder) money(to *Opt[decimal.Decimal]) error {
	var s string
	if err := d.text(&s); err != nil {
		return d.wrongType(`a decimal in a string, like "0.05"`)
	}
	if !isPlainDecimal(s) {
		return d.wrongType(`a decimal in a string, like "0.05"`)
	}
	v, err := d.number(s)
	*to = Some(v)
	return err
}

// share reads a percentage written as a number.
func (d *decoder) share(to *Opt[decimal.Decimal]) (err error) {
	token := d.token()
	if !isNumber(token) {
		return d.wrongType("a number")
	}
	to.known = true
	to.value, err = d.number(token)
	return err
}

// isPlainDecimal reports whether s is digits, with a sign before and a point
// and digits behind them if need be.
func isPlainDecimal(s string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	digits := func(s string) bool {
		return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	}
	return digits(whole) && (!point || digits(fraction))
}

func (d *decoder) date(to *Date) error {
	var s string
	if err := d.text(&s); err != nil {
		return d.wrongType("a day in a string, like 2026-11-21")
	}
	if !looksLikeDate(s) {
		return d.wrongType("a day in a string, like 2026-11-21")
	}
	day, err := ParseDate(s)
	if err != nil {
		return d.fail(OutOfRange, err.Error())
	}
	*to = day
	return nil
}

// time reads an hour of the day by its form; whether there is one, validation says.
func (d *decoder) time(to *string) error {
	if err := d.text(to); err != nil || !looksLikeTime(*to) {
		return d.wrongType("an hour in a string, like 22:30")
	}
	return nil
}

func looksLikeTime(s string) bool {
	return len(s) == 5 && s[2] == ':' && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[3]) && isDigit(s[4])
}

// buttons reads a number of buttons, or an array of where they lead to.
func (d *decoder) buttons(to *Buttons) error {
	if d.peek() != '[' {
		if err := d.count(&to.Count); err != nil {
			e := err.(*Error)
			if e.Code == WrongType {
				e.Message = "must be a whole number, or an array of where each button leads to"
			}
			return e
		}
		return nil
	}
	return d.array(func(i int) error {
		if i >= MaxButtons {
			d.path = d.path[:len(d.path)-1]
			return d.fail(OutOfRange, "at most "+strconv.Itoa(MaxButtons)+" buttons")
		}
		var word string
		err := d.word(&word)
		to.Targets = append(to.Targets, ButtonTarget(word))
		return err
	})
}

func (d *decoder) recency(to *Recency) error {
	token := d.token()
	switch {
	case token == "null":
		*to = Never()
		return nil
	case isNumber(token):
		hours, err := d.number(token)
		*to = HoursAgo(hours)
		return err
	default:
		return d.wrongType("a number of hours, or null for never")
	}
}

func (d *decoder) scenario(s *Scenario) error {
	seen, err := d.object(func(name string) error {
		switch name {
		case "message":
			return d.message(s)
		case "audience":
			return d.audience(s)
		case "sender":
			return d.sender(s)
		case "assume":
			return d.assume(&s.Assume)
		case "pricing":
			return d.pricing(s)
		}
		return d.field(ownFields, name, s, nil)
	})
	if err != nil {
		return err
	}
	return d.required(seen, requiredParts...)
}

func (d *decoder) message(s *Scenario) error {
	seen, err := d.object(func(name string) error {
		if name == "template" {
			return d.fields(templateFields, s, nil)
		}
		return d.field(messageFields, name, s, nil)
	})
	if err != nil {
		return err
	}
	return d.required(seen, "type")
}

func (d *decoder) audience(s *Scenario) error {
	return d.array(func(i int) error {
		if i >= MaxSegments {
			d.path = d.path[:len(d.path)-1]
			return d.fail(OutOfRange, segmentsRange)
		}
		s.Audience = append(s.Audience, Segment{})
		return d.fields(segmentFields, s, &s.Audience[i])
	})
}

// fields reads an object with just these fields.
func (d *decoder) fields(list []Field, s *Scenario, g *Segment) error {
	_, err := d.object(func(name string) error { return d.field(list, name, s, g) })
	return err
}

// field reads the value of the field with a name.
func (d *decoder) field(list []Field, name string, s *Scenario, g *Segment) error {
	for i := range list {
		if f := &list[i]; strings.HasSuffix(f.Path, name) && f.name() == name {
			return d.value(f, f.value(s, g))
		}
	}
	return d.unknownField()
}

// value reads the value of a field to where it is kept.
func (d *decoder) value(f *Field, to any) error {
	switch to := to.(type) {
	case *Opt[int64]:
		to.known = true
		return d.count(&to.value)
	case *int64:
		return d.count(to)
	case *Opt[bool]:
		to.known = true
		return d.boolean(&to.value)
	case *bool:
		return d.boolean(to)
	case *Opt[decimal.Decimal]:
		if f.Kind == KindShare {
			return d.share(to)
		}
		return d.money(to)
	case *Opt[[2]int64]:
		return d.pair(to)
	case *Date:
		return d.date(to)
	case *Recency:
		return d.recency(to)
	case *Buttons:
		return d.buttons(to)
	case *string:
		if f.Kind == KindText {
			return d.text(to)
		}
		if f.Kind == KindTime {
			return d.time(to)
		}
		return d.word(to)
	}
	panic("rules: " + f.Path + " is of no kind that is read")
}

// pair reads an array of exactly two counts.
func (d *decoder) pair(to *Opt[[2]int64]) error {
	const want = "an array of two whole numbers"
	length := 0
	to.known = true
	err := d.array(func(i int) error {
		length++
		if i >= len(to.value) {
			d.path = d.path[:len(d.path)-1]
			return d.wrongType(want)
		}
		return d.count(&to.value[i])
	})
	if err == nil && length < len(to.value) {
		return d.wrongType(want)
	}
	return err
}

func (d *decoder) assume(to *map[string]string) error {
	*to = map[string]string{}
	_, err := d.object(func(id string) error {
		if !isReading(id) { // at once, so that a long list of names costs nothing
			return d.fail(UnknownField, unknownReading)
		}
		var value string
		if err := d.text(&value); err != nil {
			return err
		}
		(*to)[id] = value
		return nil
	})
	return err
}

func (d *decoder) pricing(s *Scenario) error {
	_, err := d.object(func(name string) error {
		switch name {
		case "convert":
			return d.conversion(s)
		case "incoming":
			return d.fields(incomingFields, s, nil)
		case "bundle":
			return d.fields(bundleFields, s, nil)
		}
		if f := d.ofPlan(planPricingFields, name); f != nil {
			return d.value(f, f.InPlan(d.plan, nil))
		}
		return d.field(pricingFields, name, s, nil)
	})
	return err
}

func (d *decoder) sender(s *Scenario) error {
	_, err := d.object(func(name string) error {
		if f := d.ofPlan(planSenderFields, name); f != nil {
			return d.value(f, f.InPlan(d.plan, nil))
		}
		return d.field(senderFields, name, s, nil)
	})
	return err
}

// ofPlan is the field with a name that a plan has beside those of a scenario, nil
// where there is none or a scenario is read.
func (d *decoder) ofPlan(list []Field, name string) *Field {
	for i := range list {
		if d.plan != nil && list[i].name() == name {
			return &list[i]
		}
	}
	return nil
}

func (d *decoder) wholePlan(p *Plan) error {
	var shared Scenario
	seen, err := d.object(func(name string) error {
		switch name {
		case "items":
			return d.array(func(i int) error {
				if i >= MaxItems {
					d.path = d.path[:len(d.path)-1]
					return d.fail(OutOfRange, itemsRange)
				}
				p.Items = append(p.Items, PlanItem{})
				return d.item(&p.Items[i])
			})
		case "sender":
			return d.sender(&shared)
		case "assume":
			return d.assume(&shared.Assume)
		case "pricing":
			return d.pricing(&shared)
		case "balance":
			return d.amounts(&p.Balance, unknownBalance)
		}
		return d.unknownField()
	})
	p.Sender.Sender, p.Assume, p.Pricing.Pricing = shared.Sender, shared.Assume, shared.Pricing
	if err != nil {
		return err
	}
	return d.required(seen, "items")
}

// item reads an item: what it asks as a scenario does, and what it has as an item.
func (d *decoder) item(i *PlanItem) error {
	var s Scenario
	seen, err := d.object(func(name string) error {
		switch name {
		case "message":
			return d.message(&s)
		case "audience":
			return d.audience(&s)
		}
		if f := d.ofPlan(itemFields, name); f != nil {
			return d.value(f, f.InPlan(nil, i))
		}
		return d.field(ownFields, name, &s, nil)
	})
	i.On, i.At, i.Message, i.Audience, i.PerRecipient = s.On, s.At, s.Message, s.Audience, s.PerRecipient
	if err != nil {
		return err
	}
	return d.required(seen, requiredParts...)
}

// requiredParts are what a scenario must have.
var requiredParts = []string{"on", "message", "audience"}

func (d *decoder) conversion(s *Scenario) error {
	s.Pricing.Convert.known = true
	seen, err := d.object(func(name string) error {
		if name == "rates" {
			return d.amounts(&s.Pricing.Convert.value.Rates, unknownRate)
		}
		return d.field(conversionFields, name, s, nil)
	})
	if err != nil {
		return err
	}
	return d.required(seen, "currency")
}

// amounts reads decimals by the currencies that they are for.
func (d *decoder) amounts(to *map[string]decimal.Decimal, unknown string) error {
	*to = map[string]decimal.Decimal{}
	_, err := d.object(func(currency string) error {
		if !isCurrency(currency) {
			return d.fail(UnknownField, unknown)
		}
		var amount Opt[decimal.Decimal]
		if err := d.money(&amount); err != nil {
			return err
		}
		(*to)[currency] = amount.value
		return nil
	})
	return err
}
