package filing

import (
	"encoding/json"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/files"
)

// A Meter shows how far the worker is. It is drawn by itself: the whole page, ten times a
// second, would keep it from its visitor.
type Meter struct {
	goapp.Compo

	At   files.Progress // when the page was drawn; go-app compares the exported fields
	Said string         // likewise

	file  *File
	draws func() goapp.UI
}

// Meter is what is drawn as a meter: an element of the same kind each time.
func (f *File) Meter(draws func() goapp.UI) goapp.UI {
	return &Meter{At: f.At, Said: f.Doing(), file: f, draws: draws}
}

// OnMount has the meter drawn from now on.
func (m *Meter) OnMount(ctx goapp.Context) {
	if m.file.meters == nil {
		m.file.meters = map[*Meter]goapp.Context{}
	}
	m.file.meters[m] = ctx
}

// OnDismount ends that.
func (m *Meter) OnDismount() { delete(m.file.meters, m) }

// Render draws the meter.
func (m *Meter) Render() goapp.UI { return m.draws() }

// advances takes a report that tells of progress alone, where a meter shows it.
func (f *File) advances(report string) bool {
	var r files.Report
	if f.At.Rows == 0 || json.Unmarshal([]byte(report), &r) != nil || r.Progress == nil || r.Turn != f.turn {
		return false
	}
	f.At = *r.Progress
	for _, ctx := range f.meters {
		ctx.Dispatch(func(goapp.Context) {})
	}
	return true
}
