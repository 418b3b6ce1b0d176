package protocol

import (
	"reflect"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/reach"
)

// A ListSummary is what `web reach` writes of a list as a whole.
type ListSummary struct {
	Contacts   int64 `json:"contacts"`   // rows of the list
	Doubles    int64 `json:"doubles"`    // rows that say of somebody what another row says
	Unreadable int64 `json:"unreadable"` // rows that could not be read
	ListPlan
	NeedsRate []ListCurrency `json:"needsRate,omitempty"` // ways that were left out: there is no rate between their currency and the others
	Depends   ListPlan       `json:"depends"`             // the same by the ways too that hang on something
}

// A ListPlan is who of a list gets what.
type ListPlan struct {
	Reached   int64           `json:"reached"`
	Ways      []ListSent      `json:"ways"`
	Totals    []rules.Total   `json:"totals,omitempty"` // absent where a price is not in the book
	Converted *rules.Total    `json:"converted,omitempty"`
	Days      int64           `json:"days"`                 // that the sending takes
	Plan      *rules.Plan     `json:"plan,omitempty"`       // absent where nobody is reached
	Single    *ListSingle     `json:"single,omitempty"`     // the cheapest of the types alone that reach the most; absent where nobody is reached
	Bound     *ListLowerBound `json:"lowerBound,omitempty"` // present where the plan is not known to cost the least
	Unreached []ListUnreached `json:"unreached"`
}

// A ListSent is what goes by one way.
type ListSent struct {
	Type     rules.MessageType `json:"type"`
	Contacts int64             `json:"contacts"`
	Totals   []rules.Total     `json:"totals,omitempty"`  // absent where a price is not in the book
	Unknown  []string          `json:"unknown,omitempty"` // codes of the checks that it hangs on
	Needs    []string          `json:"needs,omitempty"`   // facts of contacts, and fields of a scenario, that would settle them
}

// A ListCurrency is a way and the currency that it is billed in.
type ListCurrency struct {
	Type     rules.MessageType `json:"type"`
	Currency string            `json:"currency"` // ISO 4217
}

// A ListSingle is what one type alone does.
type ListSingle struct {
	Type      rules.MessageType `json:"type"`
	Contacts  int64             `json:"contacts"`
	Totals    []rules.Total     `json:"totals,omitempty"` // absent where a price is not in the book
	Converted *rules.Total      `json:"converted,omitempty"`
}

// A ListLowerBound is what no plan that reaches as many costs less than.
type ListLowerBound struct {
	Currency string          `json:"currency"` // ISO 4217
	Gross    decimal.Decimal `json:"gross"`
	Gap      decimal.Decimal `json:"gap"` // by which the plan is above it
}

// A ListUnreached is contacts whom nothing reaches, for the same reason.
type ListUnreached struct {
	Contacts int64      `json:"contacts"`
	Reason   string     `json:"reason"`          // the nearest way, and the codes of the checks that fail or are unknown
	Would    *ListWould `json:"would,omitempty"` // absent where nothing would reach them
}

// A ListWould is what would reach contacts.
type ListWould struct {
	Type     rules.MessageType `json:"type"`
	Need     string            `json:"need"`               // codes of the checks that would have to pass; empty: the way is only to be used
	Price    *decimal.Decimal  `json:"price,omitempty"`    // gross, for each of them; absent where it is not in the book
	Currency string            `json:"currency,omitempty"` // of the price, ISO 4217
}

// Summarise tells the answer to a list with so many rows, doubles and rows that could
// not be read.
func Summarise(a *reach.Answer, rows, doubles, unreadable int64) ListSummary {
	s := ListSummary{Contacts: rows, Doubles: doubles, Unreadable: unreadable, ListPlan: listPlan(a, &a.Sure), Depends: listPlan(a, &a.Depends)}
	for _, u := range a.Unrated {
		s.NeedsRate = append(s.NeedsRate, ListCurrency(u))
	}
	return s
}

func listPlan(a *reach.Answer, o *reach.Outcome) ListPlan {
	p := ListPlan{Reached: o.Reached, Ways: []ListSent{}, Totals: o.Quote.Totals, Converted: o.Quote.Converted, Days: o.Days, Unreached: []ListUnreached{}}
	if len(o.Plan.Items) > 0 {
		p.Plan = &o.Plan
	}
	for _, w := range o.Ways {
		p.Ways = append(p.Ways, ListSent{w.Type, w.People, w.Totals, w.Unknown, w.Needs})
	}
	if o.Single != nil {
		p.Single = &ListSingle{o.Single.Type, o.Single.People, o.Single.Totals, o.Single.Converted}
	}
	if bound, open := o.Bound.Get(); open {
		p.Bound = &ListLowerBound{a.Currency, bound, o.Gap}
	}
	for _, u := range o.Unreached {
		one := ListUnreached{Contacts: u.People, Reason: u.Reason}
		if u.Would != nil {
			one.Would = &ListWould{Type: u.Would.Type, Need: u.Would.Need}
			if price, known := u.Would.Price.Get(); known {
				one.Would.Price, one.Would.Currency = &price, u.Would.Currency
			}
		}
		p.Unreached = append(p.Unreached, one)
	}
	return p
}

// listConfig describes the configuration of a list, or of another table with other
// facts, with the types below it.
func (m *model) listConfig(name string, facts []string) {
	m.top = name
	plan := newModel(m.docs)
	plan.plan()
	for _, d := range plan.defs {
		if d.name != "Plan" && d.name != "PlanItem" && d.name != "Segment" && d.name != "Every" && d.name != "Message" {
			m.defs = append(m.defs, d)
		}
	}
	message, item := plan.def("Message"), plan.def("PlanItem")
	way := &schema{Description: m.docs["ListWay"], Type: "object", Additional: false, Required: []string{"type"}}
	way.Properties = append(way.Properties, message.Properties...)
	for _, p := range item.Properties {
		if p.name == "tool" {
			way.Properties = append(way.Properties, p)
		}
	}
	m.defs = append(m.defs, member{name + "Way", way})

	columns := &schema{Type: "object", Additional: false}
	for _, fact := range facts {
		columns.Properties = append(columns.Properties, member{fact, &schema{Type: "string"}})
	}
	properties := map[string]*schema{
		"sender": {Ref: "#/$defs/PlanSender"}, "assume": readings(), "pricing": {Ref: "#/$defs/PlanPricing"},
		"at":      m.field(fieldAt("at"), reflect.TypeFor[string]()),
		"ways":    {Type: "array", Items: &schema{Ref: "#/$defs/" + name + "Way"}, MaxItems: rules.MaxWays},
		"columns": columns, "dependsToo": {Type: "boolean"},
	}
	whole := &schema{Description: m.docs["ListConfig"], Type: "object", Additional: false}
	t := reflect.TypeFor[rules.ListConfig]()
	for i := range t.NumField() {
		name := lowerFirst(t.Field(i).Name)
		property := properties[name]
		if property == nil {
			panic("no schema for " + name + " of a list")
		}
		if doc := m.docs["ListConfig."+t.Field(i).Name]; doc != "" {
			property.Description = doc
		}
		whole.Properties = append(whole.Properties, member{name, property})
	}
	m.defs = append(m.defs, member{m.top, whole})
}

// contactFacts are the names of the facts of a contact.
func contactFacts() (names []string) {
	for _, f := range reach.Facts() {
		names = append(names, f.Name)
	}
	return names
}

// fieldAt is the declared field of a path.
func fieldAt(path string) *rules.Field {
	declared := rules.Fields()
	for i := range declared {
		if declared[i].Path == path {
			return &declared[i]
		}
	}
	panic("there is no field " + path)
}
