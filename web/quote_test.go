package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"postage/rules"
	"postage/web/internal/worked"
	"postage/web/protocol"
)

const someScenario = `{"on":"2023-07-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":%d,"uid":true,"hoursSinceInteraction":12}],"perRecipient":10}`

// runQuote gives the exit code and the lines of an answer.
func runQuote(t *testing.T, stdin string, args ...string) (int, []string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(append([]string{"quote"}, args...), strings.NewReader(stdin), &out, &errs)
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	return code, lines, errs.String()
}

func TestQuoteAnswersEveryLineInOrder(t *testing.T) {
	var in strings.Builder
	const n = 1000
	for i := range n {
		fmt.Fprintf(&in, someScenario+"\n", i+1)
		if i%100 == 0 {
			in.WriteString("\r\n\n")
		}
	}
	code, lines, errs := runQuote(t, in.String())
	if code != exitOK || errs != "" || len(lines) != n {
		t.Fatalf("exit %d, %d lines, %q", code, len(lines), errs)
	}
	for i, line := range lines {
		var q rules.Quote
		if err := json.Unmarshal([]byte(line), &q); err != nil || q.Requested != int64(i+1)*10 {
			t.Fatalf("line %d: %v %s", i, err, line)
		}
	}
}

func TestQuoteAnswersTheOthersWhenALineIsWrong(t *testing.T) {
	good := fmt.Sprintf(someScenario, 5)
	long := `{"on":"` + strings.Repeat("x", protocol.MaxScenario) + `"}`
	code, lines, _ := runQuote(t, good+"\n{\n"+long+"\n"+`{"on":"2023-07-01"}`+"\n"+good)
	if code != exitFailed || len(lines) != 5 {
		t.Fatalf("exit %d, %d lines", code, len(lines))
	}
	for i, want := range []string{`"requested":50`, `"code":"syntax"`, `"code":"out-of-range"`, `"path":"message","code":"required"`, `"requested":50`} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %.200s, without %s", i, lines[i], want)
		}
	}
}

// asCommand is what a command writes for a line, where the rules answer so.
func asCommand(t *testing.T, answer []byte, ok bool, mistakes []*rules.Error, line int) []byte {
	t.Helper()
	if ok {
		return answer
	}
	refused, err := protocol.Refuse(answer, mistakes, int64(line))
	if err != nil {
		t.Fatal(err)
	}
	return refused
}

func unfinishedLine(number int, what string) string {
	return fmt.Sprintf("line %d ends in the middle of its JSON; write one %s a line, as jq -c . does\n", number, what)
}

// TestErrorsTellTheLineAndAllThatIsWrongOnIt, by the lines of the input, those that
// are passed over and those after a byte-order mark included.
func TestErrorsTellTheLineAndAllThatIsWrongOnIt(t *testing.T) {
	good := fmt.Sprintf(someScenario, 5)
	wrong := strings.Replace(good, `"type"`, `"aproved":true,"type"`, 1)
	wrong = strings.Replace(wrong, `"recipients":5`, `"recipients":"<5>"`, 1)
	code, lines, errs := runQuote(t, "\ufeff"+good+"\r\n\n \t\n"+wrong+"\n\ufeff"+good+"\n"+strings.Repeat("x", protocol.MaxScenario+1)+"\n"+wrong)
	if code != exitFailed || errs != "" || len(lines) != 5 {
		t.Fatalf("exit %d, %q, %d lines", code, errs, len(lines))
	}
	const told = `{"error":{"path":"message.aproved","code":"unknown-field","message":"the contract has no such field; did you mean ` + "`message.template.approved`" + `?"},` +
		`"more":[{"path":"audience[0].recipients","code":"wrong-type","message":"must be a whole number"}],"line":%d}`
	for i, want := range []string{`"requested":50`, fmt.Sprintf(told, 4), `"requested":50`, `"message":"a line has at most 1048576 bytes"},"line":6}`, fmt.Sprintf(told, 7)} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %s, without %s", i, lines[i], want)
		}
	}
	// What is wrong with the question and not with the scenario has its line too.
	several := strings.Replace(good, `"audience":[`, `"audience":[{"recipients":1},`, 1)
	if _, lines, _ := runQuote(t, "\n"+several, "--most", "5"); !strings.HasPrefix(lines[0], `{"error":{"path":"audience","code":"conflict"`) || !strings.HasSuffix(lines[0], `,"line":2}`) {
		t.Errorf("it says %s", lines[0])
	}
}

// TestIndentedJSONGetsOneHint however many lines it has.
func TestIndentedJSONGetsOneHint(t *testing.T) {
	var indented bytes.Buffer
	if err := json.Indent(&indented, fmt.Appendf(nil, someScenario, 5), "", "  "); err != nil {
		t.Fatal(err)
	}
	code, lines, errs := runQuote(t, "\n"+strings.Repeat(indented.String()+"\n", 3*batchLines))
	if code != exitFailed || len(lines) < 3*batchLines || errs != unfinishedLine(2, "scenario") {
		t.Errorf("exit %d, %d lines, %q", code, len(lines), errs)
	}
	if _, _, errs := runQuote(t, "[]\n{},\nnull x\n"); errs != "" {
		t.Errorf("what ends on its line gets %q", errs)
	}
}

func TestQuoteReadsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "scenarios.jsonl")
	if err := os.WriteFile(file, fmt.Appendf(nil, someScenario, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, lines, _ := runQuote(t, "", file); code != exitOK || !strings.Contains(lines[0], `"verdict":"eligible"`) {
		t.Errorf("exit %d, %s", code, lines)
	}
	if code, lines, _ := runQuote(t, fmt.Sprintf(someScenario, 1), "-"); code != exitOK || len(lines) != 1 {
		t.Errorf("exit %d, %s", code, lines)
	}
}

func TestQuoteRefusesBadUsage(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"a", "b"}, "given 2"}, {[]string{"--fast"}, "-fast"}, {[]string{"/no/such/file"}, "/no/such/file"}, {[]string{folder}, folder + " is a folder"},
		{[]string{"--changes", "2025"}, "two days"}, {[]string{"--changes", ""}, "two days"}, {[]string{"--changes", "2025-02-01..2025-01-01"}, "two days"},
		{[]string{"--changes", "2025-02-30..2025-03-01"}, "two days"}, {[]string{"--most", ""}, "an amount"}, {[]string{"--most", "5", "--most", "6"}, "twice"},
	} {
		if code, lines, errs := runQuote(t, "", c.args...); code != exitUsage || !strings.Contains(errs, c.says) || lines[0] != "" {
			t.Errorf("%v: exit %d, %q, %q", c.args, code, errs, lines)
		}
	}
}

func TestQuoteTellsWhatChanges(t *testing.T) {
	code, lines, _ := runQuote(t, fmt.Sprintf(someScenario, 1), "--changes", "2025-12-31..2026-01-01")
	if code != exitOK || len(lines) != 1 || !strings.Contains(lines[0], `{"changes":[{"on":"2026-01-01","differences":[{"what":"free","before":"8","after":"10","by":"2"}`) {
		t.Errorf("exit %d, %s", code, lines)
	}
}

// TestQuoteTakesConstantMemory looks how many lines are read and not yet
// answered, whenever answers are written: however long the input, only a few.
func TestQuoteTakesConstantMemory(t *testing.T) {
	const n = 60_000
	in := &endless{line: fmt.Appendf(nil, someScenario+"\n", 7), left: n}
	out := &lineCounter{in: in}
	if code := run([]string{"quote"}, in, out, io.Discard); code != exitOK || out.lines != n {
		t.Fatalf("exit %d, %d lines", code, out.lines)
	}
	if most := 5000; out.held > most {
		t.Errorf("%d lines were held at once, more than %d", out.held, most)
	}
}

// A lineCounter counts the lines written, and how many were read ahead of them.
type lineCounter struct {
	in    *endless
	lines int
	held  int
}

func (c *lineCounter) Write(p []byte) (int, error) {
	c.held = max(c.held, int(c.in.given.Load())-c.lines)
	c.lines += bytes.Count(p, []byte("\n"))
	return len(p), nil
}

func TestTheBookIsPrintedAsJSON(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"book"}, nil, &out, &errs); code != exitOK {
		t.Fatalf("exit %d: %s", code, &errs)
	}
	var book rules.Book
	if err := json.Unmarshal(out.Bytes(), &struct {
		Rules   any
		Sources *[]rules.Source
	}{Sources: &book.Sources}); err != nil {
		t.Fatal(err)
	}
	if len(book.Sources) != len(rules.Sources()) || !strings.Contains(out.String(), `"id": "zalo.uid.consultation.price"`) {
		t.Errorf("%d sources", len(book.Sources))
	}
	for _, want := range []string{fmt.Sprintf(`"checked": %q`, rules.Checked()), `"code": "131047"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not say %s", want)
		}
	}
}

// BenchmarkQuoteLines has a line for each turn: -benchtime 1000000x answers a
// million.
func BenchmarkQuoteLines(b *testing.B) {
	line := fmt.Appendf(nil, someScenario+"\n", 1000)
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	in := &endless{line: line, left: b.N}
	if code := run([]string{"quote"}, in, io.Discard, io.Discard); code != exitOK {
		b.Fatalf("exit %d", code)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// endless gives a line so many times.
type endless struct {
	line []byte
	left int
	part []byte

	given atomic.Int64 // lines
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(e.part) == 0 {
			if e.left == 0 {
				break
			}
			e.left--
			e.given.Add(1)
			e.part = e.line
		}
		k := copy(p[n:], e.part)
		n, e.part = n+k, e.part[k:]
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// FuzzQuote: every line that is not empty is answered by a line of JSON.
func FuzzQuote(f *testing.F) {
	one := fmt.Sprintf(someScenario, 5)
	for _, in := range []string{
		"", "\n", "\r\n \t\n", one, one + "\n" + one + "\r\n", "\x00\n{}\n", "\xef\xbb\xbf" + one, one + "\r" + one, "\u2028\n\u00a0\n", "{\n}\n", strings.Repeat("[", 20_000) + "\n" + one,
		strings.Repeat("x", 1<<16) + "\n" + one, `{"on":1e999999999}`, "\xff\xfe\n",
	} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		want, good := 0, true
		for line := range strings.SplitSeq(in, "\n") {
			if line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "\ufeff")); line != "" {
				_, ok := rules.Answer([]byte(line))
				want, good = want+1, good && ok
			}
		}
		code, lines, errs := runQuote(t, in)
		if lines[0] == "" {
			lines = lines[1:]
		}
		if len(lines) != want || (code == exitOK) != good || errs != "" && !strings.Contains(errs, "in the middle of its JSON") {
			t.Errorf("%q: exit %d, %d answers, not %d, %s", in, code, len(lines), want, errs)
		}
		for _, line := range lines {
			if !json.Valid([]byte(line)) {
				t.Errorf("%q is answered with %s", in, line)
			}
		}
	})
}

// TestPlanAnswersAsTheRulesDo, every worked plan and what is none.
func TestPlanAnswersAsTheRulesDo(t *testing.T) {
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	plans, err := worked.Plans(tree)
	if err != nil {
		t.Fatal(err)
	}
	var sound, all, want bytes.Buffer
	for i, p := range plans {
		answer, ok := rules.AnswerPlan(p)
		if ok {
			sound.Write(append(p, '\n'))
		}
		all.Write(append(p, '\n'))
		want.Write(asCommand(t, answer, ok, rules.PlanMistakes(p), i+1))
	}
	var out, errs bytes.Buffer
	if code := run([]string{"plan"}, &sound, &out, &errs); code != exitOK || errs.Len() > 0 || out.Len() == 0 {
		t.Errorf("sound plans: exit %d, %s", code, errs.String())
	}
	out.Reset()
	if code := run([]string{"plan", "-"}, &all, &out, &errs); code != exitFailed || errs.Len() > 0 || out.String() != want.String() {
		t.Errorf("all plans: exit %d, %s\ngot  %.2000s\nwant %.2000s", code, errs.String(), out.String(), want.String())
	}
	for _, args := range [][]string{{"plan", "--most", "5"}, {"plan", "a", "b"}, {"plan", "no/such/file"}} {
		out.Reset()
		errs.Reset()
		if code := run(args, strings.NewReader(""), &out, &errs); code != exitUsage || out.Len() > 0 || errs.Len() == 0 {
			t.Errorf("%v: exit %d, %q, %q", args, code, out.String(), errs.String())
		}
	}
	// A plan may have a line that is too long for a scenario.
	long := `{"items":[],` + strings.Repeat(" ", protocol.MaxScenario) + `"x":1}`
	out.Reset()
	if run([]string{"plan"}, strings.NewReader(long), &out, &errs); !strings.Contains(out.String(), `"path":"x"`) {
		t.Errorf("a long plan is answered with %s", out.String())
	}
	out.Reset()
	if run([]string{"plan"}, strings.NewReader(long+strings.Repeat(" ", protocol.MaxPlan)+"."), &out, &errs); !strings.Contains(out.String(), `at most 4194304 bytes`) {
		t.Errorf("too long a plan is answered with %s", out.String())
	}
}

// TestQuoteTurnsScenariosRound: for a budget, line by line.
func TestQuoteTurnsScenariosRound(t *testing.T) {
	const scenario = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":1,"phone":true}]}`
	want, _ := rules.AnswerMost([]byte(scenario), "2000000")
	var out, errs bytes.Buffer
	if code := run([]string{"quote", "--most", "2000000"}, strings.NewReader(scenario+"\n"+scenario), &out, &errs); code != exitOK || out.String() != string(want)+string(want) {
		t.Errorf("exit %d, %s%s", code, out.String(), errs.String())
	}
	if !strings.HasPrefix(string(want), `{"most":6060,"quote":{"on":"2026-12-01",`) {
		t.Errorf("it is answered with %s", want)
	}
	for _, args := range [][]string{{"--most", "much"}, {"--most", "-1"}, {"--most", "1000000000001"}, {"--most", "5", "--changes", "2025-01-01..2026-01-01"}} {
		out.Reset()
		errs.Reset()
		if code := run(append([]string{"quote"}, args...), strings.NewReader(scenario), &out, &errs); code != exitUsage || out.Len() > 0 || !strings.Contains(errs.String(), "usage: web quote") {
			t.Errorf("%v: exit %d, %q, %q", args, code, out.String(), errs.String())
		}
	}
}

// TestQuestionsAnswersAsTheRulesDo: also what is not finished yet.
func TestQuestionsAnswersAsTheRulesDo(t *testing.T) {
	drafts := []string{
		`{}`,
		`{"on":"2026-11-21","message":{"type":"zalo.zns"}}`,
		`{"on":"2026-11-21","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":5},{"recipients":6,"country":"VN"}]}`,
		`{"on":"2026-11-21","message":{"type":"no.such"}}`,
		`{`,
	}
	var want strings.Builder
	for i, draft := range drafts {
		answer, ok := rules.AnswerQuestions([]byte(draft))
		want.Write(asCommand(t, answer, ok, rules.DraftMistakes([]byte(draft)), i+1))
	}
	var out, errs bytes.Buffer
	code := run([]string{"questions"}, strings.NewReader(strings.Join(drafts, "\n")), &out, &errs)
	if code != exitFailed || out.String() != want.String() || errs.String() != unfinishedLine(5, "scenario") {
		t.Fatalf("exit %d, %q\ngot  %s\nwant %s", code, errs.String(), out.String(), want.String())
	}
	lines := strings.Split(out.String(), "\n")
	for i, text := range []string{`"path":"message.type"`, `"path":"message.tag"`, `"path":"audience[1].country"`, `"error":{"path":"message.type"`, `"code":"syntax"`} {
		if !strings.Contains(lines[i], text) {
			t.Errorf("the answer to %s is without %s: %s", drafts[i], text, lines[i])
		}
	}
}

// TestMixFindsTheBestWayForEachGroup: a line in, a mix or an error out.
func TestMixFindsTheBestWayForEachGroup(t *testing.T) {
	const sound = `{"on":"2026-12-20","message":{"type":"zalo.zns","tag":1,"template":{"kind":"otp","approved":true}},"audience":[{"recipients":1000,"phone":true},{"recipients":5,"phone":false}]}`
	var out, errs bytes.Buffer
	if code := run([]string{"mix", "-"}, strings.NewReader(sound+"\n{}\n"), &out, &errs); code != exitFailed || errs.Len() > 0 {
		t.Fatalf("it ends with %d: %s", code, errs.String())
	}
	lines := strings.Split(out.String(), "\n")
	if !strings.Contains(lines[0], `"sure":{"groups":[{"type":"zalo.zns","item":0,`) || !strings.HasPrefix(lines[1], `{"error":{"path":"on"`) {
		t.Errorf("it says %s", out.String())
	}
	if code := run([]string{"mix", "--most", "5"}, strings.NewReader(sound), &out, &errs); code != exitUsage {
		t.Errorf("a flag that there is not ends with %d", code)
	}
}
