package auditing

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/filing"
	"postage/app/kit"
)

// known says which files are known, on the page without one.
type known struct{ *work }

func (v known) draw() goapp.UI {
	w := v.Words()
	var items []goapp.UI
	for _, key := range [...]string{"meta", "provider", "log", "zalo"} {
		items = append(items, kit.Tag("li").Body(kit.Span("", w.Text("audit.known."+key)), kit.Span("hint", w.Text("audit.known."+key+".for"))))
	}
	return kit.Tag("section").Class("card list-wanted").Attr("aria-labelledby", "audit-known-title").Body(
		kit.Tag("h2").ID("audit-known-title").Body(kit.Text(w.Text("audit.known"))),
		kit.Tag("ul").Class("list-rows").Body(items...),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("audit.known.names"))),
	)
}

// A file is the bill as it was read.
type file struct{ *work }

func (v file) head() goapp.UI {
	w := v.Words()
	return kit.Div("intro plan-head list-head",
		kit.Tag("h1").ID(filing.HeadID).Attr("tabindex", "-1").Body(kit.Text(w.Text("audit.heading"))),
		kit.Tag("p").Class("lead").Body(kit.Text(w.Text("audit.lead.each"))))
}

func (v file) draw() goapp.UI {
	mistake := ""
	if v.lacks(unknownBill) {
		for i := range v.missing {
			if v.missing[i].Code == unknownBill {
				mistake = v.WrongText(&v.missing[i])
			}
		}
	}
	body, used := filing.Card{File: &v.File}.ColumnRows(mistake)
	open := v.lacks(unknownBill) || len(v.Unordered()) > 0
	return kit.Tag("section").Class("card list-file audit-file").Attr("aria-labelledby", "audit-bill").Body(
		kit.Tag("h2").ID("audit-bill").Class("visually-hidden").Body(kit.Text(v.Words().Text("audit.bill"))),
		filing.Card{File: &v.File}.NameRow(),
		kit.Tag("p").Class("hint").Body(kit.Text(v.about())),
		kit.PlaceFor(v.counted()),
		kit.PlaceFor(filing.Card{File: &v.File}.SheetChoice()),
		filing.Card{File: &v.File}.FoldColumns(open, body, used),
		kit.PlaceFor(v.faults()), kit.PlaceFor(v.progress()), kit.PlaceFor(v.Mistake()),
	)
}

// counted says what is counted for the provider, which is kept for the next bill, with the
// way to take it out; nil where nothing is.
func (v file) counted() goapp.UI {
	if v.found == nil {
		return nil
	}
	w, added := v.Words(), v.added()
	if added == "" {
		return nil
	}
	return kit.Tag("p").Class("hint audit-counted").Body(kit.Text(w.Text("audit.added", "amount", added)), kit.Span("audit-drop", " · "),
		kit.Button("link audit-drop", w.Text("audit.added.drop"), func(goapp.Context, goapp.Event) {
			v.choices.Percent, v.choices.Each = nil, nil
			delete(v.Typed, percentID)
			delete(v.Typed, eachID)
			v.Changed()
		}, "drop").ID("audit-added-drop"))
}

// progress is how far the worker is. Most answers come at once: what stands below must not
// move away from under a finger for these.
func (v file) progress() goapp.UI {
	if v.Stale && v.At.Rows == 0 {
		return nil
	}
	return v.Progress()
}

// about says what was read.
func (v file) about() string {
	w, f := v.Words(), v.found
	if f == nil {
		return w.Count("list.rows", v.Columns.Rows)
	}
	format := w.Text("audit.format."+f.Format, "channels", v.channels())
	said := []string{filing.Capital(strings.TrimPrefix(format, ", "))} // no channel is known of a bill without a row
	if f.From != 0 {
		said = append(said, v.days(f.From, f.To))
	}
	said = append(said, w.Count("messages", f.Messages))
	var currencies []string
	for i := range f.Totals {
		currencies = append(currencies, v.sign(f.Totals[i].Currency))
	}
	if len(currencies) > 0 {
		said = append(said, strings.Join(currencies, ", "))
	}
	if f.Tax != "" {
		said = append(said, w.Text("audit.tax."+string(f.Tax)))
	}
	if f.Unpaid > 0 {
		said = append(said, w.Count("audit.unpaid", f.Unpaid))
	}
	if f.Sums > 0 {
		said = append(said, w.Count("audit.sums", f.Sums))
	}
	if f.Stopped || v.Columns.Stopped {
		said = append(said, w.Text("list.stopped"))
	}
	return strings.Join(said, " · ")
}

// faults are the rows that could not be read.
func (v file) faults() goapp.UI {
	if v.found == nil {
		return nil
	}
	var told []filing.Fault
	for i := range v.found.Faults {
		told = append(told, filing.Fault{Row: v.found.Faults[i].Row, Said: v.WrongText(&v.found.Faults[i])})
	}
	return filing.Card{File: &v.File}.Faults(v.found.Unreadable, told)
}
