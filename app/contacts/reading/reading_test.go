package reading_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"postage/app/contacts"
	"postage/app/contacts/reading"
	"postage/app/files"
	"postage/app/files/desk"
	"postage/rules"
)

// A clerk asks a desk, and keeps what it tells.
type clerk struct {
	*reading.Desk
	told []contacts.Report
}

func newClerk() *clerk {
	c := &clerk{}
	c.Desk = &reading.Desk{Tell: func(r contacts.Report) { c.told = append(c.told, r) }}
	return c
}

func (c *clerk) last(t *testing.T) contacts.Report {
	t.Helper()
	if len(c.told) == 0 {
		t.Fatal("nothing was told")
	}
	return c.told[len(c.told)-1]
}

// ask hands in a request as the page does, as JSON.
func (c *clerk) ask(t *testing.T, q contacts.Request) contacts.Report {
	t.Helper()
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	var read contacts.Request
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	c.Handle(read)
	r := c.last(t)
	if text, err = json.Marshal(r); err != nil {
		t.Fatal(err)
	}
	var back contacts.Report
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return back
}

func (c *clerk) open(text string) { c.Open(strings.NewReader(text), int64(len(text))) }

// memory is a file in memory.
type memory struct{ bytes.Buffer }

func (m *memory) Size() int64 { return int64(m.Len()) }

func (m *memory) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader(m.Bytes()).ReadAt(p, at)
}

func newMemory() desk.Blob { return &memory{} }

const theDay rules.Date = 20261201

// TestTheSampleHasEveryWayAndEveryReason: whoever tries it sees all there is to see.
func TestTheSampleHasEveryWayAndEveryReason(t *testing.T) {
	for _, lang := range []string{"vi", "en", "ru"} {
		c := newClerk()
		choices := contacts.SampleChoices(theDay)
		columns := c.ask(t, contacts.Request{Request: files.Request{Do: files.Sample, Lang: lang}, Choices: choices}).Columns
		if columns == nil || columns.Rows != reading.SampleSize {
			t.Fatalf("%s: %+v", lang, c.last(t))
		}
		facts := 0
		for _, column := range columns.List {
			if column.Either != "" && column.Fact != "" {
				t.Errorf("%s: a question is left about %s", lang, column.Name)
			}
			if column.Fact != "" {
				facts++
			}
		}
		if facts != 9 {
			t.Errorf("%s: %d columns are recognised", lang, facts)
		}
		_, cells, _ := strings.Cut(string(reading.SampleList(lang, theDay)), "\n")
		for of, said := range map[string][]string{"vi": {"có", "không", "chưa từng"}, "en": {"yes", "no", "never"}, "ru": {"да", "нет", "никогда"}} {
			for _, word := range said {
				if strings.Contains(cells, ","+word+",") != (of == lang) {
					t.Errorf("%s: a cell with %q, or none", lang, word)
				}
			}
		}
		found := c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer}, Choices: choices}).Found
		if found == nil {
			t.Fatalf("%s: %+v", lang, c.last(t).Wrong)
		}
		ways := map[contacts.Way]bool{}
		sum := int64(0)
		for _, w := range found.Ways {
			ways[contacts.WayOf(w.Type)] = true
			sum += w.People
		}
		if len(ways) != len(contacts.Ways()) || sum != found.Reached {
			t.Errorf("%s: it goes by %v, %d of %d", lang, ways, sum, found.Reached)
		}
		var codes []string
		for _, m := range found.Missed {
			codes = append(codes, m.Codes...)
			sum += m.People
		}
		for _, code := range []string{"consent", "quota", "identity", "follow"} {
			if !slices.Contains(codes, code) {
				t.Errorf("%s: nobody is left for %s, but for %v", lang, code, codes)
			}
		}
		if found.Doubles == 0 || found.Unreadable == 0 || int64(len(found.Faults)) != found.Unreadable || sum != found.People ||
			found.People+found.Doubles+found.Unreadable != reading.SampleSize {
			t.Errorf("%s: %d doubles, %d unreadable, %d told, %d and %d people", lang, found.Doubles, found.Unreadable, len(found.Faults), sum, found.People)
		}
		if found.Depends == nil || found.Depends.Reached <= found.Reached || found.Single == nil || len(found.Totals) != 1 {
			t.Errorf("%s: %+v", lang, found)
		}
		if _, err := rules.DecodePlan(found.Plan); err != nil {
			t.Errorf("%s: the plan: %v", lang, err)
		}
	}
}

const list = `Tên,SĐT,zalo_id,Quan tâm OA,ZNS gần nhất,Ghi chú
An,0912345678,,,05/11/2026,=1+1
Bình,0912345679,,,không,
Chi,0912 34x,,,,
Dũng,0912345678,,,,đôi
Em,,3829104400000001,có,,"a, b"
`

func choices() contacts.Choices { return choicesOn(theDay) }

func choicesOn(day rules.Date) contacts.Choices {
	const n = 600
	c := contacts.Default(day)
	c.Ways, c.Package = []contacts.Way{contacts.ZNS, contacts.OA}, rules.PackageGrowth
	last, before := c.CareMonths()
	c.Care = []contacts.Arrived{{Month: last, N: n}, {Month: before, N: n}}
	return c
}

// TestTheOrderOfDatesIsAskedAndAnswered: 05/11 may be either.
func TestTheOrderOfDatesIsAskedAndAnswered(t *testing.T) {
	c := newClerk()
	c.open(list)
	columns := c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}}).Columns
	if columns == nil || columns.Rows != 5 || columns.List[4].Either != "05/11/2026" || columns.List[4].Fact != "careWithin6Months" {
		t.Fatalf("%+v", c.last(t))
	}
	if w := c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer}, Choices: choices()}).Wrong; w == nil || w.Code != "date-order" {
		t.Errorf("%+v", w)
	}
	for order, reached := range map[string]int64{"dmy": 2, "mdy": 1} { // of November, and of May
		orders := make([]string, len(columns.List))
		orders[4] = order
		day := rules.Date(20261130)
		if order == "mdy" {
			day = 20270201
		}
		q := contacts.Request{Request: files.Request{Do: files.Answer, Orders: orders}, Choices: choicesOn(day)}
		if f := c.ask(t, q).Found; f == nil || f.Reached != reached || f.Doubles != 1 || f.Unreadable != 1 {
			t.Errorf("%s: %+v", order, f)
		}
	}
}

// TestColumnsCanBeCorrected takes the phones for nothing, and so loses two people.
func TestColumnsCanBeCorrected(t *testing.T) {
	c := newClerk()
	c.open(list)
	c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}})
	facts := []string{"", "", "uid", "follows", "", ""}
	f := c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer, Facts: facts}, Choices: choices()}).Found
	if f == nil || f.Reached != 1 || f.People != 5 || f.Counts["uid"] != (files.Counts{Read: 1, Empty: 4}) {
		t.Errorf("%+v", f)
	}
	if w := c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer, Facts: make([]string, 6)}, Choices: choices()}).Wrong; w == nil || w.Code != "no-contacts" {
		t.Errorf("%+v", w)
	}
}

func TestFilesHoldTheColumnsOfTheList(t *testing.T) {
	c := newClerk()
	c.open(list)
	c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}})
	orders := []string{"", "", "", "", "dmy", ""}
	f := c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer, Orders: orders}, Choices: choices()}).Found
	if f == nil || len(f.Ways) != 2 || f.Ways[0].Type != rules.ZaloBroadcast || f.Ways[1].Type != rules.ZNS {
		t.Fatalf("%+v", f)
	}
	reasons := map[string]string{"reason": "Lý do", "unreadable": "Không đọc được", contacts.WrongKey(f.Wrong[0]): "{column}: “{found}” không phải số", f.Missed[0].Reason: "Chưa nhận ZNS"}
	text := func(file int) string {
		t.Helper()
		b, err := c.Write(contacts.Request{File: file, Reasons: reasons, Names: []string{"a.csv", "b.csv", "c.csv"}}, newMemory)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := io.ReadAll(io.NewSectionReader(b, 0, b.Size()))
		if err != nil {
			t.Fatal(err)
		}
		return string(whole)
	}
	const header = "\ufeffTên,SĐT,zalo_id,Quan tâm OA,ZNS gần nhất,Ghi chú"
	wanted := []string{
		header + "\r\nEm,,3829104400000001,có,,\"a, b\"\r\n",
		header + "\r\nAn,0912345678,,,05/11/2026,'=1+1\r\n",
		header + ",Lý do\r\nBình,0912345679,,,không,,Chưa nhận ZNS\r\nChi,0912 34x,,,,,Không đọc được: SĐT: “0912 34x” không phải số\r\n",
	}
	for i, file := range []int{0, 1, contacts.Unreached} {
		if got := text(file); got != wanted[i] {
			t.Errorf("file %d: %q", file, got)
		}
	}
	packed := text(contacts.AllFiles)
	z, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil || len(z.File) != 3 {
		t.Fatal(err, z)
	}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if whole, err := io.ReadAll(r); err != nil || string(whole) != wanted[i] || f.Name != []string{"a.csv", "b.csv", "c.csv"}[i] {
			t.Errorf("%s: %q, %v", f.Name, whole, err)
		}
	}
	if _, err := c.Write(contacts.Request{File: 7}, newMemory); err == nil {
		t.Error("there is an eighth file")
	}
}

// TestWhatWasReadCanBeUsed stops the reading, and still gets an answer.
func TestWhatWasReadCanBeUsed(t *testing.T) {
	var b strings.Builder
	b.WriteString("SĐT,zalo_id,Quan tâm OA\n")
	const rows = 400_000
	for n := range rows {
		fmt.Fprintf(&b, "09%08d,,\n", n)
	}
	c := newClerk()
	c.open(b.String())
	if columns := c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}}).Columns; columns == nil || columns.Stopped || columns.Rows != rows {
		t.Fatalf("%+v", columns)
	}
	rests := 0
	c.Rest = func() bool { rests++; return false }
	q := contacts.Request{Request: files.Request{Do: files.Answer}, Choices: choices()}
	q.Choices.Purpose = rules.TransactionUpdate
	f := c.ask(t, q).Found
	if f == nil || !f.Stopped || rests != 1 || f.Rows == 0 || f.Rows >= rows || f.Reached != f.Rows {
		t.Errorf("%d rests, %+v", rests, f)
	}
	if p := c.told[len(c.told)-2].Progress; p == nil || p.Rows == 0 || p.Thousandth <= 0 || p.Thousandth >= 1000 {
		t.Errorf("the progress was %+v", p)
	}
}

// TestWritingCanBeStopped, and begun anew.
func TestWritingCanBeStopped(t *testing.T) {
	var b strings.Builder
	b.WriteString("SĐT,Quan tâm OA,zalo_id\n")
	for n := range 300_000 {
		fmt.Fprintf(&b, "09%08d,,\n", n)
	}
	c := newClerk()
	c.open(b.String())
	c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}})
	q := contacts.Request{Request: files.Request{Do: files.Answer}, Choices: choices()}
	q.Choices.Purpose = rules.TransactionUpdate
	if f := c.ask(t, q).Found; f == nil || f.Reached != 300_000 {
		t.Fatalf("%+v", f)
	}
	c.Rest = func() bool { return false }
	_, err := c.Write(contacts.Request{}, newMemory)
	if c.Fail(1, err); err == nil || c.last(t).Wrong.Code != files.Stopped {
		t.Errorf("%v", err)
	}
	c.Rest = nil
	if b, err := c.Write(contacts.Request{}, newMemory); err != nil || b.Size() < 300_000*11 {
		t.Errorf("%v", err)
	}
}

// TestHostileFilesAreRefusedInWords: whatever comes, there is a code with words, and the
// desk takes the next list.
func TestHostileFilesAreRefusedInWords(t *testing.T) {
	c := newClerk()
	for text, code := range map[string]string{
		"": "empty", "SĐT\n": "no-rows", "%PDF-1.7\n": "other-kind", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600): "old-excel",
		"PK\x03\x04 nothing": "damaged", "0912345678,An\n0912345679,Bình\n": "no-header", "SĐT,b\n0912345678,\"x\n": "open-quote",
	} {
		c.open(text)
		r := c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}})
		if r.Wrong == nil {
			c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer}, Choices: choices()})
			r = c.last(t)
		}
		if r.Wrong == nil || r.Wrong.Code != code {
			t.Errorf("%.20q: %+v, not %s", text, r.Wrong, code)
		}
	}
	c.open(list)
	if columns := c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}}).Columns; columns == nil {
		t.Errorf("%+v", c.last(t))
	}
	if w := newClerk().ask(t, contacts.Request{Request: files.Request{Do: files.Answer}}).Wrong; w == nil || w.Code != files.Internal {
		t.Errorf("without a list: %+v", w)
	}
}

// TestAWrongFileTakesNothingAway: whoever chooses another file by mistake still has the
// list that stands on the page, its answer and its files.
func TestAWrongFileTakesNothingAway(t *testing.T) {
	c := newClerk()
	c.open(list)
	look := contacts.Request{Request: files.Request{Do: files.Look}}
	answer := contacts.Request{Request: files.Request{Do: files.Answer, Orders: []string{"", "", "", "", "dmy", ""}}, Choices: choices()}
	c.ask(t, look)
	before := c.ask(t, answer)
	for _, wrong := range []string{"%PDF-1.7\n", "", "SĐT\n"} {
		c.open(wrong)
		if r := c.ask(t, look); r.Wrong == nil {
			t.Fatalf("%q is a list", wrong)
		}
		if _, err := c.Write(contacts.Request{File: contacts.AllFiles, Choices: choices()}, newMemory); err != nil {
			t.Errorf("after %q its files: %v", wrong, err)
		}
		if after := c.ask(t, answer); after.Found == nil || after.Found.Outcome.Reached != before.Found.Outcome.Reached {
			t.Errorf("after %q: %+v, not %+v", wrong, after, before)
		}
	}
}

func TestChoicesThatDoNotFitAreNamed(t *testing.T) {
	c := newClerk()
	c.open(list)
	c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}})
	q := contacts.Request{Request: files.Request{Do: files.Answer, Orders: []string{"", "", "", "", "dmy", ""}}, Choices: choices()}
	q.Choices.Ways = nil
	if w := c.ask(t, q).Wrong; w == nil || w.Code != contacts.NoWays {
		t.Errorf("without a way: %+v", w)
	}
	q.Choices = choices()
	q.Choices.Package = "silver"
	if w := c.ask(t, q).Wrong; w == nil || w.Code != files.WrongChoice || w.Path != "sender.oaPackage" {
		t.Errorf("with a package that does not exist: %+v", w)
	}
}

// TestAWayThatWasSwitchedOffIsNotNamed: what was named before is switched off, and nothing
// that goes that way is named any more.
func TestAWayThatWasSwitchedOffIsNotNamed(t *testing.T) {
	c := newClerk()
	c.open("phone,uid,follows,zaloLast\n0912345678,,,\n0912345679,1,-,2024-01-01\n,2,+,2024-01-01\n,3,-,2024-01-01\n")
	c.ask(t, contacts.Request{Request: files.Request{Do: files.Look}})
	choices := contacts.Choices{Purpose: rules.Promotion, On: 20261201, Ways: []contacts.Way{contacts.OA}}
	switchedOff := 0
	for range contacts.Ways() {
		f := c.ask(t, contacts.Request{Request: files.Request{Do: files.Answer}, Choices: choices}).Found
		if f == nil || len(f.Missed) == 0 {
			t.Fatalf("%+v", f)
		}
		var named []contacts.Way
		for _, m := range f.Missed {
			if m.Would != "" {
				named = append(named, contacts.WayOf(m.Would))
			}
		}
		next := contacts.Way("")
		for _, way := range named {
			if slices.Contains(choices.Off, way) {
				t.Errorf("%s is switched off, and named among %v", way, named)
			}
			if way != contacts.OA {
				next = way
			}
		}
		if next == "" {
			break
		}
		choices.Switch(next, false)
		switchedOff++
	}
	if switchedOff < 2 {
		t.Errorf("only %v were named, and switched off", choices.Off)
	}
}
