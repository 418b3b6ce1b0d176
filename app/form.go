package app

import (
	"encoding/json"
	"strconv"
	"strings"

	"postage/rules"
)

// A form is what the user has entered, as typed, by the paths of the contract:
// "on", "sender.tool", "audience[0].recipients". An answer that was never given
// has the default of its question; one that was emptied is "".
type form struct {
	values map[string]string
	groups int
	today  string // 2026-11-21
}

func newForm(today string) *form {
	return &form{values: map[string]string{}, groups: 1, today: today}
}

// Paths that the form itself looks at.
const (
	pathOn   = "on"
	pathType = "message.type"
	pathPer  = "perRecipient"
)

func groupPath(group int, field string) string {
	return "audience[" + strconv.Itoa(group) + "]." + field
}

// get returns the answer at a path, the default of the question where none was
// given.
func (f *form) get(path string) string {
	if v, ok := f.values[path]; ok {
		return v
	}
	return f.fallback(path)
}

func (f *form) set(path, value string) { f.values[path] = value }

// kind is the chosen message type.
func (f *form) kind() rules.MessageType {
	t := rules.MessageType(f.get(pathType))
	if t.Channel() == "" {
		return rules.ZaloConsultation
	}
	return t
}

// day is the day of sending; zero where the text is no day.
func (f *form) day() rules.Date {
	d, err := rules.ParseDate(f.get(pathOn))
	if err != nil {
		return 0
	}
	return d
}

// addGroup appends a group, as a copy of another one.
func (f *form) addGroup(from int) {
	prefix := groupPath(from, "")
	for path, v := range f.values {
		if field, ok := strings.CutPrefix(path, prefix); ok && field != "name" {
			f.values[groupPath(f.groups, field)] = v
		}
	}
	f.groups++
}

// removeGroup takes a group out; the ones behind it move up.
func (f *form) removeGroup(group int) {
	moved := map[string]string{}
	for path, v := range f.values {
		rest, ok := strings.CutPrefix(path, "audience[")
		if !ok {
			moved[path] = v
			continue
		}
		digits, field, _ := strings.Cut(rest, "]")
		n, _ := strconv.Atoi(digits)
		switch {
		case n < group:
			moved[path] = v
		case n > group:
			moved["audience["+strconv.Itoa(n-1)+"]"+field] = v
		}
	}
	f.values = moved
	f.groups--
}

// A mistake is an answer that cannot be used, with the key of the text that
// says why.
type mistake struct {
	path string
	key  string
	args []string
}

// scenario writes the answers to the questions that matter as a scenario in
// JSON. Where an answer cannot be used it returns the mistakes.
func (f *form) scenario() ([]byte, []mistake) {
	var mistakes []mistake
	tree := insert(nil, stepsOf(pathType), string(f.kind()))
	for _, q := range f.questions() {
		value, key, args := q.read(f.get(q.path))
		if key != "" {
			mistakes = append(mistakes, mistake{q.path, key, args})
			continue
		}
		if value != nil {
			tree = insert(tree, stepsOf(q.path), value)
		}
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	data, err := json.Marshal(tree)
	if err != nil { // only strings, numbers and booleans go in
		panic(err)
	}
	return data, nil
}

// insert sets the value at the steps of a path in a tree of objects and arrays
// and returns the tree.
func insert(node any, steps []string, value any) any {
	if len(steps) == 0 {
		return value
	}
	if digits, ok := strings.CutPrefix(steps[0], "["); ok {
		items, _ := node.([]any)
		i, _ := strconv.Atoi(strings.TrimSuffix(digits, "]"))
		for len(items) <= i {
			items = append(items, nil)
		}
		items[i] = insert(items[i], steps[1:], value)
		return items
	}
	object, ok := node.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	object[steps[0]] = insert(object[steps[0]], steps[1:], value)
	return object
}

// stepsOf cuts a path of the contract into names and "[index]"es. The ids of
// contested facts have dots of their own.
func stepsOf(path string) []string {
	if id, ok := strings.CutPrefix(path, "assume."); ok {
		return []string{"assume", id}
	}
	var steps []string
	for part := range strings.SplitSeq(path, ".") {
		name, index, isItem := strings.Cut(part, "[")
		steps = append(steps, name)
		if isItem {
			steps = append(steps, "["+index)
		}
	}
	return steps
}

// formOf turns a scenario in JSON, which must be a valid one, into a form with
// just its answers: what it leaves out is left out.
func formOf(scenario []byte, today string) (*form, error) {
	if _, err := rules.Decode(scenario); err != nil {
		return nil, err
	}
	var tree map[string]any
	dec := json.NewDecoder(strings.NewReader(string(scenario)))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		return nil, err
	}
	f := newForm(today)
	if audience, ok := tree["audience"].([]any); ok {
		f.groups = len(audience)
	}
	flatten(f.values, "", tree)
	given := f.values
	f.values = map[string]string{pathType: given[pathType], pathOn: given[pathOn]}
	// Which questions there are can depend on the answers, so ask until none is new.
	for {
		before := len(f.values)
		for _, q := range f.questions() {
			if _, ok := f.values[q.path]; !ok {
				f.values[q.path] = given[q.path]
			}
		}
		if len(f.values) == before {
			break
		}
	}
	for path, v := range given {
		if _, ok := f.values[path]; !ok {
			f.values[path] = v
		}
	}
	return f, nil
}

func flatten(into map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, item := range v {
			p := name
			if path != "" {
				p = path + "." + name
			}
			flatten(into, p, item)
		}
	case []any:
		for i, item := range v {
			flatten(into, path+"["+strconv.Itoa(i)+"]", item)
		}
	case nil:
		into[path] = never
	case bool:
		into[path] = no
		if v {
			into[path] = yes
		}
	case json.Number:
		into[path] = v.String()
	case string:
		into[path] = v
	}
}
