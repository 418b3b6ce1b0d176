package keep

import (
	"maps"
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/report"
	"postage/app/screen/desk"
)

// A ToPlan is the way of what stands in the form into the plan, and back into its
// place there.
type ToPlan struct {
	Desk   *desk.Desk
	Keeper *plan.Keeper // nil where there is no plan, as in a frame
	Shelf  *Shelf

	done string // what the last press came to
	put  int64  // the item that was put into the plan then
	of   string // the scenario that it was
}

const toPlanID = "to-plan"

// draw offers the way into the plan, and tells where it has led.
func (t *ToPlan) draw() goapp.UI {
	d := t.Desk
	if d.Frame {
		return nil
	}
	w := d.Words()
	if t.done != "" && t.of != string(d.Scenario) {
		t.done = "" // something else stands in the form by now
	}
	label, about := w.Text("plan.to"), ""
	var stop goapp.UI
	if d.Item != 0 {
		label, about = w.Text("plan.to.update"), w.Text("plan.to.editing", "name", t.name())
		stop = kit.Button("link", w.Text("plan.to.stop"), func(goapp.Context, goapp.Event) {
			d.Item, t.done = 0, ""
			d.KeepDraft()
			d.MoveAfter(toPlanID)
		})
	}
	said := []goapp.UI{kit.Span("", t.done)}
	if t.put != 0 && t.done != "" {
		said = append(said, kit.Tag("a").Class("see-plan").Attr("href", d.Href(kit.PlanPath(d.Lang))+"#"+plan.ItemPrefix+strconv.FormatInt(t.put, 10)).Body(kit.Text(w.Text("plan.to.see"))))
	}
	return kit.Div("to-plan-box",
		kit.PlaceFor(editing(about)),
		kit.Div("to-plan-row", kit.Pressable("press primary to-plan-button", toPlanID, func(goapp.Context, goapp.Event) { t.press() }, d.Item, kit.Icon(iconPlan), kit.Text(label)).Attr("disabled", !d.Current()), stop),
		kit.Tag("p").Class("to-plan-said").Attr("role", "status").Body(said...),
	)
}

// iconPlan is a page of a calendar with a cross, on a field of 20 by 20.
const iconPlan = "M4 5h12v11H4zM4 8.500h12M7.500 3v3M12.500 3v3M10 10.500v4M8 12.500h4"

func editing(about string) goapp.UI {
	if about == "" {
		return nil
	}
	return kit.Tag("p").Class("to-plan-about").Body(kit.Text(about))
}

// name is what the item that is being edited is called.
func (t *ToPlan) name() string {
	d := t.Desk
	if t.Keeper != nil {
		p, _ := t.Keeper.Read(d.Lang, d.Form.Today)
		if i := p.Find(d.Item); i >= 0 && p.Items[i].Name != "" {
			return p.Items[i].Name
		}
	}
	return d.Words().Text("type." + string(d.Form.Kind()))
}

// press puts what stands in the form into the plan, or back into its place there. What
// has been taken out of the plan meanwhile comes into it anew.
func (t *ToPlan) press() {
	d := t.Desk
	if t.Keeper == nil || !d.Current() {
		return
	}
	w := d.Words()
	p, _ := t.Keeper.Read(d.Lang, d.Form.Today)
	before := maps.Clone(p.Shared)
	i, updated := p.Find(d.Item), true
	if d.Item == 0 || i < 0 {
		i, updated = p.Add(d.Form, d.Called()), false
	} else {
		p.Replace(i, d.Form)
	}
	t.of, t.put = string(d.Scenario), 0
	switch t.Keeper.Store(p) {
	case model.Done:
	case model.Full:
		t.done = w.Text("plan.to.full")
		return
	default:
		t.done = w.Text("plan.lost")
		return
	}
	t.put = p.Items[i].ID
	if updated {
		t.done = w.Text("plan.to.updated", "name", t.name())
	} else {
		t.done = w.Count("plan.to.done", int64(len(p.Items)))
	}
	if changed := t.changedFor(&p, before); changed != "" {
		t.done += " " + w.Text("plan.to.sender", "what", changed)
	}
	if p.Adds(d.Form) {
		t.done += " " + w.Text("plan.to.adds")
	}
	d.Item = 0
	d.KeepDraft()
}

// changedFor says what of the sender, who is the same for all messages, the form has
// changed for those that stood in the plan before.
func (t *ToPlan) changedFor(p *plan.Plan, before map[string]string) string {
	var list []string
	for _, q := range t.Desk.Form.Questions() {
		if was := before[q.Path]; len(p.Items) > 1 && strings.HasPrefix(q.Path, "sender.") && was != "" && was != p.Shared[q.Path] {
			a, ok := report.Question{Report: &t.Desk.Report, Q: q}.Answered()
			if !ok {
				a = report.Answered{Label: t.Desk.QuestionTitle(t.Desk.Form.Questions(), q.Path), Answer: t.Desk.Words().Text("answer.unknown")}
			}
			list = append(list, a.Label+": "+a.Answer)
		}
	}
	return strings.Join(list, "; ")
}

// Open puts an item of the plan into the form, and reports whether it is there.
func (t *ToPlan) Open(id int64) bool {
	d := t.Desk
	if t.Keeper == nil {
		return false
	}
	p, _ := t.Keeper.Read(d.Lang, d.Form.Today)
	i := p.Find(id)
	if i < 0 {
		return false
	}
	d.Form, d.Item, t.done = p.Form(i, d.Form.Today), id, ""
	d.Changed()
	browser.ForgetTyped()
	return true
}
