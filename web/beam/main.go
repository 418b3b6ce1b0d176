// Command beam plans for a list of contacts in many files, on many machines: what
// `web reach` does for one file on one machine, as a pipeline of Apache Beam. The
// README tells how it works and how to start it.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"postage/app/table"
	"postage/rules"
	"postage/rules/reach"
)

const usage = `usage: beam -purpose PURPOSE -on YYYY-MM-DD -out FOLDER [-config FILE.json] [-summary FILE.json]
            [-dates dmy|mdy] [-sheet NAME] [--runner RUNNER and its flags] CONTACTS…

Reads a list of contacts that stands in many files, CSV, TSV or .xlsx, each with the same
header, and plans who of them gets a message by which way, as web reach does. The list is
the files in the order in which they are named, those of a pattern such as 'part-*.csv'
in the order of their names. Without --runner all of it runs on this machine, and nothing
leaves it; another runner is given the contacts.

-purpose  answer, transaction, one-time-password or promotion
-on       the day of sending
-out      a folder for a CSV of row, way, price and reason for each file of the list:
          rows-00000-of-00012.csv; rows are counted through all files
-config   who sends, the ways there are, prices and columns, as for web reach
-summary  a file for the sums, the plan and who is not reached; summary.json in the
          folder where it is not given
-dates    whether the day or the month stands first, where nothing in a column proves it
-sheet    the sheet of workbooks that have several

The files may be anywhere where Beam finds them, such as gs://bucket/part-*.csv.

Exit status: 0 all rows were read, 1 some row was unreadable or the job failed, 2 bad usage.
`

// Exit codes of the command.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

var (
	purposeFlag = flag.String("purpose", "", "")
	onFlag      = flag.String("on", "", "")
	outFlag     = flag.String("out", "", "")
	configFlag  = flag.String("config", "", "")
	summaryFlag = flag.String("summary", "", "")
	datesFlag   = flag.String("dates", "", "")
	sheetFlag   = flag.String("sheet", "", "")
)

func main() {
	flag.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	flag.Parse()
	beam.Init() // a worker goes no further
	os.Exit(run(context.Background(), os.Stderr))
}

// run carries out the command line that was parsed, and returns the exit code.
func run(ctx context.Context, stderr io.Writer) int {
	var wrong usageError
	unreadable, err := carryOut(ctx, flag.Args(), stderr)
	switch {
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "beam: %v\n\n%s", err, usage)
		return exitUsage
	case err != nil:
		fmt.Fprintf(stderr, "beam: %s\n", cause(err))
		return exitFailed
	case unreadable:
		return exitFailed
	}
	return exitOK
}

// cause is what a step of the pipeline said when it failed. Around it Beam says where,
// which the runner's log has too.
func cause(err error) string {
	text := err.Error()
	const step = "] failed:\n"
	if i := strings.LastIndex(text, step); i >= 0 {
		text, _, _ = strings.Cut(text[i+len(step):], "\n")
	}
	return text
}

// A usageError says what is wrong with the command line.
type usageError struct{ error }

// carryOut runs the pipeline, and reports whether some row was unreadable.
func carryOut(ctx context.Context, patterns []string, stderr io.Writer) (unreadable bool, err error) {
	t, err := theTask()
	if err != nil {
		return false, usageError{err}
	}
	shards, err := expand(ctx, patterns)
	if err != nil {
		return false, usageError{err}
	}
	p := beam.NewPipeline()
	build(p.Root(), t, shards)
	if err := beamx.Run(ctx, p); err != nil {
		return false, err
	}
	if *jobopts.Async {
		return false, nil
	}
	columns, err := readFile(ctx, t.columnsFile())
	if err != nil {
		return false, err
	}
	if _, err := stderr.Write(columns); err != nil {
		return false, err
	}
	text, err := readFile(ctx, t.Summary)
	if err != nil {
		return false, err
	}
	var summary struct{ Unreadable int64 }
	err = json.Unmarshal(text, &summary)
	return summary.Unreadable > 0, err
}

// theTask reads the flags, and looks at what they say.
func theTask() (*Task, error) {
	t := &Task{Purpose: rules.Purpose(*purposeFlag), Dates: *datesFlag, Sheet: *sheetFlag, Out: strings.TrimSuffix(*outFlag, "/"), Summary: *summaryFlag}
	var err error
	if t.On, err = rules.ParseDate(*onFlag); err != nil {
		return nil, fmt.Errorf("-on: %w", err)
	}
	if _, ok := table.ParseOrder(t.Dates); !ok && t.Dates != "" {
		return nil, fmt.Errorf("-dates: %q is neither dmy nor mdy", t.Dates)
	}
	if t.Out == "" {
		return nil, errors.New("-out: the folder for the answer must be given")
	}
	t.Summary = cmp.Or(t.Summary, t.Out+"/summary.json")
	if *configFlag != "" {
		if t.Config, err = os.ReadFile(*configFlag); err != nil {
			return nil, fmt.Errorf("-config: %w", err)
		}
	}
	task, err := t.reach()
	if err != nil {
		return nil, fmt.Errorf("-config: %w", err)
	}
	_, err = reach.Prepare(task)
	return t, err
}

// expand lists the files of some patterns.
func expand(ctx context.Context, patterns []string) (files []string, err error) {
	if len(patterns) == 0 {
		return nil, errors.New("it takes the files of a list of contacts, but was given none")
	}
	for _, pattern := range patterns {
		fs, err := filesystem.New(ctx, pattern)
		if err != nil {
			return nil, err
		}
		found, err := fs.List(ctx, pattern)
		if err := errors.Join(err, fs.Close()); err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("there is no file %s", pattern)
		}
		slices.Sort(found)
		for _, file := range found {
			if slices.Contains(files, file) {
				return nil, fmt.Errorf("the file %s is named twice", file)
			}
			files = append(files, file)
		}
	}
	return files, nil
}
