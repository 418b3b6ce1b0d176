//go:build !js

package rules

import (
	"embed"
	"slices"
	"strings"
	"sync"
)

// What only the Rules page shows stands in book/page. It is no part of the
// programs for the browser, nor of the version of the book: no answer rests on
// it.
//
//go:embed book/page/*.csv
var pageFiles embed.FS

// An ErrorCode is a code with which a platform refuses a message: as the
// platform writes it, a subcode behind a slash.
type ErrorCode struct {
	Code string      `json:"code"`
	Type MessageType `json:"type"` // that gets it, or the one of several to begin with
	// Question is answers that lead to it, where a check does: the path of a field
	// and its value, such as "audience.hoursSinceInteraction=30".
	Question []string `json:"question,omitempty"`
	Rule     string   `json:"rule,omitempty"` // the id of the rule behind it; empty where the book has none
	Sources  []string `json:"sources"`
	OfCheck  bool     `json:"ofCheck,omitempty"` // a check that fails names it, so that the question is answered with it
}

// ErrorCodes lists the codes of the platforms, those that no check names
// included, in the order in which they are shown. The caller may keep the list
// but not change it.
func ErrorCodes() []ErrorCode { return errorCodes() }

var errorCodes = sync.OnceValue(func() []ErrorCode {
	codes, err := readErrorCodes(pageFiles)
	if err != nil {
		panic("rules: " + err.Error())
	}
	return codes
})

// readErrorCodes reads the codes. The sources of one that a check names stand
// beside the check.
func readErrorCodes(files folder) ([]ErrorCode, error) {
	var list []ErrorCode
	err := eachRow(files, "book/page/codes.csv", "code,type,question,rule,sources", func(c []string) error {
		code := ErrorCode{Code: c[0], Type: MessageType(c[1]), Question: strings.Fields(c[2]), Rule: c[3], Sources: strings.Fields(c[4])}
		for i := range theBook.errors {
			if r := &theBook.errors[i]; r.code == code.Code {
				code.Sources = append(code.Sources, r.sources...)
				code.OfCheck = code.OfCheck || theBook.rules[r.check] == nil
			}
		}
		slices.Sort(code.Sources)
		code.Sources = slices.Compact(code.Sources)
		list = append(list, code)
		return nil
	})
	return list, err
}
