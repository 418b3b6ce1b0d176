package form

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Form is what the user has entered, as typed, by the paths of the contract:
// "on", "sender.tool", "audience[0].recipients". An answer that was never given
// has the default of its question; one that was emptied is "".
//
// What was typed is read as the language writes numbers: "1.125" is more than a
// thousand in Vietnamese and little more than one in English. A number that has
// been read, or that comes from a link, is kept as plain digits behind exact.
type Form struct {
	Values map[string]string
	Groups int
	Today  string // 2026-11-21
	Lang   string // of what is being typed

	// Carried are facts of a link that no question asks for, as JSON by their
	// paths. They stay true while the type, the day and the groups do.
	Carried map[string]string

	asked []Question // memo of questions, until an answer that decides on them changes
}

// Exact begins an answer that is a number in the notation of the contract.
const Exact = "="

func New(today, lang string) *Form {
	return &Form{Values: map[string]string{}, Groups: 1, Today: today, Lang: lang}
}

// Paths that the form itself looks at.
const (
	PathOn   = "on"
	PathType = "message.type"
	PathPer  = "perRecipient"

	PathCurrency = "sender.billingCurrency"
	PathConvert  = "pricing.convert.currency"
	pathRates    = "pricing.convert.rates." // and the billing currency
)

func GroupPath(group int, field string) string {
	return "audience[" + strconv.Itoa(group) + "]." + field
}

// Get returns the answer at a path, the default of the question where none was
// given.
func (f *Form) Get(path string) string {
	if v, ok := f.Values[path]; ok {
		return v
	}
	return f.fallback(path)
}

// Set answers a question. Of another type only what was said of people is known: an
// answer about them that a question of this one starts with is not.
func (f *Form) Set(path, value string) {
	if path == PathType {
		maps.DeleteFunc(f.Values, func(at, answer string) bool {
			return strings.HasPrefix(at, "audience[") && answer == f.fallback(at)
		})
	}
	f.set(path, value)
}

func (f *Form) set(path, value string) {
	if (path == PathType || path == PathOn) && value != f.Get(path) {
		f.Carried = nil
	}
	delete(f.Carried, path)
	if path == PathTag {
		delete(f.Values, tagsThen)
	}
	before := f.Currency()
	f.Values[path] = value
	for _, reach := range []string{f.Kind().Platform(), string(f.Kind())} {
		delete(f.Values, path+"@"+reach) // see remembered
	}
	f.keepAmounts(before)
	if rules.Decides(path) {
		f.asked = nil
	}
}

// PathQuota is the one number whose default is another one on another day.
const PathQuota = "sender.dailyQuota"

// PathTag is the purpose; the numbers for it have not always meant the same.
const PathTag = "message.tag"

// tagsThen are the tags of the day for which a tag was chosen.
const tagsThen = PathTag + "@then"

// MoveTo goes to another day of sending. A quota that stands in the form stays what
// it is, also where nobody has typed it, and of a tag it is kept among which others it
// was chosen.
func (f *Form) MoveTo(day string) {
	f.keepQuota()
	if tags, ok := rules.RuleOn("zalo.zns.tags", f.Day()); ok && f.Values[PathTag] != "" && f.Values[tagsThen] == "" {
		f.Values[tagsThen] = tags.Value
	}
	f.Set(PathOn, day)
}

// TagsChanged reports whether the tag was chosen for a day on which the tags meant
// something else.
func (f *Form) TagsChanged() bool {
	tags, _ := rules.RuleOn("zalo.zns.tags", f.Day())
	then := f.Values[tagsThen]
	return then != "" && then != tags.Value
}

// keepQuota keeps the quota that stands in the form on the way to another day.
func (f *Form) keepQuota() {
	if now := f.Get(PathQuota); now != "" && f.Values[PathQuota] == "" {
		f.Values[PathQuota] = Exact + now // what the form began with
	}
}

// Clear goes back to the default of a question.
func (f *Form) Clear(path string) {
	delete(f.Values, path)
	f.asked = nil
}

// SetToday goes on on another day, written 2006-01-02.
func (f *Form) SetToday(day string) { f.Today, f.asked = day, nil }

// On is the form with another day of sending.
func (f *Form) On(day rules.Date) *Form {
	other := *f
	other.Values, other.asked = maps.Clone(f.Values), nil
	other.keepQuota()
	other.Values[PathOn] = day.String()
	return &other
}

// TakeOver puts the answers of another form in the place of the form's own.
func (f *Form) TakeOver(other *Form) { f.Values, f.Carried, f.asked = other.Values, nil, nil }

// Settle keeps a number that has been typed to its end as plain digits.
func (f *Form) Settle(path string) {
	for _, q := range f.Questions() {
		typed := f.Values[path]
		if q.Path != path || !q.IsNumber() || typed == "" || typed == Never {
			continue
		}
		if d, ok := q.Number(typed, f.Lang); ok {
			f.Values[path] = Exact + d.String()
		}
	}
}

// Translate goes on in another language.
func (f *Form) Translate(lang string) {
	for _, q := range f.Questions() {
		f.Settle(q.Path)
	}
	f.Lang = lang
}

// Kind is the chosen message type.
func (f *Form) Kind() rules.MessageType {
	t := rules.MessageType(f.Get(PathType))
	if t.Channel() == "" {
		return rules.ZaloConsultation
	}
	return t
}

// Day is the day of sending; zero where the text is no day.
func (f *Form) Day() rules.Date {
	d, err := rules.ParseDate(f.Get(PathOn))
	if err != nil {
		return 0
	}
	return d
}

// Asks reports whether there is a question with the path.
func (f *Form) Asks(path string) bool {
	return slices.ContainsFunc(f.Questions(), func(q Question) bool { return q.Path == path })
}

// Currency is what the sender is billed in.
func (f *Form) Currency() string {
	chosen := f.Get(PathCurrency)
	if f.Kind().Channel() == rules.ChannelWhatsApp && slices.Contains(rules.BillingCurrencies(), chosen) {
		return chosen
	}
	return f.Kind().Currency()
}

// AddGroup appends a group, as a copy of another one under no name.
func (f *Form) AddGroup(from int) { f.CopyGroup(from, f.Groups) }

// CopyGroup puts a copy of a group at a place among the groups.
func (f *Form) CopyGroup(from, at int) {
	f.Arrange(slices.Insert(f.Order(), at, from))
	delete(f.Values, GroupPath(at, "name"))
}

// RemoveGroup takes a group out; the ones behind it move up.
func (f *Form) RemoveGroup(group int) {
	f.Arrange(slices.Delete(f.Order(), group, group+1))
}

// Order is the places of the groups, as they are.
func (f *Form) Order() []int {
	order := make([]int, f.Groups)
	for i := range order {
		order[i] = i
	}
	return order
}

// Arrange puts the groups into a new order, given by their old places. A place
// may stand there twice, for a copy, or not at all.
func (f *Form) Arrange(order []int) {
	f.Values, f.Carried = arranged(f.Values, order), arranged(f.Carried, order)
	f.Groups, f.asked = len(order), nil
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
				moved[GroupPath(to, field)] = v
			}
		}
	}
	return moved
}

// A Mistake is an answer that cannot be used, with the key of the text that
// says why.
type Mistake struct {
	Path string
	Key  string
	Args []string
}

// Scenario is what is asked: the answers to the questions that matter. Where an
// answer cannot be used it is left out, and comes back as a mistake.
func (f *Form) Scenario() (rules.Scenario, []Mistake) {
	s := rules.Scenario{Message: rules.Message{Type: f.Kind()}, Audience: make([]rules.Segment, f.Groups)}
	for path, value := range f.Carried {
		s.SetJSON(path, value)
	}
	var mistakes []Mistake
	for _, q := range f.Questions() {
		if q.Path == PathConvert && f.Get(pathRates+f.Currency()) == "" {
			continue // no rate yet: until then nothing is converted
		}
		value, key, args := q.read(f.Get(q.Path), f.Lang)
		if key != "" {
			mistakes = append(mistakes, Mistake{q.Path, key, args})
		} else if value != nil {
			s.Set(q.Path, value)
		}
	}
	f.setPair(&s)
	return s, mistakes
}

// draft is all that has been said, asked for or not, as far as it can be read:
// what decides which questions there are.
func (f *Form) draft() rules.Scenario {
	s := rules.Scenario{Message: rules.Message{Type: f.Kind()}, Audience: make([]rules.Segment, f.Groups)}
	s.On = f.Day()
	for _, field := range rules.DecisiveFields() {
		name, ofSegment := strings.CutPrefix(field.Path, "audience.")
		q := questionOf(&rules.Question{Kind: field.Kind, Field: field.Path, Words: field.Words(s.On), Least: field.Least, Most: field.Most}, &seat{})
		set := func(path string) {
			if value, key, _ := q.read(f.Get(path), f.Lang); value != nil && key == "" {
				s.Set(path, value)
			}
		}
		if !ofSegment {
			set(field.Path)
			continue
		}
		for g := range f.Groups {
			set(GroupPath(g, name))
		}
	}
	return s
}

const PathBase = "sender.promotionBase"

// PathRate is the path of the rate from a currency, an ISO 4217 code.
func PathRate(from string) string { return pathRates + from }

// FieldName is a path without the number of its group: the key of its texts.
func FieldName(path string) string {
	if rest, ok := strings.CutPrefix(path, "audience["); ok {
		_, name, _ := strings.Cut(rest, "].")
		return "audience." + name
	}
	return path
}

// setPair puts both months of the promotion base into a scenario, where both are
// known.
func (f *Form) setPair(s *rules.Scenario) {
	var pair [2]int64
	read := 0
	for _, q := range f.Questions() {
		month, ofPair := strings.CutPrefix(q.Path, PathBase)
		if n, ok := q.Number(f.Get(q.Path), f.Lang); ofPair && ok && n.IsInteger() {
			pair[map[string]int{"[0]": 0, "[1]": 1}[month]] = n.IntPart()
			read++
		}
	}
	if read == len(pair) {
		s.Set(PathBase, pair)
	}
}

// HalfPair is the month of the promotion base that is empty while the other one is not;
// until both are known, neither is. Empty where there is none.
func (f *Form) HalfPair() string {
	pair := [...]string{PathBase + "[0]", PathBase + "[1]"}
	for i, path := range pair {
		if f.Get(path) == "" && f.Get(pair[1-i]) != "" && f.Asks(path) {
			return path
		}
	}
	return ""
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

// Of turns a valid scenario into a form with just its answers: what it leaves
// out is left out.
func Of(s rules.Scenario, today, lang string) *Form {
	f := New(today, lang)
	f.Groups = len(s.Audience)
	f.Values[PathType], f.Values[PathOn] = string(s.Message.Type), s.On.String()
	f.Carried = map[string]string{}
	s.EachGiven(func(path, value string) { f.Carried[path] = value })
	for _, field := range rules.DecisiveFields() {
		for _, path := range f.pathsOf(field.Path) {
			f.Values[path] = answerOf(s.Get(path))
			if len(field.Words(s.On)) > 0 { // one of them, also where they are numbers
				f.Values[path] = strings.TrimPrefix(f.Values[path], Exact)
			}
		}
	}
	for _, q := range f.Questions() {
		value, standard := answerOf(s.Get(q.Path)), q.Standard
		if q.Path == PathPer {
			standard = "1"
		}
		if month, ok := strings.CutPrefix(q.Path, PathBase); ok {
			if pair, known := s.Sender.PromotionBase.Get(); known {
				value = Exact + strconv.FormatInt(pair[map[string]int{"[0]": 0, "[1]": 1}[month]], 10)
			}
		}
		if q.Kind == AskChoice {
			value = strings.TrimPrefix(value, Exact)
		}
		f.Values[q.Path] = cmp.Or(value, standard)
		if q.Kind != AskChoice || value == "" || slices.Contains(q.Options, value) {
			delete(f.Carried, q.Path) // what is not on offer is no answer to the question
		}
		if strings.HasPrefix(q.Path, PathBase) {
			delete(f.Carried, PathBase)
		}
	}
	delete(f.Carried, PathType)
	for _, field := range rules.DecisiveFields() { // an answer to what is not asked would be taken for one later
		for _, path := range f.pathsOf(field.Path) {
			if path != PathType && !f.Asks(path) {
				delete(f.Values, path)
			}
		}
	}
	return f
}

// pathsOf are the paths of a field: one for each group where it is of groups.
func (f *Form) pathsOf(field string) []string {
	name, ofSegment := strings.CutPrefix(field, "audience.")
	if !ofSegment {
		return []string{field}
	}
	paths := make([]string, f.Groups)
	for g := range paths {
		paths[g] = GroupPath(g, name)
	}
	return paths
}

// answerOf is the answer that stands for a value of a scenario, empty for one
// that is not given.
func answerOf(value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return Yes
		}
		return No
	case int64:
		return Exact + strconv.FormatInt(v, 10)
	case decimal.Decimal:
		return Exact + v.String()
	case rules.Recency:
		if hours, ok := v.Hours(); ok {
			return Exact + hours.String()
		}
		return Never
	case rules.Date:
		return v.String()
	case rules.Buttons:
		if len(v.Targets) == 0 {
			return strconv.FormatInt(v.Count, 10)
		}
		words := make([]string, len(v.Targets))
		for i, target := range v.Targets {
			words[i] = string(target)
		}
		return strings.Join(words, ",")
	case string:
		return v
	}
	return ""
}
