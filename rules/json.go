package rules

import (
	"errors"
	"sort"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Scenarios are read and answers written by code of our own, and not by
// encoding/json, which with the reflection behind it would be an eighth of the
// program in core/v1. Tests compare the two: the same texts are JSON, and the
// same values are written as the same bytes.

// A jsonWriter builds JSON as encoding/json writes it without escaping HTML.
type jsonWriter struct {
	text []byte
}

// next sets a comma before everything but the first of an object or array.
func (w *jsonWriter) next() {
	if n := len(w.text); n > 0 && strings.IndexByte("{[:", w.text[n-1]) < 0 {
		w.text = append(w.text, ',')
	}
}

func (w *jsonWriter) raw(s string) { w.text = append(w.text, s...) }

// key begins a field. Names of fields need no escapes.
func (w *jsonWriter) key(name string) {
	w.next()
	w.raw(`"` + name + `":`)
}

func (w *jsonWriter) quote(s string) { w.text = appendQuoted(w.text, s) }

func (w *jsonWriter) string(name, value string) {
	w.key(name)
	w.quote(value)
}

// stringIf leaves the field out where it is empty.
func (w *jsonWriter) stringIf(name, value string) {
	if value != "" {
		w.string(name, value)
	}
}

func (w *jsonWriter) int(name string, value int64) {
	w.key(name)
	w.text = strconv.AppendInt(w.text, value, 10)
}

// intIf leaves the field out where it is zero.
func (w *jsonWriter) intIf(name string, value int64) {
	if value != 0 {
		w.int(name, value)
	}
}

func (w *jsonWriter) bool(name string, value bool) {
	w.key(name)
	w.text = strconv.AppendBool(w.text, value)
}

func (w *jsonWriter) decimal(name string, value decimal.Decimal) { w.string(name, value.String()) }

func (w *jsonWriter) strings(name string, list []string) {
	w.key(name)
	if list == nil {
		w.raw("null")
		return
	}
	w.raw("[")
	for _, s := range list {
		w.next()
		w.quote(s)
	}
	w.raw("]")
}

// list writes an array of n objects, or null where there is none.
func (w *jsonWriter) list(name string, absent bool, n int, fields func(i int)) {
	w.key(name)
	if absent {
		w.raw("null")
		return
	}
	w.raw("[")
	for i := range n {
		w.next()
		w.raw("{")
		fields(i)
		w.raw("}")
	}
	w.raw("]")
}

func (w *jsonWriter) quoteFields(q *Quote) {
	w.string("on", q.On.String())
	w.string("message", string(q.Message))
	w.string("verdict", string(q.Verdict))
	w.bool("priced", q.Priced)
	w.counts(q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged)
	w.list("segments", q.Segments == nil, len(q.Segments), func(i int) { w.segment(&q.Segments[i]) })
	w.list("lines", q.Lines == nil, len(q.Lines), func(i int) { w.line(&q.Lines[i]) })
	w.totals(q.Totals)
	w.converted(q.Converted)
	w.stringIf("tariff", q.Tariff.String())
	if q.Schedule != nil {
		w.key("schedule")
		w.raw("{")
		w.int("perDay", q.Schedule.PerDay)
		w.int("days", q.Schedule.Days)
		w.raw("}")
	}
	w.notices(q.Notices)
}

// counts are those of messages.
func (w *jsonWriter) counts(requested, deliverable, blocked, undelivered, free, charged int64) {
	w.int("requested", requested)
	w.int("deliverable", deliverable)
	w.int("blocked", blocked)
	w.intIf("undelivered", undelivered)
	w.int("free", free)
	w.int("charged", charged)
}

// totals leaves the field out where there are none.
func (w *jsonWriter) totals(list []Total) {
	if len(list) > 0 {
		w.list("totals", false, len(list), func(i int) { w.total(&list[i]) })
	}
}

func (w *jsonWriter) converted(t *Total) {
	if t != nil {
		w.key("converted")
		w.raw("{")
		w.total(t)
		w.raw("}")
	}
}

func (w *jsonWriter) notices(list []Notice) {
	w.list("notices", list == nil, len(list), func(i int) {
		w.string("code", list[i].Code)
		if c := list[i].Compared; c.Type != "" {
			w.object("compared", func() {
				w.string("type", string(c.Type))
				w.int("recipients", c.Recipients)
				w.string("currency", c.Currency)
				w.decimal("here", c.Here)
				w.decimal("there", c.There)
			})
		}
		w.strings("sources", list[i].Sources)
	})
}

func (w *jsonWriter) segment(s *SegmentQuote) {
	w.string("name", s.Name)
	w.string("verdict", string(s.Verdict))
	w.counts(s.Requested, s.Deliverable, s.Blocked, s.Undelivered, s.Free, s.Charged)
	w.list("checks", s.Checks == nil, len(s.Checks), func(i int) { w.check(&s.Checks[i]) })
}

func (w *jsonWriter) check(c *Check) {
	w.string("code", c.Code)
	w.string("outcome", string(c.Outcome))
	w.string("rule", c.Rule)
	w.stringIf("since", c.Since.String())
	w.string("status", string(c.Status))
	w.stringIf("limit", c.Limit)
	w.stringIf("error", c.Error)
	if len(c.Needs) > 0 {
		w.strings("needs", c.Needs)
	}
	w.strings("sources", c.Sources)
}

func (w *jsonWriter) line(l *Line) {
	if l.Segment != nil {
		w.int("segment", int64(*l.Segment))
	}
	w.string("code", l.Code)
	w.int("quantity", l.Quantity)
	w.decimal("unitPrice", l.UnitPrice)
	w.decimal("taxPercent", l.TaxPercent)
	w.bool("taxIncluded", l.TaxIncluded)
	w.decimal("net", l.Net)
	w.decimal("tax", l.Tax)
	w.decimal("gross", l.Gross)
	w.stringIf("market", l.Market)
	w.intIf("tierFrom", l.TierFrom)
	w.stringIf("rule", l.Rule)
	w.stringIf("since", l.Since.String())
	w.stringIf("status", string(l.Status))
	w.strings("sources", l.Sources)
}

func (w *jsonWriter) total(t *Total) {
	w.string("currency", t.Currency)
	w.decimal("net", t.Net)
	w.decimal("tax", t.Tax)
	w.decimal("gross", t.Gross)
}

func (w *jsonWriter) change(c *Change) {
	w.string("on", c.On.String())
	w.list("differences", c.Differences == nil, len(c.Differences), func(i int) {
		d := &c.Differences[i]
		w.string("what", d.What)
		if d.Segment != nil {
			w.int("segment", int64(*d.Segment))
		}
		w.stringIf("code", d.Code)
		w.stringIf("before", d.Before)
		w.stringIf("after", d.After)
		w.stringIf("by", d.By)
		w.stringIf("currency", d.Currency)
	})
	w.strings("rules", c.Rules)
}

func (w *jsonWriter) question(q *Question) {
	w.string("path", q.Path)
	w.string("kind", string(q.Kind))
	if len(q.Words) > 0 {
		w.strings("words", q.Words)
	}
	w.int("least", q.Least)
	w.int("most", q.Most)
	w.stringIf("unit", q.Unit)
	w.bool("required", q.Required)
	w.stringIf("default", q.Default)
	w.stringIf("start", q.Start)
	w.string("holds", string(q.Holds))
	w.strings("for", q.For)
}

func (w *jsonWriter) mistake(e *Error) {
	w.string("path", e.Path)
	w.string("code", string(e.Code))
	w.string("message", e.Message)
}

// fact writes the value of an [Opt].
func (w *jsonWriter) fact(value any) error {
	switch v := value.(type) {
	case bool:
		w.text = strconv.AppendBool(w.text, v)
	case int64:
		w.text = strconv.AppendInt(w.text, v, 10)
	case [2]int64:
		w.raw("[" + strconv.FormatInt(v[0], 10) + "," + strconv.FormatInt(v[1], 10) + "]")
	case decimal.Decimal:
		w.quote(v.String())
	default:
		return errors.New("rules: a fact of this type has no form in JSON")
	}
	return nil
}

// MarshalJSON writes the scenario as [Decode] reads it, without what was not given.
func (s Scenario) MarshalJSON() ([]byte, error) {
	w := jsonWriter{append(make([]byte, 0, 512), '{')}
	w.scenario(&s)
	w.raw("}")
	return w.text, nil
}

// scenario writes the fields of a scenario.
func (w *jsonWriter) scenario(s *Scenario) {
	w.fields(ownFields[:2], s, nil)
	w.sent(s)
	w.shared(s, nil)
}

// sent writes what is sent to whom, and how often.
func (w *jsonWriter) sent(s *Scenario) {
	w.object("message", func() {
		w.fields(messageFields, s, nil)
		w.object("template", func() { w.fields(templateFields, s, nil) })
	})
	w.list("audience", false, len(s.Audience), func(i int) { w.fields(segmentFields, s, &s.Audience[i]) })
	w.fields(ownFields[2:], s, nil)
}

// shared writes what the items of a plan share, with what a plan alone has; a
// scenario is of no plan.
func (w *jsonWriter) shared(s *Scenario, p *Plan) {
	of := func(list []Field) {
		if p != nil {
			w.declared(list, p, nil)
		}
	}
	w.object("sender", func() {
		w.fields(senderFields, s, nil)
		of(planSenderFields)
	})
	w.object("assume", func() {
		for _, id := range sortedNames(s.Assume) {
			w.string(id, s.Assume[id])
		}
	})
	w.object("pricing", func() {
		of(planPricingFields)
		w.fields(pricingFields, s, nil)
		w.object("incoming", func() { w.fields(incomingFields, s, nil) })
		w.object("bundle", func() { w.fields(bundleFields, s, nil) })
		w.object("convert", func() {
			w.fields(conversionFields, s, nil)
			w.object("rates", func() { w.amounts(s.Pricing.Convert.value.Rates) })
		})
	})
}

// amounts writes decimals by the currencies that they are for.
func (w *jsonWriter) amounts(list map[string]decimal.Decimal) {
	for _, currency := range sortedNames(list) {
		w.decimal(currency, list[currency])
	}
}

// object writes an object, and nothing where it would be empty.
func (w *jsonWriter) object(name string, fields func()) {
	before := len(w.text)
	w.key(name)
	w.raw("{")
	begin := len(w.text)
	if fields(); len(w.text) == begin {
		w.text = w.text[:before]
		return
	}
	w.raw("}")
}

// fields writes what is given of some fields.
func (w *jsonWriter) fields(list []Field, s *Scenario, g *Segment) {
	for i := range list {
		if value := list[i].value(s, g); given(value) {
			w.key(list[i].name())
			w.value(&list[i], value)
		}
	}
}

// value writes what a field points to.
func (w *jsonWriter) value(f *Field, value any) {
	switch v := value.(type) {
	case *Opt[int64]:
		w.text = strconv.AppendInt(w.text, v.value, 10)
	case *int64:
		w.text = strconv.AppendInt(w.text, *v, 10)
	case *Opt[bool]:
		w.text = strconv.AppendBool(w.text, v.value)
	case *bool:
		w.text = strconv.AppendBool(w.text, *v)
	case *Opt[decimal.Decimal]:
		if f.Kind == KindShare {
			w.raw(v.value.String())
			return
		}
		w.quote(v.value.String())
	case *Opt[[2]int64]:
		w.raw("[" + strconv.FormatInt(v.value[0], 10) + "," + strconv.FormatInt(v.value[1], 10) + "]")
	case *Buttons:
		if len(v.Targets) == 0 {
			w.text = strconv.AppendInt(w.text, v.Count, 10)
			return
		}
		w.raw("[")
		for _, target := range v.Targets {
			w.next()
			w.quote(string(target))
		}
		w.raw("]")
	case *string:
		w.quote(*v)
	case *Date:
		w.quote(v.String())
	case *Recency:
		if hours, ok := v.Hours(); ok {
			w.raw(hours.String())
		} else {
			w.raw("null")
		}
	}
}

// sortedNames returns the keys of a map in order.
func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.SliceStable(names, func(i, j int) bool { return names[i] < names[j] })
	return names
}
