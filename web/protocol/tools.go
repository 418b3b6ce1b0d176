package protocol

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"postage/rules"
)

// What the tools of the MCP server take. Each takes an object; a scenario or a plan is a
// field of it. An assistant reads the schemas of all tools before it asks anything, so
// that the whole scenario, 12 kB, is described once, for the tool quote, and in outline
// for the others: all come from the declaration of the fields.

// A QuoteInput asks whether messages may be sent and what they cost.
type QuoteInput struct {
	Scenario scenarioRoot `json:"scenario"`
}

// A QuestionsInput asks which fields can still change an answer.
type QuestionsInput struct {
	Scenario draftOutline `json:"scenario"` // As the tool quote takes it, as far as it is known: it may lack what a quote needs.
}

// A CompareInput asks for the other ways to reach the same people.
type CompareInput struct {
	Scenario scenarioOutline `json:"scenario"`          // As the tool quote takes it.
	Purpose  rules.Purpose   `json:"purpose,omitempty"` // what the message is for; without it what its type is for first
}

// A PlanInput asks what several messages of a month cost together.
type PlanInput struct {
	Plan planRoot `json:"plan"`
}

// A MostInput asks to how many people a message may go for a budget.
type MostInput struct {
	Scenario scenarioOutline `json:"scenario"` // As the tool quote takes it, with one segment, whose recipients do not matter.
	Budget   Budget          `json:"budget"`   // with taxes, in the currency of pricing.convert if given, else in the one that is billed in
}

// A ChangesInput asks when an answer changes.
type ChangesInput struct {
	Scenario scenarioOutline `json:"scenario"` // As the tool quote takes it; its own day does not matter.
	From     rules.Date      `json:"from"`     // the day before the first one that is looked at
	To       rules.Date      `json:"to"`       // the last day that is looked at
}

// A RulesInput asks what the book says.
type RulesInput struct {
	Type rules.MessageType `json:"type,omitempty"` // of the rules that a message type is under
	Rule string            `json:"rule,omitempty"` // an id, or its beginning such as zalo.zns.
	On   rules.Date        `json:"on,omitempty"`   // only what is in force on a day; without it all days
}

// A CodesInput asks what a platform's error code means.
type CodesInput struct {
	Code string            `json:"code,omitempty"` // as the platform writes it, such as -32 or 131047
	Type rules.MessageType `json:"type,omitempty"` // of the codes of one message type's platform
	Lang Lang              `json:"lang,omitempty"` // of the words, English if not given
}

// A Budget is a decimal such as "2000000" or "49.5".
type Budget string

// A Lang is a language of the texts.
type Lang string

// These stand for a scenario in outline, and for one that may lack what it must have.
type (
	scenarioOutline struct{}
	draftOutline    struct{}
)

// A ToolInput is what one tool takes.
type ToolInput struct {
	Schema json.RawMessage // JSON Schema, 2020-12
	Fields []ToolField     // in the order of the schema
}

// A ToolField is a field of what a tool takes.
type ToolField struct {
	Name     string
	Required bool
	Object   bool // a scenario or a plan; all others are strings
}

// What a scenario and a plan have at most, in bytes. A scenario of 100 segments with every
// field takes about 60 kB, a plan of 50 such items 3 MB.
const (
	MaxScenario = 1 << 20
	MaxPlan     = 4 << 20
)

// Langs are the languages of the texts, as BCP 47.
func Langs() []string { return []string{"vi", "en", "ru"} }

// ToolInputs are those of all tools, by their names.
func ToolInputs() (map[string]ToolInput, error) {
	docs, err := comments()
	if err != nil {
		return nil, err
	}
	inputs := map[string]ToolInput{}
	for name, t := range map[string]reflect.Type{
		"quote": reflect.TypeFor[QuoteInput](), "questions": reflect.TypeFor[QuestionsInput](), "compare": reflect.TypeFor[CompareInput](),
		"plan": reflect.TypeFor[PlanInput](), "most": reflect.TypeFor[MostInput](), "changes": reflect.TypeFor[ChangesInput](),
		"rules": reflect.TypeFor[RulesInput](), "error_codes": reflect.TypeFor[CodesInput](),
	} {
		m := newModel(docs)
		m.root(t)
		whole := m.def(t.Name())
		whole.Additional = false
		var in ToolInput
		for _, p := range whole.Properties {
			f := ToolField{Name: p.name, Required: slices.Contains(whole.Required, p.name)}
			f.Object = m.setBelow(p.schema)
			in.Fields = append(in.Fields, f)
		}
		if in.Schema, err = json.Marshal(m.file()); err != nil {
			return nil, err
		}
		inputs[name] = in
	}
	return inputs, nil
}

// setBelow puts what a field refers to in the place of a reference to a file of its own,
// and reports whether it was one.
func (m *model) setBelow(field *schema) bool {
	below := newModel(m.docs)
	switch field.Ref {
	case "scenario.json", "scenario outline", "draft outline":
		below.scenario()
	case "plan.json":
		below.plan()
	default:
		return false
	}
	if name, outlined := strings.CutSuffix(field.Ref, " outline"); outlined {
		outline := *below.def(below.top)
		outline.Description, outline.AllOf, outline.Properties = field.Description, nil, slices.Clone(outline.Properties)
		if name == "draft" {
			outline.Required = nil
		}
		for i, p := range outline.Properties {
			outline.Properties[i].schema = p.schema.outline()
		}
		*field = outline
		return true
	}
	field.Ref = "#/$defs/" + below.top
	m.defs = append(m.defs, below.defs...)
	return true
}

// outline is a schema without what is below it.
func (s *schema) outline() *schema {
	if s.Ref != "" || s.Type == "object" {
		return &schema{Type: "object"}
	}
	short := *s
	if s.Items != nil {
		short.Items = s.Items.outline()
	}
	return &short
}
