package reach

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Task is what a list of people is to get, and when.
type Task struct {
	Purpose rules.Purpose
	On      rules.Date // the day of sending
	rules.ListConfig
	// Types that the sender has switched off: nothing is planned with them, and none of
	// them is named as what would reach people.
	Without []rules.MessageType
}

// Moment is when the messages go out: a day without an hour if none is given.
func (t *Task) Moment() Moment {
	if t.At == "" {
		return On(t.On)
	}
	hour, _ := strconv.Atoi(t.At[:2]) // looked at by Prepare
	minute, _ := strconv.Atoi(t.At[3:])
	return At(t.On, hour*(minutesOfDay/hoursOfDay)+minute)
}

// Ways are the ways of writing to people for a task. They tell people apart by what
// the rules of the day look at, and plan who gets what.
//
// One message goes to each person. [Ways.Key] may be called by several goroutines at
// once, [Ways.Plan] not. What the rules ask is asked of [rules.Evaluate],
// so that nothing of them is known here.
type Ways struct {
	task     Task
	people   people
	ways     []*way // as they go before each other: in the order of the book, as given where that does not say
	others   []*way // types that serve the purpose, are none of the ways and not switched off
	currency string // that amounts are compared in, an ISO 4217 code
}

// A way is one way of writing.
type way struct {
	message  rules.Message
	tool     rules.Tool
	given    int // among the ways of the configuration; -1: it is none of them
	currency string
	rate     decimal.Decimal // units of the common currency for one of its own
	rated    bool            // there is such a rate
	marked   bool            // the mark-up for each message is in its currency
	looks    Key             // what it may look at
	asked    map[Key]Key     // what it does look at, by the rest
	terms    map[Key]*term
	alike    map[string]*term
}

// Type is what is sent.
func (w *way) Type() rules.MessageType { return w.message.Type }

// An allowance is what may pay for a message in the place of money.
type allowance uint8

const (
	noAllowance allowance = iota
	packageMessages
	freeService
	freeConversations
	allowances
)

// A term is how people stand to a way.
type term struct {
	number          int      // among the terms of the way
	sure, may       bool     // it reaches them for sure; or if what is unknown is as it should be
	failed, unknown []string // codes of checks
	needs           []string // facts, and fields of a scenario, that would settle what is unknown
	priced          bool     // the book has the price
	gross           decimal.Decimal
	unit            decimal.Decimal // in the common currency, without the mark-up per message
	mark            decimal.Decimal // the mark-up per message if it is charged, in the common currency
	freeMark        decimal.Decimal // and if an allowance pays for it
	pays            allowance       // what may pay for it
	limited         bool            // the monthly quota holds for it
	market          string          // whose volume tiers it is counted for; empty: none
}

// Prepare looks at a task. The error is an *[rules.Error] with a path of the
// configuration, or purpose, on or without.
func Prepare(t Task) (*Ways, error) {
	types := rules.TypesFor(t.Purpose)
	switch {
	case len(types) == 0:
		return nil, &rules.Error{Path: "purpose", Code: rules.UnknownValue, Message: strconv.Quote(string(t.Purpose)) + " is none of " + joined(rules.Purposes())}
	case t.On == 0:
		return nil, &rules.Error{Path: "on", Code: rules.Required, Message: "the day of sending must be given"}
	}
	for name := range t.Columns {
		if !slices.ContainsFunc(contactFacts[:], func(f Fact) bool { return f.Name == name }) {
			return nil, &rules.Error{Path: "columns." + name, Code: rules.UnknownField, Message: "a contact has no such fact; it has " + factNames()}
		}
	}
	w := &Ways{task: t}
	given := t.Ways
	for _, kind := range types {
		if slices.Contains(t.Without, kind) {
			continue
		}
		if !slices.ContainsFunc(given, func(g rules.ListWay) bool { return g.Message.Type == kind }) {
			message, _ := rules.MessageFor(t.Purpose, kind, t.On)
			other := w.newWay(message, "", -1)
			if len(given) == 0 {
				w.ways = append(w.ways, other)
			} else {
				w.others = append(w.others, other)
			}
		}
	}
	for i, g := range given {
		if slices.ContainsFunc(given[:i], func(before rules.ListWay) bool { return before.Message.Type == g.Message.Type }) {
			return nil, &rules.Error{Path: wayPath(i) + ".type", Code: rules.Conflict, Message: "this type stands here twice"}
		}
		message, serves := rules.MessageFor(t.Purpose, g.Message.Type, t.On)
		if !serves {
			return nil, &rules.Error{Path: wayPath(i) + ".type", Code: rules.UnknownValue, Message: strconv.Quote(string(g.Message.Type)) + " does not serve this purpose; what does is " + joined(types)}
		}
		if slices.Contains(t.Without, g.Message.Type) {
			return nil, &rules.Error{Path: wayPath(i) + ".type", Code: rules.Conflict, Message: "this type is switched off"}
		}
		w.ways = append(w.ways, w.newWay(overlaid(message, &g.Message), g.Tool, i))
	}
	if len(w.ways) == 0 {
		return nil, &rules.Error{Path: "without", Code: rules.Conflict, Message: "all that serves this purpose is switched off: " + joined(types)}
	}
	slices.SortStableFunc(w.ways, func(a, b *way) int { return slices.Index(types, a.Type()) - slices.Index(types, b.Type()) })
	if e := w.firstMistake(); e != nil {
		return nil, e
	}
	w.compare()
	w.tellApart()
	return w, nil
}

func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return strings.Join(words, ", ")
}

func factNames() string {
	names := make([]string, len(contactFacts))
	for i := range contactFacts {
		names[i] = contactFacts[i].Name
	}
	return strings.Join(names, ", ")
}

func wayPath(i int) string { return "ways[" + strconv.Itoa(i) + "]" }

// overlaid is a message with what is said of it.
func overlaid(message rules.Message, said *rules.Message) rules.Message {
	kind, tag := message.Template.Kind, message.Tag
	promotional, automated := message.Promotional, message.Automated
	message = *said
	if message.Template.Kind == "" {
		message.Template.Kind = kind
	}
	if !message.Tag.Known() {
		message.Tag = tag
	}
	if !message.Promotional.Known() {
		message.Promotional = promotional
	}
	if !message.Automated.Known() {
		message.Automated = automated
	}
	return message
}

func (w *Ways) newWay(message rules.Message, tool rules.Tool, given int) *way {
	s := rules.Scenario{Message: message, Sender: w.task.Sender.Sender}
	return &way{
		message: message, tool: tool, given: given, currency: s.Currency(),
		asked: map[Key]Key{}, terms: map[Key]*term{}, alike: map[string]*term{},
	}
}

// plan is the plan of some ways, each to an audience.
func (w *Ways) plan(ways []*way, audiences [][]rules.Segment) rules.Plan {
	p := rules.Plan{Sender: w.task.Sender, Assume: w.task.Assume, Pricing: w.task.Pricing}
	for i, one := range ways {
		p.Items = append(p.Items, rules.PlanItem{On: w.task.On, At: w.task.At, Message: one.message, Tool: one.tool, Audience: audiences[i]})
	}
	return p
}

// somebody is a person of whom nothing is known, in a country.
func somebody(country string) rules.Segment {
	return rules.Segment{Recipients: rules.Some[int64](1), Country: country}
}

// anyCountry stands for any where one must be given, and for those that are treated
// like it: most people of most lists are there.
const anyCountry = rules.Home

// firstMistake is the first mistake of the configuration.
func (w *Ways) firstMistake() *rules.Error {
	all := slices.Concat(w.ways, w.others)
	audiences := make([][]rules.Segment, len(all))
	for i := range all {
		audiences[i] = []rules.Segment{somebody(anyCountry)}
	}
	check := func(ways []*way) *rules.Error {
		p := w.plan(ways, audiences[:len(ways)])
		err := p.Validate()
		if err == nil {
			return nil
		}
		e := err.(*rules.Error) // the only kind of error that there is here
		rest, ok := strings.CutPrefix(e.Path, "items[")
		number, field, _ := strings.Cut(rest, "].")
		if i, err := strconv.Atoi(number); ok && err == nil {
			switch field {
			case "on", "at":
				e.Path = field
			default:
				e.Path = wayPath(ways[i].given) + "." + strings.TrimPrefix(field, "message.")
			}
		}
		return e
	}
	return check(w.ways)
}

// compare finds the currency that amounts are compared in. Where there is no rate
// between two, that is the dong if any way has it.
func (w *Ways) compare() {
	convert, asked := w.task.Pricing.Convert.Get()
	rateOf := func(currency string) (decimal.Decimal, bool) {
		if currency == w.currency {
			return decimal.NewFromInt(1), true
		}
		rate, ok := convert.Rates[currency]
		return rate, ok && asked && w.currency == convert.Currency
	}
	isComplete := func() bool {
		return !slices.ContainsFunc(w.ways, func(one *way) bool { _, ok := rateOf(one.currency); return !ok })
	}
	if w.currency = convert.Currency; !asked || !isComplete() {
		w.currency = w.ways[0].currency
		for _, one := range w.ways {
			if one.currency == dong {
				w.currency = dong
			}
		}
	}
	marks := w.task.Pricing.Currency
	if marks == "" { // there is only one then
		marks = w.ways[0].currency
	}
	for _, one := range slices.Concat(w.ways, w.others) {
		one.rate, one.rated = rateOf(one.currency)
		one.marked = one.currency == marks
	}
}

const dong = "VND"

// scenario is what a way sends to a kind of people, by a sender.
func (w *Ways) scenario(one *way, g rules.Segment, sender rules.Sender) rules.Scenario {
	all := &w.task.Pricing
	s := rules.Scenario{
		On: w.task.On, At: w.task.At, Message: one.message, Audience: []rules.Segment{g}, Sender: sender, Assume: w.task.Assume,
		Pricing: rules.Pricing{MarkupPercent: all.MarkupPercent, TaxPercent: all.TaxPercent, MarkupOnFree: all.MarkupOnFree},
	}
	if one.marked {
		s.Pricing.MarkupPerMessage = all.MarkupPerMessage
	}
	if one.tool != "" {
		s.Sender.Tool = one.tool
	}
	return s
}

// spent is the sender with nothing left that could pay for a message, and with
// whatever quota may be needed.
func (w *Ways) spent() rules.Sender {
	s := w.task.Sender.Sender
	s.IncludedMessages, s.FreeServiceUsed, s.IncludePackageFee = 0, rules.MaxCount, false
	if s.FreeConversationsUsed.Known() {
		s.FreeConversationsUsed = rules.Some[int64](rules.MaxCount)
	}
	if s.PromotionBase.Known() {
		s.PromotionBase, s.PromotionSent = rules.Some([2]int64{rules.MaxCount, rules.MaxCount}), 0
	}
	return s
}

// left is the same sender with one of an allowance left.
func (w *Ways) left(a allowance) rules.Sender {
	s := w.spent()
	switch a {
	case packageMessages:
		s.IncludedMessages = 1
	case freeService:
		s.FreeServiceUsed = 0
	case freeConversations:
		if s.FreeConversationsUsed.Known() {
			s.FreeConversationsUsed = rules.Some[int64](0)
		}
	}
	return s
}

// tellApart finds what of people the ways look at.
func (w *Ways) tellApart() {
	f := &w.people
	at := w.task.Moment()
	if !at.HasHour() { // the last minute of the day counts, so that nobody is written to too late
		at = At(at.Day(), minutesOfDay-1)
	}
	f.sending = minutes(at.Day(), at.Minute())
	for _, hours := range rules.Windows(w.task.On) {
		f.windows = append(f.windows, hours*(minutesOfDay/hoursOfDay))
		f.hours = append(f.hours, hours)
	}
	f.hours = append(f.hours, rules.MaxHours)
	if recencyFirst+len(f.hours) > mostRecencies {
		panic("reach: there are more windows than a key has room for")
	}
	f.received = []int64{0}
	all := slices.Concat(w.ways, w.others)
	for _, one := range all {
		w.lookAt(one)
	}
	w.takeCountriesTogether(all)
	w.takeNumbersTogether(all)
}

// lookAt finds what a way may look at of people: what it is asked for about people of
// whom nothing is known, about those of whom all is true, and those of whom nothing is.
func (w *Ways) lookAt(one *way) {
	t := one.Type()
	yes, no := somebody(anyCountry), somebody(anyCountry)
	yes.UID, yes.Phone, yes.Follows, yes.Consents, yes.OptedIn, yes.CareWithin6Months = rules.Some(true), rules.Some(true), rules.Some(true), rules.Some(true), rules.Some(true), rules.Some(true)
	yes.Recency = rules.HoursAgo(decimal.NewFromInt(0))
	no.UID, no.Phone, no.Follows, no.Consents, no.OptedIn, no.CareWithin6Months = rules.Some(false), rules.Some(false), rules.Some(false), rules.Some(false), rules.Some(false), rules.Some(false)
	no.Recency = rules.Never()
	for _, g := range [...]rules.Segment{somebody(anyCountry), yes, no} {
		one.looks |= w.lookedAt(one, g)
	}
	for _, a := range addressOf(t).facts {
		one.looks |= a
	}
}

// lookedAt is what is asked for about one kind of people.
func (w *Ways) lookedAt(one *way, g rules.Segment) (k Key) {
	for _, q := range rules.Questions(w.scenario(one, g, w.task.Sender.Sender)) {
		k |= lookedAt(q.Field, one.Type())
	}
	return k
}

// An address is what it takes to reach a person on a platform at all, where the rules
// take it for granted.
type address struct {
	facts   []Key // that tell it
	always  bool  // also where the rules look at what people did on the platform
	missing string
}

// addressOf: a number for WhatsApp; for Messenger that they have written to the page.
// The rules of Zalo look at it themselves.
func addressOf(t rules.MessageType) address {
	switch t.Channel() {
	case rules.ChannelWhatsApp:
		return address{[]Key{bitsOf(phoneAt, 1)}, true, "phone"}
	case rules.ChannelMessenger:
		return address{[]Key{bitsOf(messengerAt, recencyBits), bitsOf(tokenAt, yesNoBits)}, false, "messengerLast"}
	}
	return address{}
}

// outcomes are how the checks of each segment came out, and what it costs, as texts to
// compare.
func outcomes(q *rules.Quote) []string {
	texts := make([]string, len(q.Segments))
	for i := range q.Segments {
		for _, c := range q.Segments[i].Checks {
			texts[i] += c.Code + string(c.Outcome)
		}
	}
	for i := range q.Lines {
		if l := &q.Lines[i]; l.Segment != nil {
			texts[*l.Segment] += "|" + l.Market + " " + l.Gross.String()
		}
	}
	return texts
}

// takeCountriesTogether finds the countries that every way treats alike, as it treats
// people of whom nothing else is known. The first of them stands for all.
func (w *Ways) takeCountriesTogether(all []*way) {
	f, sender := &w.people, w.spent()
	sender.ChargedThisMonth = 0 // so that nobody comes into another tier than those before
	countries := rules.Countries()
	texts := make([]string, len(countries))
	audience := make([]rules.Segment, len(countries))
	for i, country := range countries {
		audience[i] = somebody(country)
	}
	for _, one := range all {
		if one.looks&bitsOf(countryAt, countryBits) == 0 {
			continue
		}
		s := w.scenario(one, somebody(anyCountry), sender)
		s.Audience = audience
		q, err := rules.Evaluate(s)
		if err != nil {
			continue
		}
		for i, text := range outcomes(&q) {
			texts[i] += text + "\n"
		}
	}
	of := map[string]string{} // the country that stands for those alike
	for i, country := range countries {
		if of[texts[i]] == "" || country == anyCountry {
			of[texts[i]] = country
		}
	}
	f.firsts = append([]string{""}, slices.Sorted(maps.Values(of))...)
	for i, country := range countries {
		class, _ := slices.BinarySearch(f.firsts, of[texts[i]])
		f.countries[placeOf(country[0], country[1])] = uint16(class)
	}
}

// takeNumbersTogether finds from which numbers of messages received on a way treats
// people otherwise: with more of them a check can only come out worse.
func (w *Ways) takeNumbersTogether(all []*way) {
	f, sender := &w.people, w.spent()
	for _, one := range all {
		if one.looks&bitsOf(receivedAt, receivedBits) == 0 {
			continue
		}
		at := func(received int64) string {
			g := somebody(anyCountry)
			g.ReceivedThisMonth = received
			q, err := rules.Evaluate(w.scenario(one, g, sender))
			if err != nil {
				return ""
			}
			return outcomes(&q)[0]
		}
		var between func(from, to int64, first, last string)
		between = func(from, to int64, first, last string) {
			switch middle := (from + to) / 2; {
			case first == last:
			case from+1 == to:
				if i, found := slices.BinarySearch(f.received, to); !found {
					f.received = slices.Insert(f.received, i, to)
				}
			default:
				text := at(middle)
				between(from, middle, first, text)
				between(middle, to, text, last)
			}
		}
		between(0, MaxCount, at(0), at(MaxCount))
	}
	if len(f.received) > 1<<receivedBits {
		panic("reach: there are more caps than a key has room for")
	}
}

// Key is what may be looked at of a contact. The error says that a contact cannot be
// taken: an interaction is after the sending.
func (w *Ways) Key(c *Contact) (Key, error) {
	k, late := w.people.key(c)
	if late != "" {
		return 0, &rules.Error{Path: late, Code: rules.OutOfRange, Message: "is after the sending"}
	}
	return k, nil
}

// term is how the people of a key stand to a way.
func (w *Ways) term(one *way, k Key) *term {
	k &= one.looks
	if t := one.terms[k]; t != nil {
		return t
	}
	t := w.makeTerm(one, k)
	text := t.text()
	if same := one.alike[text]; same != nil {
		t = same
	} else {
		t.number = len(one.alike)
		one.alike[text] = t
	}
	one.terms[k] = t
	return t
}

// text has all of a term, to compare.
func (t *term) text() string {
	var b strings.Builder
	for _, list := range [...][]string{t.failed, t.unknown, t.needs} {
		b.WriteString(strings.Join(list, " ") + "|")
	}
	for _, d := range [...]decimal.Decimal{t.gross, t.unit, t.mark, t.freeMark} {
		b.WriteString(d.String() + "|")
	}
	b.WriteString(t.market)
	for _, yes := range [...]bool{t.sure, t.may, t.priced, t.limited} {
		b.WriteString(strconv.FormatBool(yes))
	}
	return b.String() + strconv.Itoa(int(t.pays))
}

func (w *Ways) makeTerm(one *way, k Key) *term {
	kind := one.Type()
	g := w.people.segment(k, kind)
	g.Recipients = rules.Some[int64](1)
	sender := w.spent()
	s := w.scenario(one, g, sender)
	q, err := rules.Evaluate(s)
	if err != nil { // the configuration is right, so it is something that must be given of people
		t := &term{}
		w.lookForAddress(t, kind, k, true)
		path := segmentField(err.(*rules.Error).Path)
		t.open(path[strings.LastIndexByte(path, '.')+1:], factOf(path, kind))
		return t
	}
	checks := q.Segments[0].Checks
	t := &term{priced: q.Priced}
	ofPeople := false
	for i := range checks {
		c := &checks[i]
		ofPeople = ofPeople || c.Code == "window" || c.Code == "consent"
		t.limited = t.limited || c.Code == "quota" && c.Outcome == rules.Pass
		switch c.Outcome {
		case rules.Fail:
			t.failed = append(t.failed, c.Code)
		case rules.Unknown:
			t.open(c.Code)
			for _, path := range c.Needs {
				// One message goes to each, and what was received is 0 where it is not known.
				if path = segmentField(path); path != receivedField && path != "perRecipient" {
					t.open(c.Code, factOf(path, kind))
				}
			}
		}
	}
	if q.Open() != nil {
		t.open(rules.OpenCheck.Code, rules.OpenCheck.Needs...)
	}
	w.lookForAddress(t, kind, k, ofPeople)
	t.may = len(t.failed) == 0 && q.Deliverable > 0
	t.sure = t.may && len(t.unknown) == 0
	if t.may {
		w.price(t, one, s, &q)
	}
	return t
}

// segmentField is the path of a field without the number of the segment.
func segmentField(path string) string {
	if rest, ok := strings.CutPrefix(path, "audience[0]."); ok {
		return "audience." + rest
	}
	return path
}

// ofPeople is how many facts of people would have to be known, those included that no
// contact has.
func (t *term) ofPeople() (n int) {
	for _, name := range t.needs {
		if strings.HasPrefix(name, "audience.") || slices.ContainsFunc(contactFacts[:], func(f Fact) bool { return f.Name == name }) {
			n++
		}
	}
	return n
}

// open adds a check that is unknown, and what would settle it.
func (t *term) open(code string, needs ...string) {
	if !slices.Contains(t.unknown, code) {
		t.unknown = append(t.unknown, code)
	}
	for _, n := range needs {
		if !slices.Contains(t.needs, n) {
			t.needs = append(t.needs, n)
		}
	}
}

// lookForAddress adds the check whether people can be reached on the platform at all.
func (w *Ways) lookForAddress(t *term, kind rules.MessageType, k Key, ofPeople bool) {
	a := addressOf(kind)
	if len(a.facts) == 0 || ofPeople && !a.always {
		return
	}
	const code = "identity"
	if kind.Channel() == rules.ChannelMessenger {
		last, token := k.part(messengerAt, recencyBits), answer(k.part(tokenAt, yesNoBits))
		switch {
		case last >= recencyFirst || token.Or(false):
		case last == recencyNever:
			if !slices.Contains(t.failed, code) {
				t.failed = append(t.failed, code)
			}
		default:
			t.open(code, a.missing)
		}
		return
	}
	if k.part(phoneAt, 1) == 0 {
		t.open(code, a.missing)
	}
}

// price finds what a message costs, and what may pay for it.
func (w *Ways) price(t *term, one *way, s rules.Scenario, q *rules.Quote) {
	if t.priced {
		t.gross = q.Totals[0].Gross
		plain := s
		plain.Pricing.MarkupPerMessage = rules.Opt[decimal.Decimal]{}
		bare := w.grossOf(plain)
		t.unit, t.mark = bare.Mul(one.rate), t.gross.Sub(bare).Mul(one.rate)
	}
	for i := range q.Lines {
		if l := &q.Lines[i]; l.TierFrom > 0 {
			t.market = l.Market
		}
	}
	if q.Charged == 0 {
		return
	}
	for a := packageMessages; a < allowances; a++ {
		paid := s
		tool := paid.Sender.Tool
		paid.Sender = w.left(a)
		paid.Sender.Tool = tool
		if pq, err := rules.Evaluate(paid); err == nil && pq.Free > 0 && pq.Priced {
			t.pays = a
			t.freeMark = pq.Totals[0].Gross.Mul(one.rate)
		}
	}
}

// grossOf is what a scenario costs that has a price.
func (w *Ways) grossOf(s rules.Scenario) decimal.Decimal {
	q, err := rules.Evaluate(s)
	if err != nil || len(q.Totals) == 0 {
		return decimal.Zero
	}
	return q.Totals[0].Gross
}

// asks is what a way looks at of the people of a key.
func (w *Ways) asks(one *way, k Key) Key {
	k &= one.looks &^ bitsOf(countryAt, countryBits)
	if asked, ok := one.asked[k]; ok {
		return asked
	}
	g := w.people.segment(k, one.Type())
	g.Recipients, g.Country = rules.Some[int64](1), anyCountry
	asked := w.lookedAt(one, g)
	for _, a := range addressOf(one.Type()).facts {
		asked |= a
	}
	one.asked[k] = asked
	return asked
}
