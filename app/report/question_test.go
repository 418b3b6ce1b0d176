package report

import (
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
)

func TestANumberIsEchoedInWordsWhileItIsTyped(t *testing.T) {
	for _, c := range []struct{ lang, path, typed, want string }{
		{"vi", form.GroupPath(0, "recipients"), "12500", "= 12.500 người"},
		{"en", form.GroupPath(0, "recipients"), "12.5k", "= 12,500 people"},
		{"en", form.GroupPath(0, "recipients"), "1", "= 1 person"},
		{"vi", form.PathPer, "3", "= 3 tin"},
		{"en", form.PathPer, "1", "= 1 message"},
		{"vi", "pricing.markupPercent", "7,5", "= 7,5%"},
		{"vi", "pricing.monthlyFee", "1,5 triệu", "= 1.500.000\u00a0₫"},
		{"vi", form.GroupPath(0, "recipients"), "nhiều", "người"},
		{"vi", form.GroupPath(0, "hoursSinceInteraction"), "72", "= 3 ngày"},
	} {
		s := reportWith(c.lang, form.New(formtest.TestDay, c.lang))
		s.Typed(c.path, c.typed)
		for _, q := range s.Form.Questions() {
			if q.Path == c.path {
				if got := (Question{Report: s, Q: q}).Unit(); got != c.want {
					t.Errorf("%s: %s typed into %s is echoed as %q, not %q", c.lang, c.typed, c.path, got, c.want)
				}
			}
		}
		s.Entered(c.path, c.typed)
		for _, q := range s.Form.Questions() {
			if q.Path == c.path && strings.HasPrefix((Question{Report: s, Q: q}).Unit(), "=") {
				t.Errorf("%s is echoed after it has been entered", c.typed)
			}
		}
	}
}

func TestANumberOutOfItsRangeIsToldFromWhatIsNone(t *testing.T) {
	recipients, percent := form.GroupPath(0, "recipients"), "pricing.markupPercent"
	texts := map[string]struct{ recipients, percent, count, amount string }{
		"vi": {"Hãy nhập số từ 1 đến 1.000.000.000.", "Hãy nhập số từ 0 đến 10.000.", "Hãy nhập một số nguyên, ví dụ 1.200.", "Hãy nhập một số, ví dụ 10 hoặc 0,05."},
		"en": {"Enter a number from 1 to 1,000,000,000.", "Enter a number from 0 to 10,000.", "Enter a whole number, such as 1,200.", "Enter a number, such as 10 or 0.05."},
		"ru": {"Введите число от 1 до 1 000 000 000.", "Введите число от 0 до 10 000.", "Введите целое число, например 1 200.", "Введите число, например 10 или 0,05."},
	}
	for lang, want := range texts {
		for _, c := range []struct{ path, typed, want string }{
			{recipients, "99999999999999", want.recipients}, {recipients, "99.999.999.999.999", want.recipients}, {recipients, "1 000 000 001", want.recipients},
			{recipients, "999999 tỷ", want.recipients}, {recipients, "-5", want.recipients}, {recipients, "−5", want.recipients}, {recipients, "-2k", want.recipients},
			{recipients, "-1.200", want.recipients}, {recipients, "0", want.recipients}, {recipients, form.Exact + "-5", want.recipients}, {recipients, "1000000000", ""}, {recipients, "1", ""},
			{recipients, "--5", want.count}, {recipients, "abc", want.count}, {recipients, "-1,25", want.count}, {recipients, "5-", want.count}, {recipients, "-", want.count},
			{percent, "-5", want.percent}, {percent, "−0,5", want.percent}, {percent, "-0.5%", want.percent}, {percent, "99999999999999", want.percent}, {percent, "7,5", ""}, {percent, "0", ""},
			{percent, "abc", want.amount}, {percent, "5-", want.amount}, {percent, "-", want.amount},
		} {
			s := reportWith(lang, form.New(formtest.TestDay, lang))
			s.Typed(c.path, c.typed)
			got := ""
			if len(s.Mistakes) > 0 {
				got = strings.ReplaceAll(s.MistakeText(s.Mistakes[0]), "\u00a0", " ")
			}
			if got != c.want {
				t.Errorf("%s: %s %q is answered by %q, not %q", lang, c.path, c.typed, got, c.want)
			}
		}
	}
}

// TestARateTheOtherWayRoundIsTold: 26,300 dollars for one dong are 26,300 dong for a dollar.
func TestARateTheOtherWayRoundIsTold(t *testing.T) {
	const rate = "pricing.convert.rates.VND"
	for lang, want := range map[string]string{
		"vi": "1 ₫ không thể bằng 26.300. Nếu tỷ giá là 1 ăn 26.300 ₫, hãy nhập 0,000038022814.",
		"en": "₫1 cannot be 26,300. If one is 26,300 dong, enter 0.000038022814.",
		"ru": "1 ₫ не может быть 26 300. Если за единицу дают 26 300 ₫, введите 0,000038022814.",
	} {
		for typed, told := range map[string]bool{"26300": true, "26 300": true, "0,000038": false, "1": false} {
			f := form.New(formtest.TestDay, lang)
			f.Values[form.PathConvert] = "AUD"
			s := reportWith(lang, f)
			s.Typed(rate, typed)
			got := ""
			for _, m := range s.Mistakes {
				got += strings.ReplaceAll(s.MistakeText(m), "\u00a0", " ")
			}
			if told && got != want || !told && got != "" {
				t.Errorf("%s: %q is answered by %q", lang, typed, got)
			}
		}
	}
}
