package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"postage/app/words"
	"postage/web/internal/source"
)

// TestWhatPartnersTypeIsReadAsTheWidgetTakesIt: by field and language, what is typed and what
// stands in the lines to copy; "wrong" where there is nothing, and of a number that could be
// two those two. Where the calculator reads the number too, it reads the same.
func TestWhatPartnersTypeIsReadAsTheWidgetTakesIt(t *testing.T) {
	t.Parallel()
	const percent, fee, all = "markup-percent", "monthly-fee", "vi en ru"
	cases := []struct{ field, langs, typed, want string }{
		{percent, all, "20", "20"},
		{percent, all, "20%", "20"},
		{percent, all, "20 %", "20"},
		{percent, all, "+20%", "20"},
		{percent, all, "12.5", "12.5"},
		{percent, all, "12,5 %", "12.5"},
		{percent, all, "007,50", "7.5"},
		{percent, all, ",5", "0.5"},
		{percent, "vi ru", "12,345", "12.345"},
		{percent, "en", "12.345", "12.345"},
		{percent, "en", "1,250%", "1250"},
		{percent, "vi", "1.250%", "1250"},
		{percent, all, "1 250", "1250"},
		{percent, "en", "12,345", "wrong"}, // more than anybody adds
		{percent, all, "10001", "wrong"},
		{percent, all, "-5", "wrong"},
		{percent, all, "%", "wrong"},
		{percent, all, "12 5", "wrong"},
		{percent, all, "1,2,3", "wrong"},
		{percent, all, "5 $", "wrong"},
		{percent, all, "0.1234567890123", "wrong"},
		{"tax-percent", all, "8 %", "8"},
		{"tax-percent", all, "8 %", "8"},

		{fee, all, "500000", "500000"},
		{fee, all, "500 000 ₫", "500000"},
		{fee, all, "500 000 đồng", "500000"},
		{fee, all, "1.500.000", "1500000"},
		{fee, all, "1,500,000 VND", "1500000"},
		{fee, "vi", "500.000đ", "500000"},
		{fee, "en", "500,000", "500000"},
		{fee, "vi", "500,000", "500000 or 500"},
		{fee, "en", "500.000", "500000 or 500"},
		{fee, "ru", "500.000", "500000 or 500"},
		{fee, "ru", "500,125", "500125 or 500,1250"},
		{fee, "vi ru", "1.500,5", "1500.5"},
		{fee, "en ru", "1,500.5", "1500.5"},
		{fee, "en", "1.500,5", "wrong"}, // which the calculator takes for 1.5005
		{fee, all, "500k", "500000"},
		{fee, all, "500 nghìn đồng", "500000"},
		{fee, all, "500 тыс. донгов", "500000"},
		{fee, all, "1tr5", "1500000"},
		{fee, "vi ru", "1,5 triệu", "1500000"},
		{fee, all, "0,005 USD", "USD 0.005"},
		{fee, all, "$0.005", "USD 0.005"},
		{fee, all, "20 €", "EUR 20"},
		{fee, all, "VND 20, USD 0.001", "VND 20, USD 0.001"},
		{fee, all, "usd 0,001;20", "USD 0.001, VND 20"},
		{fee, all, "VND 20,USD 1", "VND 20, USD 1"},
		{fee, all, "5 USD,500 VND", "USD 5, VND 500"},
		{fee, all, "VND20", "20"},
		{fee, all, "20, 30", "wrong"},
		{fee, all, "VND 20 USD", "wrong"},
		{fee, all, "10%", "wrong"},
		{fee, all, "5 ₽", "wrong"},
		{fee, all, "5 mice", "wrong"},
		{fee, all, "12345678901234", "wrong"},
		{fee, all, "5 constructor", "wrong"},
		{"markup-per-message", all, "11 ₫", "11"},

		{"lead", all, "marina@example.com", "mailto:marina@example.com"},
		{"lead", all, "MailTo: marina@example.com", "mailto:marina@example.com"},
		{"lead", all, "mailto:desk@localhost", "mailto:desk@localhost"},
		{"lead", all, "Event", "event"},
		{"lead", all, "https://example.com/leads?a=b", "https://example.com/leads?a=b"},
		{"lead", all, "example.com", "https://example.com"},
		{"lead", all, "www.example.com.vn/leads", "https://www.example.com.vn/leads"},
		{"lead", all, "http://example.com", "wrong"},
		{"lead", all, "https://example.com/#leads", "wrong"},
		{"lead", all, "example.com#leads", "wrong"},
		{"lead", all, "marina@example", "wrong"},
		{"lead", all, "a@example.com, b@example.com", "wrong"},
		{"lead", all, "javascript:alert(1)", "wrong"},
		{"lead", all, "Marina", "wrong"},

		{"partner", all, "Агентство", "Агентство"},
		{"partner", all, strings.Repeat("P", 60), strings.Repeat("P", 60)},
		{"partner", all, strings.Repeat("P", 61), "wrong"},
		{"date", all, "2026-12-31", "2026-12-31"},
		{"date", all, "12026-12-31", "wrong"},
	}
	type question struct{ Lang, Field, Typed string }
	var questions []question
	var wants []string
	for _, c := range cases {
		for _, lang := range strings.Fields(c.langs) {
			questions, wants = append(questions, question{lang, c.field, c.typed}), append(wants, c.want)
		}
	}
	signs := map[string]words.Signs{}
	for _, lang := range words.Codes {
		signs[lang] = words.SignsOf(lang)
	}

	var script bytes.Buffer
	for _, name := range []string{"options.js", "typed.js"} {
		content, err := os.ReadFile("site/assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		script.Write(content)
	}
	known, err := json.Marshal(signs)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	script.WriteString(`
		const signs = ` + string(known) + `;
		console.log(JSON.stringify(` + string(asked) + `.map(({ Lang, Field, Typed }) => {
			const { value, mistake, thousands, decimals } = typedReader(signs[Lang])(Field, Typed);
			return value ?? (mistake === "unclear" ? thousands + " or " + decimals : mistake);
		})));`)
	dir := t.TempDir()
	if err := source.WriteFile(dir+"/main.js", script.Bytes()); err != nil {
		t.Fatal(err)
	}
	out, _ := node(t, dir, "main.js")
	var got []string
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != len(wants) {
		t.Fatalf("%v: %s", err, out)
	}
	compared := 0
	for i, q := range questions {
		if got[i] != wants[i] {
			t.Errorf("%q as %s in %s is read as %q, not %q", q.Typed, q.Field, q.Lang, got[i], wants[i])
		}
		if q.Field != percent && q.Field != fee {
			continue
		}
		read, ok := words.PlainDecimal(got[i])
		calculated, also := words.ParseDecimal(q.Typed, q.Lang)
		if !ok || !also {
			continue
		}
		compared++
		if !read.Equal(calculated) {
			t.Errorf("%q as %s in %s is read as %s, and by the calculator as %s", q.Typed, q.Field, q.Lang, read, calculated)
		}
	}
	if compared < 40 {
		t.Errorf("only %d numbers are compared", compared)
	}
}
