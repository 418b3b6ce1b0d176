package table

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"postage/app/table/cells"
	"postage/app/table/phone"
	"postage/rules"
	"postage/rules/reach"
)

// Sending is when the messages go out: what is later in a list has not happened.
type Sending struct {
	At reach.Moment // a day without an hour counts as its last minute
}

func (s Sending) minute() int {
	const last = 24*60 - 1
	if s.At.HasHour() {
		return s.At.Minute()
	}
	return last
}

// isBefore reports whether the sending is before a moment.
func (s Sending) isBefore(m reach.Moment) bool {
	return m.Day() > s.At.Day() || m.Day() == s.At.Day() && m.Minute() > s.minute()
}

// Contacts reads the rows of a file as contacts.
type Contacts struct {
	Counts map[string]*Count // by fact that has a column

	rows    *cells.Rows
	fields  []field
	sending Sending
	care    rules.Date // of that day or later is within six months; zero where the book has no such rule
	problem *Error
	read    int64
}

// A Count is how many cells of a column were read, and how many could not be.
type Count struct {
	Read, Empty, Unreadable int64
}

// A field is a column that is read.
type field struct {
	fact   reach.Fact
	column int
	name   string
	order  Order
	count  *Count

	answers map[string]answer // what the first different cells of yes and no say
}

// An answer is what a cell of yes and no says.
type answer uint8

const (
	answerNone answer = iota // neither; it may be a day
	answerUnknown
	answerYes
	answerNo
)

// answer reads a cell of yes and no. There are many cells and few different ones.
func (f *field) answer(cell []byte) answer {
	if a, known := f.answers[string(cell)]; known {
		return a
	}
	a := answerNone
	if yes, ok := readAnswer(cell); ok && yes {
		a = answerYes
	} else if ok {
		a = answerNo
	} else if isUnknown(cell) {
		a = answerUnknown
	}
	const most = 1000
	if len(f.answers) < most {
		f.answers[string(cell)] = a
	}
	return a
}

// Contacts returns the contacts of the file, read by its columns. It fails with
// [DateOrder] or [DateOrders] where the order of day and month in a column must be
// asked, and with [NoContacts] where no column is used.
func (f *File) Contacts(columns *Columns, sending Sending) (*Contacts, error) {
	if err := columns.Check(); err != nil {
		return nil, err
	}
	c := &Contacts{Counts: map[string]*Count{}, rows: f.Rows(), sending: sending}
	for _, fact := range reach.Facts() {
		l := columns.Of(fact.Name)
		if l == nil {
			continue
		}
		n := &Count{}
		c.Counts[fact.Name] = n
		at := len(c.fields)
		if fact.Kind == reach.KindCountry {
			at = 0 // it says how a number without a calling code is read
		}
		c.fields = slices.Insert(c.fields, at, field{fact, l.Place, l.called(), l.Order, n, map[string]answer{}})
	}
	c.care = careSince(sending.At.Day())
	c.rows.Next() // the header
	return c, nil
}

// Check looks at whether contacts can be read by the columns. It fails as
// [File.Contacts] does.
func (c *Columns) Check() error {
	if asked := c.Asked(); len(asked) > 0 {
		l, code := asked[0], DateOrder
		if l.Mixed {
			code = DateOrders
		}
		return &Error{Code: code, Column: l.called(), Found: l.Either()}
	}
	var names []string
	for i := range c.List {
		if c.List[i].Fact != "" {
			return nil
		}
		names = append(names, c.List[i].Name)
	}
	return &Error{Code: NoContacts, Row: 1, Found: cells.Shown([]byte(strings.Join(names, ", ")))}
}

func (c *Column) called() string {
	if c.Name != "" {
		return cells.Shown([]byte(c.Name))
	}
	return c.Letters
}

// Either is a date of the column that can be read with either order of day and month.
func (c *Column) Either() string {
	for _, s := range c.Samples {
		if w, ok := parseWhen([]byte(s)); ok {
			if _, either := w.proves(); either {
				return s
			}
		}
	}
	return strings.Join(c.Samples, ", ")
}

// careSince is the first day from which on a message of care counts as one of the last
// six months, as the rule of the day of sending has it.
func careSince(sending rules.Date) rules.Date {
	fact, ok := rules.RuleOn("zalo.zns.care-months", sending)
	months, err := strconv.Atoi(fact.Value)
	if !ok || err != nil {
		return 0
	}
	year, month, day := sending.Split()
	month -= months
	for month < 1 {
		year, month = year-1, month+12
	}
	for ; day > 0; day-- {
		if date, ok := dateOf(year, month, day); ok {
			return date
		}
	}
	return 0
}

// Next reads the next row that is not blank into the contact and reports whether there
// was one. Where it cannot be read, [Contacts.Problem] says why, and of the contact
// only the row is to be used.
func (c *Contacts) Next(to *reach.Contact) bool {
	if !c.rows.Next() {
		return false
	}
	c.read++
	*to = reach.Contact{Row: c.rows.Row()}
	if c.problem = c.rows.Fault(); c.problem != nil {
		return true
	}
	var badPhone *Error
	row := c.rows.Cells()
	for i := range c.fields {
		f := &c.fields[i]
		var cell []byte
		if f.column < len(row) {
			cell = bytes.TrimFunc(row[f.column], isSpaceOrUnseen)
		}
		if f.isEmpty(cell) {
			f.count.Empty++
			continue
		}
		code := c.readCell(to, f, cell)
		if code == "" {
			f.count.Read++
			continue
		}
		f.count.Unreadable++
		problem := &Error{Code: code, Row: to.Row, Column: f.name, Found: cells.Shown(cell)}
		if f.fact.Kind == reach.KindPhone {
			badPhone = problem
		} else if c.problem == nil {
			c.problem = problem
		}
	}
	// Who has no number that can be read may still be reached by another way.
	if badPhone != nil && (c.problem != nil || !reachableWithoutPhone(to)) {
		c.problem = badPhone
	}
	return true
}

// isEmpty reports whether a cell says nothing. Programs write 0 for a number or an id
// that they do not have.
func (f *field) isEmpty(cell []byte) bool {
	switch {
	case len(cell) == 0:
		return true
	case f.fact.Kind == reach.KindYesNo:
		return f.answer(cell) == answerUnknown
	case f.fact.Kind == reach.KindPhone, f.fact.Kind == reach.KindText:
		return len(bytes.Trim(cell, "0")) == 0 || isUnknown(cell)
	case f.fact.Kind == reach.KindMoment && bytes.HasPrefix(cell, []byte("0000-00-00")):
		return true
	}
	return isUnknown(cell)
}

func isSpaceOrUnseen(r rune) bool {
	return unicode.IsSpace(r) || r > 0x2000 && strings.ContainsRune(cells.Unseen, r)
}

func reachableWithoutPhone(c *reach.Contact) bool {
	return c.UID != "" || c.MessengerLast.Known() || c.MessengerToken.Known()
}

// Problem says why the row cannot be read, nil where it can.
func (c *Contacts) Problem() *Error { return c.problem }

// Rows is how many rows have been read.
func (c *Contacts) Rows() int64 { return c.read }

// Progress is how much of the file has been read, from 0 to 1.
func (c *Contacts) Progress() float64 { return c.rows.Progress() }

// Err is the error that ended the rows, nil where there were no more.
func (c *Contacts) Err() error { return c.rows.Err() }

// readCell sets a fact.
func (c *Contacts) readCell(to *reach.Contact, f *field, cell []byte) (code Code) {
	switch v := f.fact.In(to).(type) {
	case *reach.Phone:
		var country reach.Country
		*v, country, code = phone.Read(cell, to.Country)
		if code == "" && to.Country == (reach.Country{}) {
			to.Country = country
		}
	case *string:
		*v, code = readUID(cell)
	case *reach.Moment:
		*v, code = c.readMoment(cell, f.order)
	case *reach.Count:
		n, ok := readCount(cell)
		if !ok {
			return cells.BadCount
		}
		*v = reach.CountOf(n)
	case *reach.Country:
		country, ok := readCountry(cell)
		if !ok {
			return cells.BadCountry
		}
		*v = country
	case *rules.Opt[bool]:
		answer := f.answer(cell)
		if answer == answerNone {
			return c.readYesOn(v, f, cell)
		}
		*v = rules.Some(answer == answerYes)
	}
	return code
}

// readMoment reads the time of an interaction.
func (c *Contacts) readMoment(cell []byte, order Order) (reach.Moment, Code) {
	w, ok := parseWhen(cell)
	if !ok {
		if vocabularyOf().never[foldCell(cell)] {
			return reach.Never(), ""
		}
		return reach.Moment{}, cells.BadDate
	}
	m, code := w.moment(order)
	if code == "" && c.sending.isBefore(m) {
		return reach.Moment{}, cells.DateInFuture
	}
	return m, code
}

// readYesOn reads a yes that is written as the day on which it was said. A message of
// care counts for six months.
func (c *Contacts) readYesOn(to *rules.Opt[bool], f *field, cell []byte) Code {
	if _, ok := parseWhen(cell); !ok {
		return cells.BadYesNo
	}
	m, code := c.readMoment(cell, f.order)
	switch {
	case code != "":
		return code
	case f.fact.Name != "careWithin6Months":
		*to = rules.Some(true)
	case c.care != 0:
		*to = rules.Some(m.Day() >= c.care)
	}
	return ""
}

// readAnswer reads yes or no in any of the languages.
func readAnswer(cell []byte) (answer, ok bool) {
	if t := tick(cell); t != 0 {
		return t > 0, true
	}
	const longest = 48
	if len(cell) > longest {
		return false, false
	}
	answer, ok = vocabularyOf().answers[foldCell(cell)]
	return answer, ok
}

// readUID reads a user id: one word.
func readUID(cell []byte) (uid string, code Code) {
	const longest = 128
	uid = cells.AsText(string(cell))
	if scientific, whole := cells.FromScientific(uid); scientific {
		if whole == "" {
			return "", cells.LostDigits
		}
		return whole, ""
	}
	if whole, ok := strings.CutSuffix(uid, ".0"); ok && cells.OnlyDigits(whole) {
		uid = whole
	}
	if uid == "" || len(uid) > longest || strings.ContainsFunc(uid, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "", cells.BadUID
	}
	return uid, ""
}

// readCount reads a whole number from 0.
func readCount(cell []byte) (n int64, ok bool) {
	text := strings.TrimSuffix(cells.AsText(string(cell)), ".0")
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && 0 <= n && n <= reach.MaxCount && text[0] != '+'
}

// readCountry reads a code or a name of a country, or a calling code.
func readCountry(cell []byte) (reach.Country, bool) {
	const longest = 64
	if len(cell) > longest {
		return reach.Country{}, false
	}
	v := vocabularyOf()
	if calling := strings.TrimPrefix(cells.AsText(string(cell)), "+"); cells.OnlyDigits(calling) {
		country, ok := v.calling[strings.TrimPrefix(calling, "00")]
		return country, ok
	}
	if len(cell) == 2 { // MY is Malaysia and Mỹ, without its accent, too
		if country, ok := v.codes[strings.ToUpper(string(cell))]; ok {
			return country, true
		}
	}
	if country, ok := v.codes[string(cell)]; ok { // NGA is Nigeria, and Nga is Russia
		return country, true
	}
	country, ok := v.countries[foldCell(cell)]
	return country, ok
}
