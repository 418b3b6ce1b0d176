package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// told runs the command with some flags and files, and returns its exit code and what
// it writes.
func told(t *testing.T, flags map[string]string, files ...string) (code int, stderr string) {
	t.Helper()
	names := []string{"purpose", "on", "out", "config", "summary", "dates", "sheet"}
	for _, name := range names {
		if err := flag.Set(name, flags[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := flag.CommandLine.Parse(files); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	code = run(t.Context(), &out)
	return code, out.String()
}

// written writes a file and returns its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sound are flags that are as they should be.
func sound(t *testing.T, more ...string) map[string]string {
	flags := map[string]string{"purpose": "promotion", "on": "2026-12-01", "out": t.TempDir()}
	for i := 0; i < len(more); i += 2 {
		flags[more[i]] = more[i+1]
	}
	return flags
}

func TestTheCommandSaysWhatItTakesColumnsFor(t *testing.T) {
	first, second := written(t, "a.csv", "Tên,SĐT\nAn,0912345678\n"), written(t, "b.csv", "Tên,SĐT\nBình,0912345679\n")
	summary := filepath.Join(t.TempDir(), "sums.json")
	flags := sound(t, "summary", summary)
	code, stderr := told(t, flags, first, second)
	if code != exitOK || !strings.Contains(stderr, "B \"SĐT\": phone\n") || !strings.Contains(stderr, "A \"Tên\": not used\n") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
	text, err := os.ReadFile(summary)
	if err != nil || !strings.Contains(string(text), `"contacts": 2,`) {
		t.Errorf("%v, %s", err, text)
	}
	rows, err := os.ReadFile(filepath.Join(flags["out"], "rows-00001-of-00002.csv"))
	if err != nil || !strings.Contains(string(rows), "\n3,") {
		t.Errorf("%v, %s", err, rows)
	}
}

func TestTheCommandSaysWhetherSomeRowWasUnreadable(t *testing.T) {
	file := written(t, "a.csv", "SĐT\n0912345678\n0912 34x\n")
	if code, stderr := told(t, sound(t), file); code != exitFailed {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}

// TestWhatIsWrongIsSaid: in the command line before anything runs, in the files where
// they are read.
func TestWhatIsWrongIsSaid(t *testing.T) {
	file := written(t, "a.csv", "SĐT,zaloLast\n0912345678,1/2/2026\n")
	other := written(t, "b.csv", "Phone,zaloLast\n0912345679,1/2/2026\n")
	config := func(text string) string { return written(t, "config.json", text) }
	for _, c := range []struct {
		flags map[string]string
		files []string
		code  int
		says  string
	}{
		{sound(t, "on", "yesterday"), []string{file}, exitUsage, "-on: "},
		{sound(t, "purpose", "spam"), []string{file}, exitUsage, `"spam" is none of`},
		{sound(t, "out", ""), []string{file}, exitUsage, "-out: "},
		{sound(t, "dates", "ymd"), []string{file}, exitUsage, `-dates: "ymd" is neither dmy nor mdy`},
		{sound(t, "config", config(`{"ways":[{"type":"pigeon"}]}`)), []string{file}, exitUsage, "ways[0].type"},
		{sound(t, "config", filepath.Join(t.TempDir(), "none")), []string{file}, exitUsage, "-config: "},
		{sound(t), nil, exitUsage, "it takes the files"},
		{sound(t), []string{filepath.Join(t.TempDir(), "*.csv")}, exitUsage, "there is no file"},
		{sound(t), []string{file, file}, exitUsage, "is named twice"},
		{sound(t), []string{file}, exitFailed, "-dates: Nothing in the column \"zaloLast\" proves"},
		{sound(t, "dates", "dmy"), []string{file, other}, exitFailed, `all files of a list must have the same`},
		{sound(t), []string{written(t, "c.csv", "SĐT\n")}, exitFailed, "There is a row with names of columns but no contact below it"},
		{sound(t), []string{written(t, "d.csv", "SĐT\n\"0912345678\n")}, exitFailed, "d.csv: A quotation mark that opens in row 2"},
		{sound(t, "config", config(`{"columns":{"phone":"Mobile"}}`)), []string{file}, exitFailed, `-config: There is no column "Mobile"`},
	} {
		if code, stderr := told(t, c.flags, c.files...); code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%v %v: exit code %d, %s\nwant %d, %s", c.flags, c.files, code, stderr, c.code, c.says)
		}
	}
}
