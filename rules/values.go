package rules

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Set gives the field at a path a value: nil for unknown, a bool, an int64, a
// [decimal.Decimal], a string, a [Date], a [Recency] or [Buttons], as its kind is. A path
// leads to a segment that there is, to a reading ("assume.…") or to a rate
// ("pricing.convert.rates.USD"); of a pair of counts it leads to both, whose value
// is a [2]int64. Set reports whether there is such a field and it can have the
// value; limits are for [Scenario.Validate].
func (s *Scenario) Set(path string, value any) bool {
	if id, ok := strings.CutPrefix(path, "assume."); ok {
		text, ok := value.(string)
		if readings := s.Assume; value == nil {
			delete(readings, id)
			return true
		} else if ok && readings == nil {
			s.Assume = map[string]string{}
		}
		if ok {
			s.Assume[id] = text
		}
		return ok
	}
	if currency, ok := strings.CutPrefix(path, rateField("").Path); ok {
		return s.setRate(currency, value)
	}
	f, to := s.at(path)
	if f == nil {
		return false
	}
	if !put(to, value) {
		return false
	}
	if f.Path == conversionFields[0].Path {
		s.Pricing.Convert.known = value != nil || len(s.Pricing.Convert.value.Rates) > 0
	}
	return true
}

func (s *Scenario) setRate(currency string, value any) bool {
	rate, ok := value.(decimal.Decimal)
	c := &s.Pricing.Convert.value
	switch {
	case value == nil:
		delete(c.Rates, currency)
	case !ok:
		return false
	default:
		if c.Rates == nil {
			c.Rates = map[string]decimal.Decimal{}
		}
		c.Rates[currency] = rate
	}
	s.Pricing.Convert.known = c.Currency != "" || len(c.Rates) > 0
	return true
}

// Get returns the value of the field at a path as [Scenario.Set] takes it, nil
// where it is not known.
func (s *Scenario) Get(path string) any {
	if id, ok := strings.CutPrefix(path, "assume."); ok {
		if value, given := s.Assume[id]; given {
			return value
		}
		return nil
	}
	if currency, ok := strings.CutPrefix(path, rateField("").Path); ok {
		if rate, given := s.Pricing.Convert.value.Rates[currency]; given {
			return rate
		}
		return nil
	}
	if f, to := s.at(path); f != nil && given(to) {
		return taken(to)
	}
	return nil
}

// at finds the field of a path and where the scenario has it.
func (s *Scenario) at(path string) (*Field, any) {
	name, index := splitIndex(path)
	f := fieldOf(name)
	if f == nil || f.ofSegment() && (index < 0 || index >= len(s.Audience)) {
		return nil, nil
	}
	if f.ofSegment() {
		return f, f.value(s, &s.Audience[index])
	}
	return f, f.value(s, nil)
}

// put sets what a field points to, and reports whether the value is of its type.
func put(to, value any) bool {
	if value == nil {
		forget(to)
		return true
	}
	ok := false
	switch to := to.(type) {
	case *Opt[int64]:
		to.value, ok = value.(int64)
		to.known = ok
	case *Opt[bool]:
		to.value, ok = value.(bool)
		to.known = ok
	case *Opt[decimal.Decimal]:
		to.value, ok = value.(decimal.Decimal)
		to.known = ok
	case *Opt[[2]int64]:
		to.value, ok = value.([2]int64)
		to.known = ok
	case *int64:
		*to, ok = value.(int64)
	case *bool:
		*to, ok = value.(bool)
	case *string:
		*to, ok = value.(string)
	case *Date:
		*to, ok = value.(Date)
	case *Recency:
		*to, ok = value.(Recency)
	case *Buttons:
		*to, ok = value.(Buttons)
	}
	return ok
}

// taken is the value that put would set again.
func taken(from any) any {
	switch from := from.(type) {
	case *Opt[int64]:
		return from.value
	case *Opt[bool]:
		return from.value
	case *Opt[decimal.Decimal]:
		return from.value
	case *Opt[[2]int64]:
		return from.value
	case *int64:
		return *from
	case *bool:
		return *from
	case *string:
		return *from
	case *Date:
		return *from
	case *Recency:
		return *from
	case *Buttons:
		return *from
	}
	return nil
}

// EachGiven calls back for every field that is given, with its path and its value
// as JSON, in the order in which they are written.
func (s *Scenario) EachGiven(each func(path, json string)) {
	fields := func(list []Field, g *Segment, index int) {
		for i := range list {
			if value := list[i].value(s, g); given(value) {
				w := jsonWriter{}
				w.value(&list[i], value)
				each(indexed(list[i].Path, index), string(w.text))
			}
		}
	}
	fields(ownFields[:2], nil, 0)
	fields(messageFields, nil, 0)
	fields(templateFields, nil, 0)
	for i := range s.Audience {
		fields(segmentFields, &s.Audience[i], i)
	}
	fields(ownFields[2:], nil, 0)
	fields(senderFields, nil, 0)
	text := func(path, value string) {
		w := jsonWriter{}
		w.quote(value)
		each(path, string(w.text))
	}
	for _, id := range sortedNames(s.Assume) {
		text("assume."+id, s.Assume[id])
	}
	fields(pricingFields, nil, 0)
	fields(incomingFields, nil, 0)
	fields(bundleFields, nil, 0)
	if c, known := s.Pricing.Convert.Get(); known {
		fields(conversionFields, nil, 0)
		for _, currency := range sortedNames(c.Rates) {
			text(rateField(currency).Path, c.Rates[currency].String())
		}
	}
}

// SetJSON is [Scenario.Set] of a value written as JSON, as [Scenario.EachGiven]
// gives it. What is no value for the field changes nothing.
func (s *Scenario) SetJSON(path, text string) bool {
	if _, reason := checkJSON(text); reason != "" {
		return false
	}
	d := decoder{rest: text}
	if strings.HasPrefix(path, "assume.") || strings.HasPrefix(path, rateField("").Path) {
		return s.setText(&d, path)
	}
	f, to := s.at(path)
	if f == nil {
		return false
	}
	before := taken(to)
	known := given(to)
	if err := d.value(f, to); err != nil {
		if forget(to); known {
			put(to, before)
		}
		return false
	}
	if f.Path == conversionFields[0].Path {
		s.Pricing.Convert.known = true
	}
	return true
}

func (s *Scenario) setText(d *decoder, path string) bool {
	if strings.HasPrefix(path, "assume.") {
		var value string
		return isReading(strings.TrimPrefix(path, "assume.")) && d.text(&value) == nil && s.Set(path, value)
	}
	var rate Opt[decimal.Decimal]
	return d.money(&rate) == nil && s.Set(path, rate.value)
}
