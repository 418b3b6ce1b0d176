package rules

import "strconv"

// A ListConfig is how a list of people is written to: by whom, in which of some ways,
// and at what price. Its fields mean what those of a [Plan] do.
type ListConfig struct {
	Sender     PlanSender
	Assume     map[string]string
	Pricing    PlanPricing
	At         string            // hour of sending in Vietnam, 00:00 to 23:59; empty if not given
	Ways       []ListWay         // at most 50; where there are none, those that serve the purpose
	Columns    map[string]string // the header of the column that a fact of a contact stands in, by its name; empty: of none
	DependsToo bool              // people are also written to in ways that hang on something
}

// A ListWay is a way of writing to the people of a list.
type ListWay struct {
	Message Message
	Tool    Tool // of a Zalo Official Account; the sender's where it is not given
}

// MaxWays is how many ways a [ListConfig] may have: a plan has an item for each.
const MaxWays = MaxItems

// DecodeListConfig reads a configuration from JSON (UTF-8). What it says is not yet
// held against a day. The error is an *[Error] with the path of the field.
func DecodeListConfig(data []byte) (ListConfig, error) {
	var c ListConfig
	var shared Scenario
	var p Plan
	d := decoder{plan: &p}
	if err := d.take(data); err != nil {
		return ListConfig{}, err
	}
	_, err := d.object(func(name string) error {
		switch name {
		case "sender":
			return d.sender(&shared)
		case "assume":
			return d.assume(&shared.Assume)
		case "pricing":
			return d.pricing(&shared)
		case "at":
			return d.time(&c.At)
		case "ways":
			return d.array(func(i int) error {
				if i == MaxWays {
					d.path = d.path[:len(d.path)-1]
					return d.fail(OutOfRange, "at most "+strconv.Itoa(MaxWays)+" ways")
				}
				c.Ways = append(c.Ways, ListWay{})
				return c.Ways[i].read(&d)
			})
		case "columns":
			c.Columns = map[string]string{}
			_, err := d.object(func(fact string) error {
				var header string
				err := d.text(&header)
				c.Columns[fact] = header
				return err
			})
			return err
		case "dependsToo":
			return d.boolean(&c.DependsToo)
		}
		return d.unknownField()
	})
	if err != nil {
		return ListConfig{}, err
	}
	c.Sender, c.Assume, c.Pricing = p.Sender, shared.Assume, p.Pricing
	c.Sender.Sender, c.Pricing.Pricing = shared.Sender, shared.Pricing
	return c, nil
}

// read reads a way: the fields of a message and the tool.
func (w *ListWay) read(d *decoder) error {
	var s Scenario
	var item PlanItem
	seen, err := d.object(func(name string) error {
		if name == "template" {
			return d.fields(templateFields, &s, nil)
		}
		if f := d.ofPlan(itemFields, name); f != nil && f.InPlan(nil, &item) == any((*string)(&item.Tool)) {
			return d.value(f, f.InPlan(nil, &item))
		}
		return d.field(messageFields, name, &s, nil)
	})
	w.Message, w.Tool = s.Message, item.Tool
	if err != nil {
		return err
	}
	return d.required(seen, "type")
}
