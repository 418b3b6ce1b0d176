package rules

import (
	"strings"
)

// An errorRule is the code with which a platform refuses a message.
type errorRule struct {
	pattern string // a message type; "zalo.uid.*" is every type below
	check   string // the code of a check, or the id of the rule that it rests on
	since   Date   // zero: as far back as the book goes
	code    string // as the platform writes it; a subcode stands behind a slash
	sources []string
}

func readErrors(files folder) ([]errorRule, error) {
	var list []errorRule
	err := eachRow(files, "book/errors.csv", "type-pattern,check,since,code,sources", func(c []string) error {
		since, err := optionalDate(c[2])
		list = append(list, errorRule{c[0], c[1], since, c[3], strings.Fields(c[4])})
		return err
	})
	return list, err
}

func (r *errorRule) matches(t MessageType) bool { return isTypeLike(t, r.pattern) }

// errorCode is what the platform answers to a message that fails a check; empty
// where the book does not know. A code for the rule goes before one for the
// check, a later row before an earlier one.
func (k *messageKind) errorCode(check, rule string, day Date) string {
	code, exact := "", false
	for _, i := range k.errors {
		r := &theBook.errors[i]
		byRule := r.check == rule
		if day < r.since || !byRule && (exact || r.check != check) {
			continue
		}
		code, exact = r.code, byRule
	}
	return code
}
