package packages

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

// ID is the part's title, to which a link leads.
const ID = "packages"

// A View compares the packages, and takes one of them for the plan.
type View struct {
	plan.Teller

	Open   bool // the part is open
	Toggle func(open bool)
	Show   func()                         // opens the part and moves there
	Use    func(shared map[string]string) // answers for all messages, by their paths; nil where the plan is not to be changed
}

// Draw sets the packages of a Zalo account side by side for the plan.
func (v View) Draw() goapp.UI {
	if v.Answer.Quote == nil || !v.hasZalo() {
		return nil
	}
	w := v.Words()
	var body []goapp.UI
	if v.Open { // it answers the plan once for each package
		body = v.rows()
	}
	return kit.Tag("section").Class("card plan-packages").Body(kit.Tag("details").Class("more").Attr("open", v.Open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.Toggle(ctx.JSSrc().Get("open").Bool()) }).
		Body(kit.Tag("summary").ID(ID).Body(kit.Text(w.Text("packages.title"))), kit.Div("", body...)))
}

func (v View) hasZalo() bool {
	for i := range v.Answer.Asked.Items {
		if v.Answer.Asked.Items[i].Message.Type.Platform() == rules.ZNS.Platform() {
			return true
		}
	}
	return false
}

// Unpaid says that the total is without the fee of the account's package, and leads to the
// packages; nothing where the fee is counted, or the package has none.
func (v View) Unpaid() goapp.UI {
	if v.Answer.Quote == nil || !v.hasZalo() || v.Answer.Asked.Sender.IncludePackageFee {
		return nil
	}
	w, own := v.Words(), v.Answer.Asked.Sender.OAPackage
	first, _ := v.Answer.Period()
	said := w.Text("packages.unpaid")
	if fee, known := rules.PackageFee(own, first); known && fee.IsZero() {
		return nil
	} else if known {
		said = w.Text("packages.unpaid.fee", "fee", w.RoundTotal(fee, "VND"))
	}
	return kit.Div("misfit", kit.Text(said+" "), kit.Button("link screen-only", w.Text("packages.compare"), func(goapp.Context, goapp.Event) { v.Show() }, "compare"))
}

func (v View) rows() []goapp.UI {
	w := v.Words()
	list, err := rules.PackagesFor(v.Answer.Asked)
	if err != nil {
		return nil
	}
	rows := make([]goapp.UI, 0, len(list))
	for i := range list {
		rows = append(rows, v.row(&list[i], i == 0))
	}
	return []goapp.UI{
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("packages.hint"))),
		kit.Tag("ol").Class("package-rows").Body(rows...),
	}
}

// row is what the plan costs with a package, or why it cannot be with it.
func (v View) row(c *rules.PackageCost, best bool) goapp.UI {
	w := v.Words()
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
	if c.Package == v.Answer.Asked.Sender.OAPackage {
		name += " · " + w.Text("packages.own")
	}
	body := []goapp.UI{
		kit.Tag("b").Body(kit.Text(name)), kit.Tag("b").Class("package-total").Body(kit.Text(total)),
		kit.Tag("span").Class("soft").Body(kit.Text(fee + holds)),
	}
	if note != "" {
		body = append(body, kit.Tag("span").Class("package-note").Body(kit.Text(note)))
	}
	if v.mayUse(c) {
		body = append(body, v.use(c, name))
	}
	return kit.Tag("li").Class(class).Body(body...)
}

// barred names the items that cannot be sent with a package.
func (v View) barred(c *rules.PackageCost) (names string) {
	said := map[int]bool{}
	t := v.Teller
	for _, b := range c.Barred {
		if !said[b.Item] {
			said[b.Item] = true
			if names != "" {
				names += ", "
			}
			names += words.ShortName(t.Name(v.Answer.At[b.Item]))
		}
	}
	return names
}

// mayUse reports whether the plan can be reckoned with a package as in its row: the fee of
// a month in a plan is that of a year's term or of a month's. One that bars a message is none
// to take.
func (v View) mayUse(c *rules.PackageCost) bool {
	own := c.Package == v.Answer.Asked.Sender.OAPackage && v.Answer.Asked.Sender.IncludePackageFee
	return c.Error == nil && !own && len(c.Barred) == 0 && len(c.Totals) > 0 && (c.Term == 12 || c.Term == 1) && v.Use != nil
}

// use takes a package for the whole plan, with its messages and its fee.
func (v View) use(c *rules.PackageCost, name string) goapp.UI {
	id := "package-" + string(c.Package) + "-" + words.Itoa(int(c.Term))
	return kit.Button("link", v.Words().Text("packages.use"), func(goapp.Context, goapp.Event) {
		v.Use(map[string]string{
			"sender.oaPackage": string(c.Package), "sender.includePackageFee": form.Yes,
			"sender.includedMessages": form.Exact + words.Itoa(int(c.Included.Or(0))), "sender.includedPerMonth": "",
		})
	}, id).ID(id).Aria("label", v.Words().Text("packages.use")+": "+name)
}
