package plan

import (
	"bytes"
	"encoding/json"
	"strings"

	"postage/app/model"
	"postage/rules"
)

// A planFile is a plan and its answer in a file.
type planFile struct {
	Version int             `json:"postage"`
	Name    string          `json:"name,omitempty"`
	Made    string          `json:"made"` // the day, 2006-01-02
	Book    string          `json:"book"` // see [rules.BookVersion]
	Plan    json.RawMessage `json:"plan"`
	Quote   json.RawMessage `json:"quote,omitempty"`
}

// File is the plan that was asked and its answer as the contract has them, as JSON
// that the page opens again.
func (a *Answer) File(name, today string) string {
	text, _ := a.Asked.MarshalJSON() // never fails
	quote, _ := rules.AnswerPlan(text)
	data, err := json.Marshal(planFile{1, name, today, rules.BookVersion(), text, quote})
	if err != nil { // both parts are JSON
		panic(err)
	}
	var b bytes.Buffer
	json.Indent(&b, data, "", "  ") // of what was written as JSON: cannot fail
	return b.String() + "\n"
}

// In finds the plan in a text that was opened or pasted: a plan, a file with one, or
// an address of the page.
func In(content, today, lang string) (p Plan, wrong *rules.Error) {
	content = strings.TrimSpace(strings.TrimPrefix(content, "\ufeff"))
	if len(content) > model.MaxImport {
		return p, &rules.Error{Code: rules.OutOfRange}
	}
	if !strings.HasPrefix(content, "{") {
		_, coded, ok := strings.Cut("#"+content, "#"+LinkPrefix)
		if parts := strings.Fields(coded); ok && len(parts) > 0 {
			return InLink(LinkPrefix+parts[0], today, lang)
		}
		return p, &rules.Error{Code: rules.Syntax}
	}
	var f planFile
	if json.Unmarshal([]byte(content), &f) == nil && f.Plan != nil {
		if f.Version != 1 {
			return p, &rules.Error{Path: "postage", Code: rules.UnknownValue}
		}
		return decoded(f.Plan, f.Name, today, lang)
	}
	return decoded([]byte(content), "", today, lang)
}
