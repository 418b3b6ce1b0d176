package kit

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// A Specimen is a part of a page in a state, for the page of all parts.
type Specimen struct {
	Name string // the key of its title, without "design."
	Draw func() []goapp.UI
}

// SpecimenOf is what some parts draw, one below the other. A part that is not there has a
// place.
func SpecimenOf(name string, parts ...func() goapp.UI) Specimen {
	return Specimen{name, func() (ui []goapp.UI) {
		for _, draw := range parts {
			ui = append(ui, PlaceFor(draw()))
		}
		return ui
	}}
}
