package rules

import (
	"slices"
	"strconv"
	"strings"
)

// A condition is one check of a message type, with the fields that it looks at. It
// is made in one of four ways: by run, by the outcome of what the user tells, by a
// limit on what one recipient gets in the month, or by the hours of its rule.
type condition struct {
	code  string
	looks []look
	when  func(*evaluation) bool // whether the day's rules have the check; nil: always

	run     func(*evaluation, *Segment, *inspection)
	rule    **rule
	outcome func(*evaluation, *Segment) Outcome
	limit   func(*evaluation) int64
}

// make adds the check of a segment.
func (c *condition) make(e *evaluation, g *Segment, in *inspection) {
	switch {
	case c.run != nil:
		c.run(e, g, in)
	case c.outcome != nil:
		in.gate(c.code, *c.rule, c.outcome(e, g))
	case c.limit != nil:
		n := c.limit(e)
		in.cut(c.code, *c.rule, perRecipientLeft(e, g, n), strconv.FormatInt(n, 10))
	default:
		in.window(*c.rule, g.Recency)
	}
}

// A look is a field that a part of the answer rests on. All of its conditions must
// hold. They are plain functions and variables, so that the lists of looks need no
// code to set them up, which the browser's program would have to carry.
type look struct {
	field  string
	when   func(*evaluation) bool           // with what has been said so far; nil: always
	of     func(*evaluation, *Segment) bool // the same, for a segment
	while  **rule                           // must have a value on the day; nil: always
	number int                              // of the field, see numberOf
}

// isTaken reports whether a look is taken at a segment.
func (l *look) isTaken(e *evaluation, g *Segment) bool {
	return (l.while == nil || (*l.while).on(e.s.On) != nil) && (l.when == nil || l.when(e)) && (l.of == nil || l.of(e, g))
}

// Parts of an answer that look at fields, beside the checks.
const (
	PartNumber   = "number"   // how many messages go to whom
	PartPrice    = "price"    // of the platform
	PartSchedule = "schedule" // the days that the sending takes
	PartNotice   = "notice"   // what no number shows
	PartAddition = "addition" // what the user adds to the price, and the package's fee
	PartTotal    = "total"    // in another currency
)

// A Question is a field of a scenario that can change its answer, as things
// stand: for its type, its day and what has been said so far.
type Question struct {
	Path     string   `json:"path"` // like audience[0].uid
	Kind     Kind     `json:"kind"`
	Words    []string `json:"words,omitempty"`   // that can be chosen on the day
	Least    int64    `json:"least"`             // of a number
	Most     int64    `json:"most"`              // of a number; the characters of a text
	Unit     string   `json:"unit,omitempty"`    // what a number counts
	Required bool     `json:"required"`          // without it there is no answer
	Default  string   `json:"default,omitempty"` // what is taken where it is not given; empty: unknown
	Start    string   `json:"start,omitempty"`   // what a small shop in Vietnam would most likely say, to start a form with
	Holds    Reach    `json:"holds"`
	For      []string `json:"for"` // codes of the checks that look at it, and Parts

	Field   string `json:"-"` // the path without the number of the segment
	Segment int    `json:"-"` // the segment's number; 0 where the field is of none
}

// equal reports whether two questions ask the same in the same way. What they are
// for does not matter.
func (q Question) equal(other Question) bool {
	return q.Path == other.Path && q.Required == other.Required && q.Start == other.Start && q.Default == other.Default && slices.Equal(q.Words, other.Words)
}

// Questions lists the fields that can change the answer to a scenario, in the
// order of [Fields]. The scenario may be a draft: without a type there is no
// telling what else matters. A field that could only change a notice, or that
// nobody has to be asked for any more, is left out where book/left-out.csv says
// so, with the reason.
func Questions(s Scenario) []Question {
	e := evaluation{s: &s, kind: kindOf(s.Message.Type), currency: s.Currency(), perRecipient: s.PerRecipient.Or(1)}
	a := asking{e: &e, parts: e.parts(), left: leftOutFor(s.Message.Type, s.On)}
	a.look()
	for i := range allFields[:len(allFields)-len(conversionFields)] {
		f := &allFields[i]
		if f.Path == "perRecipient" {
			continue // it follows the segments
		}
		if f.Path == senderFields[0].Path {
			a.segments()
			a.ask(&ownFields[2], nil, 0)
		}
		if !f.ofSegment() {
			a.ask(f, nil, 0)
		}
	}
	if e.kind != nil {
		a.readings()
		a.conversion()
	}
	return a.list
}

func (f *Field) ofSegment() bool { return strings.HasPrefix(f.Path, "audience.") }

// A part is a part of the answer with the fields that it looks at.
type part struct {
	name  string
	looks []look
}

// parts are those of the answer to a scenario of a kind on its day.
func (e *evaluation) parts() []part {
	k := e.kind
	if k == nil {
		return []part{{PartNumber, everyType[:2]}}
	}
	parts := []part{{PartNumber, everyType}}
	if e.isBeforeBook() {
		return append(parts, part{PartNumber, beforeLooks}, part{PartAddition, additions})
	}
	for i := range k.checks {
		if c := k.checks[i]; c.when == nil || c.when(e) {
			parts = append(parts, part{c.code, c.looks})
		}
	}
	parts = append(parts, part{PartPrice, k.prices}, part{PartSchedule, k.schedules}, part{PartAddition, additions})
	for _, i := range k.notices {
		if n := &theBook.notices[i]; n.when != "" && n.inForce(e.s.On) {
			parts = append(parts, part{PartNotice, noticeConditions[n.when].looks})
		}
	}
	return parts
}

// asking collects questions.
type asking struct {
	e     *evaluation
	parts []part
	left  []leftOut
	seen  []uint64 // by the number of a field: the parts, as bits, that look at it for the segment that was looked at last
	list  []Question
}

// look finds the parts that look at each field, for any of the segments.
func (a *asking) look() {
	a.seen = make([]uint64, len(allFields)+len(theBook.readings))
	if len(a.e.s.Audience) == 0 {
		a.lookAt(&Segment{})
	}
	for g := range a.e.s.Audience {
		a.lookAt(&a.e.s.Audience[g])
	}
}

func (a *asking) lookAt(g *Segment) {
	for i := range a.parts {
		looks := a.parts[i].looks
		for j := range looks {
			if l := &looks[j]; a.seen[l.number]>>i&1 == 0 && l.isTaken(a.e, g) {
				a.seen[l.number] |= 1 << i
			}
		}
	}
}

func (a *asking) segments() {
	if a.e.kind == nil {
		return
	}
	ofAll := a.seen
	for n := range a.e.s.Audience {
		g := &a.e.s.Audience[n]
		a.seen = make([]uint64, len(ofAll))
		a.lookAt(g)
		for i := range segmentFields {
			a.ask(&segmentFields[i], g, n)
		}
	}
	a.seen = ofAll
}

// ask adds the question for a field if any part of the answer looks at it.
func (a *asking) ask(f *Field, g *Segment, segment int) {
	value := f.value(a.e.s, g)
	parts := a.partsOf(f, value)
	if len(parts) == 0 {
		return
	}
	path := f.Path
	if g != nil {
		path = indexed(path, segment)
	}
	q := a.question(f, path, parts)
	q.Segment = segment
	switch value.(type) {
	case *int64, *Buttons:
		q.Default = "0"
	case *bool:
		q.Default = "false"
	case *Opt[[2]int64]:
		for i := range 2 {
			each := q
			each.Path += "[" + strconv.Itoa(i) + "]"
			a.list = append(a.list, each)
		}
		return
	}
	a.list = append(a.list, q)
}

// partsOf are the names of the parts that look at a field, but for those that do
// not make it worth asking for.
func (a *asking) partsOf(f *Field, value any) []string {
	bits := a.seen[numberOf(f.Path)]
	if bits == 0 {
		return nil
	}
	var names []string
	for i := range a.parts {
		name := a.parts[i].name
		if bits>>i&1 != 0 && !slices.Contains(names, name) && !a.leavesOut(f, name, value) {
			names = append(names, name)
		}
	}
	return names
}

func (a *asking) leavesOut(f *Field, part string, value any) bool {
	for i := range a.left {
		if l := &a.left[i]; l.field == f.Path && (l.part == "" || l.part == part) && !(l.unlessGiven && given(value)) {
			return true
		}
	}
	return false
}

func (a *asking) question(f *Field, path string, parts []string) Question {
	t := a.e.s.Message.Type
	q := Question{
		Path: path, Kind: f.Kind, Words: f.Words(a.e.s.On), Least: f.Least, Most: f.Most, Unit: f.Unit, Required: f.RequiredFor(t),
		Default: f.standard, Start: StartOf(f.Path, t, a.e.s.On), Holds: HoldsEverywhere, For: parts, Field: f.Path,
	}
	if f.holds != nil {
		q.Holds = f.holds(t)
	}
	return q
}

// readings asks for the readings of contested facts.
func (a *asking) readings() {
	for i := range theBook.readings {
		f := readingField(&theBook.readings[i])
		if parts := a.partsOf(&f, nil); len(parts) > 0 {
			a.list = append(a.list, a.question(&f, f.Path, parts))
		}
	}
}

// conversion asks for another currency and its rate.
func (a *asking) conversion() {
	parts := []string{PartTotal}
	f := &conversionFields[0]
	a.list = append(a.list, a.question(f, f.Path, parts))
	if c, known := a.e.s.Pricing.Convert.Get(); known && c.Currency != "" && c.Currency != a.e.currency {
		rate := rateField(a.e.currency)
		q := a.question(&rate, rate.Path, parts)
		q.Required = true
		a.list = append(a.list, q)
	}
}

// DecisiveFields lists the fields of which it depends what else is asked, the
// readings of contested facts among them. The caller may not change the list.
func DecisiveFields() []Field { return decisiveFields }

var decisiveFields []Field

// Decides reports whether it depends on the field at a path what else is asked.
func Decides(path string) bool {
	name, _ := splitIndex(path)
	if f := fieldOf(name); f != nil {
		return f.Decides
	}
	return strings.HasPrefix(path, "assume.")
}

// numberOf is the place of a field among all, the readings behind the others.
func numberOf(path string) int {
	for i := range allFields {
		if allFields[i].Path == path {
			return i
		}
	}
	if id, ok := strings.CutPrefix(path, "assume."); ok {
		if i := readingIndex(id); i >= 0 {
			return len(allFields) + i
		}
	}
	panic("rules: there is no field " + path)
}

// number finds the fields that looks are at. A field that there is not is a
// mistake in the code that no caller can mend.
func number(lists ...[]look) {
	for _, looks := range lists {
		for i := range looks {
			looks[i].number = numberOf(looks[i].field)
		}
	}
}

func init() {
	for _, f := range allFields {
		if f.Decides {
			decisiveFields = append(decisiveFields, f)
		}
	}
	for i := range theBook.readings {
		decisiveFields = append(decisiveFields, readingField(&theBook.readings[i]))
	}
	number(everyType, beforeLooks, additions)
	for _, k := range messageKinds {
		number(k.prices, k.schedules)
		for i := range k.checks {
			number(k.checks[i].looks)
		}
	}
	for _, n := range noticeConditions {
		number(n.looks)
	}
}

// everyType are the looks of every type; the first two are there before there is one.
var everyType = []look{
	{field: "message.type"}, {field: "on"}, {field: "audience.recipients"}, {field: "perRecipient"},
	{field: "audience.deliveredPercent"},
	{field: "audience.name", when: func(e *evaluation) bool { return len(e.s.Audience) > 1 }},
}

// beforeLooks are what is asked of a day before the book: what must be given, and
// the one price that there can be.
var beforeLooks = []look{
	{field: "message.tag", when: (*evaluation).isByTemplate}, {field: "message.template.kind", when: (*evaluation).isByTemplate},
	{field: "message.template.price", when: (*evaluation).isByTemplate},
	{field: "audience.country", when: (*evaluation).isOfWhatsApp}, {field: "sender.billingCurrency", when: (*evaluation).isOfWhatsApp},
}

func (e *evaluation) isOfWhatsApp() bool { return forWhatsApp(e.kind.id) }

func (e *evaluation) isByTemplate() bool { return forTemplates(e.kind.id) }

// additions are the looks of what is added to the platform's price.
var additions = []look{
	{field: "pricing.markupPercent"}, {field: "pricing.markupPerMessage"}, {field: "pricing.monthlyFee"}, {field: "pricing.taxPercent"},
	{field: "pricing.markupOnFree"}, {field: "pricing.fallbackPerMessage"},
	{field: "pricing.incoming.messages"}, {field: "pricing.incoming.perMessage"}, {field: "pricing.bundle.messages"}, {field: "pricing.bundle.fee"},
	{field: "sender.includePackageFee", when: hasPackageFees},
	{field: "sender.oaPackage", when: func(e *evaluation) bool { return hasPackageFees(e) && e.s.Sender.IncludePackageFee }},
}

// open lists the fields that a check of a segment looks at and that are not
// given: those that would settle it.
func (e *evaluation) open(c *condition, segment int) []string {
	g := &e.s.Audience[segment]
	var paths []string
	for i := range c.looks {
		l := &c.looks[i]
		if l.number >= len(allFields) {
			continue // a reading always has a value
		}
		f := &allFields[l.number]
		if given(f.value(e.s, g)) || !l.isTaken(e, g) {
			continue
		}
		paths = append(paths, indexed(f.Path, segment))
	}
	return paths
}

// A leftOut is a field that is not asked for, of types and from day to day.
type leftOut struct {
	field        string
	pattern      string // a message type; "zalo.uid.*" is every type below
	part         string // the part of the answer that does not make it worth asking; empty: none does
	since, until Date   // both included; zero: open
	unlessGiven  bool   // it is asked for where the scenario has it
}

func readLeftOut(files folder) ([]leftOut, error) {
	var list []leftOut
	err := eachRow(files, "book/left-out.csv", "field,types,part,since,until,unless_given,reason", func(c []string) error {
		since, err := optionalDate(c[3])
		if err != nil {
			return err
		}
		until, err := optionalDate(c[4])
		for _, pattern := range strings.Fields(c[1]) {
			list = append(list, leftOut{c[0], pattern, c[2], since, until, c[5] == "yes"})
		}
		return err
	})
	return list, err
}

// leftOutFor lists what is left out for a type on a day.
func leftOutFor(t MessageType, on Date) []leftOut {
	var list []leftOut
	for _, l := range theBook.leftOut {
		if isTypeLike(t, l.pattern) && l.since <= on && (l.until == 0 || on <= l.until) {
			list = append(list, l)
		}
	}
	return list
}

// A start is the answer that a form may start a question with.
type start struct {
	field   string
	pattern string // as of a leftOut
	since   Date
	value   string // the value, or the id of the rule that has it behind an @
}

func readStarts(files folder) ([]start, error) {
	var list []start
	err := eachRow(files, "book/starts.csv", "field,types,since,value", func(c []string) error {
		since, err := optionalDate(c[2])
		for _, pattern := range strings.Fields(c[1]) {
			list = append(list, start{c[0], pattern, since, c[3]})
		}
		return err
	})
	return list, err
}

// StartOf is the answer to start the question for a field with, as JSON would have
// it without quotes; empty where it is best left open. A later row of the book
// goes before an earlier one.
func StartOf(field string, t MessageType, on Date) string {
	value := ""
	for i := range theBook.starts {
		if s := &theBook.starts[i]; s.field == field && s.since <= on && isTypeLike(t, s.pattern) {
			value = s.value
		}
	}
	if id, ok := strings.CutPrefix(value, "@"); ok {
		return theBook.rules[id].latest(on).Value
	}
	return value
}
