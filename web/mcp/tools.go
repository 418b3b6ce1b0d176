package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"postage/app/words"
	"postage/rules"
	"postage/web/protocol"
)

// A tool is a function that an assistant may call.
type tool struct {
	name, title, description string
	answer                   func(arguments) (answer []byte, ok bool)
	mistakes                 func([]byte) []*rules.Error // of its scenario or plan; nil: it has none
}

// tools are all tools, in the order in which an assistant reads them.
var tools = []tool{
	{
		name: "quote", title: "Quote",
		description: "Whether messages by Zalo, ZNS, Messenger or WhatsApp may be sent on a day, and what they cost: verdict, checks with the rule and the sources that each rests on, price lines, totals, notices. " +
			"A fact that is left out is unknown, which makes the verdict \"depends\"; it is never taken for false or zero. Money is a decimal in a string.",
		answer:   func(a arguments) ([]byte, bool) { return rules.Answer(a["scenario"]) },
		mistakes: rules.Mistakes,
	},
	{
		name: "questions", title: "Questions",
		description: "Which fields can still change the answer to a scenario, finished or not: path, kind, limits, words to choose from on that day, and which checks or prices look at each. Ask this first, then the user.",
		answer:      func(a arguments) ([]byte, bool) { return rules.AnswerQuestions(a["scenario"]) },
		mistakes:    rules.DraftMistakes,
	},
	{
		name: "compare", title: "Compare the ways",
		description: "The other ways to reach the same people for the same purpose, on all channels, the best one first: verdict, counts, totals, the checks that do not pass, and for each the scenario to ask quote with.",
		answer: func(a arguments) ([]byte, bool) {
			return rules.AnswerCompare(a["scenario"], rules.Purpose(a.text("purpose")))
		},
		mistakes: rules.Mistakes,
	},
	{
		name: "plan", title: "Plan of a month",
		description: "What several messages of one sender cost together, each once or again every day, week or month: free allowances, quotas and volume tiers run on within a month, and a balance says on which day it runs out.",
		answer:      func(a arguments) ([]byte, bool) { return rules.AnswerPlan(a["plan"]) },
		mistakes:    rules.PlanMistakes,
	},
	{
		name: "most", title: "Most for a budget",
		description: "To how many people the message of a scenario may go for a budget, with the quote of so many. The scenario has one segment.",
		answer:      func(a arguments) ([]byte, bool) { return rules.AnswerMost(a["scenario"], a.text("budget")) },
		mistakes:    rules.Mistakes,
	},
	{
		name: "changes", title: "Changes over time",
		description: "The days on which the answer to a scenario changes, what is announced included, with what changes, by how much, and the rules behind it.",
		answer:      changes,
		mistakes:    rules.Mistakes,
	},
	{
		name: "rules", title: "Rules of the book",
		description: "What the book says: rules with their dated facts, the notices of a type, and the sources in full, with their addresses. Give a type or the id of a rule, as quotes cite it; with neither it lists the ids of all rules and the readings of contested facts.",
		answer:      theRules,
	},
	{
		name: "error_codes", title: "Error codes",
		description: "What the error codes of Zalo, Messenger and WhatsApp mean and what to do about each, with the rule behind it. Without a code it lists all, or those of a type's platform.",
		answer:      errorCodes,
	},
}

// arguments are what a tool was called with: a scenario or a plan as it was written,
// other fields as strings of JSON.
type arguments map[string]json.RawMessage

// text is a field that is a string, empty where it was not given.
func (a arguments) text(name string) (text string) {
	if len(a[name]) > 0 && json.Unmarshal(a[name], &text) != nil {
		return "" // read has seen that it is one
	}
	return text
}

// read reads arguments of these fields; null stands for none. The mistakes are those of the arguments alone.
func read(raw json.RawMessage, fields []protocol.ToolField) (arguments, []*rules.Error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		raw = []byte("{}")
	}
	var a arguments
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, []*rules.Error{{Code: rules.WrongType, Message: "the arguments must be an object"}}
	}
	var wrong []*rules.Error
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
		value, given := a[f.Name]
		var text string
		switch isText := json.Unmarshal(value, &text) == nil && string(value) != "null"; {
		case !given && f.Required:
			wrong = append(wrong, &rules.Error{Path: f.Name, Code: rules.Required, Message: "this field must be given"})
		case !given:
		case f.Object && isText:
			wrong = append(wrong, &rules.Error{Path: f.Name, Code: rules.WrongType, Message: "must be an object, not a string with JSON in it"})
		case !f.Object && !isText:
			wrong = append(wrong, &rules.Error{Path: f.Name, Code: rules.WrongType, Message: "must be a string"})
		}
		most := protocol.MaxScenario
		if f.Name == "plan" {
			most = protocol.MaxPlan
		}
		if len(value) > most {
			wrong = append(wrong, &rules.Error{Path: f.Name, Code: rules.OutOfRange, Message: fmt.Sprintf("at most %d bytes", most)})
		}
	}
	for _, name := range sorted(a) {
		if !slices.Contains(names, name) {
			wrong = append(wrong, &rules.Error{Path: name, Code: rules.UnknownField, Message: "the tool takes " + strings.Join(names, ", ")})
		}
	}
	return a, wrong
}

func sorted(a arguments) []string {
	names := make([]string, 0, len(a))
	for name := range a {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// refusal is the answer {"error":{…}} of a mistake in an argument.
func refusal(path string, code rules.Code, message string) ([]byte, bool) {
	return asJSON(protocol.Refusal{Error: &rules.Error{Path: path, Code: code, Message: message}}), false
}

// asJSON writes what always can be.
func asJSON(value any) []byte {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	if err := out.Encode(value); err != nil {
		panic(err)
	}
	return text.Bytes()
}

// day reads a day, zero where none is given.
func (a arguments) day(name string) (rules.Date, *rules.Error) {
	text := a.text(name)
	if text == "" && len(a[name]) == 0 {
		return 0, nil
	}
	day, err := rules.ParseDate(text)
	if err != nil {
		return 0, &rules.Error{Path: name, Code: rules.OutOfRange, Message: err.Error()}
	}
	return day, nil
}

func changes(a arguments) ([]byte, bool) {
	from, wrong := a.day("from")
	if wrong != nil {
		return refusal(wrong.Path, wrong.Code, wrong.Message)
	}
	to, wrong := a.day("to")
	if wrong != nil {
		return refusal(wrong.Path, wrong.Code, wrong.Message)
	}
	if to < from {
		return refusal("to", rules.OutOfRange, "must not be before "+from.String())
	}
	return rules.AnswerChanges(a["scenario"], from, to)
}

// typeOf is the message type of the arguments, empty where none is given.
func (a arguments) typeOf() (rules.MessageType, *rules.Error) {
	t := rules.MessageType(a.text("type"))
	if t != "" && t.Channel() == "" {
		var all []string
		for _, t := range rules.MessageTypes("") {
			all = append(all, string(t))
		}
		return "", &rules.Error{Path: "type", Code: rules.UnknownValue, Message: fmt.Sprintf("%q is none of %s", t, strings.Join(all, ", "))}
	}
	return t, nil
}

// A ruleList is what the tool rules answers.
type ruleList struct {
	Checked  rules.Date          `json:"checked"` // the day on which the book was last held against its sources
	Rules    []rules.Rule        `json:"rules,omitempty"`
	Notices  []rules.NoticeRule  `json:"notices,omitempty"`
	Sources  []rules.Source      `json:"sources,omitempty"`
	IDs      []string            `json:"ids,omitempty"`
	Readings map[string][]string `json:"readings,omitempty"`
}

func theRules(a arguments) ([]byte, bool) {
	t, wrong := a.typeOf()
	on, wrongDay := a.day("on")
	for _, e := range []*rules.Error{wrong, wrongDay} {
		if e != nil {
			return refusal(e.Path, e.Code, e.Message)
		}
	}
	book, id := rules.TheBook(), a.text("rule")
	list := ruleList{Checked: book.Checked}
	if t == "" && id == "" {
		for _, r := range book.Rules {
			list.IDs = append(list.IDs, r.ID)
		}
		list.Readings = book.Readings
		return asJSON(list), true
	}
	cited := map[string]bool{}
	cite := func(sources []string) {
		for _, s := range sources {
			cited[s] = true
		}
	}
	under := rules.RulesOf(t)
	for _, r := range book.Rules {
		if t != "" && !slices.Contains(under, r.ID) || !strings.HasPrefix(r.ID, id) {
			continue
		}
		if on != 0 {
			f, known := rules.RuleOn(r.ID, on)
			if !known {
				continue
			}
			r.Facts = []rules.Fact{f}
		}
		list.Rules = append(list.Rules, r)
		for _, f := range r.Facts {
			cite(f.Sources)
		}
	}
	if id != "" && len(list.Rules) == 0 {
		return refusal("rule", rules.UnknownValue, "no rule has an id that begins so, or none is in force then; without arguments the tool lists all ids")
	}
	if id == "" {
		for _, n := range book.Notices {
			if n.IsOf(t) && (on == 0 || n.Since <= on && (n.Until == 0 || on <= n.Until)) {
				list.Notices = append(list.Notices, n)
				cite(n.Sources)
			}
		}
	}
	for _, s := range book.Sources {
		if cited[s.ID] {
			list.Sources = append(list.Sources, s)
		}
	}
	return asJSON(list), true
}

// A meaning is an error code in words.
type meaning struct {
	rules.ErrorCode
	Means string `json:"means"`
	Do    string `json:"do"`
}

func errorCodes(a arguments) ([]byte, bool) {
	t, wrong := a.typeOf()
	if wrong != nil {
		return refusal(wrong.Path, wrong.Code, wrong.Message)
	}
	lang := a.text("lang")
	if lang == "" {
		lang = "en"
	}
	if !slices.Contains(protocol.Langs(), lang) {
		return refusal("lang", rules.UnknownValue, fmt.Sprintf("%q is none of %s", lang, strings.Join(protocol.Langs(), ", ")))
	}
	code, w := a.text("code"), words.Of(lang)
	list := []meaning{}
	for _, c := range rules.ErrorCodes() {
		if (code == "" || c.Code == code) && (t == "" || c.Type.Platform() == t.Platform()) {
			list = append(list, meaning{c, w.Text("code." + c.Code), w.Text("code." + c.Code + ".do")})
		}
	}
	if len(list) == 0 {
		return refusal("code", rules.UnknownValue, "the book does not know this code; without one the tool lists those that it knows")
	}
	return asJSON(struct {
		Codes []meaning `json:"codes"`
	}{list}), true
}
