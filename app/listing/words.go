package listing

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/contacts"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// wayName is a type as it stands among others.
func wayName(w *words.Language, kind rules.MessageType) string {
	if kind.Platform() == rules.ZNS.Platform() {
		return w.First([]string{"mix.name." + string(kind), "type." + string(kind)})
	}
	return w.TypeName(kind)
}

// faultText says what is wrong with a file, a row or a choice.
func (w *work) faultText(f *contacts.Wrong) string {
	l := w.words()
	if f.Code == contacts.WrongChoice {
		return l.First([]string{"list.wrong.choice." + f.Path, "list.wrong.choice"})
	}
	most := l.Number(f.Most)
	return l.First([]string{"list.wrong." + f.Code, "list.wrong." + contacts.Internal}, "row", l.Number(int64(f.Row)), "column", f.Column, "found", f.Found, "most", most)
}

// reasonText says why people are not reached.
func reasonText(w *words.Language, kind rules.MessageType, codes []string) string {
	return joined(w, "list.not.", kind, codes)
}

// needText says what would have to be.
func needText(w *words.Language, kind rules.MessageType, codes []string) string {
	return joined(w, "list.need.", kind, codes)
}

// saidBy are the codes whose texts say what that of another one says too: a number tells
// the country, and who follows an account has a user id there.
var saidBy = map[string]string{"country": "identity", "identity": "follow"}

// joined are the texts of codes of checks, as they are for a type.
func joined(w *words.Language, section string, kind rules.MessageType, codes []string) string {
	var parts []string
	for _, code := range codes {
		if said, ok := saidBy[code]; ok && slices.Contains(codes, said) {
			continue
		}
		q := rules.Quote{Message: kind}
		parts = append(parts, w.First(words.CheckKeys(section+code, &q, &rules.Check{})))
	}
	return strings.Join(parts, ", ")
}

// missedText is the first letter of a reason made large.
func missedText(w *words.Language, m *contacts.Missed) string {
	return capital(reasonText(w, m.Type, m.Codes))
}

func capital(text string) string {
	for i, r := range text {
		if i == 0 {
			return strings.ToUpper(string(r)) + text[len(string(r)):]
		}
	}
	return text
}

// wouldText says what would reach people.
func wouldText(w *words.Language, m *contacts.Missed) string {
	if m.Would == "" {
		return ""
	}
	name := wayName(w, m.Would)
	if price, err := decimal.NewFromString(m.Price); err == nil && price.IsZero() {
		name = w.Text("list.would.free", "way", name)
	} else if err == nil {
		name = w.Text("list.would.price", "way", name, "price", w.RoundMoney(price, m.Currency))
	}
	if len(m.Needs) == 0 {
		return w.Text("list.would.use", "way", name)
	}
	return w.Text("list.would", "needs", capital(needText(w, m.Would, m.Needs)), "way", name)
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

// eachText says what each costs on the average.
func eachText(w *words.Language, o *contacts.Outcome) string {
	if len(o.Totals) != 1 || o.Reached == 0 || o.Totals[0].Gross.IsZero() {
		return ""
	}
	t := o.Totals[0]
	each := w.RoundMoney(t.Gross.DivRound(decimal.NewFromInt(o.Reached), 6), t.Currency)
	key := "list.each"
	if !t.Tax.IsZero() {
		key = "list.each.taxed"
	}
	return w.Text(key, "price", each)
}

// verdict is how the whole is.
func verdict(o *contacts.Outcome) rules.Verdict {
	switch {
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
		w.toPlan = w.href(kit.PlanPath(w.lang)) + "#" + link
	}
}
