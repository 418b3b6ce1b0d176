package app

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

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

	asked []question // memo of questions, until an answer that decides on them changes
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
	for _, reach := range []string{f.kind().Platform(), string(f.kind())} {
		delete(f.values, path+"@"+reach) // see remembered
	}
	f.keepAmounts(before)
	if rules.Decides(path) {
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

// scenario is what is asked: the answers to the questions that matter. Where an
// answer cannot be used it is left out, and comes back as a mistake.
func (f *form) scenario() (rules.Scenario, []mistake) {
	s := rules.Scenario{Message: rules.Message{Type: f.kind()}, Audience: make([]rules.Segment, f.groups)}
	for path, value := range f.carried {
		s.SetJSON(path, value)
	}
	var mistakes []mistake
	for _, q := range f.questions() {
		if q.path == pathConvert && f.get(pathRates+f.currency()) == "" {
			continue // no rate yet: until then nothing is converted
		}
		value, key, args := q.read(f.get(q.path), f.lang)
		if key != "" {
			mistakes = append(mistakes, mistake{q.path, key, args})
		} else if value != nil {
			s.Set(q.path, value)
		}
	}
	f.setPair(&s)
	return s, append(mistakes, f.halfPairs()...)
}

// draft is all that has been said, asked for or not, as far as it can be read:
// what decides which questions there are.
func (f *form) draft() rules.Scenario {
	s := rules.Scenario{Message: rules.Message{Type: f.kind()}, Audience: make([]rules.Segment, f.groups)}
	s.On = f.day()
	for _, field := range rules.DecisiveFields() {
		name, ofSegment := strings.CutPrefix(field.Path, "audience.")
		q := questionOf(&rules.Question{Kind: field.Kind, Field: field.Path, Words: field.Words(s.On), Least: field.Least, Most: field.Most}, &seat{})
		set := func(path string) {
			if value, key, _ := q.read(f.get(path), f.lang); value != nil && key == "" {
				s.Set(path, value)
			}
		}
		if !ofSegment {
			set(field.Path)
			continue
		}
		for g := range f.groups {
			set(groupPath(g, name))
		}
	}
	return s
}

const pathBase = "sender.promotionBase"

// fieldName is a path without the number of its group: the key of its texts.
func fieldName(path string) string {
	if rest, ok := strings.CutPrefix(path, "audience["); ok {
		_, name, _ := strings.Cut(rest, "].")
		return "audience." + name
	}
	return path
}

// setPair puts both months of the promotion base into a scenario, where both are
// known.
func (f *form) setPair(s *rules.Scenario) {
	var pair [2]int64
	read := 0
	for _, q := range f.questions() {
		month, ofPair := strings.CutPrefix(q.path, pathBase)
		if n, ok := q.number(f.get(q.path), f.lang); ofPair && ok && n.IsInteger() {
			pair[map[string]int{"[0]": 0, "[1]": 1}[month]] = n.IntPart()
			read++
		}
	}
	if read == len(pair) {
		s.Set(pathBase, pair)
	}
}

// halfPairs finds the two months of the promotion base with one of them empty.
func (f *form) halfPairs() []mistake {
	pair := [...]string{pathBase + "[0]", pathBase + "[1]"}
	asked := f.asks(pair[0])
	for i, path := range pair {
		if asked && f.get(path) == "" && f.get(pair[1-i]) != "" {
			return []mistake{{path, "mistake.pair", nil}}
		}
	}
	return nil
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

// formOf turns a valid scenario into a form with just its answers: what it leaves
// out is left out.
func formOf(s rules.Scenario, today, lang string) *form {
	f := newForm(today, lang)
	f.groups = len(s.Audience)
	f.values[pathType], f.values[pathOn] = string(s.Message.Type), s.On.String()
	f.carried = map[string]string{}
	s.EachGiven(func(path, value string) { f.carried[path] = value })
	for _, field := range rules.DecisiveFields() {
		for _, path := range f.pathsOf(field.Path) {
			f.values[path] = answerOf(s.Get(path))
		}
	}
	for _, q := range f.questions() {
		value, standard := answerOf(s.Get(q.path)), q.standard
		if q.path == pathPer {
			standard = "1"
		}
		if month, ok := strings.CutPrefix(q.path, pathBase); ok {
			if pair, known := s.Sender.PromotionBase.Get(); known {
				value = exact + strconv.FormatInt(pair[map[string]int{"[0]": 0, "[1]": 1}[month]], 10)
			}
		}
		if q.kind == askChoice {
			value = strings.TrimPrefix(value, exact)
		}
		f.values[q.path] = cmp.Or(value, standard)
		if q.kind != askChoice || value == "" || slices.Contains(q.options, value) {
			delete(f.carried, q.path) // what is not on offer is no answer to the question
		}
		if strings.HasPrefix(q.path, pathBase) {
			delete(f.carried, pathBase)
		}
	}
	delete(f.carried, pathType)
	for _, field := range rules.DecisiveFields() { // an answer to what is not asked would be taken for one later
		for _, path := range f.pathsOf(field.Path) {
			if path != pathType && !f.asks(path) {
				delete(f.values, path)
			}
		}
	}
	return f
}

// pathsOf are the paths of a field: one for each group where it is of groups.
func (f *form) pathsOf(field string) []string {
	name, ofSegment := strings.CutPrefix(field, "audience.")
	if !ofSegment {
		return []string{field}
	}
	paths := make([]string, f.groups)
	for g := range paths {
		paths[g] = groupPath(g, name)
	}
	return paths
}

// answerOf is the answer that stands for a value of a scenario, empty for one
// that is not given.
func answerOf(value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return yes
		}
		return no
	case int64:
		return exact + strconv.FormatInt(v, 10)
	case decimal.Decimal:
		return exact + v.String()
	case rules.Recency:
		if hours, ok := v.Hours(); ok {
			return exact + hours.String()
		}
		return never
	case rules.Date:
		return v.String()
	case string:
		return v
	}
	return ""
}
