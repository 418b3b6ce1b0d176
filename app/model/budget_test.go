package model_test

import (
	"testing"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// TestABudgetIsTurnedIntoPeople asks by how a form stands and what is typed.
func TestABudgetIsTurnedIntoPeople(t *testing.T) {
	zns := func() *form.Form {
		f := form.New("2026-12-01", "vi")
		f.Set(form.PathType, string(rules.ZNS))
		f.Set("message.template.buttons", "oa-page")
		return f
	}
	blocked, unpriced, wrong, converted := zns(), zns(), zns(), zns()
	blocked.Set(form.GroupPath(0, "phone"), form.No)
	unpriced.Set("message.template.buttons", "app-download")
	wrong.Set("pricing.markupPercent", "abc")
	converted.Set(form.PathConvert, "USD")
	converted.Set("pricing.convert.rates.VND", "0.00004")
	free := form.New("2026-12-01", "vi")
	free.Set(form.PathType, string(rules.MessengerStandard))
	nobody := zns()
	nobody.Set(form.GroupPath(0, "recipients"), "")

	for _, c := range []struct {
		what     string
		form     *form.Form
		typed    string
		most     int64
		total    string
		currency string
		said     string
	}{
		{"300 dong and VAT each", zns(), "2.000.000", 6060, "1999800", "VND", ""},
		{"as people write millions", zns(), "2tr", 6060, "1999800", "VND", ""},
		{"whoever the field of recipients has", nobody, "330", 1, "330", "VND", ""},
		{"in another currency", converted, "80", 6060, "79.992", "USD", ""},
		{"too little for one", zns(), "329", 0, "330", "VND", "budget.little"},
		{"nothing yet", zns(), " ", 0, "0", "VND", ""},
		{"no number", zns(), "nhiều", 0, "0", "VND", "budget.number"},
		{"below zero", zns(), "-5", 0, "0", "VND", "budget.number"},
		{"too much to count", zns(), "9999999999999", 0, "0", "VND", "budget.number"},
		{"nothing may go", blocked, "1000", 0, "0", "VND", "budget.blocked"},
		{"no price in the book", unpriced, "1000", 0, "0", "VND", "budget.unpriced"},
		{"a mistake elsewhere", wrong, "1000", 0, "0", "VND", "budget.mistakes"},
		{"free", free, "1000", 0, "0", "VND", "budget.unlimited"},
	} {
		got := model.BudgetOf(c.form, c.typed)
		if got.Most != c.most || got.Said != c.said || got.Total.Gross.String() != c.total {
			t.Errorf("%s: %d people for %s, %q", c.what, got.Most, got.Total.Gross, got.Said)
		}
		if currency := model.BudgetCurrency(c.form); currency != c.currency {
			t.Errorf("%s: in %s", c.what, currency)
		}
		if got.Said != "" && !words.Of("vi").Has(got.Said) {
			t.Errorf("there is no text %s", got.Said)
		}
	}
}
