package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"

	"postage/app/contacts/reading"
	"postage/app/table"
	"postage/rules"
	"postage/rules/reach"
	"postage/web/protocol"
)

// TestMain leaves out what Beam logs: what failed is in the error too.
func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// onOne is what the list in one file has on one machine.
func onOne(t *testing.T, task *Task, list string) (rows, summary string, r *reading.Reading) {
	t.Helper()
	of, ways, err := task.prepare()
	if err != nil {
		t.Fatal(err)
	}
	file, err := table.Open(strings.NewReader(list), int64(len(list)), table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	columns, err := file.Columns(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := columns.UseAll(of.Columns); err != nil {
		t.Fatal(err)
	}
	if r, err = reading.Read(file, columns, of, ways, nil); err != nil {
		t.Fatal(err)
	}
	outcome := r.Answer.Outcome(of.DependsToo)
	var out bytes.Buffer
	lines := reading.NewLines(&out, reading.WayCells(outcome))
	r.Each(outcome, func(row reach.Row) { lines.Write(int64(row.Number), row.Way, row.Reason) })
	if err := lines.Flush(); err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(protocol.Summarise(r.Answer, r.Rows, r.List.Doubles(), int64(len(r.Unreadable))), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), string(text) + "\n", r
}

// onMany is what the pipeline has for the list in parts.
func onMany(t *testing.T, task *Task, parts []string) (rows, summary string) {
	t.Helper()
	folder := t.TempDir()
	task.Out = filepath.Join(folder, "out")
	task.Summary = filepath.Join(task.Out, "summary.json")
	var files []string
	for i, part := range parts {
		file := filepath.Join(folder, fmt.Sprintf("part-%02d.csv", i))
		if err := os.WriteFile(file, []byte(part), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	p := beam.NewPipeline()
	build(p.Root(), task, files)
	if err := ptest.Run(p); err != nil {
		t.Fatal(err)
	}
	read := func(file string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const names = "row,way,price,reason\n"
	rows = names
	for i := range files {
		part, ok := strings.CutPrefix(read(task.rowsFile(int32(i), int32(len(files)))), names)
		if !ok {
			t.Fatalf("part %d begins with other names", i)
		}
		rows += part
	}
	return rows, read(task.Summary)
}

// cut cuts a list into parts that each have the header; some have nothing else.
func cut(r *rand.Rand, header string, rows []string, parts int) (list []string) {
	at := []int{0, len(rows)}
	for range parts - 1 {
		at = append(at, r.IntN(len(rows)+1))
	}
	slices.Sort(at)
	for i := range parts {
		list = append(list, header+strings.Join(rows[at[i]:at[i+1]], ""))
	}
	return list
}

// differ tells the first lines in which two texts differ.
func differ(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d: %q, not %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(a), len(b))
}

// equal fails the test where many machines have another answer than one. It returns what
// one has, and how long many took.
func equal(t *testing.T, task *Task, header string, rows, parts []string) (*reading.Reading, time.Duration) {
	t.Helper()
	wantRows, wantSummary, r := onOne(t, task, header+strings.Join(rows, ""))
	start := time.Now()
	gotRows, gotSummary := onMany(t, task, parts)
	took := time.Since(start)
	if gotRows != wantRows {
		t.Errorf("the rows: %s", differ(gotRows, wantRows))
	}
	if gotSummary != wantSummary {
		t.Errorf("the summary: %s", differ(gotSummary, wantSummary))
	}
	if t.Failed() {
		t.Fatalf("%s on %s, %s; the first parts:\n%.2000s", task.Purpose, task.On, task.Config, strings.Join(parts, "---\n"))
	}
	return r, took
}

const header = "Tên,SĐT,zalo_id,Quan tâm OA,Tương tác OA gần nhất,ZNS chăm sóc 6 tháng,FB gần nhất,Đăng ký FB,WhatsApp gần nhất,Đồng ý WhatsApp,Nước\n"

// one takes one of a list.
func one[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// person is a row of a made-up list in which numbers and user ids stand again and again.
func person(r *rand.Rand, people int) string {
	day := func() string {
		return one(r, "", "chưa từng", "2026-12-01 07:30", "2026-12-01", "2026-11-29 21:15", "2026-11-20", "2025-10-02 10:00", "2026-12-05")
	}
	switch r.IntN(60) {
	case 0:
		return "\n"
	case 1:
		return `"Bình ""Béo""` + "\n" + `(hai dòng)",0912345678,,có,,,,,,,` + "\n"
	case 2:
		return "Chi,0912 34x,,,,,,,,,\n"
	}
	phone, uid := "", ""
	if r.IntN(4) > 0 {
		phone = "09" + strconv.Itoa(10_000_000+r.IntN(people))
	}
	if r.IntN(3) > 0 {
		uid = strconv.Itoa(3_829_104_400_000_000 + r.IntN(people))
	}
	if r.IntN(9) == 0 {
		phone = "+65 8" + strconv.Itoa(1_000_000+r.IntN(people))
	}
	return strings.Join([]string{"An", phone, uid, one(r, "", "có", "không"), day(), one(r, "", "có", "có", "không"), day(), one(r, "", "có"), day(), one(r, "", "có", "không"), one(r, "", "", "VN", "SG")}, ",") + "\n"
}

// config is what a made-up list is to get: something that is shared ends in most.
func config(r *rand.Rand) (purpose rules.Purpose, text string) {
	dependsToo := one(r, "false", "true")
	const dong = `"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}}`
	switch r.IntN(7) {
	case 0, 1, 2: // the quota of a month
		return rules.Promotion, fmt.Sprintf(`{"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[%d,0]},"dependsToo":%s,
			"ways":[{"type":"zalo.zns","template":{"approved":true}}%s]}`, 6+r.IntN(70), dependsToo, one(r, "", `,{"type":"messenger.standard"}`, `,{"type":"zalo.uid.broadcast"}`))
	case 3: // messages that a package has
		return rules.AnswerQuestion, fmt.Sprintf(`{"sender":{"tool":"oa-manager-web","oaPackage":"growth","includedMessages":%d},%s,"dependsToo":%s,
			"ways":[{"type":"zalo.uid.consultation"}%s]}`, 1+r.IntN(9), dong, dependsToo, one(r, "", `,{"type":"messenger.human-agent"}`, `,{"type":"whatsapp.service"}`))
	case 4: // free messages of a month
		return rules.AnswerQuestion, fmt.Sprintf(`{"sender":{"freeServiceUsed":%d},%s,"dependsToo":%s,
			"ways":[{"type":"whatsapp.service"},{"type":"zalo.uid.consultation"}]}`, 1000-r.IntN(9), dong, dependsToo)
	case 5: // volume tiers
		return rules.TransactionUpdate, fmt.Sprintf(`{"sender":{"chargedThisMonth":%d},%s,"dependsToo":%s,
			"ways":[{"type":"whatsapp.utility","template":{"approved":true}},{"type":"zalo.zns","template":{"approved":true}}]}`, 100_000-r.IntN(40), dong, dependsToo)
	default: // what serves the purpose, some of it without a rate
		return one(r, rules.Purposes()...), fmt.Sprintf(`{"dependsToo":%s}`, dependsToo)
	}
}

// TestManyMachinesAnswerAsOne: whatever a list is cut into, every row and every sum is
// that of the whole list on one machine.
func TestManyMachinesAnswerAsOne(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 5))
	const lists, least = 60, 10
	split, doubled, unreadable := 0, 0, 0
	for range lists {
		purpose, text := config(r)
		task := &Task{Purpose: purpose, On: 20261201, Config: []byte(text)}
		people := 20 + r.IntN(200)
		rows := []string{"An,0912345678,3829104400000001,có,2026-11-20,có,25/11/2026,,,có,VN\n"}
		for range 30 + r.IntN(250) {
			rows = append(rows, person(r, people))
		}
		rows = append(rows, "Em,0912345679,,,,,,,,,\n")
		read, _ := equal(t, task, header, rows, cut(r, header, rows, 1+r.IntN(6)))
		outcome := read.Answer.Outcome(strings.Contains(text, `"dependsToo":true`))
		if slices.ContainsFunc(outcome.Shares, func(s []reach.Share) bool { return len(s) > 1 }) {
			split++
		}
		if read.List.Doubles() > 0 {
			doubled++
		}
		if len(read.Unreadable) > 0 {
			unreadable++
		}
	}
	t.Logf("of %d lists %d have a segment that is split, %d doubles, %d rows that cannot be read", lists, split, doubled, unreadable)
	if split < least || doubled < least || unreadable < least {
		t.Errorf("fewer than %d have one of them", least)
	}
}

// TestDoublesHangTogetherThroughManyRows: rows of which each shares a number with one
// and a user id with another.
func TestDoublesHangTogetherThroughManyRows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	task := &Task{Purpose: rules.Promotion, On: 20261201}
	for _, length := range []int{2, 3, 4, 5, 6, 9, 40} {
		var rows []string
		for i := range length {
			phone, next, uid := 912345678+10*i, 912345678+10*(i+1), 3_829_104_400_000_000+i
			rows = append(rows,
				fmt.Sprintf("An,0%d,%d,%s,,,,,,,\n", phone, uid, one(r, "", "có")),
				fmt.Sprintf("An,,%d,%s,%s,,,,,,\n", uid, one(r, "", "có"), one(r, "", "2026-11-20", "2026-11-21")),
				fmt.Sprintf("An,0%d,%d,%s,,,,,,,\n", next, uid, one(r, "", "không")))
		}
		for range 3 {
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			if read, _ := equal(t, task, header, rows, cut(r, header, rows, 4)); read.List.Doubles() == 0 {
				t.Errorf("%d in a row: no doubles", length)
			}
		}
	}
}

// TestAListIsPlannedRowByRow has the list that the command for one machine is tested
// with, in two files.
func TestAListIsPlannedRowByRow(t *testing.T) {
	const names = "Họ tên,Số điện thoại,Zalo UID,Quan tâm OA,Lần cuối tương tác,ZNS chăm sóc 6 tháng\n"
	task := &Task{Purpose: rules.Promotion, On: 20261201, Config: []byte(`{"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[600,0]},
		"ways":[{"type":"zalo.zns","template":{"approved":true}},{"type":"zalo.uid.broadcast"}]}`)}
	rows, summary := onMany(t, task, []string{
		names + "An,0912345678,u1,có,2026-11-20,có\n\n",
		names,
		names + "Bình,0912345678,,không,2026-11-25,\nChi,\"abc, xyz\",,,,\nDũng,84987654321,,không,2026-11-01,có\nEm,0987654322,,không,2026-11-01,không\n",
	})
	const want = `row,way,price,reason
2,zalo.uid.broadcast,0,
4,,,double of 2
5,,,"unreadable: Số điện thoại: ""abc, xyz"" is not a phone number."
6,zalo.zns,440,
7,,,zalo.zns: consent
`
	if rows != want {
		t.Error(differ(rows, want))
	}
	if !strings.Contains(summary, `"contacts": 5,`) || !strings.Contains(summary, `"gross": "440"`) {
		t.Error(summary)
	}
}

// TestALargeList logs how long it takes.
func TestALargeList(t *testing.T) {
	const people, parts = 200_000, 8
	r := rand.New(rand.NewPCG(2, 8))
	rows := []string{"An,0912345678,3829104400000001,có,2026-11-20,có,25/11/2026,,,có,VN\n"}
	for len(rows) < people {
		rows = append(rows, person(r, 2*people))
	}
	task := &Task{Purpose: rules.Promotion, On: 20261201, Config: []byte(`{"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[20000,0]},
		"ways":[{"type":"zalo.zns","template":{"approved":true}},{"type":"zalo.uid.broadcast"}]}`)}
	list := cut(r, header, rows, parts)
	_, took := equal(t, task, header, rows, list)
	t.Logf("%d rows in %d files took %v", len(rows), parts, took)
}
