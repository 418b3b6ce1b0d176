package spreadsheet

import (
	"encoding/csv"
	"strings"
	"testing"

	"postage/app/form/formtest"
	"postage/app/plan"
	"postage/app/report"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// month is a plan in two currencies, of which one has no tax, with a fee and a rate.
const month = `{"items":[
	{"name":"=orders","on":"2026-12-01","every":"week","until":"2026-12-29","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":100,"phone":true}]},
	{"name":"guests","on":"2026-12-20","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":300,"country":"RU","optedIn":true}]}],
	"sender":{"oaPackage":"growth","includePackageFee":true},"pricing":{"convert":{"currency":"VND","rates":{"USD":"26300"}}}}`

func table(t *testing.T, asked, lang string) [][]string {
	t.Helper()
	p, err := rules.DecodePlan([]byte(asked))
	if err != nil {
		t.Fatal(err)
	}
	own := plan.Of(p, formtest.TestDay, lang)
	answer := own.Answer(formtest.TestDay)
	rows, err := csv.NewReader(strings.NewReader(Of(plan.Teller{Report: &report.Report{Lang: lang}, Plan: &own, Answer: answer, Today: formtest.TestDay}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestASumWithoutATaxHasNoZero, which an accountant would take for a rate; and the table says
// at which rate it was converted, and what there is to know.
func TestASumWithoutATaxHasNoZero(t *testing.T) {
	for _, lang := range words.Codes {
		w := words.Of(lang)
		rows := table(t, month, lang)
		taxed, untaxed := rows[1], rows[2]
		if taxed[1] != "'=orders" || taxed[13] == "" || taxed[13] == "0" || taxed[14] == "" {
			t.Errorf("%s: ZNS has a tax: %q", lang, taxed)
		}
		if untaxed[1] != "guests" || untaxed[12] == "" || untaxed[13] != w.Text("plan.csv.untaxed") || untaxed[14] != untaxed[12] || untaxed[15] != "USD" {
			t.Errorf("%s: WhatsApp has none: %q", lang, untaxed)
		}
		all, sections := "", wordstest.KeySections()
		for _, row := range rows {
			all += strings.Join(row, "|") + "\n"
			if left := wordstest.LeftOver(strings.Join(row, "\n"), sections); left != "" {
				t.Errorf("%s: %q in %q", lang, left, row)
			}
		}
		for _, want := range []string{"|" + w.Number(26300), w.Text("plan.shared"), w.Text("plan.fees"), w.Text("notices.title"), report.TariffText(w)} {
			if !strings.Contains(all, want) {
				t.Errorf("%s: no %q in\n%s", lang, want, all)
			}
		}
	}
}

// TestATaxOfNothingIsOne that the user has given.
func TestATaxOfNothingIsOne(t *testing.T) {
	rows := table(t, strings.Replace(month, `"pricing":{`, `"pricing":{"taxPercent":"0",`, 1), "vi")
	if got := rows[2][13]; got != "0" {
		t.Errorf("WhatsApp without a tax has the tax %q", got)
	}
}
