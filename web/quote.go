package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"postage/rules"
)

const questionsUsage = `usage: web questions [FILE|-]

Reads one scenario a line (JSON Lines) from FILE or standard input, which may
still lack fields, and writes the fields that can change its answer as
{"questions":[…]}, or an error, one a line, in order.
Exit status: 0 all answered, 1 some line was an error, 2 bad usage.
`

const planUsage = `usage: web plan [FILE|-]

Reads one plan a line (JSON Lines) from FILE or standard input: several messages
of a month, of one sender. Writes what they cost together, or one error, a line,
in order. Empty lines are passed over.
Exit status: 0 all answered, 1 some line was an error, 2 bad usage.
`

const mixUsage = `usage: web mix [FILE|-]

Reads one scenario a line (JSON Lines) from FILE or standard input and writes the
best way for each group of its audience, with the plan that this makes, or one
error, a line, in order. Empty lines are passed over.
Exit status: 0 all answered, 1 some line was an error, 2 bad usage.
`

const quoteUsage = `usage: web quote [--changes FROM..TO | --most AMOUNT] [FILE|-]

Reads one scenario a line (JSON Lines) from FILE or standard input and writes
one quote or one error a line, in order. Empty lines are passed over.
With --changes it writes the days after FROM, up to TO, on which the answer to
the scenario changes, as {"changes":[…]}.
With --most it writes to how many recipients the messages may go for AMOUNT, as
{"most":…,"quote":{…}}. AMOUNT is a decimal from 0 to 1000000000000, in the
currency that the scenario converts to, else in the one it is billed in.
Exit status: 0 all answered, 1 some line was an error, 2 bad usage.
`

// What a line has at most, in bytes. A scenario of 100 segments with every field
// takes about 60 kB, a plan of 50 such items 3 MB.
const (
	maxLine = 1 << 20
	maxPlan = 4 << 20
)

// batchLines is how many lines a worker takes at once.
const batchLines = 64

// quote answers a stream of scenarios.
func quote(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	answer, args, err := answerer(args)
	if err != nil {
		fmt.Fprintf(stderr, "quote: %v\n\n%s", err, quoteUsage)
		return exitUsage
	}
	return eachLine{"quote", quoteUsage, maxLine, answer}.run(args, stdin, stdout, stderr)
}

// questions lists what can still be asked of a stream of scenarios.
func questions(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return eachLine{"questions", questionsUsage, maxLine, rules.AnswerQuestions}.run(args, stdin, stdout, stderr)
}

// plan answers a stream of plans.
func plan(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return eachLine{"plan", planUsage, maxPlan, rules.AnswerPlan}.run(args, stdin, stdout, stderr)
}

// mix finds the best way for each group of a stream of scenarios.
func mix(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return eachLine{"mix", mixUsage, maxLine, rules.AnswerMix}.run(args, stdin, stdout, stderr)
}

// An eachLine is a command that answers line by line.
type eachLine struct {
	name, usage string
	longest     int // bytes of a line
	answer      func([]byte) ([]byte, bool)
}

// run answers a stream in memory that does not grow with it. The lines are answered
// in parallel and written in order.
func (c eachLine) run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	in, status := c.open(args, stdin, stderr)
	if in == nil {
		return status
	}
	defer in.Close()

	batches := make(chan *batch)                        // to the workers
	order := make(chan *batch, 2*runtime.GOMAXPROCS(0)) // to the writer, bounded: the reader waits for it
	var readErr error
	go func() {
		defer close(order)
		defer close(batches)
		readErr = eachBatch(in, c.longest, func(b *batch) {
			order <- b
			batches <- b
		})
	}()
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for b := range batches {
				b.answer(c)
			}
		}()
	}

	out := bufio.NewWriterSize(stdout, 1<<16)
	for b := range order {
		<-b.done
		if b.failed {
			status = exitFailed
		}
		out.Write(b.answers.Bytes()) // the error is kept for Flush
	}
	if err := errors.Join(readErr, out.Flush()); err != nil {
		fmt.Fprintln(stderr, c.name+":", err)
		return exitFailed
	}
	return status
}

func (c eachLine) open(args []string, stdin io.Reader, stderr io.Writer) (io.ReadCloser, int) {
	switch {
	case len(args) == 0, len(args) == 1 && args[0] == "-":
		return io.NopCloser(stdin), exitOK
	case len(args) > 1 || len(args[0]) > 1 && args[0][0] == '-':
		fmt.Fprint(stderr, c.usage)
		return nil, exitUsage
	}
	f, err := os.Open(args[0])
	if err != nil {
		fmt.Fprintln(stderr, c.name+":", err)
		return nil, exitUsage
	}
	return f, exitOK
}

// A batch is some lines and, when done is closed, their answers.
type batch struct {
	lines   [][]byte // nil: the line was too long
	size    int      // of them, in bytes
	answers bytes.Buffer
	failed  bool
	done    chan struct{}
}

func (b *batch) answer(c eachLine) {
	defer close(b.done)
	for _, line := range b.lines {
		var text []byte
		ok := false
		if line != nil {
			text, ok = c.answer(line)
		} else {
			text = tooLong(c.longest)
		}
		b.failed = b.failed || !ok
		b.answers.Write(text)
	}
}

// answerer is what answers a line, as the flags ask, and the arguments behind
// them.
func answerer(args []string) (answer func([]byte) ([]byte, bool), rest []string, err error) {
	flags := flag.NewFlagSet("quote", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	span := flags.String("changes", "", "")
	most := flags.String("most", "", "")
	if err := flags.Parse(args); err != nil {
		return nil, nil, err
	}
	switch {
	case *span != "" && *most != "":
		return nil, nil, errors.New("--changes and --most are two questions")
	case *most != "":
		if _, err := rules.ParseBudget(*most); err != nil {
			return nil, nil, fmt.Errorf("--most takes an amount, like 2000000 or 49.5: %w", err)
		}
		return func(line []byte) ([]byte, bool) { return rules.AnswerMost(line, *most) }, flags.Args(), nil
	case *span == "":
		return rules.Answer, flags.Args(), nil
	}
	first, last, ok := strings.Cut(*span, "..")
	from, err1 := rules.ParseDate(first)
	to, err2 := rules.ParseDate(last)
	if !ok || err1 != nil || err2 != nil || to < from {
		return nil, nil, fmt.Errorf("--changes takes two days, like 2025-01-01..2026-12-31, not %q", *span)
	}
	return func(line []byte) ([]byte, bool) { return rules.AnswerChanges(line, from, to) }, flags.Args(), nil
}

func tooLong(most int) []byte {
	return fmt.Appendf(nil, `{"error":{"path":"","code":%q,"message":"a line has at most %d bytes"}}`+"\n", rules.OutOfRange, most)
}

// eachBatch cuts the input into batches of lines.
func eachBatch(in io.Reader, longest int, each func(*batch)) error {
	r := bufio.NewReaderSize(in, 1<<16)
	b := &batch{done: make(chan struct{})}
	send := func() {
		if len(b.lines) > 0 {
			each(b)
			b = &batch{done: make(chan struct{})}
		}
	}
	defer func() { send() }()
	for {
		line, ok, err := readLine(r, longest)
		if ok {
			b.lines = append(b.lines, line)
			b.size += len(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		// A person who types line by line wants each answer at once.
		if len(b.lines) >= batchLines || b.size >= maxLine || r.Buffered() == 0 {
			send()
		}
	}
}

// readLine returns the next line that is not empty, nil for one that is too
// long, and false where there is none.
func readLine(r *bufio.Reader, longest int) (line []byte, ok bool, err error) {
	skip := false
	for {
		part, err := r.ReadSlice('\n')
		if skip = skip || len(line)+len(part) > longest; skip {
			line = nil
		} else {
			line = append(line, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if skip {
			return nil, true, err
		}
		line = bytes.TrimSpace(line)
		return line, len(line) > 0, err
	}
}
