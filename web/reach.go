package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"postage/app/contacts/reading"
	"postage/app/table"
	"postage/rules"
	"postage/rules/reach"
	"postage/web/protocol"
)

var reachCommand = command{
	name: "reach", operands: "CONTACTS.csv|CONTACTS.xlsx|-",
	short: "find who of a list can be reached, how, at the least cost",
	long: `Reads a list of contacts, CSV, TSV or .xlsx, and plans who of them gets a message by
which way: as many as can be reached, at the least cost. Nothing leaves this machine.
Writes a CSV of row, way, price and reason to standard output, a line a contact in the
order of the file: price is what one message of the way costs on the average, with
taxes and mark-ups, in the currency it is billed in; reason says why there is no way.
To standard error it writes what each column is taken for. -purpose and -on are needed.
`,
	failed:  "some row was unreadable",
	prepare: prepareReach,
}

// A reachTask is a command line that was understood.
type reachTask struct {
	reach.Task
	contacts, summary, files, sheet string
	dates                           table.Order
}

// prepareReach declares the flags of reach.
func prepareReach(flags *flag.FlagSet) work {
	t := &reachTask{}
	purpose := flags.String("purpose", "", "what the message is for: `answer|transaction|one-time-password|promotion`")
	on := flags.String("on", "", "`DAY` of sending, YYYY-MM-DD")
	config := flags.String("config", "", "`FILE.json` with who sends, the ways there are, prices and columns; its schema is\nembed/v1/schema/list-config.json of the built site")
	dates := dateFlag(flags)
	flags.StringVar(&t.summary, "summary", "", "`FILE.json` for the sums, the plan and who is not reached")
	flags.StringVar(&t.files, "files", "", "`FOLDER` for a CSV of each way, with the columns of the list")
	flags.StringVar(&t.sheet, "sheet", "", "`NAME` of the sheet of a workbook that has several")
	return func(operands []string, s streams) (bool, error) {
		err := t.understand(operands, *purpose, *on, *config, *dates)
		if err != nil {
			return false, err
		}
		return t.run(s.in, s.out, s.err)
	}
}

// understand reads the file that is named, and the flags that are more than text.
func (t *reachTask) understand(operands []string, purpose, on, config, dates string) (err error) {
	if t.contacts, err = oneOf(operands, "list of contacts"); err != nil {
		return err
	}
	if t.On, err = rules.ParseDate(on); err != nil {
		return wrongFlag("on", err)
	}
	if t.dates, err = dateOrder(dates); err != nil {
		return err
	}
	t.Purpose = rules.Purpose(purpose)
	t.ListConfig, err = listConfig(config)
	return err
}

// run plans, and reports whether some row was unreadable.
func (t *reachTask) run(stdin io.Reader, stdout, stderr io.Writer) (unreadable bool, err error) {
	ways, err := reach.Prepare(t.Task)
	if err != nil {
		return false, usageError{err.Error()}
	}
	at, size, done, err := openList(t.contacts, stdin)
	if err != nil {
		return false, err
	}
	defer done()
	file, err := table.Open(at, size, table.Options{Sheet: t.sheet})
	if err != nil {
		return false, usageError{err.Error()}
	}
	r, err := t.read(file, ways, stderr)
	if err != nil {
		return false, err
	}
	outcome := r.Answer.Outcome(t.DependsToo)
	lines := reading.NewLines(stdout, reading.WayCells(outcome))
	r.Each(outcome, func(row reach.Row) { lines.Write(int64(row.Number), row.Way, row.Reason) })
	if err := lines.Flush(); err != nil {
		return false, err
	}
	if t.summary != "" {
		s := protocol.Summarise(r.Answer, r.Rows, r.List.Doubles(), int64(len(r.Unreadable)))
		text, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return false, err
		}
		if err := os.WriteFile(t.summary, append(text, '\n'), 0o644); err != nil {
			return false, err
		}
	}
	if t.files != "" {
		if err := split(t.files, file, r, outcome); err != nil {
			return false, err
		}
	}
	return len(r.Unreadable) > 0, nil
}

// openList opens a file, or keeps what standard input holds in one for as long as it is
// read.
func openList(name string, stdin io.Reader) (at io.ReaderAt, size int64, done func(), err error) {
	var f *os.File
	done = func() {}
	if name != "-" {
		if f, err = os.Open(name); err != nil {
			return nil, 0, done, usageError{err.Error()}
		}
		done = func() { f.Close() }
	} else {
		if f, err = os.CreateTemp("", "postage-list-*"); err != nil {
			return nil, 0, done, err
		}
		done = func() { f.Close(); os.Remove(f.Name()) }
		if _, err = io.Copy(f, io.LimitReader(stdin, table.MaxBytes+1)); err != nil {
			done()
			return nil, 0, func() {}, err
		}
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = usageError{name + " is a folder"}
	}
	if err != nil {
		done()
		return nil, 0, func() {}, err
	}
	return f, info.Size(), done, nil
}

// read reads the contacts of a file, and says what each column is taken for.
func (t *reachTask) read(file *table.File, ways *reach.Ways, stderr io.Writer) (*reading.Reading, error) {
	columns, err := file.Columns(nil)
	if err != nil {
		return nil, err
	}
	if err := columns.UseAll(t.Columns); err != nil {
		return nil, usageError{err.Error()}
	}
	for i := range columns.List {
		fmt.Fprintln(stderr, columns.List[i].String())
	}
	columns.Answer(t.dates)
	r, err := reading.Read(file, columns, t.Task, ways, nil)
	var wrong *table.Error
	switch {
	case !errors.As(err, &wrong):
		return r, err
	case wrong.Code == table.DateOrder || wrong.Code == table.DateOrders:
		return nil, usageError{"-dates: " + err.Error()}
	case wrong.Code == table.NoContacts:
		return nil, usageError{err.Error()}
	}
	return nil, err
}

// split writes a file for each way into a folder, which is made.
func split(folder string, file *table.File, r *reading.Reading, o *reach.Outcome) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	writers := make([]io.Writer, len(o.Ways))
	for i := range writers {
		f, err := os.Create(filepath.Join(folder, string(o.Ways[i].Type)+".csv"))
		if err != nil {
			return err
		}
		defer f.Close()
		writers[i] = f
	}
	return r.Split(file, o, writers, nil)
}
