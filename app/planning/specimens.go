package planning

import (
	"postage/app/form"
	"postage/app/kit"
	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

// mixSpecimen is an offer to a group that one way reaches, one that another one does, one
// of which something is not known, and one that nothing reaches.
const mixSpecimen = `{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},"audience":[` +
	`{"recipients":4000,"follows":true,"uid":true,"phone":false,"hoursSinceInteraction":72},` +
	`{"recipients":9000,"follows":false,"uid":false,"phone":true,"careWithin6Months":true},` +
	`{"recipients":7000,"uid":true,"phone":false,"hoursSinceInteraction":2000},` +
	`{"recipients":500,"follows":false,"uid":false,"phone":false}],"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[60000,60000]}}`

// SpecimensOf are the parts of the page in states, on a day written 2006-01-02. Drawn by
// the page's own code, they cannot tell of a part that is not there.
func SpecimensOf(l *words.Language, today string) []kit.Specimen {
	on := func(change func(w *work)) *work {
		w := workOf(plan.Example(l, today), l.Code, today)
		w.from = kit.HomePath
		if change != nil {
			change(w)
			w.compute()
		}
		return w
	}
	whole := on(nil)
	if len(whole.plan.Items) == 0 {
		return nil // a day that the example is not for
	}
	open := on(func(w *work) { w.open = w.plan.Items[len(w.plan.Items)-1].ID })
	wrong := on(func(w *work) {
		w.open = w.plan.Items[0].ID
		w.plan.SetAnswer(0, "audience[0].recipients", "12,x", today)
	})
	unpriced := on(func(w *work) { w.plan.SetAnswer(len(w.plan.Items)-1, form.PathOn, "2010-01-05", today) })
	short := on(func(w *work) { w.plan.Balance = map[string]string{"VND": "=1000000"} })
	mixing := workOf(plan.Plan{Lang: l.Code}, l.Code, today)
	mixing.from = kit.HomePath
	if asked, err := rules.Decode([]byte(mixSpecimen)); err == nil {
		mixing.mixing = &plan.Mixing{Asked: asked, Purpose: rules.Promotion}
		mixing.mixing.Mix = mixing.mixing.Find(func() {})
	}
	empty := workOf(plan.Plan{Lang: l.Code}, l.Code, today)
	empty.from = kit.HomePath
	return []kit.Specimen{
		kit.SpecimenOf("plan.starts", starts{empty}.draw),
		kit.SpecimenOf("plan.rows", items{whole}.draw, items{open}.draw, items{wrong}.draw, items{unpriced}.draw),
		kit.SpecimenOf("plan.stamp", reply{whole}.draw, reply{wrong}.draw, reply{unpriced}.draw),
		kit.SpecimenOf("plan.money", reply{whole}.balance, reply{short}.balance, reply{whole}.months, reply{whole}.used),
		kit.SpecimenOf("plan.calendar", short.calendar().Draw),
		{Name: "plan.mix", Draw: mixes{mixing}.mix().Parts},
	}
}
