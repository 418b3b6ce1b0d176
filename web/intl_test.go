package main

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "record anew what the browser says")

// intlFile is what package app holds its numbers, amounts, days and plurals
// against.
const intlFile = "../app/words/testdata/intl.tsv"

// asIntlWrites is a function of the browser that writes a value as CLDR has it
// for the language. Where the calculator means to differ, it is asked for that:
//
//   - An amount is exact: it has all its decimals, and at least two, or none if
//     it is in dong. CLDR would round to the currency's own.
//   - Days in English are the British, with the day first; but the ninth month
//     is Sep, as everywhere else in English, and not Sept.
//   - Days in Vietnamese have two digits for the day and for the month, as they
//     are printed on bills; CLDR's medium form has none but would say "thg".
const asIntlWrites = `([language, what, value]) => {
	const [kind, currency] = what.split(" ");
	switch (kind) {
	case "number":
		return new Intl.NumberFormat(language, { maximumFractionDigits: 20 }).format(value);
	case "money":
		return new Intl.NumberFormat(language, {
			style: "currency", currency, minimumFractionDigits: currency === "VND" ? 0 : 2, maximumFractionDigits: 20,
		}).format(value);
	case "percent":
		return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 20 }).format(value + "e-2");
	case "date": {
		const day = new Date(value + "T00:00:00Z");
		const options = { timeZone: "UTC", dateStyle: "medium" };
		if (language === "vi") return day.toLocaleDateString("vi", { timeZone: "UTC", day: "2-digit", month: "2-digit", year: "numeric" });
		if (language === "en") return day.toLocaleDateString("en-GB", options).replace("Sept", "Sep");
		return day.toLocaleDateString(language, options);
	}
	case "plural":
		return new Intl.PluralRules(language).select(Number(value));
	}
}`

func TestWhatIsRecordedIsWhatTheBrowsersIntlWrites(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile(intlFile)
	if err != nil {
		t.Fatal(err)
	}
	var comments []string
	var rows [][]string
	for line := range strings.Lines(string(file)) {
		if strings.HasPrefix(line, "#") {
			comments = append(comments, line)
			continue
		}
		row := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		if len(row) < 3 {
			t.Fatalf("%q is not a language, what it is and a value", line)
		}
		rows = append(rows, append(row, "")[:4])
	}
	asked, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	written := evaluate[[]string](newTab(t, 360, 740), string(asked)+".map("+asIntlWrites+")")
	if len(written) != len(rows) {
		t.Fatalf("%d values were asked for, %d are answered", len(rows), len(written))
	}
	if *update {
		var b strings.Builder
		b.WriteString(strings.Join(comments, ""))
		for i, row := range rows {
			b.WriteString(strings.Join(append(row[:3:3], written[i]), "\t") + "\n")
		}
		if err := os.WriteFile(intlFile, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	for i, row := range rows {
		if written[i] != row[3] {
			t.Errorf("%s: the browser writes %q, recorded is %q", strings.Join(row[:3], " "), written[i], row[3])
		}
	}
}
