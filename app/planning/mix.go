package planning

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/planning/mixed"
	"postage/app/report"
	"postage/rules"
)

// mixes find the best way for each group, in the place of the plan.
type mixes struct{ *work }

// openMix begins to find the best way for each group.
func (w mixes) openMix(m *plan.Mixing) {
	w.mixing, w.flowing = m, nil
	w.said, w.panel, w.editing, w.mixWrongDay = "", "", "", ""
	w.findMix(nil)
	w.moveAfter(mixed.TitleID)
}

// findMix works the mix out, which of many groups takes a while, and then goes on with
// what has an id, where that is asked for. What was found before stays until then.
func (w mixes) findMix(next func() string) {
	m := w.mixing
	if w.ctx == nil {
		return // it waits until the page stands
	}
	w.mixDue++
	due, asked := w.mixDue, *m
	w.ctx.Async(func() {
		found := asked.Find(breath.Take)
		w.ctx.Dispatch(func(goapp.Context) {
			if w.mixing == m && w.mixDue == due {
				m.Mix = found
				if next != nil {
					id := next()
					w.ctx.Defer(func(goapp.Context) { browser.GoOnAt(id) })
				}
			}
		})
	})
}

// keepMix keeps what has been answered in the address that asked for the mix.
func (w mixes) keepMix() {
	if m := w.mixing; m != nil && strings.HasPrefix(w.link, form.MixPrefix) {
		w.link = form.MixLink(m.Purpose, []byte(model.TextOf(m.Asked)))
		browser.SetAddressFragment(w.link)
	}
}

// goOnWithMix works the mix out anew after answers, and goes on with the next question.
func (w mixes) goOnWithMix(answered []report.Question, again bool) {
	w.keepMix()
	w.findMix(func() string { return w.mix().Next(answered, again) })
}

// moveMix looks at another day.
func (w mixes) moveMix(day string) {
	if m := w.mixing; m != nil {
		if w.mixWrongDay = m.MoveTo(day); w.mixWrongDay == "" {
			w.keepMix()
			w.findMix(nil)
		}
	}
}

// closeMix goes back to the plan.
func (w mixes) closeMix() {
	w.mixing = nil
	if strings.HasPrefix(w.link, form.MixPrefix) {
		w.link = ""
		browser.SetAddressFragment("")
	}
	w.moveAfter(titleID)
}

// putMix puts the messages of the mix into the plan.
func (w mixes) putMix() {
	m := w.mixing
	if m == nil || m.Mix == nil {
		return
	}
	key, n := "plan.to.done", len(m.Blend().Plan.Items)
	if w.plan.Find(m.Item) >= 0 {
		key = "mix.replaced"
	}
	first := w.plan.Put(m, w.today, m.Tell(w.report.Lang, w.today).WayName)
	w.closeMix()
	w.open = 0
	w.changed()
	if key == "plan.to.done" {
		n = len(w.plan.Items)
	}
	w.said = w.words().Count(key, int64(n))
	w.moveAfter(rowID(first))
}

// mix draws the mix in work.
func (w mixes) mix() mixed.View {
	v := mixed.View{MixTeller: w.mixing.Tell(w.words().Code, w.today), Href: w.href, WrongDay: w.mixWrongDay}
	calculator := w.href(kit.HomePath(w.report.Lang)) + "#"
	if i := w.plan.Find(w.mixing.Item); i >= 0 {
		v.ItemName = w.tell().Name(i)
		v.Edit = calculator + plan.ItemPrefix + strconv.FormatInt(w.mixing.Item, 10)
	} else {
		v.Edit = calculator + w.mixing.Link()
	}
	change := func(do func(m *plan.Mixing)) {
		if w.mixing != nil {
			do(w.mixing)
		}
	}
	v.Deeds = mixed.Deeds{
		Put: w.putMix, Close: w.closeMix,
		Count: func() {
			change(func(m *plan.Mixing) { m.Counted = !m.Counted })
			w.moveAfter(mixed.CountID)
		},
		Mean: func(p rules.Purpose) {
			change(func(m *plan.Mixing) { m.Purpose, m.Mix, m.Counted = p, nil, false })
			w.keepMix()
			w.findMix(nil)
		},
		Move: w.moveMix,
		Say: func(q report.Question, answer string) {
			again := w.mixing.IsSaid(q) && answer != ""
			change(func(m *plan.Mixing) { m.Say(q, answer) })
			w.goOnWithMix([]report.Question{q}, again)
		},
		Typed: func(list []report.Question) {
			w.editing = ""
			again := w.mixing.IsSaid(list[0])
			if w.mixing.SayTyped(list) {
				w.goOnWithMix(list, again && w.mixing.IsSaid(list[0]))
			} else {
				browser.GoOnAt(mixed.QuestionID(w.mixing.FirstWrong()))
			}
		},
		Type: func(ctx goapp.Context, id, path string) {
			typed := ctx.JSSrc().Get("value").String()
			if ctx.JSSrc().Get("type").String() == "checkbox" {
				if typed = ""; ctx.JSSrc().Get("checked").Bool() {
					typed = form.Yes
				}
			} else {
				w.noteTyped(id, typed)
			}
			change(func(m *plan.Mixing) { m.Type(path, typed) })
		},
		Shown: w.shown,
	}
	return v
}
