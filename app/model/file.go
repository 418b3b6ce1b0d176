package model

import (
	"bytes"
	"encoding/json"
	"strings"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// File is the scenario and its quote as the contract has them, as JSON that the
// page opens again.
func (c *Calculation) File() string {
	quote, _ := rules.Answer(c.Scenario)
	data, err := json.Marshal(quoteFile{
		Version: 1, Name: c.Called(), Made: c.Form.Today, Book: rules.BookVersion(), Scenario: c.Scenario, Quote: quote,
	})
	if err != nil { // both parts are JSON
		panic(err)
	}
	var b bytes.Buffer
	json.Indent(&b, data, "", "  ") // of what was written as JSON: cannot fail
	return b.String() + "\n"
}

// A quoteFile is an answer in a file.
type quoteFile struct {
	Version  int             `json:"postage"`
	Name     string          `json:"name,omitempty"`
	Made     string          `json:"made"` // the day, 2006-01-02
	Book     string          `json:"book"` // see [rules.BookVersion]
	Scenario json.RawMessage `json:"scenario"`
	Quote    json.RawMessage `json:"quote,omitempty"`
}

// compactLink is the link of a scenario as short as it can be written.
func compactLink(scenario []byte) string {
	var b bytes.Buffer
	json.Compact(&b, scenario) // of JSON: cannot fail
	return form.LinkOf(b.Bytes())
}

// MaxImport bounds what is opened as JSON, in bytes.
const MaxImport = 1 << 20

// LinkIn finds the link, without the "#", in a text that was opened or pasted: a
// scenario, a file with an answer, or an address of the calculator. It returns
// the name that the file or the link has.
func LinkIn(content string) (link, name string, wrong *rules.Error) {
	content = strings.TrimSpace(strings.TrimPrefix(content, "\ufeff"))
	if len(content) > MaxImport {
		return "", "", &rules.Error{Code: rules.OutOfRange}
	}
	if !strings.HasPrefix(content, "{") {
		_, coded, _ := strings.Cut("#"+content, "#"+form.LinkPrefix)
		if parts := strings.Fields(coded); len(parts) > 0 {
			if _, ok := form.ScenarioOf(form.LinkPrefix + parts[0]); ok {
				return form.LinkPrefix + parts[0], form.NameIn(parts[0]), nil
			}
		}
		return "", "", &rules.Error{Code: rules.Syntax}
	}
	var parts map[string]json.RawMessage
	if json.Unmarshal([]byte(content), &parts) != nil {
		return "", "", &rules.Error{Code: rules.Syntax}
	}
	if _, ok := parts["scenario"]; !ok {
		return compactLink([]byte(content)), "", nil
	}
	var f quoteFile
	for _, p := range []struct {
		name string
		into any
	}{
		{"postage", &f.Version}, {"name", &f.Name}, {"made", &f.Made}, {"book", &f.Book}, {"scenario", &f.Scenario}, {"quote", &f.Quote},
	} {
		if value, ok := parts[p.name]; ok && json.Unmarshal(value, p.into) != nil {
			return "", "", &rules.Error{Path: p.name, Code: rules.WrongType}
		}
		delete(parts, p.name)
	}
	for unknown := range parts {
		return "", "", &rules.Error{Path: unknown, Code: rules.UnknownField}
	}
	if f.Version != 1 {
		return "", "", &rules.Error{Path: "postage", Code: rules.UnknownValue}
	}
	// What the file says of its answer is taken as what a link says.
	var q struct {
		Verdict rules.Verdict
		Totals  []struct{ Currency, Gross string }
	}
	link = compactLink(f.Scenario)
	if json.Unmarshal(f.Quote, &q) == nil {
		c := form.Claim{Book: f.Book, Verdict: q.Verdict}
		c.On, _ = rules.ParseDate(f.Made)
		if len(q.Totals) > 0 {
			c.Total, c.Currency = q.Totals[0].Gross, q.Totals[0].Currency
		}
		link += c.Says()
	}
	return link, words.ShortName(f.Name), nil
}
