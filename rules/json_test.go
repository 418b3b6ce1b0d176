package rules

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// notQuiteJSON are texts at the edges of what JSON is.
var notQuiteJSON = []string{
	"", " ", "{", "}", "[", "]", "{}", "[]", "[[]]", `{"a":{}}`, "null", "nul", "nulll", "true ", "false,", "TRUE", "nan", "Infinity",
	"0", "-0", "-", "00", "01", "-01", "1.", ".5", "1.5", "1e", "1e+", "1e5", "1E-5", "1e5.5", "+1", "0x1", "1 2", "--1", "1-", "0e0", "-0.0e-0",
	`""`, `"`, `"a`, `"\"`, `"\\"`, `"\x"`, `"\u12"`, `"\u12G4"`, `"\u00e9"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83dx"`, `"\ud83d\u0041"`,
	`"\/\b\f\n\r\t"`, "\"\t\"", "\"\x00\"", "\"\x7f\"", "\x00", "{\x00}", "\ufeff{}", "{}\x00", "{} {}", "\v{}", "\u00a0{}",
	"[1,2]", "[1,]", "[,1]", "[1 2]", "[1,,2]", "[1", "[1,", `["a" "b"]`, `["a":1]`,
	`{"a":1}`, `{"a":1,}`, `{,"a":1}`, `{"a"}`, `{"a":}`, `{"a" 1}`, `{a:1}`, `{'a':1}`, `{"a":1 "b":2}`, `{"a":1,"b":2}`, `{"a":1,b:2}`, `{"a":1,"b"}`,
	`{"a":[}`, `[{]`, `{]`, `[}`, `{"a":[1,{"b":null}],"c":"d"}`, " \t\r\n{ \"a\" : [ 1 , 2 ] } \n", "/**/{}", "{}//",
	strings.Repeat("[", 10000) + strings.Repeat("]", 10000), strings.Repeat("[", 10001) + strings.Repeat("]", 10001),
	strings.Repeat(`{"":`, 10001), strings.Repeat("[", 100000), `{"a":` + strings.Repeat("1", 100000) + "}",
}

func TestTheSameTextsAreJSONAsForEncodingJSON(t *testing.T) {
	for _, text := range notQuiteJSON {
		checkAgainstEncodingJSON(t, text)
	}
	// Every worked scenario, broken in every place and with every byte put in.
	r := rand.New(rand.NewPCG(8259, 1))
	sound := `{"on":"2026-11-21","m":{"t":[true,false,null,-1.5e+10,"\u0041\n"]},"a":[{},[]]}`
	for at := range sound {
		checkAgainstEncodingJSON(t, sound[:at])
		checkAgainstEncodingJSON(t, sound[:at]+sound[at+1:])
		for b := range 256 {
			checkAgainstEncodingJSON(t, sound[:at]+string([]byte{byte(b)})+sound[at:])
			checkAgainstEncodingJSON(t, sound[:at]+string([]byte{byte(b)})+sound[at+1:])
		}
	}
	const parts = `{}[]"",:0123-.eE+\utfn `
	for range 200_000 {
		text := make([]byte, r.IntN(12))
		for i := range text {
			text[i] = parts[r.IntN(len(parts))]
		}
		checkAgainstEncodingJSON(t, string(text))
	}
}

// checkAgainstEncodingJSON compares what is JSON, where it stops being JSON,
// and what its strings stand for.
func checkAgainstEncodingJSON(t *testing.T, text string) {
	t.Helper()
	place, reason := checkJSON(text)
	if valid := json.Valid([]byte(text)); valid != (reason == "") {
		t.Fatalf("%.200q: valid for encoding/json: %t, here: %d %s", text, valid, place, reason)
	}
	if reason != "" {
		return
	}
	d := decoder{rest: text}
	if token := d.token(); token[0] == '"' {
		var want string
		if err := json.Unmarshal([]byte(token), &want); err != nil {
			t.Fatal(err)
		}
		if got := string([]rune(unquote(token))); got != want { // Decode takes UTF-8 alone
			t.Fatalf("%q stands for %q, here %q", token, want, got)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, text := range notQuiteJSON {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkAgainstEncodingJSON(t, text) })
}

func TestTheSyntaxErrorSaysWhereAndWhat(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "not JSON at byte 0: it ends where a value is expected",
		`{"on":`:           "not JSON at byte 6: it ends where a value is expected",
		`{"on":x}`:         "not JSON at byte 7: a value is expected here",
		`{"on":1,}`:        "not JSON at byte 9: a name and a colon is expected here",
		`{on:1}`:           "not JSON at byte 2: a name in quotes or } is expected here",
		`{"on":1} x`:       "not JSON at byte 10: the end is expected here",
		`{"on":[1 2]}`:     "not JSON at byte 10: a comma or ] is expected here",
		"{\"on\":\"a\nb\"": "not JSON at byte 9: the rest of a string is expected here",
	} {
		if _, err := Decode([]byte(text)); err == nil || err.Error() != "syntax: "+want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// asEncodingJSON writes a value as it is written for people who use the types.
func asEncodingJSON(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// CheckWritten compares an answer with the quote or the mistake as encoding/json
// writes it.
func CheckWritten(t *testing.T, scenario []byte) {
	t.Helper()
	s, err := Decode(scenario)
	var want any = map[string]error{"error": err}
	if err == nil {
		q, err := Evaluate(s)
		if err != nil {
			t.Fatal(err)
		}
		want = q
	}
	got, ok := Answer(scenario)
	if ok != (err == nil) || string(got) != asEncodingJSON(t, want) {
		t.Errorf("%s\nis answered with   %sencoding/json says %s", scenario, got, asEncodingJSON(t, want))
	}
}

func TestTextsAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	all := make([]rune, 0, 0x3100)
	for r := range rune(0x3100) {
		all = append(all, r)
	}
	for _, text := range []string{"", string(all), `"\/`, "a\xffb\xc3", "\xed\xa0\x80", "\U0001F600", "<&>", "Nhóm khách lẻ"} {
		var w jsonWriter
		w.quote(text)
		if got, want := string(w.text)+"\n", asEncodingJSON(t, text); got != want {
			t.Errorf("%q is written as %s, encoding/json writes %s", text, got, want)
		}
	}
}

// TestEveryFieldIsWritten: no field of an answer is forgotten, whether it is
// filled or empty.
func TestEveryFieldIsWritten(t *testing.T) {
	segment, money := 2, decimal.RequireFromString("-12.50")
	text := "<\"é\u2028\">"
	check := Check{"a" + text, Fail, "r" + text, 20260101, Official, "l" + text, "e" + text, []string{"n" + text}, []string{text, ""}}
	line := Line{&segment, "c", 1, money, money, true, money, money, money, "m", 5, "r", 20260102, Single, []string{"s"}}
	total := Total{"VND", money, money, decimal.Zero}
	full := Quote{
		20260103, ZNS, Partial, true, 1, 2, 3, 13, 4, 5, []SegmentQuote{{text, Depends, 6, 7, 8, 14, 9, 10, []Check{check, {}}}, {}},
		[]Line{line, {}}, []Total{total, {}}, &total, 20260104, &Schedule{11, 12}, []Notice{{"n", Comparison{WhatsAppService, 7, "USD", money, money}, []string{}}, {}},
	}
	for _, q := range []Quote{full, {}, {Segments: []SegmentQuote{}, Lines: []Line{}, Totals: []Total{}, Notices: []Notice{}}} {
		w := jsonWriter{[]byte("{")}
		w.quoteFields(&q)
		if got, want := string(w.text)+"}\n", asEncodingJSON(t, q); got != want {
			t.Errorf("written as         %sencoding/json says %s", got, want)
		}
	}
	for _, c := range []Change{{20260101, []Difference{{"w", &segment, "c", "b", "a", "y", "VND"}, {}}, []string{"r"}}, {}} {
		w := jsonWriter{[]byte("{")}
		w.change(&c)
		if got, want := string(w.text)+"}\n", asEncodingJSON(t, c); got != want {
			t.Errorf("written as         %sencoding/json says %s", got, want)
		}
	}
}

func TestFactsAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	for _, c := range []struct{ opt, plain any }{
		{Some(true), true}, {Some(int64(-5)), -5}, {Some([2]int64{3, 4}), [2]int{3, 4}},
		{Some(decimal.RequireFromString("1.50")), "1.5"},
	} {
		if got, want := asEncodingJSON(t, c.opt), asEncodingJSON(t, c.plain); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if _, err := json.Marshal(Some(struct{}{})); err == nil {
		t.Error("a fact of a type that scenarios do not have is written")
	}
}

// TestTablesReadAsEncodingCSVReadsThem reads every table of the book both ways,
// and a few that the book does not have.
func TestTablesReadAsEncodingCSVReadsThem(t *testing.T) {
	tables := 0
	err := fs.WalkDir(bookFiles, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := bookFiles.ReadFile(name)
		if err != nil {
			return err
		}
		tables++
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			return err
		}
		got := [][]string{rows[0]}
		err = eachRow(bookFiles, name, strings.Join(rows[0], ","), func(cells []string) error {
			got = append(got, slices.Clone(cells))
			return nil
		})
		if err != nil {
			return err
		}
		if !slices.EqualFunc(got, rows, slices.Equal) {
			t.Errorf("%s reads otherwise", name)
		}
		return nil
	})
	if err != nil || tables < 20 {
		t.Fatalf("%d tables were read: %v", tables, err)
	}
	for _, row := range []string{
		"a,b", ",", `"a","b"`, `"a,b",c`, `"a""b",`, `"",""`, `a,"b""",c`, `"a"`, `é,"ß"`,
		`a"b,c`, `"a"b,c`, `"a,b`, `"a"",b`, `"`, `a,"`, `"a""`,
	} {
		want, err := csv.NewReader(strings.NewReader(row + "\n")).Read()
		got, rest, ownErr := cutRow(nil, row+"\nx")
		if (err == nil) != (ownErr == nil) || err == nil && (!slices.Equal(got, want) || rest != "x") {
			t.Errorf("%s: %q, %v; encoding/csv reads %q, %v", row, got, ownErr, want, err)
		}
	}
}

func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for at := first; at.Year() <= 801; at = at.AddDate(0, 0, 1) { // twice round the Gregorian calendar
		text := at.Format(time.DateOnly)
		d, err := ParseDate(text)
		if err != nil || d.String() != text || d.number() != (at.Unix()-first.Unix())/86400+1 {
			t.Fatalf("%s: %s with the number %d, %v", text, d, d.number(), err)
		}
		if got, want := d.AddDays(1), at.AddDate(0, 0, 1).Format(time.DateOnly); got.String() != want || got.AddDays(-1) != d {
			t.Fatalf("the day after %s is %s", d, got)
		}
	}
	r := rand.New(rand.NewPCG(1582, 10))
	for range 20_000 {
		at, days := time.Date(2000+r.IntN(50), 1, 1+r.IntN(366), 0, 0, 0, 0, time.UTC), r.IntN(8000)-4000
		d, err := ParseDate(at.Format(time.DateOnly))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.AddDays(days).String(), at.AddDate(0, 0, days).Format(time.DateOnly); got != want {
			t.Fatalf("%d days from %s is %s, not %s", days, d, got, want)
		}
	}
	for _, none := range []string{"2025-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-01-00", "0000-01-01"} {
		if d, err := ParseDate(none); err == nil {
			t.Errorf("%s is read as %s", none, d)
		}
	}
}
