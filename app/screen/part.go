package screen

import (
	"reflect"
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/model"
	"postage/rules"
)

// A part is a piece of the screen that is drawn again only when what it shows
// has changed. Drawing is what a keystroke costs: on a cheap phone twenty groups
// and their reasons take ten times as long to draw and to compare as the one
// group that was typed into.
//
// The rule: a view holds everything that its drawing shows, as values that are
// not changed afterwards. From the screen the drawing may take the words and
// what its handlers do later, and nothing else, for a change of anything else
// would not be seen. TestPartsShowWhatAFreshScreenShows holds every part to it.
type part struct {
	goapp.Compo

	Shows view // go-app compares the exported fields of a component
	s     *screen

	shown view     // when it was drawn last
	drawn goapp.UI // at first: what stays in the page
}

// A view is everything that a part shows.
type view interface {
	draw(s *screen) goapp.UI // one element, of the same kind each time
}

// Render draws the part. It is asked to also where only an event came from within,
// such as a key, whose answer is not to wait for that.
func (p *part) Render() goapp.UI {
	p.s.breathe()
	if p.s.pace.AnswerAlone() && p.drawn != nil && reflect.DeepEqual(p.shown, p.Shows) {
		return p.drawn
	}
	p.shown = p.Shows
	ui := p.Shows.draw(p.s)
	if p.drawn == nil {
		p.drawn = ui
	}
	return ui
}

func (s *screen) part(v view) goapp.UI {
	s.breathe()
	return &part{Shows: v, s: s}
}

// A deferred is a section of the screen that waits while the answer to a key is
// drawn, until that is painted: a slow phone takes several frames for the rest of
// the screen.
type deferred struct {
	goapp.Compo

	Turn int // of drawing the screen; another one has the section drawn too
	s    *screen

	draws func() goapp.UI // an element of the same kind each time
	drawn goapp.UI        // the first of them, which stays in the page
}

// Render draws the section, or leaves it as it is. It is asked to also where
// only an event came from within.
func (d *deferred) Render() goapp.UI {
	d.s.breathe()
	if d.drawn == nil {
		d.drawn = d.draws()
		d.s.breathe()
		return d.drawn
	}
	if d.s.pace.AnswerAlone() {
		return d.drawn
	}
	return d.draws()
}

func (s *screen) deferred(draws func() goapp.UI) *deferred {
	return &deferred{Turn: s.pace.Turn(), s: s, draws: draws}
}

// deferredToRest is a section that waits for a pause.
func (s *screen) deferredToRest(draws func() goapp.UI) *deferred {
	return &deferred{Turn: s.pace.TurnAtRest(), s: s, draws: draws}
}

// A shownLanguage is that of the texts, which on the way from one language to
// another is not yet that of the page.
type shownLanguage struct{ texts, page string }

func (s *screen) shownLanguage() shownLanguage { return shownLanguage{s.Words().Code, s.Lang} }

// A setting is what every question and its texts may depend on.
type setting struct {
	language shownLanguage
	kind     rules.MessageType
	day      rules.Date
	currency string
	target   string // the currency to convert into
	options  model.FrameOptions
}

func (s *screen) setting() setting {
	f := s.Form
	return setting{s.shownLanguage(), f.Kind(), f.Day(), f.Currency(), f.Get(form.PathConvert), s.Options}
}

// asked are questions with what stands in them.
type asked struct {
	questions []form.Question
	answers   []string
	mistakes  []form.Mistake
	editing   string // the path of the one being typed into
}

// asked returns the questions of a group, or of a place where there are no
// groups.
func (s *screen) asked(p form.Place, group int) asked {
	var a asked
	questions := s.Form.Questions()
	first := slices.IndexFunc(questions, func(q form.Question) bool { return q.Place == p && q.Group == group })
	if first < 0 {
		return a
	}
	// They stand together. A part of the list, unlike a copy, is known to be the
	// same without a look at each of them.
	end := first
	for ; end < len(questions) && questions[end].Place == p && questions[end].Group == group; end++ {
		path := questions[end].Path
		a.answers = append(a.answers, s.Form.Get(path))
		if m, wrong := s.MistakeAt(path); wrong {
			a.mistakes = append(a.mistakes, m)
		}
		if path == s.Editing {
			a.editing = path
		}
	}
	a.questions = questions[first:end]
	return a
}
