package bills

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"postage/app/table"
	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/audit"
	"postage/rules/reach"
)

// MaxRows is how many rows, or groups of messages of a log, a bill may have.
const MaxRows = 200_000

// A Reading is what was read of a bill.
type Reading struct {
	Bill       audit.Bill
	Rows       int64 // of the file that were looked at, but for the header
	Sums       int64 // of these, rows that sum others up
	Unpaid     int64 // of these, messages that did not arrive, or came from people, and were not billed, and empty rows
	Unreadable []Unreadable
	Stopped    bool // before the end of the file
}

// An Unreadable row, and why it is.
type Unreadable struct {
	Row int32
	Err error // an [Error], or one of package table
}

// Read reads the rows. The bill has what they say, no more: its sender and what is agreed
// with the provider are for the caller. The error is about the file as a whole.
func (f *File) Read() (*Reading, error) {
	r := &reading{file: f, groups: map[groupKey]int{}, decimals: map[string]int32{}}
	r.Bill.Tax = f.tax()
	for i := range r.place {
		r.place[i] = -1
	}
	for i, fact := range audit.Facts() {
		r.place[i] = f.column(fact)
	}
	r.standing = f.currency()
	var full error
	err := f.source.each(func(number int32, row [][]byte, fault error) bool {
		r.Rows++
		if fault != nil {
			r.Unreadable = append(r.Unreadable, Unreadable{number, &Error{Code: Damaged, Row: number, Found: fault.Error(), By: fault}})
			return true
		}
		r.cells, r.number = row, number
		one, use, err := r.row()
		switch {
		case err != nil:
			r.Unreadable = append(r.Unreadable, Unreadable{number, err})
		case use:
			r.add(&one)
		}
		if len(r.Bill.Rows) > MaxRows {
			full = &Error{Code: TooManyRows, Most: MaxRows}
		}
		// Of a file that was not looked at to its end no more is read than that.
		r.Stopped = !f.goesOn(r.Rows) || f.Stopped && r.Rows == f.Rows
		return full == nil && !r.Stopped
	})
	if err == nil {
		err = full
	}
	if err != nil {
		return nil, err
	}
	r.turnSigns()
	r.Bill.Decimals = r.decimals
	return &r.Reading, nil
}

// A reading is the work on a file.
type reading struct {
	Reading
	file     *File
	place    [16]int // of the column of each fact; -1: none
	cells    [][]byte
	number   int32
	standing string // the currency of the bill as a whole
	groups   map[groupKey]int
	decimals map[string]int32
}

// A groupKey is what the messages of a log are grouped by.
type groupKey struct {
	on            rules.Date
	kind          rules.MessageType
	template      rules.TemplateKind
	tag           rules.Opt[int64]
	country       string
	told          audit.Told
	international rules.Opt[bool]
	currency      string
	billed        bool
}

// cell is what stands in the column of a fact, nil where nothing does.
func (r *reading) cell(fact audit.Fact) []byte {
	at := r.place[slices.Index(audit.Facts(), fact)]
	if at < 0 || at >= len(r.cells) {
		return nil
	}
	cell := bytes.TrimSpace(r.cells[at])
	if table.IsUnknown(cell) {
		return nil
	}
	return cell
}

func (r *reading) wrong(code Code, fact audit.Fact) error {
	e := &Error{Code: code, Row: r.number, Column: string(fact)}
	if at := r.place[slices.Index(audit.Facts(), fact)]; at >= 0 {
		if e.Column = cells.Shown([]byte(r.file.Columns[at].Name)); e.Column == "" {
			e.Column = cells.Letters(at)
		}
	}
	e.Found = cells.Shown(r.cell(fact))
	return e
}

// row reads a row, and reports whether it is to be used.
func (r *reading) row() (row audit.Row, use bool, err error) {
	if r.isSum() {
		r.Sums++
		return row, false, nil
	}
	if !r.arrived(vocabularyOf()) {
		return r.lost()
	}
	row = audit.Row{Number: r.number, Rows: 1}
	if row.On, row.Until, err = r.days(); err != nil {
		return row, false, err
	}
	if err := r.amount(&row); err != nil {
		return row, false, err
	}
	if err := r.traffic(&row); err != nil {
		return row, false, err
	}
	billed, known := row.Amount.Get()
	if len(row.Traffic) == 0 && (!known || billed.IsZero()) {
		r.Unpaid++
		return row, false, nil
	}
	return row, true, nil
}

// lost is a row about messages that did not arrive or came from people: nothing is due for
// them, so that it counts only where something was billed.
func (r *reading) lost() (row audit.Row, use bool, err error) {
	row = audit.Row{Number: r.number, Rows: 1}
	var wrong [2]error
	row.On, row.Until, wrong[0] = r.days()
	wrong[1] = r.amount(&row)
	if billed, known := row.Amount.Get(); known && !billed.IsZero() {
		return row, wrong[0] == nil && wrong[1] == nil, errors.Join(wrong[:]...)
	}
	r.Unpaid++
	return row, false, nil
}

// isSum reports whether the row sums others up: its first cell that is not a number says
// so, or its type is one that holds others.
func (r *reading) isSum() bool {
	v := vocabularyOf()
	if cell := r.cell(audit.FactType); cell != nil {
		if _, sum := v.cell("sum", cell); sum {
			return true
		}
	}
	for _, cell := range r.cells {
		cell = bytes.TrimSpace(cell)
		if len(cell) == 0 {
			continue
		}
		if _, number := readRaw(cell); number {
			continue
		}
		const longest = 60
		text := strings.TrimSpace(strings.Trim(string(cell[:min(len(cell), longest)]), ":"))
		_, total := v.cell("total", []byte(text))
		return total
	}
	return false
}

// arrived reports whether a message went to people and arrived.
func (r *reading) arrived(v *vocabulary) bool {
	_, lost := v.cell("undelivered", r.cell(audit.FactStatus))
	_, came := v.cell("incoming", r.cell(audit.FactDirection))
	_, received := v.cell("incoming", r.cell(audit.FactStatus))
	return !lost && !came && !received
}

// cutPeriod takes apart what has two days in one cell.
func cutPeriod(cell []byte) (first, last []byte, two bool) {
	for _, between := range [...]string{" - ", " – ", " — ", " to ", " đến ", " ~ ", "~", "–", ".."} {
		if first, last, two = bytes.Cut(cell, []byte(between)); two {
			return bytes.TrimSpace(first), bytes.TrimSpace(last), true
		}
	}
	return cell, nil, false
}

// days are the days of a row.
func (r *reading) days() (on, until rules.Date, err error) {
	cell := r.cell(audit.FactDay)
	if cell == nil {
		if on = r.file.options.On; on == 0 {
			return 0, 0, r.wrong(BadDay, audit.FactDay)
		}
		return on, r.file.options.Until, nil
	}
	if month, ok := table.ReadMonth(cell); ok {
		return month.First(), lastOf(month), nil
	}
	first, last, two := cutPeriod(cell)
	order := r.file.Columns[r.place[slices.Index(audit.Facts(), audit.FactDay)]].Order
	start, ok := readDay(first, order)
	if !ok {
		return 0, 0, r.wrong(BadDay, audit.FactDay)
	}
	end := start
	switch {
	case two:
		if end, ok = readDay(last, order); !ok {
			return 0, 0, r.wrong(BadDay, audit.FactDay)
		}
	case r.cell(audit.FactUntil) != nil:
		order := r.file.Columns[r.place[slices.Index(audit.Facts(), audit.FactUntil)]].Order
		if end, ok = readDay(r.cell(audit.FactUntil), order); !ok {
			return 0, 0, r.wrong(BadDay, audit.FactUntil)
		}
		if start.zoned && end.zoned {
			return r.ownDays(start, end)
		}
		if end.minute == 0 && end.hasHour && start.day < end.day {
			end.day = end.day.AddDays(-1) // midnight is when it ends
		}
	}
	if end.day < start.day {
		return 0, 0, r.wrong(BadPeriod, audit.FactUntil)
	}
	if end.day == start.day {
		return start.day, 0, nil
	}
	return start.day, end.day, nil
}

// lastOf is the last day of a month.
func lastOf(m rules.Month) rules.Date {
	const longest = 31
	return m.First().AddDays(longest).Month().First().AddDays(-1)
}

// A when is a moment in Vietnam's time.
type when struct {
	day     rules.Date
	minute  int
	hasHour bool
	zoned   bool
}

func readDay(cell []byte, order table.Order) (w when, ok bool) {
	d, ok := table.ReadDate(cell)
	if !ok {
		return w, false
	}
	m, code := d.Moment(order)
	return when{m.Day(), m.Minute(), m.HasHour(), d.HasZone()}, code == ""
}

// ownDays are the days of a span of time between two moments of which each says its zone,
// the end not included. Where it is of whole days it begins at midnight where the account
// is: the zone follows from that, as no place is more than 13 hours ahead of Greenwich
// when it is midnight there and not yet 11 in Greenwich.
func (r *reading) ownDays(start, end when) (on, until rules.Date, err error) {
	const (
		vietnam      = 7 * 60
		minutesOfDay = 24 * 60
		nearlyADay   = 23 * 60 // as on the day on which clocks are put forward
		west         = 11 * 60
	)
	minutes := rules.DaysBetween(start.day, end.day)*minutesOfDay + int64(end.minute-start.minute)
	if minutes < 0 {
		return 0, 0, r.wrong(BadPeriod, audit.FactUntil)
	}
	if minutes < nearlyADay {
		return start.day, 0, nil // half an hour of a day, by Vietnam's clocks
	}
	local := func(w when) rules.Date {
		minute := w.minute - vietnam
		day := w.day
		if minute < 0 {
			minute, day = minute+minutesOfDay, day.AddDays(-1)
		}
		if minute > west {
			day = day.AddDays(1)
		}
		return day
	}
	on, until = local(start), local(end).AddDays(-1)
	if until <= on {
		until = 0
	}
	return on, until, nil
}

// amount reads what was billed.
func (r *reading) amount(row *audit.Row) error {
	row.Currency = r.standing
	if cell := r.cell(audit.FactCurrency); cell != nil {
		code, ok := currencyOf(cell)
		if !ok {
			return r.wrong(BadCurrency, audit.FactCurrency)
		}
		row.Currency = code
	}
	fact := audit.FactAmount
	cell := r.cell(fact)
	each := false
	if cell == nil {
		if fact, each = audit.FactUnitPrice, true; r.place[slices.Index(audit.Facts(), audit.FactAmount)] >= 0 {
			return nil
		}
		if cell = r.cell(fact); cell == nil {
			return nil
		}
	}
	amount, sign, ok := r.file.style.number(cell)
	if !ok {
		return r.wrong(BadAmount, fact)
	}
	if sign != "" && r.cell(audit.FactCurrency) == nil {
		row.Currency = sign
	}
	if each {
		n, counted, err := r.count()
		if err != nil {
			return err
		}
		if !counted {
			n = 1
		}
		amount = amount.Mul(decimal.NewFromInt(n))
	}
	row.Amount = rules.Some(amount)
	return nil
}

// count reads how many messages the row is about, and whether it says so.
func (r *reading) count() (n int64, said bool, err error) {
	if r.file.column(audit.FactCount) < 0 {
		return 1, false, nil
	}
	cell := r.cell(audit.FactCount)
	if cell == nil {
		return 0, true, nil
	}
	n, ok := r.file.style.whole(cell)
	if !ok || n > rules.MaxRecipients {
		return 0, true, r.wrong(BadCount, audit.FactCount)
	}
	return n, true, nil
}

// traffic reads what was sent.
func (r *reading) traffic(row *audit.Row) error {
	if r.file.Format == Wide {
		return r.wide(row)
	}
	n, _, err := r.count()
	if err != nil {
		return err
	}
	if cell := r.cell(audit.FactType); cell != nil {
		if _, fee := vocabularyOf().cell("fee", cell); fee {
			return nil
		}
	}
	if n == 0 {
		return nil
	}
	t := audit.Traffic{Count: n}
	if err := r.message(&t); err != nil {
		return err
	}
	if t.Country, err = r.country(row.On, t.Message.Type); err != nil {
		return err
	}
	if cell := r.cell(audit.FactCharge); cell != nil {
		told, ok := vocabularyOf().cell("charge", cell)
		if !ok {
			return r.wrong(BadCharge, audit.FactCharge)
		}
		if told != freeSomehow {
			t.Told = audit.Told(told)
		}
	}
	row.Traffic = []audit.Traffic{t}
	return nil
}

// freeSomehow is what a bill says of messages that are free without saying why. That
// tells nothing.
const freeSomehow = "free"

// wide reads a row with a number for each type.
func (r *reading) wide(row *audit.Row) error {
	for i := range r.file.Columns {
		c := &r.file.Columns[i]
		if c.Counts == "" || i >= len(r.cells) {
			continue
		}
		cell := bytes.TrimSpace(r.cells[i])
		if table.IsUnknown(cell) {
			continue
		}
		n, ok := r.file.style.whole(cell)
		if !ok || n > rules.MaxRecipients {
			return &Error{Code: BadCount, Row: r.number, Column: cells.Shown([]byte(c.Name)), Found: cells.Shown(cell)}
		}
		if n == 0 {
			continue
		}
		t := audit.Traffic{Message: r.known(c.Counts), Count: n}
		err := r.template(&t.Message)
		if err != nil {
			return err
		}
		if t.Country, err = r.country(row.On, c.Counts); err != nil {
			return err
		}
		row.Traffic = append(row.Traffic, t)
	}
	return nil
}

// known is what the configuration says of messages of a type: that of the only way with
// it.
func (r *reading) known(t rules.MessageType) rules.Message {
	m, found := rules.Message{Type: t}, false
	for i := range r.file.options.Ways {
		if w := &r.file.options.Ways[i]; w.Message.Type == t {
			if found {
				return rules.Message{Type: t}
			}
			m, found = w.Message, true
		}
	}
	return m
}

// message reads the type of message, and of a ZNS its kind and tag.
func (r *reading) message(t *audit.Traffic) error {
	v := vocabularyOf()
	kind, hasKind := v.cell("kind", r.cell(audit.FactKind))
	tag, hasTag := v.cell("tag", r.cell(audit.FactTag))
	channel, hasChannel := v.cell("channel", r.cell(audit.FactChannel))
	zalo := r.file.zalo
	if hasChannel {
		zalo = channel[0] == 'z'
	}
	var of rules.MessageType
	cell := r.cell(audit.FactType)
	within, kindWithin, tagWithin, isTemplate := v.templateIn(cell)
	switch {
	case isTemplate && (zalo || !hasChannel):
		if of = rules.ZNS; within == "zbs-uid" || channel == "zbs-uid" && kindWithin+tagWithin != "" {
			of = rules.ZBSUID
		}
		if !hasKind {
			kind, hasKind = kindWithin, kindWithin != ""
		}
		if !hasTag {
			tag, hasTag = tagWithin, tagWithin != ""
		}
	case cell != nil:
		found, abroad, ok := typeOf(cell, zalo)
		if zalo && (!ok || found.Platform() != rules.ZNS.Platform()) {
			// What stands there may be the kind or the purpose of a template.
			word, isKind := v.cell("kind", cell)
			purpose, isTag := v.cell("tag", cell)
			if isKind && !hasKind {
				kind, hasKind = word, true
			}
			if isTag && !hasTag {
				tag, hasTag = purpose, true
			}
			if ok = isKind || isTag; ok {
				found = rules.ZNS
				if channel == "zbs-uid" {
					found = rules.ZBSUID
				}
			}
		}
		if said, isSaid := v.cell("said", cell); !ok && !zalo && isSaid {
			found, ok = rules.MessageType(said), true
		}
		if !ok {
			return r.wrong(BadType, audit.FactType)
		}
		of, t.International = found, abroad
	case channel == "zbs-uid":
		of = rules.ZBSUID
	case len(r.file.options.Ways) == 1:
		of = r.file.options.Ways[0].Message.Type
	case zalo && (hasKind || channel == "zns"):
		of = rules.ZNS
	default:
		return r.wrong(BadType, audit.FactType)
	}
	t.Message = r.known(of)
	if of != rules.ZNS && of != rules.ZBSUID {
		return nil
	}
	if hasKind {
		t.Message.Template.Kind = rules.TemplateKind(kind)
	} else if r.cell(audit.FactKind) != nil {
		return r.wrong(BadKind, audit.FactKind)
	}
	if hasTag {
		n, err := strconv.ParseInt(tag, 10, 64)
		if err == nil {
			t.Message.Tag = rules.Some(n)
		}
	}
	return r.template(&t.Message)
}

// template sees to it that the template of a ZNS is known; its tag need not be.
func (r *reading) template(m *rules.Message) error {
	if m.Type != rules.ZNS && m.Type != rules.ZBSUID {
		return nil
	}
	if m.Template.Kind == "" {
		return r.wrong(NoKind, audit.FactKind)
	}
	if !m.Tag.Known() {
		m.Tag = rules.Some[int64](1) // the price is that of every tag
	}
	return nil
}

// country reads the country of the people, empty where the type needs none.
func (r *reading) country(on rules.Date, t rules.MessageType) (string, error) {
	if t.Platform() != rules.WhatsAppService.Platform() {
		return "", nil
	}
	if cell := r.cell(audit.FactCountry); cell != nil {
		for _, part := range countryParts(cell) {
			if country, ok := table.ReadCountry(part); ok {
				return country.String(), nil
			}
			if country, ok := r.file.market(part, on); ok {
				return country, nil
			}
		}
		return "", r.wrong(BadCountry, audit.FactCountry)
	}
	if cell := r.cell(audit.FactPhone); cell != nil {
		_, country, code := table.ReadPhone(barePhone(cell), reach.CountryOf(r.file.options.Country))
		if code == "" && country != (reach.Country{}) {
			return country.String(), nil
		}
		return "", r.wrong(BadCountry, audit.FactPhone)
	}
	if r.file.options.Country != "" {
		return r.file.options.Country, nil
	}
	return "", r.wrong(BadCountry, audit.FactCountry)
}

// countryParts are a cell, and the parts of one that says a country twice: "Vietnam (VN)".
func countryParts(cell []byte) [][]byte {
	parts := [][]byte{cell}
	for _, part := range bytes.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("()[]-–/,:", r) }) {
		if part = bytes.TrimSpace(part); len(part) > 1 && len(part) < len(cell) {
			parts = append(parts, part)
		}
	}
	return parts
}

// market is a country of a market of WhatsApp on a day.
func (f *File) market(cell []byte, on rules.Date) (country string, ok bool) {
	names, known := f.markets[on]
	if !known {
		names = marketsOn(on)
		f.markets[on] = names
	}
	country, ok = names[table.FoldCell(cell)]
	return country, ok
}

func marketsOn(on rules.Date) map[string]string {
	names := map[string]string{}
	for _, country := range rules.Countries() {
		if name := table.Fold(rules.Market(country, on)); names[name] == "" {
			names[name] = country
		}
	}
	return names
}

// isMarket reports whether a cell names a market of today's.
func isMarket(cell []byte) bool {
	const longest = 40
	return len(cell) <= longest && marketsNow()[table.FoldCell(cell)] != ""
}

// marketsNow are the markets of the last day that the book was checked on.
var marketsNow = sync.OnceValue(func() map[string]string { return marketsOn(rules.Checked()) })

// add adds a row to the bill: those of a log, each of which is one message, to the group
// that they belong to.
func (r *reading) add(row *audit.Row) {
	amount, billed := row.Amount.Get()
	if billed {
		r.decimals[row.Currency] = max(r.decimals[row.Currency], decimalsOf(amount))
	}
	if r.file.Format != Log {
		r.Bill.Rows = append(r.Bill.Rows, *row)
		return
	}
	t := &audit.Traffic{}
	if len(row.Traffic) > 0 {
		t = &row.Traffic[0]
	}
	key := groupKey{row.On, t.Message.Type, t.Message.Template.Kind, t.Message.Tag, t.Country, t.Told, t.International, row.Currency, billed}
	at, known := r.groups[key]
	if !known {
		r.groups[key] = len(r.Bill.Rows)
		r.Bill.Rows = append(r.Bill.Rows, *row)
		return
	}
	group := &r.Bill.Rows[at]
	group.Rows++
	if len(group.Traffic) > 0 {
		group.Traffic[0].Count++
	}
	if sum, known := group.Amount.Get(); known {
		group.Amount = rules.Some(sum.Add(amount))
	}
}

// decimalsOf is how many decimals an amount has.
func decimalsOf(d decimal.Decimal) int32 {
	const programs = 9 // write numbers in binary: the zeros behind them mean nothing
	if -d.Exponent() < programs {
		return max(0, -d.Exponent())
	}
	text := d.String()
	if at := strings.IndexByte(text, '.'); at >= 0 {
		return int32(len(text) - at - 1)
	}
	return 0
}

// turnSigns makes charges of a bill that has all of them below zero.
func (r *reading) turnSigns() {
	for i := range r.Bill.Rows {
		if amount, known := r.Bill.Rows[i].Amount.Get(); known && amount.IsPositive() {
			return
		}
	}
	for i := range r.Bill.Rows {
		if amount, known := r.Bill.Rows[i].Amount.Get(); known {
			r.Bill.Rows[i].Amount = rules.Some(amount.Neg())
		}
	}
}
