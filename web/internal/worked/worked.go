// Package worked has the scenarios of the worked examples for the tests that
// hold other ways of asking against the rules.
package worked

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"postage/rules"
	"postage/web/internal/source"
)

// Files are the files of worked examples in a tree.
func Files(tree source.Tree) ([]string, error) {
	names, err := filepath.Glob(tree.Path("rules/testdata/cases/*.jsonl"))
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("there are no worked examples in %s", tree.Path("rules/testdata/cases"))
	}
	return names, err
}

// Scenarios are those of all worked examples of a tree.
func Scenarios(tree source.Tree) ([]json.RawMessage, error) {
	names, err := Files(tree)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	for _, name := range names {
		scenarios, err := ScenariosOf(name)
		if err != nil {
			return nil, err
		}
		list = append(list, scenarios...)
	}
	return list, nil
}

// ScenariosOf are those of one file.
func ScenariosOf(name string) ([]json.RawMessage, error) {
	return linesOf(name, func(e example) json.RawMessage { return e.Scenario })
}

func linesOf(name string, asked func(example) json.RawMessage) ([]json.RawMessage, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []json.RawMessage
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var e example
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, asked(e))
	}
	return list, lines.Err()
}

// Plans are those of all worked plans of a tree.
func Plans(tree source.Tree) ([]json.RawMessage, error) {
	names, err := filepath.Glob(tree.Path("rules/testdata/cases/plans/*.jsonl"))
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("there are no worked plans in %s", tree.Path("rules/testdata/cases/plans"))
	}
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	for _, name := range names {
		plans, err := linesOf(name, func(e example) json.RawMessage { return e.Plan })
		if err != nil {
			return nil, err
		}
		list = append(list, plans...)
	}
	return list, nil
}

// An example is a line of a file of worked examples: what is asked.
type example struct{ Scenario, Plan json.RawMessage }

// OnTurningDays asks the same for the days on which a rule of its type begins,
// and for the days before and after.
func OnTurningDays(scenario json.RawMessage) ([]json.RawMessage, error) {
	var asked map[string]json.RawMessage
	if err := json.Unmarshal(scenario, &asked); err != nil {
		return nil, err
	}
	var message struct{ Type rules.MessageType }
	if err := json.Unmarshal(asked["message"], &message); err != nil {
		return nil, err
	}
	var all []json.RawMessage
	seen := map[rules.Date]bool{}
	for _, e := range rules.History(message.Type) {
		if e.On == 0 {
			continue
		}
		for _, d := range []rules.Date{e.On.AddDays(-1), e.On, e.On.AddDays(1)} {
			if seen[d] {
				continue
			}
			seen[d] = true
			asked["on"] = json.RawMessage(`"` + d.String() + `"`)
			again, err := json.Marshal(asked)
			if err != nil {
				return nil, err
			}
			all = append(all, again)
		}
	}
	return all, nil
}
