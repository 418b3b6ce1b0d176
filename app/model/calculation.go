package model

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/rules"
)

// A Calculation is what the calculator knows without a page: what was entered, and
// the answer to it. Events change it: a key, an answer, a step back, another
// scenario. Whoever draws only reads.
type Calculation struct {
	Form    *form.Form
	History form.History
	Name    string         // of the quote or its client, as the user calls it
	Saved   func() []Saved // what the user has saved; nil where nothing is kept
	Options FrameOptions   // what a partner answers itself

	Editing  string // path of the field being typed into
	Mistakes []form.Mistake
	Refused  *rules.Error // what the rules say against the scenario

	Quote    *rules.Quote   // the last answer; stale while there are mistakes
	Stands   rules.Scenario // what it is the answer to
	Scenario []byte         // the same as JSON

	Told *Told // by a link, where today's answer is another one

	valid validity
}

// Typed takes over an answer while it is being typed.
func (c *Calculation) Typed(path, value string) {
	c.Editing = path
	c.set(path, value)
	c.Compute()
}

// Entered takes over an answer that is complete.
func (c *Calculation) Entered(path, value string) {
	c.Editing = ""
	c.set(path, value)
	c.Form.Settle(path)
	c.Compute()
}

func (c *Calculation) set(path, value string) {
	if path == form.PathOn {
		c.Form.MoveTo(value)
		return
	}
	c.Form.Set(path, value)
}

// Changed follows a change of the form that is no answer to a single question.
func (c *Calculation) Changed() {
	c.Editing = ""
	c.Compute()
}

// Step undoes a change, or does it again, and reports whether there was one.
func (c *Calculation) Step(by int) bool {
	if !c.History.Can(by) {
		return false
	}
	c.History.Move(c.Form, by)
	c.Changed()
	return true
}

// Open puts a scenario in the place of the form.
func (c *Calculation) Open(s rules.Scenario) { c.Form = form.Of(s, c.Form.Today, c.Form.Lang) }

// FollowDay goes on with the day that it is now, written 2006-01-02, and reports
// whether that is another one. A day of sending that nobody has chosen is today's.
func (c *Calculation) FollowDay(today string) bool {
	if today == c.Form.Today {
		return false
	}
	c.Form.SetToday(today)
	c.Compute()
	return true
}

// Compute works out the answer. While an answer cannot be used the last quote
// stays, marked as not up to date.
func (c *Calculation) Compute() {
	c.Refused = nil
	c.Options.Hold(c.Form)
	var scenario rules.Scenario
	if scenario, c.Mistakes = c.Form.Scenario(); len(c.Mistakes) > 0 {
		return
	}
	text := TextOf(scenario)
	if c.Quote != nil && text == string(c.Scenario) {
		return
	}
	q, wrong := AnswerOf(scenario)
	if wrong != nil {
		c.Refused = wrong
		return
	}
	c.Stands, c.Scenario, c.Quote = scenario, []byte(text), q
}

// Current reports whether the quote answers what stands in the form.
func (c *Calculation) Current() bool {
	return c.Quote != nil && len(c.Mistakes) == 0 && c.Refused == nil
}

// MistakeAt is what is wrong with the answer at a path.
func (c *Calculation) MistakeAt(path string) (form.Mistake, bool) {
	for _, m := range c.Mistakes {
		if m.Path == path {
			return m, true
		}
	}
	if c.Refused != nil && c.Refused.Path == path {
		return form.Mistake{Path: path, Key: "mistake." + string(c.Refused.Code)}, true
	}
	return form.Mistake{}, false
}

// MarkupPercent is the mark-up that the user asked for.
func (c *Calculation) MarkupPercent() (decimal.Decimal, bool) {
	return c.Stands.Pricing.MarkupPercent.Get()
}

// Total is the total of the answer, false where there is none.
func (c *Calculation) Total() (rules.Total, bool) { return c.Quote.Total() }

// FirstWrong is the path of the first answer that cannot be used.
func (c *Calculation) FirstWrong() string {
	if len(c.Mistakes) > 0 {
		return c.Mistakes[0].Path
	}
	return c.Refused.Path
}

// TaxIncluded reports whether no line adds a tax to its price.
func (c *Calculation) TaxIncluded() bool {
	return !slices.ContainsFunc(c.Quote.Lines, func(l rules.Line) bool { return !l.TaxIncluded && !l.TaxPercent.IsZero() })
}

// OpenQuestions are the paths of the questions that would settle what the answer
// depends on.
func (c *Calculation) OpenQuestions() []string {
	var paths []string
	for i := range c.Quote.Segments {
		for _, check := range c.Checks(i) {
			if path := c.QuestionBehind(&check); check.Outcome == rules.Unknown && path != "" && !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// TaxRates are the different taxes of the lines, in percent.
func (c *Calculation) TaxRates() []decimal.Decimal {
	var rates []decimal.Decimal
	for _, l := range c.Quote.Lines {
		if !slices.ContainsFunc(rates, l.TaxPercent.Equal) {
			rates = append(rates, l.TaxPercent)
		}
	}
	return rates
}

// StartFrom puts an example into the form. The user's own prices stay.
func (c *Calculation) StartFrom(e form.Example) {
	asked, wrong := Decode(e.On(c.Form.Today))
	if wrong != nil { // a test rules it out
		return
	}
	f := form.Of(asked, c.Form.Today, c.Form.Lang)
	f.SetPrices(c.Form.Prices())
	f.Clear(form.PathOn) // nobody has chosen the day
	c.Form = f
}

// GroupTotal is what the messages to a group cost, without what the user adds.
func (c *Calculation) GroupTotal(g int) (rules.Total, bool) {
	if !c.Current() || g >= len(c.Quote.Segments) {
		return rules.Total{}, false
	}
	return SumOf(c.Quote, func(l *rules.Line) bool { return l.Segment != nil && *l.Segment == g })
}

// QuestionBehind is the question that would settle an unknown check; empty where
// the book itself does not know.
func (c *Calculation) QuestionBehind(check *rules.Check) string {
	for _, path := range check.Needs {
		if path == form.PathBase {
			path = cmp.Or(c.Form.HalfPair(), path+"[0]")
		}
		if c.Form.Asks(path) {
			return path
		}
	}
	return ""
}

// AnswerOf is the answer to a scenario.
func AnswerOf(scenario rules.Scenario) (*rules.Quote, *rules.Error) {
	q, err := rules.Evaluate(scenario)
	if err != nil {
		return nil, err.(*rules.Error) // the only kind of error that there is here
	}
	return &q, nil
}

// Decode reads a scenario from JSON.
func Decode(scenario []byte) (rules.Scenario, *rules.Error) {
	s, err := rules.Decode(scenario)
	if err != nil {
		return s, err.(*rules.Error) // as above
	}
	return s, nil
}

// TextOf is a scenario as JSON.
func TextOf(scenario rules.Scenario) string {
	text, _ := scenario.MarshalJSON() // never fails
	return string(text)
}

// A validity is the last day of sending for which an answer holds; zero where
// the book knows of no change after the day asked about.
type validity struct {
	scenario string
	until    rules.Date
}

// ValidUntil is the last day of sending for which the answer holds; zero where the
// book knows of no change after the day asked about.
func (c *Calculation) ValidUntil() rules.Date {
	if c.valid.scenario != string(c.Scenario) {
		_, last := rules.Span()
		c.valid = validity{string(c.Scenario), rules.SameUntil(c.Stands, last)}
	}
	return c.valid.until
}

// Called is what the user calls what stands here, empty where they do not: not what
// something else is saved as that was changed into it since, by which one client would
// read another's name.
func (c *Calculation) Called() string {
	if c.Name == "" || c.Saved == nil {
		return c.Name
	}
	for _, item := range c.Saved() {
		if item.Name != c.Name {
			continue
		}
		if scenario, _ := form.ScenarioOf(item.Link); !bytes.Equal(scenario, c.Scenario) {
			return ""
		}
	}
	return c.Name
}
