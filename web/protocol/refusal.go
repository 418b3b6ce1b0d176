package protocol

import (
	"bytes"
	"encoding/json"

	"postage/rules"
)

// A Refusal is the answer of the commands and of the MCP server to what cannot be
// answered: the error of the contract, with all else that is wrong.
type Refusal struct {
	Error *rules.Error   `json:"error"`
	More  []*rules.Error `json:"more,omitempty"` // the other mistakes, in the order of the text
	Line  int64          `json:"line,omitempty"` // of the input, from 1; empty lines count
}

// Refuse writes a refusal on one line. The mistakes are those that were found; where
// there are none, the answer {"error":{…}} tells the one that there is.
func Refuse(answer []byte, found []*rules.Error, line int64) ([]byte, error) {
	r := Refusal{Line: line}
	if len(found) > 0 {
		r.Error, r.More = found[0], found[1:]
	} else if err := json.Unmarshal(answer, &r); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	err := out.Encode(r)
	return text.Bytes(), err
}
