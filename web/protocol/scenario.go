package protocol

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"postage/rules"
)

// The schema of a scenario comes from the declaration of its fields in rules, and
// its descriptions from the comments of the Go types that hold them.

// parts are the Go types of a scenario, by the paths of the objects that they are.
var parts = map[string]reflect.Type{
	"":                 reflect.TypeFor[rules.Scenario](),
	"message":          reflect.TypeFor[rules.Message](),
	"message.template": reflect.TypeFor[rules.Template](),
	"audience":         reflect.TypeFor[rules.Segment](),
	"sender":           reflect.TypeFor[rules.Sender](),
	"pricing":          reflect.TypeFor[rules.Pricing](),
	"pricing.incoming": reflect.TypeFor[rules.Incoming](),
	"pricing.bundle":   reflect.TypeFor[rules.Bundle](),
	"pricing.convert":  reflect.TypeFor[rules.Conversion](),
}

// scenario describes a scenario, with the types below it.
func (m *model) scenario() {
	m.top = "Scenario"
	m.object("")
	i := slices.IndexFunc(m.defs, func(d member) bool { return d.name == m.top })
	m.defs[i].schema.AllOf = conditions()
}

// object describes the part of a scenario at a path once and refers to it.
func (m *model) object(path string) *schema {
	t := parts[path]
	s := &schema{Description: m.docs[t.Name()], Type: "object", Additional: false}
	m.defs = append(m.defs, member{t.Name(), s})
	var scenario rules.Scenario
	var segment rules.Segment
	declared := rules.Fields()
	for i := range t.NumField() {
		f := t.Field(i)
		below := strings.TrimPrefix(path+"."+lowerFirst(f.Name), ".")
		var name string
		var property *schema
		if at := slices.IndexFunc(declared, func(d rules.Field) bool {
			return parentOf(d.Path) == path && pointsTo(d.In(&scenario, &segment), path, i, &scenario, &segment)
		}); at >= 0 {
			d := &declared[at]
			name, property = d.Path[strings.LastIndexByte(d.Path, '.')+1:], m.field(d, f.Type)
			if path == "pricing.convert" || len(requiredFor(d)) == len(rules.MessageTypes("")) {
				s.Required = append(s.Required, name)
			}
		} else {
			name = lowerFirst(f.Name)
			switch below {
			case "audience":
				property = &schema{Type: "array", Items: m.object(below), MinItems: 1, MaxItems: rules.MaxSegments}
				s.Required = append(s.Required, name)
			case "assume":
				property = readings()
			case "pricing.convert.rates":
				property = amounts()
			default:
				if parts[below] == nil {
					panic("no field of rules is " + below)
				}
				if property = m.object(below); below == "message" {
					s.Required = append(s.Required, name)
				}
			}
		}
		if doc := m.docs[t.Name()+"."+f.Name]; doc != "" {
			property.Description = doc
		}
		s.Properties = append(s.Properties, member{name, property})
	}
	return &schema{Ref: "#/$defs/" + t.Name()}
}

// pointsTo reports whether a pointer leads to the field of a part of the scenario
// with a number.
func pointsTo(pointer any, path string, number int, s *rules.Scenario, g *rules.Segment) bool {
	part := map[string]any{
		"": s, "message": &s.Message, "message.template": &s.Message.Template, "audience": g, "sender": &s.Sender, "pricing": &s.Pricing,
		"pricing.incoming": &s.Pricing.Incoming, "pricing.bundle": &s.Pricing.Bundle,
	}[path]
	if part == nil { // a conversion is behind a wrapper that shows no addresses, and has one field
		return path == "pricing.convert" && number == 0
	}
	return reflect.ValueOf(part).Elem().Field(number).Addr().Pointer() == reflect.ValueOf(pointer).Pointer()
}

func parentOf(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// field describes a declared field, whose Go type names a list of words.
func (m *model) field(d *rules.Field, t reflect.Type) *schema {
	switch d.Kind {
	case rules.KindCount:
		s := &schema{Type: "integer", Minimum: number(d.Least), Maximum: number(d.Most)}
		if t == reflect.TypeFor[rules.Opt[[2]int64]]() {
			return &schema{Type: "array", Items: s, MinItems: 2, MaxItems: 2}
		}
		return s
	case rules.KindAmount, rules.KindPercent, rules.KindRate:
		return &schema{Type: "string", Pattern: givenAmount}
	case rules.KindYesNo, rules.KindFlag:
		return &schema{Type: "boolean"}
	case rules.KindChoice:
		if t.Name() == "string" {
			return &schema{Type: "string", Enum: d.Words(0)}
		}
		if !slices.ContainsFunc(m.defs, func(one member) bool { return one.name == t.Name() }) {
			m.defs = append(m.defs, member{t.Name(), &schema{Description: m.docs[t.Name()], Type: "string", Enum: d.Words(0)}})
		}
		return &schema{Ref: "#/$defs/" + t.Name()}
	case rules.KindShare:
		return &schema{Type: "number", Minimum: number(d.Least), Maximum: number(d.Most)}
	case rules.KindHours:
		return &schema{Type: []string{"number", "null"}, Minimum: number(d.Least), Maximum: number(d.Most)}
	case rules.KindCountry:
		return &schema{Type: "string", Pattern: "^[A-Z]{2}$"}
	case rules.KindCurrency:
		return &schema{Type: "string", Pattern: "^[A-Z]{3}$"}
	case rules.KindDay:
		return &schema{Type: "string", Format: "date", Pattern: dayPattern}
	case rules.KindTime:
		return &schema{Type: "string", Pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
	case rules.KindTargets:
		if !slices.ContainsFunc(m.defs, func(one member) bool { return one.name == "ButtonTarget" }) {
			m.defs = append(m.defs, member{"ButtonTarget", &schema{Description: m.docs["ButtonTarget"], Type: "string", Enum: d.Words(0)}})
		}
		return &schema{OneOf: []*schema{
			{Type: "integer", Minimum: number(d.Least), Maximum: number(d.Most)},
			{Type: "array", Items: &schema{Ref: "#/$defs/ButtonTarget"}, MaxItems: d.Most},
		}}
	case rules.KindText:
		return &schema{Type: "string", MaxLength: d.Most}
	}
	panic("no schema for " + d.Path + ", a " + string(d.Kind))
}

// readings are the contested facts with the values that may be assumed.
func readings() *schema {
	s := &schema{Type: "object", Additional: false}
	values := rules.Readings()
	for _, id := range slices.Sorted(maps.Keys(values)) {
		s.Properties = append(s.Properties, member{id, &schema{Type: "string", Enum: values[id]}})
	}
	return s
}

// requiredFor lists the types that must have a field.
func requiredFor(d *rules.Field) []rules.MessageType {
	var types []rules.MessageType
	for _, t := range rules.MessageTypes("") {
		if d.RequiredFor(t) {
			types = append(types, t)
		}
	}
	return types
}

// conditions are what some message types ask for beyond the other fields.
func conditions() json.RawMessage {
	type object = map[string]any
	var list []object
	for _, d := range rules.Fields() {
		types := requiredFor(&d)
		if len(types) == 0 || len(types) == len(rules.MessageTypes("")) {
			continue
		}
		// The field and all that it is in.
		steps := strings.Split(d.Path, ".")
		then := object{"required": []string{steps[len(steps)-1]}}
		for i := len(steps) - 2; i >= 0; i-- {
			if steps[i] == "audience" {
				then = object{"items": then}
			}
			then = object{"properties": object{steps[i]: then}}
			if i > 0 {
				then["required"] = []string{steps[i]}
			}
		}
		list = append(list, object{
			"if":   object{"properties": object{"message": object{"properties": object{"type": object{"enum": types}}}}},
			"then": then,
		})
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return text
}
