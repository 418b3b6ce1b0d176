package main

import (
	"bytes"
	"strings"
	"testing"

	"postage/rules"
)

func TestWhatIsDueIsListed(t *testing.T) {
	list := func(args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		code := run(append([]string{"due"}, args...), strings.NewReader(""), &out, &errs)
		return code, out.String(), errs.String()
	}
	code, now, _ := list()
	if code != exitOK || strings.HasPrefix(now, "passed") || !strings.Contains(now, "\nOn "+rules.Checked().String()+" of the book checked on "+rules.Checked().String()+": 0 passed, ") {
		t.Errorf("exit code %d, %s", code, now)
	}
	if lines := strings.Count(now, "\n") - 2; lines != len(rules.DueFacts(rules.Checked())) {
		t.Errorf("%d lines", lines)
	}
	// Once a day that is announced has come it is the first to be looked at.
	announced := rules.ChangeDays(rules.Checked().AddDays(1), 20991231)
	if len(announced) > 0 {
		if _, later, _ := list("-on", announced[len(announced)-1].String()); !strings.HasPrefix(later, "passed") {
			t.Errorf("after %s: %s", announced[len(announced)-1], later)
		}
	}
	if code, _, errs := list("-on", "soon"); code != exitUsage || !strings.Contains(errs, "-on") {
		t.Errorf("exit code %d, %s", code, errs)
	}
}
