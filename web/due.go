package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"postage/rules"
)

var dueCommand = command{
	name:  "due",
	short: "list what of the book is to be looked at again",
	long: `Listed are values in force or announced, in the order of the book, each with why:
  passed  it was announced when the book was last checked, and its day has come since
  single  it rests on one source that is not the platform's own text
  unread  its newest source was last read more than ` + fmt.Sprint(rules.FreshDays) + ` days ago
What has passed comes first. A value leaves the list with a row in rules/book that has a newer
source, and what has passed with a row in checked.csv: rules/README.md says how.
`,
	prepare: func(flags *flag.FlagSet) work {
		on := rules.Checked()
		flags.Func("on", "the `DAY` on which it is looked at, written as 2026-11-28; without it that of the last check", func(typed string) (err error) {
			on, err = rules.ParseDate(typed)
			return err
		})
		return onlyFlags(func(s streams) error { return writeDue(s.out, on) })
	},
}

// writeDue writes what is due on a day, a value a line and the reasons counted below.
func writeDue(to io.Writer, on rules.Date) error {
	due := rules.DueFacts(on)
	passed := func(d rules.Due) bool { return slices.Contains(d.Why, rules.DuePassed) }
	counts := map[rules.DueReason]int{}
	for _, first := range []bool{true, false} {
		for _, d := range due {
			if passed(d) != first {
				continue
			}
			var why []string
			for _, reason := range d.Why {
				counts[reason]++
				why = append(why, string(reason))
			}
			if _, err := fmt.Fprintf(to, "%-22s %s = %s since %s; read %s in %s\n", strings.Join(why, " "), d.Rule, d.Value, sinceOf(d.Since), d.Read, strings.Join(d.Sources, " ")); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(to, "\nOn %s of the book checked on %s: %d passed, %d single, %d unread.\n", on, rules.Checked(), counts[rules.DuePassed], counts[rules.DueSingle], counts[rules.DueUnread])
	return err
}

// sinceOf is the first day of a value in words.
func sinceOf(day rules.Date) string {
	if day == 0 {
		return "the beginning"
	}
	return day.String()
}
