package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"postage/app/table"
	"postage/rules/reach"
)

func init() {
	register.DoFn2x0[int32, func(int32, string)](&nameFn{})
	register.DoFn4x1[context.Context, int32, string, func(surveyed), error](&surveyFn{})
	register.DoFn4x1[context.Context, []byte, func(*surveyed) bool, func([]byte), error](&layoutFn{})
	register.DoFn8x1[context.Context, int32, string, []byte, func(string, Entry), func(string, Entry), func(countKey, int64), func(string, int64), error](&readFn{})
	register.Emitter1[surveyed]()
	register.Emitter1[[]byte]()
	register.Iter1[surveyed]()
}

// A surveyed shard is what was seen of its columns.
type surveyed struct {
	Shard   int32
	Survey  []byte // JSON of a table.Survey; empty where the file has a header alone
	Problem string // what is wrong with the file
}

// surveyFn looks at the columns of a shard.
type surveyFn struct{ Task Task }

func (f *surveyFn) ProcessElement(ctx context.Context, shard int32, path string, emit func(surveyed)) error {
	one := surveyed{Shard: shard}
	survey, err := f.survey(ctx, path)
	var wrong *table.Error
	switch {
	case errors.As(err, &wrong): // trying it once more would not help
		one.Problem = err.Error()
	case err != nil:
		return err
	case survey != nil:
		if one.Survey, err = json.Marshal(survey); err != nil {
			return err
		}
	}
	emit(one)
	return nil
}

func (f *surveyFn) survey(ctx context.Context, path string) (*table.Survey, error) {
	file, done, err := openShard(ctx, path, f.Task.Sheet)
	defer done()
	if err != nil || file == nil {
		return nil, err
	}
	survey, err := file.Survey(nil)
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return survey, err
}

// A layout is how all shards are read. What is wrong with them, if anything is, is told
// by the steps that would read them: a step that fails takes what follows with it, and
// not every runner then tells whose error was the first.
type layout struct {
	Columns []table.Column
	Before  []int64 // by shard, what the number of a row has more in the list than in the shard
	Problem string
}

// decodeLayout reads a layout. The error is also what is wrong with the shards.
func decodeLayout(text []byte) (is layout, err error) {
	if err = json.Unmarshal(text, &is); err == nil && is.Problem != "" {
		err = errors.New(is.Problem)
	}
	return is, err
}

// layoutFn finds the columns of the list from what was seen of those of the shards.
type layoutFn struct {
	Task  Task
	Files []string
}

func (f *layoutFn) ProcessElement(ctx context.Context, _ []byte, surveys func(*surveyed) bool, emit func([]byte)) error {
	var all []surveyed
	for one := (surveyed{}); surveys(&one); one = (surveyed{}) {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b surveyed) int { return cmp.Compare(a.Shard, b.Shard) })
	is, err := f.layout(all)
	if err != nil {
		is = layout{Problem: err.Error()}
	} else if err := writeFile(ctx, f.Task.columnsFile(), func(to io.Writer) error {
		for i := range is.Columns {
			if _, err := fmt.Fprintln(to, is.Columns[i].String()); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	text, err := json.Marshal(is)
	emit(text)
	return err
}

// layout adds up what was seen of all shards, in their order.
func (f *layoutFn) layout(all []surveyed) (is layout, err error) {
	var whole *table.Survey
	rows := int64(0)
	for i := range all {
		is.Before = append(is.Before, rows)
		if all[i].Problem != "" {
			return is, errors.New(all[i].Problem)
		}
		if len(all[i].Survey) == 0 {
			continue
		}
		var survey table.Survey
		if err := json.Unmarshal(all[i].Survey, &survey); err != nil {
			return is, err
		}
		rows += survey.Last - 1
		if whole == nil {
			whole = &survey
			continue
		}
		if !slices.Equal(whole.Header, survey.Header) {
			return is, fmt.Errorf("%s: the columns are %q, but those of the files before are %q; all files of a list must have the same", f.Files[all[i].Shard], survey.Header, whole.Header)
		}
		whole.Add(&survey)
	}
	if whole == nil {
		return is, &table.Error{Code: table.NoRows}
	}
	columns, err := f.columns(whole)
	if err == nil {
		is.Columns = columns.List
	}
	return is, err
}

// columns are those of the list, with what the task says of them.
func (f *layoutFn) columns(survey *table.Survey) (*table.Columns, error) {
	task, err := f.Task.reach()
	if err != nil {
		return nil, err
	}
	columns := survey.Settle()
	if err := columns.UseAll(task.Columns); err != nil {
		return nil, fmt.Errorf("-config: %w", err)
	}
	order, _ := table.ParseOrder(f.Task.Dates)
	columns.Answer(order)
	err = columns.Check()
	var wrong *table.Error
	if errors.As(err, &wrong) && (wrong.Code == table.DateOrder || wrong.Code == table.DateOrders) {
		err = fmt.Errorf("-dates: %w", err)
	}
	return columns, err
}

// A reader reads the contacts of shards.
type reader struct {
	Task Task

	task reach.Task
	ways *reach.Ways
}

// Setup looks at the task.
func (r *reader) Setup() (err error) {
	r.task, r.ways, err = r.Task.prepare()
	return err
}

// each goes through the rows of a shard, with the keys of those that can be read and
// the problems of the others.
func (r *reader) each(ctx context.Context, path string, columns []table.Column, row func(c *reach.Contact, k reach.Key, problem error)) error {
	file, done, err := openShard(ctx, path, r.Task.Sheet)
	defer done()
	if err != nil || file == nil {
		return err
	}
	contacts, err := file.Contacts(&table.Columns{List: columns}, table.Sending{At: r.task.Moment()})
	if err != nil {
		return err
	}
	var c reach.Contact
	for contacts.Next(&c) {
		if problem := contacts.Problem(); problem != nil {
			row(&c, 0, problem)
			continue
		}
		k, problem := r.ways.Key(&c)
		row(&c, k, problem)
	}
	if err := contacts.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// What is counted beside people.
const (
	tallyRows       = "rows"
	tallyUnreadable = "unreadable"
	tallyDoubles    = "doubles"
)

// readFn reads the contacts of a shard: it counts them by key, and hands on what may
// make them doubles, those with a user id by that, the others by their number.
type readFn struct{ reader }

func (f *readFn) ProcessElement(ctx context.Context, shard int32, path string, layoutText []byte, ofUID, ofPhone func(string, Entry), counts func(countKey, int64), tally func(string, int64)) error {
	is, err := decodeLayout(layoutText)
	if err != nil {
		return err
	}
	people := map[reach.Key]int64{}
	var rows, unreadable int64
	err = f.each(ctx, path, is.Columns, func(c *reach.Contact, k reach.Key, problem error) {
		if rows++; problem != nil {
			unreadable++
			return
		}
		people[k]++
		identity := reach.IdentityOf(c)
		place := placeOf(shard, uint32(c.Row))
		entry := Entry{Place: place, Key: uint64(k), Phone: uint64(identity.Phone), UID: identity.UID, Rank: identity.Rank, Component: place}
		switch {
		case entry.UID != "":
			ofUID(entry.UID, entry)
		case entry.Phone != 0:
			ofPhone(entry.phone(), entry)
		}
	})
	if err != nil {
		return err
	}
	for k, n := range people {
		counts(countKey{uint64(k), shard}, n)
	}
	tally(tallyRows, rows)
	tally(tallyUnreadable, unreadable)
	return nil
}

// phone is the number as a key.
func (e *Entry) phone() string { return strconv.FormatUint(e.Phone, 10) }
