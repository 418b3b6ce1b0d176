package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

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
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, reachUsage)
		return exitOK
	}
	if err == nil {
		var unreadable bool
		if unreadable, err = t.run(stdin, stdout, stderr); err == nil {
			if unreadable {
				return exitFailed
			}
			return exitOK
		}
	}
	var wrong usageError
	if errors.As(err, &wrong) {
		fmt.Fprintf(stderr, "reach: %v\n\n%s", err, reachUsage)
		return exitUsage
	}
	fmt.Fprintln(stderr, "reach:", err)
	return exitFailed
}

func reachArguments(args []string) (*reachTask, error) {
	t := &reachTask{}
	flags := flag.NewFlagSet("reach", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	purpose, on := flags.String("purpose", "", ""), flags.String("on", "", "")
	config, dates := flags.String("config", "", ""), flags.String("dates", "", "")
	flags.StringVar(&t.summary, "summary", "", "")
	flags.StringVar(&t.files, "files", "", "")
	flags.StringVar(&t.sheet, "sheet", "", "")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, usageError{err.Error()}
	}
	if flags.NArg() != 1 {
		return nil, usageError{fmt.Sprintf("it takes one list of contacts, but was given %d", flags.NArg())}
	}
	t.contacts = flags.Arg(0)
	day, err := rules.ParseDate(*on)
	if err != nil {
		return nil, wrongFlag("on", err)
	}
	order, ok := table.ParseOrder(*dates)
	if !ok && *dates != "" {
		return nil, usageError{fmt.Sprintf("-dates: %q is neither dmy nor mdy", *dates)}
	}
	t.Purpose, t.On, t.dates = rules.Purpose(*purpose), day, order
	if *config != "" {
		text, err := os.ReadFile(*config)
		if err != nil {
			return nil, wrongFlag("config", err)
		}
		if t.ListConfig, err = rules.DecodeListConfig(text); err != nil {
			return nil, wrongFlag("config", err)
		}
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
	r := &reading{ways: ways, list: reach.NewList(ways)}
	if err := r.read(t, file, stderr); err != nil {
		return false, err
	}
	answer := ways.Plan(r.list.People())
	outcome := &answer.Sure
	if t.DependsToo {
		outcome = &answer.Depends
	}
	if err := r.write(stdout, answer, outcome); err != nil {
		return false, err
	}
	if t.summary != "" {
		s := protocol.Summarise(answer, r.rows, r.list.Doubles(), int64(len(r.unreadable)))
		text, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return false, err
		}
		if err := os.WriteFile(t.summary, append(text, '\n'), 0o644); err != nil {
			return false, err
		}
	}
	if t.files != "" {
		if err := r.split(t.files, file, answer, outcome); err != nil {
			return false, err
		}
	}
	return len(r.unreadable) > 0, nil
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

// A reading is a list as it was read.
type reading struct {
	ways       *reach.Ways
	list       *reach.List
	rows       int64
	unreadable []unreadableRow // in the order of the file
}

// An unreadableRow says why a row could not be read.
type unreadableRow struct {
	row    int32
	reason string
}

// read reads the contacts of a file, and says what each column is taken for.
func (r *reading) read(t *reachTask, file *table.File, stderr io.Writer) error {
	columns, err := file.Columns(nil)
	if err != nil {
		return err
	}
	if err := columns.UseAll(t.Columns); err != nil {
		return usageError{err.Error()}
	}
	for i := range columns.List {
		column := &columns.List[i]
		fmt.Fprintf(stderr, "%s %q: %s\n", column.Letters, column.Name, cmp.Or(column.Fact, "not used"))
	}
	columns.Answer(t.dates)
	contacts, err := file.Contacts(columns, table.Sending{At: t.Moment()})
	if err != nil {
		var wrong *table.Error
		if errors.As(err, &wrong) && (wrong.Code == table.DateOrder || wrong.Code == table.DateOrders) {
			return usageError{"-dates: " + err.Error()}
		}
		return usageError{err.Error()}
	}
	var c reach.Contact
	for contacts.Next(&c) {
		r.rows++
		problem := error(nil)
		if p := contacts.Problem(); p != nil {
			problem = p
		} else {
			problem = r.list.Add(&c)
		}
		if problem != nil {
			r.unreadable = append(r.unreadable, unreadableRow{c.Row, "unreadable: " + problem.Error()})
		}
	}
	return contacts.Err()
}

// each goes through all rows in the order of the file.
func (r *reading) each(a *reach.Answer, o *reach.Outcome, each func(row reach.Row)) {
	rows, bad := r.list.Rows(a, o), r.unreadable
	next, more := rows.Next()
	for more || len(bad) > 0 {
		if len(bad) > 0 && (!more || bad[0].row < next.Number) {
			each(reach.Row{Number: bad[0].row, Way: -1, Reason: bad[0].reason})
			bad = bad[1:]
			continue
		}
		each(next)
		next, more = rows.Next()
	}
}

// write writes what becomes of each row.
func (r *reading) write(to io.Writer, a *reach.Answer, o *reach.Outcome) error {
	out := bufio.NewWriterSize(to, 1<<16)
	out.WriteString("row,way,price,reason\n")
	prices := make([]string, len(o.Ways))
	for i := range prices {
		prices[i] = "," + string(o.Ways[i].Type) + ","
		if len(o.Ways[i].Totals) > 0 {
			prices[i] += o.Ways[i].Price.String()
		}
		prices[i] += ",\n"
	}
	r.each(a, o, func(row reach.Row) {
		fmt.Fprint(out, row.Number) // its error is kept for Flush
		if row.Way >= 0 {
			out.WriteString(prices[row.Way])
			return
		}
		out.WriteString(",,,")
		out.WriteString(csvCell(row.Reason))
		out.WriteByte('\n')
	})
	return out.Flush()
}

// csvCell is a cell of a CSV.
func csvCell(text string) string {
	if !strings.ContainsAny(text, "\",\r\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

// split writes a file for each way into a folder, which is made.
func (r *reading) split(folder string, file *table.File, a *reach.Answer, o *reach.Outcome) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	writers := make([]*table.Writer, len(o.Ways))
	for i := range writers {
		f, err := os.Create(filepath.Join(folder, string(o.Ways[i].Type)+".csv"))
		if err != nil {
			return err
		}
		defer f.Close()
		writers[i] = file.NewWriter(f)
	}
	rows := r.list.Rows(a, o)
	next, more := rows.Next()
	err = file.Split(func(row int32) *table.Writer {
		for more && next.Number < row {
			next, more = rows.Next()
		}
		if !more || next.Number != row || next.Way < 0 {
			return nil
		}
		return writers[next.Way]
	}, nil)
	for _, w := range writers {
		err = errors.Join(err, w.Close())
	}
	return err
}
