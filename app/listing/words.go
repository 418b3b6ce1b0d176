package listing

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/contacts"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// WrongText says what is wrong with a file, a row or a choice.
func (w *work) WrongText(f *files.Wrong) string {
	if f.Code == files.WrongChoice {
		return w.Words().First([]string{"list.wrong.choice." + f.Path, "list.wrong.choice"})
	}
	return w.File.WrongText(f)
}

// missedText says why people are not reached. What nobody told, in a column or beside the
// list, is not known: it is not said to be so.
func (w *work) missedText(m *contacts.Missed) string {
	codes := slices.Clone(m.Codes)
	_, _, cared := w.choices.Cared()
	for i, code := range codes {
		switch {
		case m.Type != rules.ZNS:
		case code == "consent" && !slices.Contains(w.Uses, "careWithin6Months"):
			codes[i] = "consent-unsaid"
		case code == "quota" && !cared:
			codes[i] = "quota-unsaid"
		}
	}
	return filing.Capital(filing.ReasonText(w.Words(), m.Type, codes))
}

// template says of which kind of template a price of a type is; empty where the type has no
// templates.
func (w *work) template(t rules.MessageType) string {
	kind := w.found.Templates[t]
	if kind == "" {
		return ""
	}
	l := w.Words()
	return l.Text("list.template", "kind", l.Text("option.message.template.kind."+string(kind)))
}

// wayName is a type, and of which template its price is.
func (w *work) wayName(t rules.MessageType) string {
	name := filing.TypeName(w.Words(), t)
	if template := w.template(t); template != "" {
		return name + " (" + template + ")"
	}
	return name
}

// wouldText says what would reach people.
func (w *work) wouldText(m *contacts.Missed) string {
	if m.Would == "" {
		return ""
	}
	l := w.Words()
	name := filing.TypeName(l, m.Would)
	if price, err := decimal.NewFromString(m.Price); err == nil && price.IsZero() {
		name = l.Text("list.would.free", "way", name)
	} else if err == nil {
		name = l.Text("list.would.price", "way", w.wayName(m.Would), "price", l.RoundMoney(price, m.Currency))
	}
	if len(m.Needs) == 0 {
		return l.Text("list.would.use", "way", name)
	}
	return l.Text("list.would", "needs", filing.Capital(filing.NeedText(l, m.Would, m.Needs)), "way", name)
}

// totalText is what something costs.
func totalText(w *words.Language, totals []rules.Total, reached int64) string {
	if len(totals) == 0 {
		if reached == 0 {
			return "—"
		}
		return w.Text("total.not-in-book")
	}
	var parts []string
	for _, t := range totals {
		if !t.Gross.IsZero() {
			parts = append(parts, w.RoundTotal(t.Gross, t.Currency))
		}
	}
	if len(parts) == 0 {
		return w.Text("price.free")
	}
	return strings.Join(parts, " + ")
}

// eachText says what each costs on the average, and by the price of which template, where
// that is one.
func (w *work) eachText(o *contacts.Outcome) string {
	if len(o.Totals) != 1 || o.Reached == 0 || o.Totals[0].Gross.IsZero() {
		return ""
	}
	t := o.Totals[0]
	l := w.Words()
	each := l.RoundMoney(t.Gross.DivRound(decimal.NewFromInt(o.Reached), 6), t.Currency)
	key := "list.each"
	if !t.Tax.IsZero() {
		key = "list.each.taxed"
		if slices.ContainsFunc(o.Ways, func(s contacts.Sent) bool {
			return slices.ContainsFunc(s.Totals, func(t rules.Total) bool { return t.Tax.IsZero() && !t.Gross.IsZero() })
		}) {
			key = "list.each.part-taxed"
		}
	}
	said, of := l.Text(key, "price", each), []string{}
	for _, s := range o.Ways {
		if costs := slices.ContainsFunc(s.Totals, func(t rules.Total) bool { return !t.Gross.IsZero() }); !costs {
			continue
		}
		if template := w.template(s.Type); !slices.Contains(of, template) {
			of = append(of, template)
		}
	}
	if len(of) == 1 && of[0] != "" {
		said += ", " + of[0]
	}
	return said
}

// hangs reports whether somebody of an outcome is reached only if something is so that is
// not known.
func hangs(o *contacts.Outcome) bool {
	return slices.ContainsFunc(o.Ways, func(s contacts.Sent) bool { return len(s.Unknown) > 0 })
}

// verdict is how the whole is. Where nobody is surely reached but some may be, and where
// some of those who are counted may not be, it depends.
func verdict(f *contacts.Found) rules.Verdict {
	o := &f.Outcome
	switch {
	case o.Reached == 0 && f.Depends != nil || hangs(o):
		return rules.Depends
	case o.Reached == 0:
		return rules.Ineligible
	case o.Reached < o.People:
		return rules.Partial
	}
	return rules.Eligible
}

// maxLink bounds a fragment, in bytes.
const maxLink = 60_000

// link makes the link that puts the answer into the plan: it has counts, and nothing of
// the list.
func (w *work) link() {
	w.toPlan = ""
	if w.found == nil || len(w.found.Plan) == 0 {
		return
	}
	link := kit.AddToPlan + base64.RawURLEncoding.EncodeToString(w.found.Plan)
	if w.tooLong = len(link) > maxLink; !w.tooLong {
		w.toPlan = w.Href(kit.PlanPath(w.Lang)) + "#" + link
	}
}
