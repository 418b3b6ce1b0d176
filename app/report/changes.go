package report

import (
	"strings"

	"postage/rules"
)

// ChangeText says what changes for the verdict and the cost; empty where
// neither does.
func (r *Report) ChangeText(c rules.Change) string {
	w := r.Words()
	var said []string
	for _, d := range c.Differences {
		switch d.What {
		case "verdict":
			said = append(said, w.Text("changes.to", "before", w.Text("verdict."+d.Before), "after", w.Text("verdict."+d.After)))
		case "total":
			said = append(said, r.totalChange(d))
		case "error":
			if d.After != "" {
				said = append(said, w.Text("changes.no-fit", "field", r.QuestionTitle(r.Form.Questions(), d.Code)))
			} else {
				said = append(said, w.Text("changes.fit"))
			}
		}
	}
	return strings.Join(said, " · ")
}

func (r *Report) totalChange(d rules.Difference) string {
	w := r.Words()
	amount := func(plain string) string {
		if plain == "" {
			return w.Text("total.not-in-book")
		}
		return w.PlainMoney(plain, d.Currency)
	}
	said := w.Text("changes.to", "before", amount(d.Before), "after", amount(d.After))
	if d.By == "" {
		return said
	}
	sign := "+"
	by := d.By
	if rest, ok := strings.CutPrefix(by, "-"); ok {
		sign, by = "−", rest
	}
	return w.Text("changes.by", "change", said, "by", sign+w.PlainMoney(by, d.Currency))
}
