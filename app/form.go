package app

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"postage/rules"
)

// A form is what the user has entered, as typed, by the paths of the contract:
// "on", "sender.tool", "audience[0].recipients". An answer that was never given
// has the default of its question; one that was emptied is "".
//
// What was typed is read as the language writes numbers: "1.125" is more than a
// thousand in Vietnamese and little more than one in English. A number that has
// been read, or that comes from a link, is kept as plain digits behind exact.
type form struct {
	values map[string]string
	groups int
	today  string // 2026-11-21
	lang   string // of what is being typed

	// carried are facts of a link that no question asks for, as JSON by their
	// paths. They stay true while the type, the day and the groups do.
	carried map[string]string

	asked    []question      // memo of questions, until an answer that decides on them changes
	asking   bool            // while questions are asked
	decisive map[string]bool // the paths that were looked at for it
}

// exact begins an answer that is a number in the notation of the contract.
const exact = "="

func newForm(today, lang string) *form {
	return &form{values: map[string]string{}, groups: 1, today: today, lang: lang}
}

// Paths that the form itself looks at.
const (
	pathOn   = "on"
	pathType = "message.type"
	pathPer  = "perRecipient"

	pathCurrency = "sender.billingCurrency"
	pathConvert  = "pricing.convert.currency"
	pathRates    = "pricing.convert.rates." // and the billing currency
)

func groupPath(group int, field string) string {
	return "audience[" + strconv.Itoa(group) + "]." + field
}

// get returns the answer at a path, the default of the question where none was
// given.
func (f *form) get(path string) string {
	if f.asking {
		f.decisive[path] = true
	}
	if v, ok := f.values[path]; ok {
		return v
	}
	return f.fallback(path)
}

func (f *form) set(path, value string) {
	if (path == pathType || path == pathOn) && value != f.get(path) {
		f.carried = nil
	}
	delete(f.carried, path)
	before := f.currency()
	f.values[path] = value
	for _, reach := range []string{platformOf(f.kind()), string(f.kind())} {
		delete(f.values, path+"@"+reach) // see reachOf
	}
	f.keepAmounts(before)
	if f.decisive[path] {
		f.asked = nil
	}
}

// clear goes back to the default of a question.
func (f *form) clear(path string) {
	delete(f.values, path)
	f.asked = nil
}

// settle keeps a number that has been typed to its end as plain digits.
func (f *form) settle(path string) {
	for _, q := range f.questions() {
		typed := f.values[path]
		if q.path != path || !q.isNumber() || typed == "" || typed == never {
			continue
		}
		if d, ok := q.number(typed, f.lang); ok {
			f.values[path] = exact + d.String()
		}
	}
}

// translate goes on in another language.
func (f *form) translate(lang string) {
	for _, q := range f.questions() {
		f.settle(q.path)
	}
	f.lang = lang
}

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

// asks reports whether there is a question with the path.
func (f *form) asks(path string) bool {
	return slices.ContainsFunc(f.questions(), func(q question) bool { return q.path == path })
}

// currency is what the sender is billed in.
func (f *form) currency() string {
	chosen := f.get(pathCurrency)
	if f.kind().Channel() == rules.ChannelWhatsApp && slices.Contains(rules.BillingCurrencies(), chosen) {
		return chosen
	}
	return f.kind().Currency()
}

// addGroup appends a group, as a copy of another one under no name.
func (f *form) addGroup(from int) { f.copyGroup(from, f.groups) }

// copyGroup puts a copy of a group at a place among the groups.
func (f *form) copyGroup(from, at int) {
	f.arrange(slices.Insert(f.order(), at, from))
	delete(f.values, groupPath(at, "name"))
}

// removeGroup takes a group out; the ones behind it move up.
func (f *form) removeGroup(group int) {
	f.arrange(slices.Delete(f.order(), group, group+1))
}

// order is the places of the groups, as they are.
func (f *form) order() []int {
	order := make([]int, f.groups)
	for i := range order {
		order[i] = i
	}
	return order
}

// arrange puts the groups into a new order, given by their old places. A place
// may stand there twice, for a copy, or not at all.
func (f *form) arrange(order []int) {
	f.values, f.carried = arranged(f.values, order), arranged(f.carried, order)
	f.groups, f.asked = len(order), nil
}

func arranged(values map[string]string, order []int) map[string]string {
	moved := map[string]string{}
	for path, v := range values {
		rest, ofGroup := strings.CutPrefix(path, "audience[")
		if !ofGroup {
			moved[path] = v
			continue
		}
		digits, field, _ := strings.Cut(rest, "].")
		group, _ := strconv.Atoi(digits)
		for to, from := range order {
			if from == group {
				moved[groupPath(to, field)] = v
			}
		}
	}
	return moved
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
	for path, value := range f.carried {
		tree = insert(tree, stepsOf(path), json.RawMessage(value))
	}
	for _, q := range f.questions() {
		if q.path == pathConvert && f.get(pathRates+f.currency()) == "" {
			continue // no rate yet: until then nothing is converted
		}
		value, key, args := q.read(f.get(q.path), f.lang)
		if key != "" {
			mistakes = append(mistakes, mistake{q.path, key, args})
			continue
		}
		if value != nil {
			tree = insert(tree, stepsOf(q.path), value)
		}
	}
	mistakes = append(mistakes, f.halfPairs()...)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	data, err := json.Marshal(tree)
	if err != nil { // only strings, numbers and booleans go in
		panic(err)
	}
	return data, nil
}

// halfPairs finds the two months of the promotion base with one of them empty.
func (f *form) halfPairs() []mistake {
	pair := [...]string{"sender.promotionBase[0]", "sender.promotionBase[1]"}
	asked := f.asks(pair[0])
	for i, path := range pair {
		if asked && f.get(path) == "" && f.get(pair[1-i]) != "" {
			return []mistake{{path, "mistake.pair", nil}}
		}
	}
	return nil
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
func formOf(scenario []byte, today, lang string) (*form, error) {
	if _, err := rules.Decode(scenario); err != nil {
		return nil, err
	}
	var tree map[string]any
	dec := json.NewDecoder(strings.NewReader(string(scenario)))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		return nil, err
	}
	f := newForm(today, lang)
	if audience, ok := tree["audience"].([]any); ok {
		f.groups = len(audience)
	}
	eachFact("", tree, func(path string, v any) { f.values[path] = answerOf(v) })
	// What the scenario leaves out is not given. Which questions there are can
	// depend on the answers, so ask until none is new.
	read := map[string]bool{}
	for {
		f.asked = nil
		before := len(read)
		for _, q := range f.questions() {
			if read[q.path] {
				continue
			}
			read[q.path] = true
			standard := q.standard
			if q.path == pathPer {
				standard = "1"
			}
			f.values[q.path] = q.exactly(cmp.Or(f.values[q.path], standard))
		}
		if len(read) == before {
			break
		}
	}
	f.asked = nil
	for _, q := range f.questions() {
		if q.kind == askChoice && !slices.Contains(q.options, f.values[q.path]) {
			read[q.path] = false // what is not on offer is no answer to the question
		}
	}
	f.carried = map[string]string{}
	eachFact("", tree, func(path string, v any) {
		if read[path] || path == pathType {
			return
		}
		if raw, err := json.Marshal(v); err == nil {
			f.carried[path] = string(raw)
		}
	})
	return f, nil
}

// eachFact calls back for every value of a scenario's tree with its path.
func eachFact(path string, v any, each func(path string, value any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, item := range v {
			if path != "" {
				name = path + "." + name
			}
			eachFact(name, item, each)
		}
	case []any:
		for i, item := range v {
			eachFact(path+"["+strconv.Itoa(i)+"]", item, each)
		}
	default:
		each(path, v)
	}
}

// answerOf is the answer that stands for a value of a scenario.
func answerOf(v any) string {
	switch v := v.(type) {
	case nil:
		return never
	case bool:
		if v {
			return yes
		}
		return no
	case json.Number:
		return v.String()
	default:
		s, _ := v.(string)
		return s
	}
}
