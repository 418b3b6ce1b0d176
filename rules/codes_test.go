//go:build !js

package rules

import (
	"slices"
	"strings"
	"testing"
)

// TestErrorCodesAreWellFormed: each stands there once, with a type, sources, and
// a rule of the book where it names one.
func TestErrorCodesAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range ErrorCodes() {
		if seen[c.Code] {
			t.Errorf("the code %s stands there twice", c.Code)
		}
		seen[c.Code] = true
		if c.Type.Channel() == "" {
			t.Errorf("the code %s is for %s, which is no type", c.Code, c.Type)
		}
		if c.Rule != "" && theBook.rules[c.Rule] == nil {
			t.Errorf("the code %s rests on %s, which is no rule", c.Code, c.Rule)
		}
		if len(c.Sources) == 0 {
			t.Errorf("the code %s has no source", c.Code)
		}
		for _, id := range c.Sources {
			if _, ok := SourceByID(id); !ok {
				t.Errorf("the code %s names the source %s, which is none", c.Code, id)
			}
		}
		for _, answer := range c.Question {
			path, _, said := strings.Cut(answer, "=")
			path, _, _ = strings.Cut(path, "[")
			if !said || !slices.ContainsFunc(Fields(), func(f Field) bool { return f.Path == path }) {
				t.Errorf("the code %s is asked for with %q, which answers no field", c.Code, answer)
			}
		}
	}
}

// TestEveryCodeOfACheckIsAmongTheCodes: with a type that gets it, and with the
// rule where the check's code is that of one. Its sources stand beside the check
// alone.
func TestEveryCodeOfACheckIsAmongTheCodes(t *testing.T) {
	own := map[string]bool{} // has sources of its own
	err := eachRow(pageFiles, "book/page/codes.csv", "code,type,question,rule,sources", func(c []string) error {
		own[c[0]] = c[4] != ""
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ofChecks := map[string][]*errorRule{}
	for i := range theBook.errors {
		r := &theBook.errors[i]
		ofChecks[r.code] = append(ofChecks[r.code], r)
	}
	codes := ErrorCodes()
	for code, checks := range ofChecks {
		i := slices.IndexFunc(codes, func(c ErrorCode) bool { return c.Code == code })
		if i < 0 {
			t.Errorf("%s of the check %s is not among the codes: book/page/codes.csv", code, checks[0].check)
			continue
		}
		if own[code] {
			t.Errorf("the sources of %s stand twice: in errors.csv and in page/codes.csv", code)
		}
		c := &codes[i]
		fits := func(r *errorRule) bool {
			return r.matches(c.Type) && (theBook.rules[r.check] == nil || r.check == c.Rule)
		}
		if !slices.ContainsFunc(checks, fits) {
			t.Errorf("the code %s is shown with %s and the rule %q: no row of errors.csv has it so", code, c.Type, c.Rule)
		}
	}
}
