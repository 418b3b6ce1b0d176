package reading

import (
	"io"

	"postage/app/table"
	"postage/rules/reach"
)

// A Reading is a list as it was read.
type Reading struct {
	Rows       int64 // below the header that are not blank
	Unreadable []Unreadable
	Counts     map[string]*table.Count // by fact
	Stopped    bool                    // before the end of the file
	List       *reach.List
	Answer     *reach.Answer
}

// An Unreadable is a row that could not be read.
type Unreadable struct {
	Row     int32
	Problem error
}

// Read reads the contacts of a file by its columns and plans for them. The progress is
// called every thousand rows with how many were read and the part of the file, 0 to 1;
// where it returns false the reading stops and what was read is planned for. It may be
// nil.
func Read(file *table.File, columns *table.Columns, task reach.Task, ways *reach.Ways, progress func(rows int64, part float64) bool) (*Reading, error) {
	contacts, err := file.Contacts(columns, table.Sending{At: task.Moment()})
	if err != nil {
		return nil, err
	}
	r := &Reading{List: reach.NewList(ways), Counts: contacts.Counts}
	var c reach.Contact
	const every = 1000
	for contacts.Next(&c) {
		r.Rows++
		problem := error(nil)
		if p := contacts.Problem(); p != nil {
			problem = p
		} else {
			problem = r.List.Add(&c)
		}
		if problem != nil {
			r.Unreadable = append(r.Unreadable, Unreadable{c.Row, problem})
		}
		if progress != nil && r.Rows%every == 0 && !progress(r.Rows, contacts.Progress()) {
			r.Stopped = true
			break
		}
	}
	if err := contacts.Err(); err != nil && !r.Stopped {
		return nil, err
	}
	r.Answer = ways.Plan(r.List.People())
	return r, nil
}

// UnreadableFor is the reason of a row that could not be read.
func UnreadableFor(problem error) string { return "unreadable: " + problem.Error() }

// Each goes through all rows that were read, in the order of the file. The reason of one
// that could not be read is that of [UnreadableFor].
func (r *Reading) Each(o *reach.Outcome, each func(row reach.Row)) {
	rows := r.rows(o)
	for row, more := rows(); more; row, more = rows() {
		each(row)
	}
}

func (r *Reading) rows(o *reach.Outcome) func() (reach.Row, bool) {
	rows, bad := r.List.Rows(r.Answer, o), r.Unreadable
	next, more := rows.Next()
	return func() (row reach.Row, ok bool) {
		if len(bad) > 0 && (!more || bad[0].Row < next.Number) {
			row = reach.Row{Number: bad[0].Row, Way: -1, Reason: UnreadableFor(bad[0].Problem)}
			bad = bad[1:]
			return row, true
		}
		row, ok = next, more
		next, more = rows.Next()
		return row, ok
	}
}

// Split writes a file for each way of an outcome, with the columns of the list; the
// writers are those of its ways. The progress is as for [table.File.Columns].
func (r *Reading) Split(file *table.File, o *reach.Outcome, to []io.Writer, progress func(float64) bool) error {
	writers := make([]*table.Writer, len(to))
	for i := range to {
		writers[i] = file.NewWriter(to[i])
	}
	rows := r.rows(o)
	next, more := rows()
	err := file.Split(func(row int32) *table.Writer {
		for more && next.Number < row {
			next, more = rows()
		}
		if !more || next.Number != row || next.Way < 0 {
			return nil
		}
		return writers[next.Way]
	}, progress)
	for _, w := range writers {
		if e := w.Close(); err == nil {
			err = e
		}
	}
	return err
}

// WriteRest writes those who are not reached, with the columns of the list and one more
// that says why. Doubles are not among them.
func (r *Reading) WriteRest(file *table.File, o *reach.Outcome, to io.Writer, column string, why func(reason string, problem error) string, progress func(float64) bool) error {
	w := file.NewWriter(to, column)
	rows := r.rows(o)
	next, more := rows()
	bad := r.Unreadable
	var line [][]byte
	err := file.Each(func(row int32, cells [][]byte) {
		for more && next.Number < row {
			next, more = rows()
		}
		if more && next.Number == row && next.Way < 0 && next.Double == 0 {
			line = append(line[:0], cells[:min(len(cells), len(file.Header))]...)
			for len(line) < len(file.Header) {
				line = append(line, nil)
			}
			for len(bad) > 0 && bad[0].Row < row {
				bad = bad[1:]
			}
			var problem error
			if len(bad) > 0 && bad[0].Row == row {
				problem = bad[0].Problem
			}
			w.Write(append(append(line, []byte(why(next.Reason, problem))), cells[min(len(cells), len(file.Header)):]...))
		}
	}, progress)
	if e := w.Close(); err == nil {
		err = e
	}
	return err
}
