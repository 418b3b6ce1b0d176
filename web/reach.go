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

const reachUsage = `usage: web reach -purpose PURPOSE -on YYYY-MM-DD [-config FILE.json] [-summary FILE.json]
                 [-dates dmy|mdy] [-sheet NAME] [-files FOLDER] CONTACTS.csv|CONTACTS.xlsx|-

Reads a list of contacts, CSV, TSV or .xlsx, and plans who of them gets a message by
which way: as many as can be reached, at the least cost. Nothing leaves this machine.
Writes a CSV of row, way, price and reason to standard output, a line a contact in the
order of the file: price is what one message of the way costs on the average, with
taxes and mark-ups, in the currency it is billed in; reason says why there is no way.
To standard error it writes what each column is taken for.

-purpose  answer, transaction, one-time-password or promotion
-on       the day of sending
-config   who sends, the ways there are, prices and columns; its schema is
          embed/v1/schema/list-config.json of the built site
-summary  a file for the sums, the plan and who is not reached
-dates    whether the day or the month stands first, where nothing in a column proves it
-sheet    the sheet of a workbook that has several
-files    a folder for a CSV of each way, with the columns of the list

Exit status: 0 all rows were read, 1 some row was unreadable, 2 bad usage.
`

// A reachTask is a command line that was understood.
type reachTask struct {
	reach.Task
	contacts, summary, files, sheet string
	dates                           table.Order
}

// reachList plans for a list of contacts.
func reachList(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	t, err := reachArguments(args)
	unreadable := false
	if err == nil {
		unreadable, err = t.run(stdin, stdout, stderr)
	}
	return ofFile("reach", reachUsage, unreadable, err, stdout, stderr)
}

func reachArguments(args []string) (*reachTask, error) {
	t := &reachTask{}
	flags := flag.NewFlagSet("reach", flag.ContinueOnError)
	purpose, on := flags.String("purpose", "", ""), flags.String("on", "", "")
	config, dates := flags.String("config", "", ""), flags.String("dates", "", "")
	flags.StringVar(&t.summary, "summary", "", "")
	flags.StringVar(&t.files, "files", "", "")
	flags.StringVar(&t.sheet, "sheet", "", "")
	file, err := theFile(flags, args, "list of contacts")
	if err != nil {
		return nil, err
	}
	t.contacts = file
	day, err := rules.ParseDate(*on)
	if err != nil {
		return nil, wrongFlag("on", err)
	}
	order, err := dateOrder(*dates)
	if err != nil {
		return nil, err
	}
	t.Purpose, t.On, t.dates = rules.Purpose(*purpose), day, order
	if t.ListConfig, err = listConfig(*config); err != nil {
		return nil, err
	}
	return t, nil
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
