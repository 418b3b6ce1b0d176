package rules

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// MaxMistakes is how many mistakes of one text are told.
const MaxMistakes = 100

// Mistakes returns what is wrong with a scenario in JSON, nil where [Decode] takes
// it: first what Decode returns, then all else that can be told while that stands, at
// most [MaxMistakes]. The messages also say which word was most likely meant.
//
// A field that has a mistake counts for nothing: what is wrong only because of it is
// not told. The programs for the browser tell the first mistake alone.
func Mistakes(scenario []byte) []*Error { return mistakesOf(scenario, false) }

// DraftMistakes is [Mistakes] of a scenario that may still lack what it must have, as
// [DecodeDraft] takes it.
func DraftMistakes(scenario []byte) []*Error { return mistakesOf(scenario, true) }

func mistakesOf(scenario []byte, draft bool) []*Error {
	m := &mistakes{}
	d := decoder{draft: draft, found: m}
	if s, err := d.decode(scenario); m.whole(err) {
		m.scenario(validation{s: &s, draft: draft}, 0)
	}
	return m.list
}

// PlanMistakes is [Mistakes] of a plan, as [DecodePlan] takes it.
func PlanMistakes(plan []byte) []*Error {
	var p Plan
	m := &mistakes{plan: true}
	d := decoder{plan: &p, found: m}
	err := d.take(plan)
	if err == nil {
		err = d.wholePlan(&p)
	}
	if !m.whole(err) {
		return m.list
	}
	read := len(m.list) == 0
	for i := range p.Items {
		m.item(&p, i)
		if e := p.mistakeOfItem(i); e != nil && read { // its days too
			m.add(e, "")
		}
	}
	for i := range planFields[len(itemFields):] {
		f := &planFields[len(itemFields)+i]
		v := validation{s: &Scenario{}}
		if value := f.InPlan(&p, nil); given(value) {
			if e := v.value(f, value); e != nil {
				m.add(e, "")
			}
		}
	}
	for _, currency := range sortedNames(p.Balance) {
		f := balanceField(currency)
		if e := f.amount(p.Balance[currency]); e != nil {
			m.add(e, "")
		}
	}
	if e := p.firstMistake(); e != nil && read {
		m.add(e, "")
	}
	return m.list
}

// everyMistake: the programs for the browser are smaller without the search.
const everyMistake = runtime.GOOS != "js"

// mistakes are those of one text; nil where the first one is enough.
type mistakes struct {
	list   []*Error
	plan   bool
	fields []string // what paths returned
}

// keep keeps a mistake that was met in reading, and reports whether there is room for more.
func (m *mistakes) keep(e *Error) bool {
	if !everyMistake || m == nil {
		return false
	}
	hint := ""
	if e.Code == UnknownField {
		hint = m.meant(e.Path)
	}
	return m.add(e, hint)
}

// passOver keeps a mistake of the value that a text begins with, and has the decoder go
// on behind it if every mistake is wanted.
func (m *mistakes) passOver(d *decoder, text string, err error) bool {
	if !m.keep(err.(*Error)) {
		return false
	}
	token, text := cutToken(text)
	for open := 0; ; token, text = cutToken(text) {
		switch token[0] {
		case '{', '[':
			open++
		case '}', ']':
			open--
		}
		if open == 0 {
			d.rest = text
			return true
		}
	}
}

// add keeps a mistake with a hint behind its message, unless one is known of the same
// value or of what it is in. It reports whether there is room for more.
func (m *mistakes) add(e *Error, hint string) bool {
	if len(m.list) < MaxMistakes && !m.known(e.Path) {
		message := e.Message
		if before, after, ok := strings.Cut(message, noneOf); ok && e.Code == UnknownValue && strings.HasSuffix("."+e.Path, ".message.type") {
			message = before + noneOf + strings.Join(typesNear(before, after), ", ")
		}
		m.list = append(m.list, &Error{e.Path, e.Code, message + hint})
	}
	return len(m.list) < MaxMistakes
}

// known reports whether there is a mistake of a path, or of what it is in.
func (m *mistakes) known(path string) bool {
	return slices.ContainsFunc(m.list, func(e *Error) bool {
		rest, within := strings.CutPrefix(path, e.Path)
		return within && (rest == "" || e.Path != "" && (rest[0] == '.' || rest[0] == '['))
	})
}

// whole keeps the mistake of a text of which nothing could be read, and reports
// whether there was none and there is room for others.
func (m *mistakes) whole(err error) bool {
	if err == nil {
		return true
	}
	m.add(err.(*Error), "")
	return false
}

// item looks at an item of a plan that may have been read in part.
func (m *mistakes) item(p *Plan, i int) {
	item := &p.Items[i]
	s := p.Scenario(i, item.On)
	s.Sender = p.Sender.Sender
	v := validation{s: &s, anyRate: true}
	for k := range itemFields {
		f := &itemFields[k]
		value := f.InPlan(nil, item)
		if !given(value) {
			continue
		}
		if e := v.value(f, value); e != nil {
			m.add(ofItem(i, e), meantWord(f, value, s.On))
		}
	}
	m.scenario(v, i)
}

// scenario looks at a scenario, or at that of an item, that may have been read in
// part.
func (m *mistakes) scenario(v validation, item int) {
	s := v.s
	for _, list := range [...][]Field{ownFields, messageFields, templateFields} {
		m.each(v, item, list, nil, 0)
	}
	if len(s.Audience) == 0 && !v.draft {
		m.put(item, &Error{"audience", OutOfRange, segmentsRange + ", not 0"}, "")
	}
	for i := range s.Audience {
		m.each(v, item, segmentFields, &s.Audience[i], i)
	}
	m.each(v, item, senderFields, nil, 0)
	for _, id := range sortedNames(s.Assume) {
		f := readingField(&theBook.readings[readingIndex(id)])
		if e := v.word(&f, s.Assume[id]); e != nil {
			m.put(item, e, nearestWord(s.Assume[id], f.words(0)))
		}
	}
	for _, list := range [...][]Field{pricingFields, incomingFields, bundleFields, conversionFields} {
		m.each(v, item, list, nil, 0)
	}
	c, _ := s.Pricing.Convert.Get()
	for _, currency := range sortedNames(c.Rates) {
		f := rateField(currency)
		if e := f.amount(c.Rates[currency]); e != nil {
			m.put(item, e, "")
		}
	}
	if len(m.list) == 0 { // which rate is missing depends on the type and the sender
		if e := v.conversion(); e != nil {
			m.put(item, e, "")
		}
	}
}

// each looks at fields one by one, those of a segment with its number.
func (m *mistakes) each(v validation, item int, list []Field, g *Segment, segment int) {
	for i := range list {
		f := &list[i]
		if f.wrong != nil && v.s.On == 0 {
			continue // what is wrong on no day that could be read
		}
		if e := v.fields(list[i:i+1], g); e != nil {
			e.Path = indexed(e.Path, segment)
			m.put(item, e, meantWord(f, f.value(v.s, g), v.s.On))
		}
	}
}

// put keeps a mistake of a scenario, or of an item of a plan.
func (m *mistakes) put(item int, e *Error, hint string) {
	if m.plan {
		e = ofItem(item, e)
	}
	m.add(e, hint)
}

// typesNear are the types of the channel that a type which does not exist, in quotes,
// seems to be of; without one it is all of them.
func typesNear(quoted, all string) (types []string) {
	word, err := strconv.Unquote(quoted)
	for stem := word; err == nil && stem != ""; {
		for _, c := range Channels() {
			ofChannel := plain(MessageTypes(c))
			if slices.ContainsFunc(ofChannel, func(t string) bool { return t == stem || strings.HasPrefix(t, stem+".") }) {
				types = append(types, ofChannel...)
			}
		}
		if len(types) > 0 {
			return types
		}
		stem = stem[:max(0, strings.LastIndexByte(stem, '.'))]
	}
	return []string{all}
}

// meantWord tells which word of its list the value of a field was meant to be.
func meantWord(f *Field, value any, on Date) string {
	switch value := value.(type) {
	case *string:
		if f.words != nil {
			return nearestWord(*value, f.words(on))
		}
	case *Buttons:
		for _, target := range value.Targets {
			if !slices.Contains(targetWords, string(target)) {
				return nearestWord(string(target), targetWords)
			}
		}
	}
	return ""
}

// meant tells which field was meant by the path of one that does not exist: one
// beside it that is written much alike, or else one elsewhere.
func (m *mistakes) meant(path string) string {
	parent, name := cutPath(path)
	parent = withoutIndexes(parent)
	if parent == "pricing.convert.rates" || parent == "balance" {
		return "" // currencies are no fields
	}
	var names, beside []string
	if m.fields == nil {
		m.fields = m.paths()
	}
	all := m.fields
	for _, p := range all {
		of, last := cutPath(p)
		names = append(names, last)
		if of == parent {
			beside = append(beside, last)
		}
	}
	if i := nearest(name, beside); i >= 0 {
		return meaning(beside[i])
	}
	if i := nearest(name, names); i >= 0 {
		return meaning(all[i])
	}
	return "; embed/v1/fields/ of the site lists all"
}

// cutPath takes the last step off a path. The ids of readings are one step, though
// there are points in them.
func cutPath(path string) (parent, name string) {
	if id, ok := strings.CutPrefix(path, "assume."); ok {
		return "assume", id
	}
	i := strings.LastIndexByte(path, '.')
	return path[:max(0, i)], path[i+1:]
}

func withoutIndexes(path string) string {
	for {
		before, rest, found := strings.Cut(path, "[")
		_, behind, closed := strings.Cut(rest, "]")
		if !found || !closed {
			return path
		}
		path = before + behind
	}
}

// paths are those of all that a scenario, or a plan, may have.
func (m *mistakes) paths() (paths []string) {
	add := func(path string) {
		if m.plan && !strings.HasPrefix(path, "items") && !slices.ContainsFunc([]string{"sender", "assume", "pricing", "balance"}, func(shared string) bool {
			return path == shared || strings.HasPrefix(path, shared+".")
		}) {
			path = "items." + path
		}
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	fields := allFields
	if m.plan {
		add("items")
		add("balance")
		fields = slices.Concat(fields, planFields)
	}
	for i := range fields {
		path := fields[i].Path
		for at, c := range path {
			if c == '.' {
				add(path[:at])
			}
		}
		add(path)
	}
	add("assume")
	for i := range theBook.readings {
		add("assume." + theBook.readings[i].id)
	}
	add("pricing.convert.rates")
	return paths
}

// nearest is the number of the word of a list that one was most likely meant to be,
// -1 where none is near.
func nearest(word string, list []string) int {
	word = letters(word)
	best, least := -1, min(1+max(1, len(word)/3), len(word))
	for i, w := range list {
		if n := edits(word, letters(w), least); n < least {
			best, least = i, n
		}
	}
	return best
}

// nearestWord is the hint at that word.
func nearestWord(word string, list []string) string {
	if i := nearest(word, list); i >= 0 {
		return meaning(list[i])
	}
	return ""
}

func meaning(word string) string { return "; did you mean `" + word + "`?" }

// letters is a word without what people write differently.
func letters(word string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_. ", r) {
			return -1
		}
		return r
	}, word))
}

// edits is how many letters of one word have to be put in, left out, changed or
// swapped with the next one to make the other one, at most a number.
func edits(a, b string, most int) int {
	if len(a)-len(b) >= most || len(b)-len(a) >= most {
		return most
	}
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			change := row[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			next[j] = min(change, row[j]+1, next[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return min(row[len(b)], most)
}
