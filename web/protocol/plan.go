package protocol

import (
	"reflect"
	"slices"
	"strings"

	"postage/rules"
)

// The schema of a plan comes from that of a scenario, whose parts its items and
// what they share are, and from the declaration of the fields that a plan has
// beside them.

// plan describes a plan, with the types below it.
func (m *model) plan() {
	m.top = "Plan"
	scenario := newModel(m.docs)
	scenario.scenario()
	for _, d := range scenario.defs {
		if !slices.Contains([]string{"Scenario", "Sender", "Pricing"}, d.name) {
			m.defs = append(m.defs, d)
		}
	}
	whole := scenario.def("Scenario")
	item := m.part(reflect.TypeFor[rules.PlanItem](), whole)
	m.def("PlanItem").Required = whole.Required
	m.def("PlanItem").AllOf = whole.AllOf
	m.def("PlanItem").Dependent = map[string][]string{"every": {"until"}, "until": {"every"}}

	plan := &schema{Description: m.docs["Plan"], Type: "object", Additional: false, Required: []string{"items"}}
	add := func(name string, property *schema) {
		if doc := m.docs["Plan."+strings.ToUpper(name[:1])+name[1:]]; doc != "" {
			property.Description = doc
		}
		plan.Properties = append(plan.Properties, member{name, property})
	}
	add("items", &schema{Type: "array", Items: item, MinItems: 1, MaxItems: rules.MaxItems})
	add("sender", m.part(reflect.TypeFor[rules.PlanSender](), scenario.def("Sender")))
	add("assume", readings())
	add("pricing", m.part(reflect.TypeFor[rules.PlanPricing](), scenario.def("Pricing")))
	add("balance", amounts())
	m.defs = append(m.defs, member{m.top, plan})
}

// part describes a part of a plan, and refers to it. What the Go type embeds, and
// its fields of the same names, are as the part of a scenario has them.
func (m *model) part(t reflect.Type, of *schema) *schema {
	s := &schema{Description: m.docs[t.Name()], Type: "object", Additional: false, Required: of.Required}
	m.defs = append(m.defs, member{t.Name(), s})
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			s.Properties = append(s.Properties, of.Properties...)
			continue
		}
		name, property := lowerFirst(f.Name), (*schema)(nil)
		if at := slices.IndexFunc(of.Properties, func(p member) bool { return p.name == name }); at >= 0 {
			copied := *of.Properties[at].schema
			property = &copied
		} else {
			d := planField(t, i)
			name, property = d.Path[strings.LastIndexByte(d.Path, '.')+1:], m.field(d, f.Type)
		}
		if doc := m.docs[t.Name()+"."+f.Name]; doc != "" {
			property.Description = doc
		}
		s.Properties = append(s.Properties, member{name, property})
	}
	return &schema{Ref: "#/$defs/" + t.Name()}
}

// planField is the declaration of a field of a part of a plan, by its number.
func planField(t reflect.Type, number int) *rules.Field {
	var plan rules.Plan
	var item rules.PlanItem
	part := map[reflect.Type]any{
		reflect.TypeFor[rules.PlanItem](): &item, reflect.TypeFor[rules.PlanSender](): &plan.Sender, reflect.TypeFor[rules.PlanPricing](): &plan.Pricing,
	}[t]
	at := reflect.ValueOf(part).Elem().Field(number).Addr().Pointer()
	declared := rules.PlanFields()
	for i := range declared {
		if d := &declared[i]; reflect.ValueOf(d.InPlan(&plan, &item)).Pointer() == at {
			return d
		}
	}
	panic("no field of a plan is " + t.Name() + "." + t.Field(number).Name)
}

// def is what is said of a type.
func (m *model) def(name string) *schema {
	return m.defs[slices.IndexFunc(m.defs, func(d member) bool { return d.name == name })].schema
}

// amounts are decimals by currencies.
func amounts() *schema {
	return &schema{Type: "object", Additional: &schema{Type: "string", Pattern: givenAmount}, Names: &schema{Pattern: "^[A-Z]{3}$"}}
}
