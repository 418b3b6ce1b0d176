package rules_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"postage/rules"
)

// A question is a scenario in pieces of JSON; what is empty is left out.
type question struct {
	on           string
	at           string
	message      string // the fields of message, or its type alone
	audience     string // segments, without the brackets
	sender       string // the fields of sender
	perRecipient int
	assume       string // the fields of assume
	pricing      string // the fields of pricing
}

func (q question) json() string {
	message := q.message
	if !strings.Contains(message, `"`) {
		message = `"type":"` + message + `"`
	}
	s := `{"on":"` + q.on + `","message":{` + message + `},"audience":[` + q.audience + `]`
	if q.at != "" {
		s += `,"at":"` + q.at + `"`
	}
	if q.perRecipient != 0 {
		s += `,"perRecipient":` + strconv.Itoa(q.perRecipient)
	}
	for _, part := range [...]struct{ name, fields string }{{"sender", q.sender}, {"assume", q.assume}, {"pricing", q.pricing}} {
		if part.fields != "" {
			s += `,"` + part.name + `":{` + part.fields + `}`
		}
	}
	return s + "}"
}

// ask evaluates a scenario that must have an answer.
func ask(t testing.TB, scenario string) rules.Quote {
	t.Helper()
	s, err := rules.Decode([]byte(scenario))
	if err != nil {
		t.Fatalf("%s: %v", scenario, err)
	}
	q, err := rules.Evaluate(s)
	if err != nil {
		t.Fatalf("%s: %v", scenario, err)
	}
	return q
}

// mistake returns the error of a scenario that must be refused.
func mistake(t testing.TB, scenario string) *rules.Error {
	t.Helper()
	_, err := rules.Decode([]byte(scenario))
	var e *rules.Error
	if !errors.As(err, &e) {
		t.Fatalf("%.300s: got %v, want an error", scenario, err)
	}
	return e
}

// outcomes writes the checks of a segment in order: "window" passed, "window!"
// failed, "window?" is unknown.
func outcomes(s rules.SegmentQuote) string {
	marks := map[rules.Outcome]string{rules.Pass: "", rules.Fail: "!", rules.Unknown: "?"}
	words := make([]string, len(s.Checks))
	for i, c := range s.Checks {
		words[i] = c.Code + marks[c.Outcome]
	}
	return strings.Join(words, " ")
}

// figures writes what goes out as "deliverable = free + charged".
func figures(q rules.Quote) string {
	return fmt.Sprintf("%d = %d + %d", q.Deliverable, q.Free, q.Charged)
}

// total writes the first total as "net + tax = gross", or "no price".
func total(q rules.Quote) string {
	if len(q.Totals) == 0 {
		return "no price"
	}
	t := q.Totals[0]
	return t.Net.String() + " + " + t.Tax.String() + " = " + t.Gross.String()
}

// lines writes each line as "code quantity × unit price".
func lines(q rules.Quote) string {
	words := make([]string, len(q.Lines))
	for i, l := range q.Lines {
		words[i] = fmt.Sprintf("%s %d × %s", l.Code, l.Quantity, l.UnitPrice)
	}
	return strings.Join(words, ", ")
}

func schedule(q rules.Quote) string {
	if q.Schedule == nil {
		return "none"
	}
	return fmt.Sprintf("%d days of %d", q.Schedule.Days, q.Schedule.PerDay)
}

func hasNotice(q rules.Quote, code string) bool {
	for _, n := range q.Notices {
		if n.Code == code {
			return true
		}
	}
	return false
}

// A sentence of the rules with a question that shows it. Empty wants are not
// looked at; checks are those of the first segment.
type sentence struct {
	name     string
	ask      question
	verdict  rules.Verdict
	checks   string
	figures  string
	total    string
	lines    string
	schedule string
}

func checkSentences(t *testing.T, sentences []sentence) {
	t.Helper()
	for _, s := range sentences {
		t.Run(s.name, func(t *testing.T) {
			t.Helper()
			q := ask(t, s.ask.json())
			for _, c := range [...]struct{ what, got, want string }{
				{"verdict", string(q.Verdict), string(s.verdict)},
				{"checks", outcomes(q.Segments[0]), s.checks},
				{"figures", figures(q), s.figures},
				{"total", total(q), s.total},
				{"lines", lines(q), s.lines},
				{"schedule", schedule(q), s.schedule},
			} {
				if c.want != "" && c.got != c.want {
					t.Errorf("%s of %s\ngot  %s\nwant %s", c.what, s.ask.json(), c.got, c.want)
				}
			}
		})
	}
}
