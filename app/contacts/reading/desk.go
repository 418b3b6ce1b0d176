package reading

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"postage/app/contacts"
	"postage/app/files"
	"postage/app/files/desk"
	"postage/app/table"
	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/reach"
)

// A Desk answers requests about one list at a time. The zero Desk has none.
type Desk struct {
	Tell func(contacts.Report) // is told what comes while a request is worked on, and then of its end
	Rest func() bool           // lets others work and reports whether to go on; nil: always

	at      io.ReaderAt
	size    int64
	file    *table.File
	columns *table.Columns
	asks    []bool // of each column, whether the order of day and month must be asked

	reading *Reading
	depends bool
	files   []desk.Blob // of the answer, those not reached last; nil until they are asked for

	before *Desk // the list before, until the columns of this one are found
}

// Open takes up another list. Until its columns are found, the one before stands.
func (d *Desk) Open(at io.ReaderAt, size int64) {
	before := *d
	before.before = nil
	*d = Desk{Tell: d.Tell, Rest: d.Rest, at: at, size: size, before: &before}
}

// Handle works on a request that needs no new file and asks for none.
func (d *Desk) Handle(q contacts.Request) {
	var err error
	switch q.Do {
	case files.Sample:
		text := SampleList(q.Lang, q.Choices.On)
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

// wrong tells what is wrong. Nothing of it is kept anywhere.
func wrong(err error) *files.Wrong {
	var choice *rules.Error
	if errors.As(err, &choice) {
		return &files.Wrong{Code: files.WrongChoice, Path: choice.Path, Found: string(choice.Code)}
	}
	return desk.Wrong(err)
}

// progress tells how far a request is, and reports whether to go on.
func (d *Desk) progress(turn int64) func(rows int64, part float64) bool {
	return desk.Pace(d.Rest, func(p files.Progress) { d.tell(files.Report{Turn: turn, Progress: &p}) })
}

func (d *Desk) tell(r files.Report) { d.Tell(contacts.Report{Report: r}) }

// byPart is a progress of whose rows are not counted.
func byPart(rows *int64, progress func(int64, float64) bool, each int64) func(float64) bool {
	return func(part float64) bool {
		*rows += each
		return progress(*rows, part)
	}
}

// rowsAtOnce is after how many rows the readers of tables tell their progress.
const rowsAtOnce = 1000

// look finds the columns. Where they are not found, the desk has what it had before.
func (d *Desk) look(q *contacts.Request) (err error) {
	defer func() {
		if err != nil && d.before != nil {
			*d = *d.before
		}
		d.before = nil
	}()
	file, err := table.Open(d.at, d.size, table.Options{Sheet: q.Sheet, MaxRows: table.MaxSheetRows})
	if err != nil {
		return err
	}
	var rows int64
	stopped := false
	progress := d.progress(q.Turn)
	columns, err := file.Columns(byPart(&rows, func(n int64, part float64) bool {
		stopped = !progress(n, part)
		return !stopped
	}, rowsAtOnce))
	if err != nil {
		return err
	}
	d.file, d.columns, d.reading, d.files = file, columns, nil, nil
	d.asks = make([]bool, len(columns.List))
	told := &files.Columns{Rows: columns.Rows, Stopped: stopped, Sheet: file.Sheet}
	for _, s := range file.Sheets {
		if !s.Empty {
			told.Sheets = append(told.Sheets, s.Name)
		}
	}
	for i := range columns.List {
		c := &columns.List[i]
		one := files.Column{Name: cells.Shown([]byte(c.Name)), Letters: c.Letters, Fact: c.Fact, Samples: c.Samples, Filled: c.Filled, Order: c.Order.String()}
		if d.asks[i] = c.Asks(); d.asks[i] {
			one.Either = c.Either()
		}
		told.List = append(told.List, one)
	}
	d.tell(files.Report{Turn: q.Turn, Columns: told})
	return nil
}

// answer plans.
func (d *Desk) answer(q *contacts.Request) error {
	if d.file == nil {
		return desk.ErrNone
	}
	for i := range d.columns.List {
		if i < len(q.Facts) {
			d.columns.List[i].Fact = q.Facts[i]
		}
		if d.asks[i] {
			d.columns.List[i].Order = table.OrderUnknown
			if i < len(q.Orders) {
				d.columns.List[i].Order, _ = table.ParseOrder(q.Orders[i])
			}
		}
	}
	task := reach.Task{Purpose: q.Choices.Purpose, On: q.Choices.On, ListConfig: q.Choices.Config(), Without: q.Choices.Without()}
	if len(task.Ways) == 0 {
		d.tell(files.Report{Turn: q.Turn, Wrong: &files.Wrong{Code: contacts.NoWays}})
		return nil
	}
	ways, err := reach.Prepare(task)
	if err != nil {
		return err
	}
	r, err := Read(d.file, d.columns, task, ways, d.progress(q.Turn))
	if err != nil {
		return err
	}
	d.reading, d.depends, d.files = r, q.Choices.Depends, nil
	f := d.found()
	f.Templates = templates(task.Purpose, task.On)
	d.Tell(contacts.Report{Report: files.Report{Turn: q.Turn}, Found: f})
	return nil
}

// templates are the kinds of templates by which types serve a purpose on a day.
func templates(p rules.Purpose, on rules.Date) map[rules.MessageType]rules.TemplateKind {
	kinds := map[rules.MessageType]rules.TemplateKind{}
	for _, t := range rules.TypesFor(p) {
		if m, _ := rules.MessageFor(p, t, on); m.Template.Kind != "" {
			kinds[t] = m.Template.Kind
		}
	}
	return kinds
}

// outcome is the one that is shown.
func (d *Desk) outcome() *reach.Outcome { return d.reading.Answer.Outcome(d.depends) }

// mostFaults is how many of the rows that could not be read are shown.
const mostFaults = 50

func (d *Desk) found() *contacts.Found {
	r := d.reading
	f := &contacts.Found{
		Rows: r.Rows, Doubles: r.List.Doubles(), Unreadable: int64(len(r.Unreadable)), Stopped: r.Stopped,
		Counts: map[string]files.Counts{}, Outcome: told(r.Answer, d.outcome()),
	}
	for _, one := range r.Unreadable[:min(len(r.Unreadable), mostFaults)] {
		w := wrong(one.Problem)
		w.Row = one.Row
		f.Faults = append(f.Faults, *w)
	}
	for _, one := range r.Unreadable {
		if code := wrong(one.Problem).Code; !slices.Contains(f.Wrong, code) {
			f.Wrong = append(f.Wrong, code)
		}
	}
	for fact, n := range r.Counts {
		f.Counts[fact] = files.Counts(*n)
	}
	for _, u := range r.Answer.Unrated {
		f.Unrated = append(f.Unrated, u.Type)
	}
	if sure, more := &r.Answer.Sure, &r.Answer.Depends; !d.depends && (more.Reached > sure.Reached || costsLess(more, sure)) {
		o := told(r.Answer, more)
		f.Depends = &o
	}
	return f
}

// costsLess compares outcomes that reach as many.
func costsLess(a, b *reach.Outcome) bool {
	x, y := totals(a), totals(b)
	return len(x) == 1 && len(y) == 1 && x[0].Currency == y[0].Currency && x[0].Gross.LessThan(y[0].Gross)
}

// totals is what an outcome costs, in one currency where there are rates.
func totals(o *reach.Outcome) []rules.Total {
	if o.Quote.Converted != nil {
		return []rules.Total{*o.Quote.Converted}
	}
	return o.Quote.Totals
}

func told(a *reach.Answer, o *reach.Outcome) contacts.Outcome {
	t := contacts.Outcome{People: o.People, Reached: o.Reached, Ways: []contacts.Sent{}, Totals: totals(o), Days: o.Days}
	if len(o.Plan.Items) > 0 {
		t.Plan, _ = json.Marshal(&o.Plan) // a plan is JSON
	}
	for _, w := range o.Ways {
		t.Ways = append(t.Ways, contacts.Sent{Type: w.Type, People: w.People, Totals: w.Totals, Unknown: w.Unknown})
	}
	if s := o.Single; s != nil {
		t.Single = &contacts.Sent{Type: s.Type, People: s.People, Totals: s.Totals}
		if s.Converted != nil {
			t.Single.Totals = []rules.Total{*s.Converted}
		}
	}
	if bound, open := o.Bound.Get(); open {
		t.Bound = &rules.Total{Currency: a.Currency, Gross: bound}
	}
	for _, u := range o.Unreached {
		kind, codes := split(u.Reason)
		one := contacts.Missed{People: u.People, Reason: u.Reason, Type: kind, Codes: codes}
		if w := u.Would; w != nil {
			one.Would, one.Currency = w.Type, w.Currency
			_, one.Needs = split(": " + w.Need)
			if price, known := w.Price.Get(); known {
				one.Price = price.String()
			}
		}
		t.Missed = append(t.Missed, one)
	}
	return t
}

// split takes a reason apart: the type, and the codes of its checks.
func split(reason string) (rules.MessageType, []string) {
	kind, codes, _ := strings.Cut(reason, ": ")
	return rules.MessageType(kind), strings.Fields(strings.Replace(codes, "needs a rate", contacts.RateCode, 1))
}

// Write writes the file that a request asks for. The files of the ways are written where
// the first is asked for, each by a blob of its own.
func (d *Desk) Write(q contacts.Request, blob func() desk.Blob) (desk.Blob, error) {
	if d.reading == nil {
		return nil, desk.ErrNone
	}
	if d.files == nil {
		if err := d.writeAll(&q, blob); err != nil {
			return nil, err
		}
	}
	switch {
	case q.File == contacts.AllFiles:
		return d.archive(&q, blob())
	case q.File == contacts.Unreached:
		return d.files[len(d.files)-1], nil
	case 0 <= q.File && q.File < len(d.files)-1:
		return d.files[q.File], nil
	}
	return nil, desk.ErrNone
}

func (d *Desk) writeAll(q *contacts.Request, blob func() desk.Blob) error {
	o := d.outcome()
	var made []desk.Blob
	var to []io.Writer
	for range o.Ways {
		b := blob()
		made, to = append(made, b), append(to, b)
	}
	rest := blob()
	var rows int64
	stopped := false
	tell := d.progress(q.Turn)
	progress := byPart(&rows, func(n int64, part float64) bool {
		stopped = !tell(n, part)
		return !stopped
	}, rowsAtOnce)
	if err := d.reading.Split(d.file, o, to, progress); err != nil {
		return err
	}
	const why, unreadable = "reason", "unreadable"
	column := why
	if name := q.Reasons[why]; name != "" {
		column = name
	}
	if !stopped {
		rows = 0
		if err := d.reading.WriteRest(d.file, o, rest, column, func(reason string, problem error) string {
			if said, ok := q.Reasons[reason]; ok {
				return said
			}
			if said := q.Reasons[unreadable]; problem != nil && said != "" {
				return said + ": " + inWords(problem, q.Reasons)
			}
			return reason
		}, progress); err != nil {
			return err
		}
	}
	if stopped {
		return desk.ErrStopped
	}
	d.files = append(made, rest)
	return nil
}

// inWords is what is wrong with a row, in the words for its code.
func inWords(problem error, texts map[string]string) string {
	w := wrong(problem)
	text := texts[contacts.WrongKey(w.Code)]
	if text == "" {
		return problem.Error()
	}
	for _, place := range [][2]string{{"column", w.Column}, {"most", strconv.FormatInt(w.Most, 10)}, {"found", w.Found}} {
		text = strings.ReplaceAll(text, "{"+place[0]+"}", place[1])
	}
	return text
}

// archive packs all files into one.
func (d *Desk) archive(q *contacts.Request, to desk.Blob) (desk.Blob, error) {
	z := zip.NewWriter(to)
	tell := d.progress(q.Turn)
	for i, b := range d.files {
		if i >= len(q.Names) {
			break
		}
		w, err := z.Create(q.Names[i])
		if err != nil {
			return nil, err
		}
		part := make([]byte, 1<<20)
		for at := int64(0); at < b.Size(); at += int64(len(part)) {
			part = part[:min(int64(cap(part)), b.Size()-at)]
			if _, err := b.ReadAt(part, at); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			if _, err := w.Write(part); err != nil {
				return nil, err
			}
			if !tell(0, float64(i)/float64(len(d.files))) {
				return nil, desk.ErrStopped
			}
		}
	}
	return to, z.Close()
}

// Fail tells of an error of a request.
func (d *Desk) Fail(turn int64, err error) {
	d.tell(files.Report{Turn: turn, Wrong: wrong(err)})
}
