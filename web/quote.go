package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"postage/rules"
	"postage/web/protocol"
)

// eachLineHelp is what the commands that answer line by line have in common.
const eachLineHelp = `
An error is {"error":{"path":…,"code":…,"message":…},"more":[…],"line":…}: line is that of
the input, more are the other mistakes of the line. "web fields" lists all fields.
`

const someLineFailed = "some line was an error; the others are answered"

var quoteCommand = command{
	name: "quote", operands: "[FILE|-]",
	short: "answer scenarios in JSON with quotes in JSON",
	long: `Reads one scenario a line (JSON Lines) from FILE or standard input, and writes one quote
or one error a line, in order. Empty lines are passed over.
` + eachLineHelp,
	failed:  someLineFailed,
	prepare: prepareQuote,
}

var questionsCommand = command{
	name: "questions", operands: "[FILE|-]",
	short: "tell which fields can change the answer to scenarios",
	long: `Reads one scenario a line (JSON Lines) from FILE or standard input, which may still lack
fields, and writes the fields that can change its answer as {"questions":[…]}, or one
error, a line, in order. Empty lines are passed over.
` + eachLineHelp,
	failed:  someLineFailed,
	prepare: onlyLines(eachLine{"scenario", protocol.MaxScenario, rules.AnswerQuestions, rules.DraftMistakes}),
}

var planCommand = command{
	name: "plan", operands: "[FILE|-]",
	short: "answer plans, several messages of a month, likewise",
	long: `Reads one plan a line (JSON Lines) from FILE or standard input: several messages of a
month, of one sender. Writes what they cost together, or one error, a line, in order.
Empty lines are passed over.
` + eachLineHelp,
	failed:  someLineFailed,
	prepare: onlyLines(eachLine{"plan", protocol.MaxPlan, rules.AnswerPlan, rules.PlanMistakes}),
}

var mixCommand = command{
	name: "mix", operands: "[FILE|-]",
	short: "find the best way for each group of scenarios",
	long: `Reads one scenario a line (JSON Lines) from FILE or standard input, and writes the best
way for each group of its audience, with the plan that this makes, or one error, a
line, in order. Empty lines are passed over.
` + eachLineHelp,
	failed:  someLineFailed,
	prepare: onlyLines(eachLine{"scenario", protocol.MaxScenario, rules.AnswerMix, rules.Mistakes}),
}

// batchLines is how many lines a worker takes at once.
const batchLines = 64

// prepareQuote declares the flags of quote.
func prepareQuote(flags *flag.FlagSet) work {
	answer, asked := rules.Answer, ""
	ask := func(name string, question func([]byte) ([]byte, bool)) error {
		if asked != "" {
			return errors.New("-changes and -most are two questions, or one asked twice")
		}
		asked, answer = name, question
		return nil
	}
	flags.Func("changes", "write the days after the first one of `FROM..TO`, up to the last one, on which the answer\nchanges, as {\"changes\":[…]}", func(span string) error {
		first, last, ok := strings.Cut(span, "..")
		from, err1 := rules.ParseDate(first)
		to, err2 := rules.ParseDate(last)
		if !ok || err1 != nil || err2 != nil || to < from {
			return errors.New("it takes two days, like 2025-01-01..2026-12-31")
		}
		return ask("changes", func(line []byte) ([]byte, bool) { return rules.AnswerChanges(line, from, to) })
	})
	flags.Func("most", "write to how many recipients the messages may go for `AMOUNT`, as {\"most\":…,\"quote\":{…}};\na decimal from 0 to 1000000000000, in the currency that the scenario converts to,\nelse in the one it is billed in", func(amount string) error {
		if _, err := rules.ParseBudget(amount); err != nil {
			return fmt.Errorf("it takes an amount, like 2000000 or 49.5: %w", err)
		}
		return ask("most", func(line []byte) ([]byte, bool) { return rules.AnswerMost(line, amount) })
	})
	return func(operands []string, s streams) (bool, error) {
		return eachLine{"scenario", protocol.MaxScenario, answer, rules.Mistakes}.run(operands, s)
	}
}

// onlyLines prepares a command without flags.
func onlyLines(lines eachLine) func(*flag.FlagSet) work {
	return func(*flag.FlagSet) work { return lines.run }
}

// An eachLine answers line by line.
type eachLine struct {
	what     string // a line is, in a word
	longest  int    // bytes of a line
	answer   func([]byte) ([]byte, bool)
	mistakes func([]byte) []*rules.Error // of a line that is not answered
}

// run answers a stream in memory that does not grow with it. The lines are answered
// in parallel and written in order. It reports whether some line was an error.
func (c eachLine) run(operands []string, s streams) (failed bool, err error) {
	in, err := c.open(operands, s.in)
	if err != nil {
		return false, err
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

	out := bufio.NewWriterSize(s.out, 1<<16)
	hinted := false
	for b := range order {
		<-b.done
		failed = failed || b.failed
		out.Write(b.answers.Bytes()) // the error is kept for Flush
		err = errors.Join(err, b.err)
		if b.unfinished > 0 && !hinted {
			hinted = true
			fmt.Fprintf(s.err, "line %d ends in the middle of its JSON; write one %s a line, as jq -c . does\n", b.unfinished, c.what)
		}
	}
	return failed, errors.Join(readErr, out.Flush(), err)
}

func (c eachLine) open(operands []string, stdin io.Reader) (io.ReadCloser, error) {
	if len(operands) == 0 || len(operands) == 1 && operands[0] == "-" {
		return io.NopCloser(stdin), nil
	}
	name, err := oneOf(operands, "file")
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, usageError{err.Error()}
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, usageError{name + " is a folder"}
	}
	return f, nil
}

// A numbered is a line with its number in the input, from 1.
type numbered struct {
	text   []byte // nil: it was too long
	number int64
}

// A batch is some lines and, when done is closed, their answers.
type batch struct {
	lines      []numbered
	size       int // of them, in bytes
	answers    bytes.Buffer
	failed     bool
	unfinished int64 // the first line with JSON that does not end on it; 0: none
	err        error
	done       chan struct{}
}

func (b *batch) answer(c eachLine) {
	defer close(b.done)
	for _, line := range b.lines {
		var text []byte
		ok := false
		if line.text != nil {
			text, ok = c.answer(line.text)
		} else {
			text = tooLong(c.longest)
		}
		if !ok {
			b.failed = true
			var found []*rules.Error
			if line.text != nil {
				found = c.mistakes(line.text)
				if b.unfinished == 0 && endsTooEarly(line.text) {
					b.unfinished = line.number
				}
			}
			refused, err := protocol.Refuse(text, found, line.number)
			text, b.err = refused, errors.Join(b.err, err)
		}
		b.answers.Write(text)
	}
}

// endsTooEarly reports whether a text is the beginning of JSON.
func endsTooEarly(text []byte) bool {
	var value json.RawMessage
	return errors.Is(json.NewDecoder(bytes.NewReader(text)).Decode(&value), io.ErrUnexpectedEOF)
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
	for number := int64(1); ; number++ {
		line, ok, err := readLine(r, longest)
		if ok {
			b.lines = append(b.lines, numbered{line, number})
			b.size += len(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		// A person who types line by line wants each answer at once.
		if len(b.lines) >= batchLines || b.size >= protocol.MaxScenario || r.Buffered() == 0 {
			send()
		}
	}
}

// byteOrderMark is what some editors put before a text in UTF-8. Where such files are
// joined it stands before a later line.
var byteOrderMark = []byte("\ufeff")

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
		line = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), byteOrderMark))
		return line, len(line) > 0, err
	}
}
