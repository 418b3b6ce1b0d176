package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"strings"

	"postage/web/protocol"
)

var fieldsCommand = command{
	name: "fields", operands: "[PATH]",
	short: "list the fields of scenarios and plans: what each takes, its unit and its values by day",
	long: `With a PATH it lists those whose path begins so, as sender or audience.uid. The built site
has the same as a page, ` + protocol.FieldsFolder + `, and ` + protocol.SchemaFolder + ` has JSON Schemas.
`,
	prepare: func(*flag.FlagSet) work {
		return func(operands []string, s streams) (bool, error) {
			begin := ""
			if len(operands) > 0 {
				path, err := oneOf(operands, "path")
				if err != nil {
					return false, err
				}
				begin = path
			}
			return false, writeFields(s.out, begin)
		}
	},
}

// writeFields writes the fields whose paths begin with a text; indexes do not matter.
func writeFields(to io.Writer, begin string) error {
	scenario, err := protocol.ScenarioFields()
	if err != nil {
		return err
	}
	plan, err := protocol.PlanFields()
	if err != nil {
		return err
	}
	begin = strings.ReplaceAll(begin, "[]", "")
	out := bufio.NewWriter(to)
	found := false
	for _, part := range []struct {
		title string
		rows  []protocol.FieldRow
	}{{"of a scenario", scenario}, {"of a plan, beside those of a scenario for each of its items", plan}} {
		told := false
		for i := range part.rows {
			row := &part.rows[i]
			if !strings.HasPrefix(strings.ReplaceAll(row.Path, "[]", ""), begin) {
				continue
			}
			if !told {
				if found {
					fmt.Fprintln(out)
				}
				fmt.Fprintf(out, "%s\n", part.title) // errors are kept for Flush
				told, found = true, true
			}
			writeField(out, row)
		}
	}
	if !found {
		return usageError{fmt.Sprintf("no field has a path that begins with %q", begin)}
	}
	return out.Flush()
}

func writeField(out io.Writer, row *protocol.FieldRow) {
	fmt.Fprintf(out, "\n  %s\n      %s", row.Path, row.Type)
	if row.Unit != "" {
		fmt.Fprintf(out, "; unit: %s", row.Unit)
	}
	fmt.Fprintf(out, "; if absent: %s\n", row.Absent)
	if len(row.Required) > 0 {
		fmt.Fprintf(out, "      required: %s\n", strings.Join(row.Required, ", "))
	}
	for _, v := range row.Values {
		since := "values"
		if v.Since != 0 {
			since = "from " + v.Since.String()
		}
		fmt.Fprintf(out, "      %s: %s\n", since, strings.Join(v.Words, ", "))
	}
	if row.Meaning != "" {
		fmt.Fprintf(out, "      %s\n", row.Meaning)
	}
}
