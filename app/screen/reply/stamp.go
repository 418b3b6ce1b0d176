package reply

import (
	"cmp"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/screen/desk"
	"postage/rules"
)

// maxOpen is how many open questions the stamp names.
const maxOpen = 3

// DependsOn names what the answer depends on, each with the way to the question.
func (r *Column) DependsOn() goapp.UI {
	d := r.Desk
	paths := d.OpenQuestions()
	if !d.Current() || d.Verdict() != rules.Depends {
		return nil
	}
	body := []goapp.UI{kit.Span("", d.Words().Text("depends.on"))}
	questions := d.Form.Questions()
	for _, path := range paths[:min(len(paths), maxOpen)] {
		body = append(body, desk.Lead("link", d.QuestionTitle(questions, path), path))
	}
	if len(paths) == 0 {
		body = append(body, desk.Lead("link", d.Words().Text("depends.unpublished"), whyID))
	}
	return kit.Div("depends", body...)
}

// abroad says of people in other countries that an answer which does not ask for the
// country knows nothing of them: they were put there for another kind of message.
func (r *Column) abroad() goapp.UI {
	f := r.Desk.Form
	platform, _, _ := strings.Cut(string(f.Kind()), ".")
	for g := range f.Groups {
		path := form.GroupPath(g, "country")
		if c := f.Get(path); c != "" && c != rules.Home && !f.Asks(path) {
			return kit.Tag("p").Class("misfit").Body(kit.Text(r.Desk.Words().Text("stamp.abroad." + platform)))
		}
	}
	return nil
}

// warning says beside a yes what the book tells of these people's country, and leads to it.
func (r *Column) warning() goapp.UI {
	said, code := r.Desk.Warning(r.Desk.Quote)
	if said == "" {
		return nil
	}
	return kit.Tag("p").Class("misfit").Body(desk.Lead("link", said, noticeID+code))
}

// taken says beside a yes which questions nobody has answered: they start with the yes that
// is meant most often. It leads to the first of them.
func (r *Column) taken() goapp.UI {
	d := r.Desk
	if !d.Current() || d.Options.ReadOnly || d.Quote.Deliverable == 0 {
		return nil
	}
	first, list := "", []string{}
	for _, q := range d.Form.Questions() {
		key := "stamp.taken." + q.Name
		if _, said := d.Form.Values[q.Path]; said || d.Form.Get(q.Path) != form.Yes || !d.Words().Has(key) || !d.Options.AsksFor(q) {
			continue
		}
		if said := d.Words().Text(key); !slices.Contains(list, said) {
			list = append(list, said)
		}
		first = cmp.Or(first, q.Path)
	}
	if first == "" {
		return nil
	}
	return kit.Div("stamp-money", desk.Lead("link", d.Words().Text("stamp.taken", "list", strings.Join(list, ", ")), first))
}

// template says what a yes to a ZNS leaves open: that offers have a purpose of their own,
// which is not the one that is filled in, and that the account's package was not asked for.
func (r *Column) template() goapp.UI {
	d := r.Desk
	if !d.Current() || d.Options.ReadOnly || d.Form.Kind() != rules.ZNS || d.Quote.Deliverable == 0 {
		return nil
	}
	var links []goapp.UI
	lead := func(key, path string) {
		links = append(links, desk.Lead("link", d.Words().Text(key), path))
	}
	if rules.PurposeOf(d.Stands) == rules.TransactionUpdate {
		lead("stamp.offers", "message.tag")
	}
	if _, ok := rules.RuleOn("zalo.zns.packages", d.Quote.On); ok && d.Stands.Sender.OAPackage == "" {
		lead("stamp.package", "sender.oaPackage")
	}
	if len(links) == 0 {
		return nil
	}
	return kit.Div("stamp-money", links...)
}

// Stamp is the total on a stamp, with the verdict as its postmark.
func (r *Column) Stamp() goapp.UI {
	w := r.Desk.Words()
	q, total := r.Desk.Quote, r.Desk.TotalText()
	inner := []goapp.UI{
		kit.Tag("p").Class("stamp-label").Body(kit.Text(r.Desk.StampLabel())),
		kit.Tag("p").Class(page.TotalClass(total)).Body(kit.Text(total)),
	}
	if c := r.Desk.Quote.Converted; c != nil && len(q.Totals) > 0 && q.Totals[0].Currency != c.Currency {
		inner = append(inner, kit.Tag("p").Class("stamp-note").Body(kit.Text(w.Money(q.Totals[0].Gross, q.Totals[0].Currency))))
	}
	if each := r.Desk.PerMessage(); each != "" {
		inner = append(inner, kit.Tag("p").Class("stamp-note").Body(kit.Text(each)))
	}
	if d := q.Schedule; r.Desk.Current() && d != nil && d.Days > 1 {
		inner = append(inner, kit.Tag("p").Class("stamp-note").Body(kit.Text(w.Count("stamp.days", d.Days))))
	}
	if parts := r.Desk.PartsOfPrice(); parts != "" {
		inner = append(inner, kit.Tag("p").Class("stamp-parts").Body(kit.Text(parts)))
	}
	inner = append(inner, kit.PlaceFor(r.money()), r.split(), kit.PlaceFor(r.warning()), r.DependsOn(), kit.PlaceFor(r.taken()), kit.PlaceFor(r.template()), kit.PlaceFor(r.abroad()))
	verdict := r.Desk.Verdict()
	mark := r.Desk.Part(postmarkView{r, r.Desk.ShownLanguage(), verdict, q.Message, q.On, q.Tariff})
	return kit.Div("stamp verdict-"+string(verdict), kit.Div("stamp-inner", inner...), mark)
}

// money leads to the total in dong, where it is in another currency, to the tax and the
// fees that the user adds, where there are none yet, and to the fee of the account's
// package, where that is not in the total.
func (r *Column) money() goapp.UI {
	d := r.Desk
	q := d.Quote
	if !d.Current() || d.Options.ReadOnly {
		return nil
	}
	var links []goapp.UI
	lead := func(key, path string) { links = append(links, desk.Lead("link", d.Words().Text(key), path)) }
	if !d.Options.Fixed && len(q.Totals) > 0 && !q.Totals[0].Gross.IsZero() {
		if from := q.Totals[0].Currency; q.Converted == nil && from != home && d.Form.Asks(form.PathConvert) {
			links = append(links, kit.Button("link", d.Words().Text("stamp.in-home"), func(goapp.Context, goapp.Event) {
				d.Act(func() {
					d.Entered(form.PathConvert, home)
					d.MoveAfter(form.PathRate(from))
				})
			}, from))
		}
		if !slices.ContainsFunc(q.Lines, func(l rules.Line) bool { return model.IsOwn(&l) }) {
			lead("stamp.add", "pricing.markupPercent")
		}
	}
	// Where the messages are free the fee is all that is paid.
	const withFee = "sender.includePackageFee"
	if own := &d.Stands.Sender; q.Deliverable > 0 && q.Priced && !own.IncludePackageFee && d.Form.Asks(withFee) {
		if fee, known := rules.PackageFee(own.OAPackage, q.On); known && !fee.IsZero() {
			lead("stamp.fee", withFee)
		}
	}
	if len(links) == 0 {
		return nil
	}
	return kit.Div("stamp-money", links...)
}

// home is the currency that a total is asked for in.
const home = "VND"

// split shows how many messages go out and how many do not.
func (r *Column) split() goapp.UI {
	q := r.Desk.Quote
	goes, stays := r.Desk.SplitText()
	return page.Split(r.Desk.Verdict(), q.Requested, q.Deliverable, goes, stays)
}

// A postmarkView is the verdict in a ring with the day of the tariff and the type.
type postmarkView struct {
	of         *Column
	language   desk.ShownLanguage
	verdict    rules.Verdict
	message    rules.MessageType
	on, tariff rules.Date
}

func (v postmarkView) Draw() goapp.UI {
	w := v.of.Desk.Words()
	tariff, label := v.tariff, "postmark.tariff"
	if tariff == 0 { // nothing goes out, so no tariff is used
		tariff, label = v.on, "postmark.day"
	}
	top := strings.ToUpper(w.Text(label)) + " " + page.Dotted(w, tariff)
	bottom := strings.ToUpper(w.Text("channel."+string(v.message.Channel())) + " · " + w.Text("short."+string(v.message)))
	return page.Postmark(w, v.verdict, top, bottom)
}
