package protocol

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"postage/rules"
)

// FieldsFolder is where the page with all fields is published.
const FieldsFolder = Folder + "fields/"

// A FieldRow tells of one field of a scenario or of a plan, for who writes one.
type FieldRow struct {
	Path     string        // "sender.tool"; of a segment "audience[].uid", of a plan's item "items[].every"
	Type     string        // what it takes, with its limits
	Unit     string        // what a number counts, empty for none
	Values   []DatedValues // the words that it takes, by the day since which it does; empty where it takes no words
	Absent   string        // what is taken where it is not given
	Required []string      // message types that must have it; "always" for all
	Meaning  string        // what its declaration says
}

// DatedValues are the words that a field takes from a day on.
type DatedValues struct {
	Since rules.Date // zero: as far back as the book goes
	Words []string
}

// ScenarioFields lists the fields of a scenario in the order in which they are written,
// the dictionaries assume and pricing.convert.rates included.
func ScenarioFields() ([]FieldRow, error) {
	docs, err := comments()
	if err != nil {
		return nil, err
	}
	m := newModel(docs)
	m.scenario()
	meanings := m.meanings()
	var rows []FieldRow
	for _, f := range rules.Fields() {
		rows = append(rows, rowOf(&f, meanings))
	}
	readings := rules.Readings()
	for _, id := range slices.Sorted(maps.Keys(readings)) {
		rows = append(rows, FieldRow{
			Path: "assume." + id, Type: "one of the values", Values: []DatedValues{{Words: readings[id]}}, Absent: readings[id][0],
			Meaning: "reading of a contested fact",
		})
	}
	rate := rules.Field{Kind: rules.KindRate, Most: rules.MaxCount}
	rows = append(rows, FieldRow{Path: "pricing.convert.rates.CODE", Type: typeOf(&rate, false), Absent: "an error where it is needed", Meaning: meanings["pricing.convert.rates"]})
	return rows, nil
}

// PlanFields lists the fields that a plan has beside those of its items, which are those
// of a scenario.
func PlanFields() ([]FieldRow, error) {
	docs, err := comments()
	if err != nil {
		return nil, err
	}
	m := newModel(docs)
	m.plan()
	meanings := m.meanings()
	var rows []FieldRow
	for _, f := range rules.PlanFields() {
		row := rowOf(&f, meanings)
		if row.Absent == "unknown" {
			row.Absent = "none"
		}
		rows = append(rows, row)
	}
	amount := rules.Field{Kind: rules.KindAmount, Most: rules.MaxCount}
	return append(rows, FieldRow{Path: "balance.CODE", Type: typeOf(&amount, false), Absent: "nothing is told of it", Meaning: meanings["balance"]}), nil
}

func rowOf(f *rules.Field, meanings map[string]string) FieldRow {
	row := FieldRow{Path: f.Path, Unit: f.Unit, Values: datedValues(f), Meaning: meanings[f.Path]}
	row.Type = typeOf(f, f.Path == "sender.promotionBase")
	switch f.Kind {
	case rules.KindAmount:
		row.Unit = "billing currency"
	case rules.KindPercent, rules.KindShare:
		row.Unit = "per cent"
	}
	for _, list := range []string{"audience", "items"} {
		if rest, of := strings.CutPrefix(f.Path, list+"."); of {
			row.Path = list + "[]." + rest
		}
	}
	row.Required = plain(requiredFor(f)...)
	always := len(row.Required) == len(rules.MessageTypes("")) || f.Path == "pricing.convert.currency"
	if always {
		row.Required = []string{"always"}
	}
	switch {
	case always:
		row.Absent = "an error"
	case f.Default() != "":
		row.Absent = f.Default()
	case f.Kind == rules.KindFlag:
		row.Absent = "false"
	case f.Zero():
		row.Absent = "0"
	case f.Kind == rules.KindText, f.Kind == rules.KindAmount, f.Kind == rules.KindPercent:
		row.Absent = "none"
	default:
		row.Absent = "unknown"
	}
	return row
}

// typeOf says what a field takes. A pair is two numbers.
func typeOf(f *rules.Field, pair bool) string {
	limits := fmt.Sprintf("%s to %s", grouped(f.Least), grouped(f.Most))
	amount := fmt.Sprintf("decimal in a string, %s, at most %d decimals", limits, rules.MaxDecimals)
	if pair {
		return "array of two integers, each " + limits
	}
	if f.Kind == rules.KindCount && f.Words(0) != nil {
		return "integer, one of the values"
	}
	return map[rules.Kind]string{
		rules.KindCount:    "integer, " + limits,
		rules.KindAmount:   amount,
		rules.KindPercent:  amount,
		rules.KindRate:     strings.Replace(amount, "0 to", "above 0, to", 1),
		rules.KindYesNo:    "true or false",
		rules.KindFlag:     "true or false",
		rules.KindChoice:   "string, one of the values",
		rules.KindHours:    "number, " + limits + ", or null for never",
		rules.KindShare:    fmt.Sprintf("number, %s, at most %d decimals", limits, rules.ShareDecimals),
		rules.KindCountry:  "string, ISO 3166-1 alpha-2, such as \"VN\"",
		rules.KindCurrency: "string, ISO 4217, such as \"VND\"",
		rules.KindDay:      "string, a day such as \"2026-11-21\"",
		rules.KindTime:     "string, an hour such as \"22:30\"",
		rules.KindTargets:  fmt.Sprintf("integer, %s, or array of at most %d of the values", limits, f.Most),
		rules.KindText:     fmt.Sprintf("string, at most %d characters", f.Most),
	}[f.Kind]
}

// grouped writes a number with commas.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// datedValues are the words of a field by the days on which they change.
func datedValues(f *rules.Field) []DatedValues {
	if f.Words(0) == nil {
		return nil
	}
	var days []rules.Date
	for _, r := range rules.TheBook().Rules {
		for _, fact := range r.Facts {
			if fact.Since != 0 {
				days = append(days, fact.Since)
			}
		}
	}
	slices.SortFunc(days, func(a, b rules.Date) int { return cmp.Compare(a, b) })
	list := []DatedValues{{Words: f.Words(days[0].AddDays(-1))}}
	for _, day := range slices.Compact(days) {
		if words := f.Words(day); !slices.Equal(words, list[len(list)-1].Words) {
			list = append(list, DatedValues{day, words})
		}
	}
	return list
}

// meanings are what is said of each property, by its path without indexes.
func (m *model) meanings() map[string]string {
	said := map[string]string{}
	var walk func(path string, s *schema)
	walk = func(path string, s *schema) {
		if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
			s = m.def(name)
		}
		if s.Items != nil {
			walk(path, s.Items)
		}
		for _, p := range s.Properties {
			below := strings.TrimPrefix(path+"."+p.name, ".")
			if said[below] == "" {
				said[below] = p.schema.Description
			}
			walk(below, p.schema)
		}
	}
	walk("", m.def(m.top))
	return said
}
