package flow

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

//go:embed worked.jsonl
var workedText string

// A worked flow is one to start from: the messages are those of a plan.
type worked struct {
	ID     string          `json:"id"`
	Silent bool            `json:"silent"` // customers come without writing
	Steps  []Step          `json:"steps"`
	Plan   json.RawMessage `json:"plan"`

	plan rules.Plan
}

// A Step is what may be changed of a step, as typed.
type Step struct {
	Day    string `json:"day"`    // after the start
	Share  string `json:"share"`  // whom it goes to, in per cent of the customers
	Answer string `json:"answer"` // who answers it, in per cent of those

	item  int             // of the worked flow that it is
	other *rules.Scenario // another way that was taken for it; nil: that of the worked flow
}

// UnmarshalJSON reads a step of a worked flow, whose day is a number.
func (s *Step) UnmarshalJSON(text []byte) error {
	var step struct {
		Day           int
		Share, Answer string
	}
	err := json.Unmarshal(text, &step)
	*s = Step{Day: strconv.Itoa(step.Day), Share: step.Share, Answer: step.Answer}
	return err
}

// readWorked reads the flows there are to start from.
var readWorked = sync.OnceValue(func() (list []worked) {
	for line := range strings.Lines(workedText) {
		var one worked
		err := json.Unmarshal([]byte(line), &one)
		if err == nil {
			one.plan, err = rules.DecodePlan(one.Plan)
		}
		if err != nil || len(one.plan.Items) != len(one.Steps) {
			panic("flow: worked.jsonl: " + line) // a test reads it
		}
		list = append(list, one)
	}
	return list
})

// IDs are the flows to start from, in the order in which they are shown. The texts of a
// flow are flow.ID, those of its steps flow.ID.NAME.
func IDs() (ids []string) {
	for _, one := range readWorked() {
		ids = append(ids, one.ID)
	}
	return ids
}

// A Flow is a flow as it is typed.
type Flow struct {
	ID        string // of the one that it began with
	On        string // the day on which the customers come, 2006-01-02
	Customers string // how many of them
	Silent    bool   // they come without writing, following or calling
	Steps     []Step
	Lang      string // of what is typed
}

// New is a flow to start from, for new customers of the month after a day.
func New(id, today, lang string) Flow {
	f := Flow{ID: id, Customers: "500", Lang: lang}
	if on, err := rules.ParseDate(today); err == nil {
		for month := on.Month(); on.Month() == month; {
			on = on.AddDays(1)
		}
		f.On = on.String()
	}
	if one := f.worked(); one != nil {
		f.Silent, f.Steps = one.Silent, append(f.Steps, one.Steps...)
		for i := range f.Steps {
			f.Steps[i].item = i
		}
	}
	return f
}

func (f *Flow) worked() *worked {
	for i, one := range readWorked() {
		if one.ID == f.ID {
			return &readWorked()[i]
		}
	}
	return nil
}

// Name is the last part of the key of a step's name.
func (f *Flow) Name(step int) string { return f.worked().plan.Items[f.Steps[step].item].Name }

// Kind is the type of message of a step.
func (f *Flow) Kind(step int) rules.MessageType { return f.message(step).Message.Type }

// message is a step's message and what it is sent with, as an item of a plan.
func (f *Flow) message(step int) rules.PlanItem {
	item := f.worked().plan.Items[f.Steps[step].item]
	if s := f.Steps[step].other; s != nil {
		item.Message, item.Tool, item.APIVersion = s.Message, s.Sender.Tool, s.Sender.APIVersion
	}
	return item
}

// Swap sends a step another way from now on. A template of it counts as approved, as
// those of the other steps do.
func (f *Flow) Swap(step int, o *rules.Option) {
	s := o.Scenario
	if s.Message.Template.Kind != "" || s.Message.Type.Channel() == rules.ChannelWhatsApp {
		s.Message.Template.Approved = rules.Some(true)
	}
	f.Steps[step].other = &s
}

// Swapped is what becomes of a step that is sent another way: to how many it goes then,
// and what that costs, none where a price is not in the book.
func (f *Flow) Swapped(step int, o *rules.Option, w *words.Language) (people int64, cost []rules.Total) {
	other := *f
	other.Steps = slices.Clone(f.Steps)
	other.Swap(step, o)
	a := other.Answer(w)
	if !a.Answered || a.Quote.Steps[step].Item < 0 {
		return 0, nil
	}
	q := &a.Quote.Quote.Items[a.Quote.Steps[step].Item]
	return q.Deliverable, q.Totals
}

// Copy puts a step like one behind it, and reports whether there is room for it.
func (f *Flow) Copy(step int) bool {
	if len(f.Steps) >= rules.MaxSteps {
		return false
	}
	f.Steps = slices.Insert(f.Steps, step+1, f.Steps[step])
	return true
}

// Remove takes a step out. The last one stays.
func (f *Flow) Remove(step int) bool {
	if len(f.Steps) == 1 {
		return false
	}
	f.Steps = slices.Delete(f.Steps, step, step+1)
	return true
}

// Paths of what is typed.
const (
	PathOn        = "on"
	PathCustomers = "customers"
)

// StepPath is the path of a part of a step: day, share or answer.
func StepPath(step int, part string) string { return "steps[" + strconv.Itoa(step) + "]." + part }

// Set puts what was typed at a path.
func (f *Flow) Set(path, typed string) {
	switch path {
	case PathOn:
		f.On = typed
	case PathCustomers:
		f.Customers = typed
	}
	for i := range f.Steps {
		for part, at := range map[string]*string{"day": &f.Steps[i].Day, "share": &f.Steps[i].Share, "answer": &f.Steps[i].Answer} {
			if path == StepPath(i, part) {
				*at = typed
			}
		}
	}
}

// An Answer is what becomes of a flow.
type Answer struct {
	Quote    rules.FlowQuote
	Answered bool // nothing of what it hangs on is wrong
	Mistakes []form.Mistake
}

// MistakeAt is what is wrong with what was typed at a path.
func (a *Answer) MistakeAt(path string) (form.Mistake, bool) {
	for _, m := range a.Mistakes {
		if m.Path == path {
			return m, true
		}
	}
	return form.Mistake{}, false
}

// Answer works the flow out, with names in a language.
func (f *Flow) Answer(w *words.Language) *Answer {
	a := &Answer{}
	asked := f.asked(w, a)
	if len(a.Mistakes) > 0 {
		return a
	}
	q, err := rules.EvaluateFlow(asked)
	if err != nil {
		wrong := err.(*rules.Error) // the only kind of error that there is here
		a.Mistakes = append(a.Mistakes, form.Mistake{Path: wrong.Path, Key: "mistake.other"})
		return a
	}
	a.Quote, a.Answered = q, true
	return a
}

// asked is the flow that the rules are asked; what cannot be read is left out and
// noted.
func (f *Flow) asked(w *words.Language, a *Answer) rules.Flow {
	one := f.worked()
	wrong := func(path, key string, args ...string) {
		a.Mistakes = append(a.Mistakes, form.Mistake{Path: path, Key: key, Args: args})
	}
	asked := rules.Flow{Silent: f.Silent, Sender: one.plan.Sender, Assume: one.plan.Assume, Pricing: one.plan.Pricing}
	var err error
	if asked.On, err = rules.ParseDate(f.On); err != nil {
		wrong(PathOn, "mistake.date")
	}
	if n, ok := words.ParseCount(f.Customers); !ok {
		wrong(PathCustomers, "mistake.count")
	} else if n < 1 || n > rules.MaxRecipients {
		wrong(PathCustomers, "mistake.range", "least", "1", "most", w.Number(rules.MaxRecipients))
	} else {
		asked.Customers = rules.Some(n)
	}
	for i, typed := range f.Steps {
		item := f.message(i)
		step := rules.FlowStep{
			Name: w.Text("flow." + f.ID + "." + item.Name), Message: item.Message, People: item.Audience[0],
			Tool: item.Tool, APIVersion: item.APIVersion,
		}
		if n, ok := words.ParseCount(typed.Day); !ok {
			wrong(StepPath(i, "day"), "mistake.count")
		} else if n < 0 || n > rules.MaxFlowDay {
			wrong(StepPath(i, "day"), "mistake.range", "least", "0", "most", w.Number(rules.MaxFlowDay))
		} else {
			step.Day = n
		}
		share := func(part, typed string) (share rules.Opt[decimal.Decimal]) {
			if typed = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(typed), "%")); typed == "" {
				return share
			}
			switch d, ok := words.ParseDecimal(typed, f.Lang); {
			case !ok:
				wrong(StepPath(i, part), "mistake.amount")
			case !d.Equal(d.Round(rules.ShareDecimals)):
				wrong(StepPath(i, part), "flow.mistake.decimals")
			case d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100)):
				wrong(StepPath(i, part), "mistake.range", "least", "0", "most", "100")
			default:
				share = rules.Some(d)
			}
			return share
		}
		step.Share, step.Answer = share("share", typed.Share), share("answer", typed.Answer)
		asked.Steps = append(asked.Steps, step)
	}
	return asked
}
