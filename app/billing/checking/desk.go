package checking

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"postage/app/billing"
	"postage/app/bills"
	"postage/app/files"
	"postage/app/files/desk"
	"postage/app/table"
	"postage/rules"
	"postage/rules/audit"
)

// A Desk answers requests about one bill at a time. The zero Desk has none.
type Desk struct {
	Tell func(billing.Report) // is told what comes while a request is worked on, and then of its end
	Rest func() bool          // lets others work and reports whether to go on; nil: always

	at     io.ReaderAt
	size   int64
	file   *bills.File
	goesOn bills.Progress // of the request that is worked on

	read   *bills.Reading
	report *audit.Report

	before *Desk // the bill before, until the columns of this one are found
}

// Open takes up another bill. Until its columns are found, the one before stands.
func (d *Desk) Open(at io.ReaderAt, size int64) {
	before := *d
	before.before = nil
	*d = Desk{Tell: d.Tell, Rest: d.Rest, at: at, size: size, before: &before}
}

// Handle works on a request that needs no new file and writes none.
func (d *Desk) Handle(q billing.Request) {
	d.goesOn = desk.Pace(d.Rest, func(p files.Progress) { d.tell(files.Report{Turn: q.Turn, Progress: &p}) })
	var err error
	switch q.Do {
	case files.Sample:
		text := SampleBill(q.Lang)
		d.Open(bytes.NewReader(text), int64(len(text)))
		err = d.look(&q)
	case files.Look:
		err = d.look(&q)
	case files.Answer:
		err = d.answer(&q)
	}
	if err != nil {
		d.Fail(q.Turn, err)
	}
}

func (d *Desk) tell(r files.Report) { d.Tell(billing.Report{Report: r}) }

// Fail tells of an error of a request.
func (d *Desk) Fail(turn int64, err error) { d.tell(files.Report{Turn: turn, Wrong: wrong(err)}) }

// wrong tells what is wrong. Nothing of it is kept anywhere.
func wrong(err error) *files.Wrong {
	var of *bills.Error
	var choice *rules.Error
	switch {
	case errors.Is(err, audit.ErrStopped):
		return &files.Wrong{Code: files.Stopped}
	case errors.As(err, &of) && of.By == nil:
		return &files.Wrong{Code: string(of.Code), Row: of.Row, Column: of.Column, Found: of.Found, Most: of.Most}
	case errors.As(err, &choice):
		return &files.Wrong{Code: files.WrongChoice, Path: choice.Path, Found: string(choice.Code)}
	}
	return desk.Wrong(err)
}

// look finds the columns. Where they are not found, the desk has what it had before.
func (d *Desk) look(q *billing.Request) (err error) {
	defer func() {
		if err != nil && d.before != nil {
			*d = *d.before
		}
		d.before = nil
	}()
	if d.at == nil {
		return desk.ErrNone
	}
	file, err := bills.Look(d.at, d.size, q.Sheet, func(rows int64, part float64) bool { return d.goesOn(rows, part) })
	if err != nil {
		return err
	}
	missing, err := file.Use(options(&billing.Request{Choices: q.Choices}))
	if err != nil {
		return err
	}
	d.file, d.read, d.report = file, nil, nil
	told := &files.Columns{Rows: file.Rows, Stopped: file.Stopped}
	told.Sheets, told.Sheet = file.Sheets()
	for i := range file.Columns {
		c := &file.Columns[i]
		one := files.Column{Name: c.Name, Letters: c.Letters, Fact: c.Use(), Samples: c.Samples, Filled: c.Filled, Order: c.Order.String()}
		if c.Order == table.OrderUnknown && c.Dates > 0 {
			one.Either = c.Either
		}
		told.List = append(told.List, one)
	}
	d.Tell(billing.Report{Report: files.Report{Turn: q.Turn, Columns: told}, Missing: wrongs(missing)})
	return nil
}

func wrongs(missing []*bills.Error) (list []files.Wrong) {
	for _, m := range missing {
		list = append(list, *wrong(m))
	}
	return list
}

// options are what is said of a bill.
func options(q *billing.Request) bills.Options {
	c := &q.Choices
	o := bills.Options{On: c.On, Until: c.Until, Country: c.Country, Currency: c.Currency, Ways: c.Ways(), Uses: q.Facts}
	for _, typed := range q.Orders {
		order, _ := table.ParseOrder(typed)
		o.Orders = append(o.Orders, order)
	}
	return o
}

// answer holds the bill against the book, or tells what must be said before.
func (d *Desk) answer(q *billing.Request) error {
	if d.file == nil {
		return desk.ErrNone
	}
	d.read, d.report = nil, nil
	missing, err := d.file.Use(options(q))
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		d.Tell(billing.Report{Report: files.Report{Turn: q.Turn}, Missing: wrongs(missing)})
		return nil
	}
	read, err := d.file.Read()
	if err != nil {
		return err
	}
	b := &read.Bill
	unsaid := b.Tax == audit.TaxUnsaid
	q.Choices.Put(b)
	if b.AsOf == 0 && len(b.Rows) > 0 {
		b.AsOf = nextDay(b.Rows, q.Today)
	}
	report := &audit.Report{}
	b.FlatTold = true
	b.GoOn = func() bool { return d.goesOn(read.Rows, 1) }
	if len(b.Rows) > 0 {
		if report, err = audit.Audit(b); err != nil {
			return err
		}
	}
	d.read, d.report = read, report
	d.Tell(billing.Report{Report: files.Report{Turn: q.Turn}, Found: d.found(&q.Choices, unsaid)})
	return nil
}

// Write writes the lines of the answer, as the command does, for a spreadsheet, in the words
// of the request.
func (d *Desk) Write(q billing.Request, blob func() desk.Blob) (desk.Blob, error) {
	if d.report == nil {
		return nil, desk.ErrNone
	}
	to := blob()
	const mark = "\ufeff" // by which Excel knows UTF-8
	if _, err := to.Write([]byte(mark)); err != nil {
		return nil, err
	}
	return to, bills.WriteLines(to, d.report, d.read.Unreadable, d.read.Bill.Tax, lineWords(q.Lines))
}

// lineWords are those of a request; nil where it has none.
func lineWords(q *billing.LineWords) *bills.LineWords {
	if q == nil {
		return nil
	}
	return &bills.LineWords{
		Header: q.Header, Unknown: q.Unknown, Then: q.Then,
		Cause: func(s *audit.Sum, cause int) string {
			if texts := q.Causes[s.Currency]; cause < len(texts) {
				return texts[cause]
			}
			return q.Unknown
		},
		Note: func(p *audit.Price) string {
			return q.Notes[billing.NoteKey(p.State, reasonOf(p.State, p.Reason))]
		},
		Unreadable: func(err error) string {
			var of *bills.Error
			if !errors.As(err, &of) || of.Found == "" {
				return q.Unreadable
			}
			return q.Unreadable + ": " + strings.TrimPrefix(of.Column+": "+of.Found, ": ")
		},
	}
}

// A sending is what the price of one message looks at.
type sending struct {
	message rules.MessageType
	kind    rules.TemplateKind
	country string
}

// priceOf is what one message costs on a day: at most, and inside the window.
func (s sending) priceOf(on rules.Date, international bool) (text string) {
	for _, g := range []rules.Segment{{Recency: rules.Never()}, {Recency: rules.HoursAgo(none)}} {
		g.Recipients, g.Country = rules.Some[int64](1), s.country
		q, err := rules.Evaluate(rules.Scenario{
			On: on, Message: rules.Message{Type: s.message, Tag: rules.Some[int64](1), Template: rules.Template{Kind: s.kind}},
			Sender:   rules.Sender{InternationalAuth: international, FreeServiceUsed: rules.MaxCount},
			Audience: []rules.Segment{g},
		})
		if err != nil || len(q.Totals) == 0 {
			text += "|"
			continue
		}
		text += q.Totals[0].Gross.String() + "|"
	}
	return text
}

// nextDay is the next day after the rows on which the price of some of them changes; where
// there is none the next one on which anything does, and else today.
func nextDay(rows []audit.Row, today rules.Date) rules.Date {
	const mostSendings, mostDays = 60, 40
	seen := map[sending]bool{}
	var last rules.Date
	for i := range rows {
		last = max(last, rows[i].Last())
		for k := range rows[i].Traffic {
			t := &rows[i].Traffic[k]
			if s := (sending{t.Message.Type, t.Message.Template.Kind, t.Country}); len(seen) < mostSendings {
				seen[s] = true
			}
		}
	}
	_, end := rules.Span()
	days := rules.ChangeDays(last, end)
	for _, day := range days[:min(len(days), mostDays)] {
		for s := range seen {
			if s.priceOf(day, false) != s.priceOf(day.AddDays(-1), false) {
				return day
			}
		}
	}
	if len(days) > 0 {
		return days[0]
	}
	return today
}
