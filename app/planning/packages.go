package planning

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// packages set the packages of a Zalo account side by side for the plan.
func (v reply) packages() goapp.UI {
	if v.answer.Quote == nil || !v.hasZalo() {
		return nil
	}
	w := v.words()
	var body []goapp.UI
	if v.work.packagesOpen { // it answers the plan once for each package
		body = v.packageRows()
	}
	return kit.Tag("section").Class("card plan-packages").Body(kit.Tag("details").Class("more").Attr("open", v.work.packagesOpen).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.work.packagesOpen = ctx.JSSrc().Get("open").Bool() }).
		Body(kit.Tag("summary").Body(kit.Text(w.Text("packages.title"))), kit.Div("", body...)))
}

func (v reply) hasZalo() bool {
	for i := range v.answer.Asked.Items {
		if v.answer.Asked.Items[i].Message.Type.Platform() == rules.ZNS.Platform() {
			return true
		}
	}
	return false
}

func (v reply) packageRows() []goapp.UI {
	w := v.words()
	list, err := rules.PackagesFor(v.answer.Asked)
	if err != nil {
		return nil
	}
	rows := make([]goapp.UI, 0, len(list))
	for i := range list {
		rows = append(rows, v.packageRow(&list[i], i == 0))
	}
	return []goapp.UI{
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("packages.hint"))),
		kit.Tag("ol").Class("package-rows").Body(rows...),
	}
}

// packageRow is what the plan costs with a package, or why it cannot be with it.
func (v reply) packageRow(c *rules.PackageCost, best bool) goapp.UI {
	w := v.words()
	name := w.First([]string{"option.sender.oaPackage-running." + string(c.Package), "option.sender.oaPackage." + string(c.Package)})
	fee := w.Text("packages.unpublished")
	if c.Term > 0 {
		fee = w.Text("packages.fee", "fee", w.Money(c.Fee, "VND"), "months", w.Count("plan.months", c.Term))
		if c.Fee.IsZero() {
			fee = w.Text("packages.free")
		}
	}
	holds := ""
	if n, known := c.Included.Get(); known && n > 0 {
		holds = " · " + w.Text("packages.holds", "n", w.Number(n))
	}
	total, note, class := "—", "", ""
	switch {
	case c.Error != nil:
		note, class = w.Text("packages.ended"), "wrong"
	case len(c.Barred) > 0:
		note, class = w.Text("packages.barred", "items", v.barred(c)), "wrong"
	case len(c.Totals) == 0:
		note = w.Text("packages.no-total")
	case best:
		note, class = w.Text("packages.best"), "best"
	}
	if len(c.Totals) > 0 {
		total = w.RoundTotal(c.Totals[0].Gross, c.Totals[0].Currency)
		for _, more := range c.Totals[1:] {
			total += ", " + w.RoundTotal(more.Gross, more.Currency)
		}
	}
	if c.Package == v.answer.Asked.Sender.OAPackage {
		name += " · " + w.Text("packages.own")
	}
	body := []goapp.UI{
		kit.Tag("b").Body(kit.Text(name)), kit.Tag("b").Class("package-total").Body(kit.Text(total)),
		kit.Tag("span").Class("soft").Body(kit.Text(fee + holds)),
	}
	if note != "" {
		body = append(body, kit.Tag("span").Class("package-note").Body(kit.Text(note)))
	}
	if c.Error == nil && c.Package != v.answer.Asked.Sender.OAPackage {
		body = append(body, kit.Button("link", w.Text("packages.use"), func(goapp.Context, goapp.Event) {
			v.plan.Say("sender.oaPackage", string(c.Package))
			v.changed()
		}, string(c.Package)).ID("package-rows-"+string(c.Package)).Aria("label", w.Text("packages.use")+": "+name))
	}
	return kit.Tag("li").Class(class).Body(body...)
}

// barred names the items that cannot be sent with a package.
func (v reply) barred(c *rules.PackageCost) (names string) {
	said := map[int]bool{}
	t := v.tell()
	for _, b := range c.Barred {
		if !said[b.Item] {
			said[b.Item] = true
			if names != "" {
				names += ", "
			}
			names += words.ShortName(t.Name(v.answer.At[b.Item]))
		}
	}
	return names
}
