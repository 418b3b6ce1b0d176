package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"postage/app/table/cellstest"
	"postage/rules"
	"postage/web/protocol"
)

var benchmarkedRows = flag.Int("rows", 200_000, "how many rows the list of BenchmarkReach has")

// soundList is a list of contacts with a double and a row that cannot be read.
const soundList = `Họ tên,Số điện thoại,Zalo UID,Quan tâm OA,Lần cuối tương tác,ZNS chăm sóc 6 tháng
An,0912345678,u1,có,2026-11-20,có
Bình,0912345678,,không,2026-11-25,
Chi,"abc, xyz",,,,
Dũng,84987654321,,không,2026-11-01,có
Em,0987654322,,không,2026-11-01,không
`

const soundListConfig = `{"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[600,0]},` +
	`"ways":[{"type":"zalo.zns","template":{"approved":true}},{"type":"zalo.uid.broadcast"}]}`

// listed runs the command on files of the given contents, and returns its exit code and
// what it writes.
func listed(t *testing.T, list, config string, more ...string) (code int, stdout, stderr, folder string) {
	t.Helper()
	folder = t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	args := append([]string{"reach", "-purpose", "promotion", "-on", "2026-12-01"}, more...)
	if config != "" {
		args = append(args, "-config", write("config.json", config))
	}
	args = append(args, write("contacts.csv", list))
	var out, err bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &err)
	return code, out.String(), err.String(), folder
}

const soundRows = `row,way,price,reason
2,zalo.uid.broadcast,0,
3,,,double of 2
4,,,"unreadable: Số điện thoại: ""abc, xyz"" is not a phone number."
5,zalo.zns,440,
6,,,zalo.zns: consent
`

func TestAListIsPlannedRowByRow(t *testing.T) {
	code, stdout, stderr, _ := listed(t, soundList, soundListConfig)
	if code != exitFailed || stdout != soundRows || !strings.Contains(stderr, "B \"Số điện thoại\": phone\n") || !strings.Contains(stderr, "A \"Họ tên\": not used\n") {
		t.Errorf("exit code %d, %s\n%s", code, stderr, stdout)
	}
	readable := strings.Replace(soundList, "Chi,\"abc, xyz\",,,,\n", "", 1)
	if code, stdout, stderr, _ := listed(t, readable, soundListConfig); code != exitOK || strings.Contains(stdout, "unreadable") {
		t.Errorf("exit code %d, %s\n%s", code, stderr, stdout)
	}
}

func TestAListMayComeFromStandardInput(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(config, []byte(soundListConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run([]string{"reach", "-purpose", "promotion", "-on", "2026-12-01", "-config", config, "-"}, strings.NewReader(soundList), &stdout, &stderr)
	if code != exitFailed || stdout.String() != soundRows {
		t.Errorf("exit code %d, %s\n%s", code, stderr.String(), stdout.String())
	}
}

func TestTheSummaryOfAListSaysAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "summary.json")
	if code, _, stderr, _ := listed(t, soundList, soundListConfig, "-summary", path); code != exitFailed {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s protocol.ListSummary
	if err := json.Unmarshal(text, &struct {
		*protocol.ListSummary
		Plan    any `json:"plan"`
		Depends any `json:"depends"`
	}{ListSummary: &s}); err != nil {
		t.Fatal(err)
	}
	if s.Contacts != 5 || s.Reached != 2 || s.Doubles != 1 || s.Unreadable != 1 || s.Days != 1 || len(s.Ways) != 2 || s.Totals[0].Gross.String() != "440" {
		t.Errorf("%s", text)
	}
	if len(s.Unreached) != 1 || s.Unreached[0].Contacts != 1 || s.Unreached[0].Reason != "zalo.zns: consent" || s.Unreached[0].Would == nil {
		t.Errorf("%s", text)
	}
	var whole struct {
		Plan    json.RawMessage
		Depends struct{ Plan json.RawMessage }
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	for _, plan := range [...]json.RawMessage{whole.Plan, whole.Depends.Plan} {
		p, err := rules.DecodePlan(plan)
		if err != nil {
			t.Fatalf("%v: %s", err, plan)
		}
		q, err := rules.EvaluatePlan(p)
		if err != nil || q.Totals[0].Gross.String() != "440" {
			t.Errorf("the plan costs %v, %v", q.Totals, err)
		}
	}
}

func TestEachWayOfAListHasAFile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "out", "ways")
	if code, _, stderr, _ := listed(t, soundList, soundListConfig, "-files", folder); code != exitFailed {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	for name, want := range map[string]string{"zalo.zns.csv": "Dũng", "zalo.uid.broadcast.csv": "An,"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "Zalo UID") || !strings.HasPrefix(lines[1], want) {
			t.Errorf("%s: %q", name, lines)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(folder, "*")); len(found) != 2 {
		t.Errorf("%v", found)
	}
}

func TestPeopleAreWrittenToByWhatDependsWhereThatIsAsked(t *testing.T) {
	config := strings.Replace(soundListConfig, `{"sender"`, `{"dependsToo":true,"sender"`, 1)
	config = strings.Replace(config, `,"promotionBase":[600,0]`, ``, 1)
	code, stdout, _, _ := listed(t, soundList, config)
	if code != exitFailed || !strings.Contains(stdout, "\n5,zalo.zns,440,\n") {
		t.Errorf("exit code %d\n%s", code, stdout)
	}
	config = strings.Replace(config, `"dependsToo":true,`, ``, 1)
	if _, stdout, _, _ := listed(t, soundList, config); !strings.Contains(stdout, "\n5,,,zalo.zns: quota\n") {
		t.Error(stdout)
	}
}

func TestWhatIsWrongWithACommandForAListIsSaid(t *testing.T) {
	const dates = "Phone,Last interaction Zalo\n0912345678,03/11/2026\n0912345679,04/11/2026\n"
	for _, c := range []struct {
		name, list, config string
		more               []string
		want               string
	}{
		{"a purpose that there is not", soundList, "", []string{"-purpose", "greeting"}, "greeting"},
		{"a day in another order", soundList, "", []string{"-on", "01/12/2026"}, "-on"},
		{"a flag that there is not", soundList, "", []string{"-colour"}, "-colour"},
		{"two lists", soundList, "", []string{"other.csv"}, "2"},
		{"a configuration that there is not", soundList, "", []string{"-config", "none.json"}, "-config"},
		{"a field that there is not", soundList, `{"way":[]}`, nil, "way: unknown-field"},
		{"a type for something else", soundList, `{"ways":[{"type":"zalo.uid.consultation"}]}`, nil, "ways[0].type"},
		{"a column that there is not", soundList, `{"columns":{"phone":"Điện thoại bàn"}}`, nil, "Điện thoại bàn"},
		{"a fact that there is not", soundList, `{"columns":{"age":"Tuổi"}}`, nil, "columns.age"},
		{"dates that nothing proves", dates, "", nil, "-dates"},
		{"an order that there is not", dates, "", []string{"-dates", "ymd"}, "ymd"},
		{"no table", "%PDF-1.7", "", nil, "PDF"},
		{"no column of contacts", "a,b\n1,2\n", "", nil, "Phone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, stdout, stderr, _ := listed(t, c.list, c.config, c.more...)
			if code != exitUsage || !strings.Contains(stderr, c.want) || stdout != "" {
				t.Errorf("exit code %d, %q\n%.400s", code, stdout, stderr)
			}
		})
	}
	if code, stdout, stderr, _ := listed(t, dates, "", "-dates", "dmy"); code != exitOK {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

// BenchmarkReach plans for a list as the command does, from the file to the written rows.
// With -rows 1000000 it is the one that is aimed at.
func BenchmarkReach(b *testing.B) {
	rows := *benchmarkedRows
	path := filepath.Join(b.TempDir(), "list.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	cellstest.ManyRows(f, rows)
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	most := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		done, ended := make(chan struct{}), make(chan struct{})
		go func() { // memory is highest while the rows are held
			defer close(ended)
			var m runtime.MemStats
			for {
				select {
				case <-done:
					return
				case <-time.After(50 * time.Millisecond):
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapInuse)
				}
			}
		}()
		code := run([]string{"reach", "-purpose", "promotion", "-on", "2026-12-01", path}, strings.NewReader(""), io.Discard, io.Discard)
		close(done)
		<-ended
		if code != exitOK {
			b.Fatal("exit code", code)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
	b.ReportMetric(float64(most)/float64(rows), "B-held/row")
}
