package calendar

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/kit"
	"postage/app/plan"
	"postage/rules"
)

// Costs are the costs of the months as a picture: a bar for each, with a piece for each
// channel. Two currencies cannot be drawn beside each other; the table has both.
func Costs(t plan.Teller, sums [][]plan.ChannelSum) goapp.UI {
	q := t.Answer.Quote
	if len(q.Totals) != 1 || len(q.Months) < 2 {
		return nil
	}
	w := t.Words()
	currency := q.Totals[0].Currency
	most := decimal.Zero
	months := make([]decimal.Decimal, len(sums))
	for i := range sums {
		for _, s := range sums[i] {
			if s.Currency == currency {
				months[i] = months[i].Add(s.Gross)
			}
		}
		if months[i].GreaterThan(most) {
			most = months[i]
		}
	}
	if most.IsZero() {
		return nil
	}
	const line = 40
	var shapes, keys []goapp.UI
	var said []string
	seen := map[rules.Channel]bool{}
	for i := range sums {
		y := int64(line * i)
		name, amount := t.Month(q.Months[i].Month), w.RoundTotal(months[i], currency)
		said = append(said, name+": "+amount+".")
		shapes = append(shapes, kit.Label("row-name", "0", kit.Px(y+13), "start", name), kit.Label("amount", "100%", kit.Px(y+13), "end", amount))
		before := decimal.Zero
		for _, s := range sums[i] {
			if s.Currency != currency || s.Gross.IsZero() {
				continue
			}
			from := kit.ShareOf(before, most)
			before = before.Add(s.Gross)
			shapes = append(shapes, kit.Shape("rect", costSign(s.Channel), "x", kit.Across(from), "width", kit.Across(max(3, kit.ShareOf(before, most)-from)), "y", kit.Px(y+20), "height", "13", "rx", "2"))
			if !seen[s.Channel] {
				seen[s.Channel] = true
				keys = append(keys, kit.Key(kit.Shape("rect", costSign(s.Channel), "x", "3", "y", "3", "width", "14", "height", "14", "rx", "2"), t.ChannelName(s.Channel)))
			}
		}
	}
	return kit.Div("plan-costs",
		kit.Chart("plan-costs", w.Text("plan.costs"), strings.Join(said, " "), int64(line*len(sums)), []goapp.UI{kit.Stripes("plan-cost", "stripes cost", "45")}, shapes),
		kit.Tag("ul").Class("keys plan-keys").Body(keys...),
	)
}

// costSign is what a channel looks like in the picture.
func costSign(c rules.Channel) string {
	if c == "" {
		return "cost fees"
	}
	return "cost " + string(c)
}
