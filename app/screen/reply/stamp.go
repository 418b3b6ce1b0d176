package reply

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/screen/desk"
	"postage/app/words"
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
		body = append(body, kit.Button("link", d.QuestionTitle(questions, path), func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path))
	}
	if len(paths) == 0 {
		body = append(body, kit.Button("link", d.Words().Text("depends.unpublished"), func(goapp.Context, goapp.Event) { browser.MoveTo(whyID) }, whyID))
	}
	return kit.Div("depends", body...)
}

// Stamp is the total on a stamp, with the verdict as its postmark.
func (r *Column) Stamp() goapp.UI {
	w := r.Desk.Words()
	q := r.Desk.Quote
	inner := []goapp.UI{
		kit.Tag("p").Class("stamp-label").Body(kit.Text(r.Desk.StampLabel())),
		kit.Tag("p").Class(r.totalClass()).Body(kit.Text(r.Desk.TotalText())),
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
	inner = append(inner, r.split(), r.DependsOn())
	verdict := r.Desk.Verdict()
	ring := w.Text("channel."+string(q.Message.Channel())) + " · " + w.Text("short."+string(q.Message))
	mark := r.postmark(verdict, q.On, q.Tariff, ring)
	return kit.Div("stamp verdict-"+string(verdict), kit.Div("stamp-inner", inner...), mark)
}

func (r *Column) totalClass() string {
	switch n := len([]rune(r.Desk.TotalText())); {
	case n > 14:
		return "stamp-total wide long"
	case n > 10: // would run under the postmark
		return "stamp-total wide"
	default:
		return "stamp-total"
	}
}

// split shows how many messages go out and how many do not.
func (r *Column) split() goapp.UI {
	d := r.Desk
	q := d.Quote
	const width = 1000
	out := int64(0)
	if q.Requested > 0 {
		out = q.Deliverable * width / q.Requested
		if q.Blocked > 0 { // a few blocked ones among many must still be seen
			out = min(out, width-15)
		}
		if q.Deliverable > 0 {
			out = max(out, 15)
		}
	}
	bar := kit.Svg("svg").Attr("data-is", "split").Attr("viewBox", "0 0 1000 24").Attr("preserveAspectRatio", "none").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("data-is", "split-blocked").Attr("width", "1000").Attr("height", "24"),
		kit.Svg("rect").Attr("data-is", "split-out split-"+string(d.Verdict())).Attr("width", strconv.FormatInt(out, 10)).Attr("height", "24"),
	)
	goes, stays := d.SplitText()
	return kit.Div("split-box", bar, kit.Div("split-text",
		kit.Span("", goes),
		kit.Span("", stays),
	))
}

// A postmarkView is the verdict in a ring with the day of the tariff and the type.
type postmarkView struct {
	of         *Column
	language   desk.ShownLanguage
	verdict    rules.Verdict
	on, tariff rules.Date
	ring       string // the words at its foot
}

func (r *Column) postmark(v rules.Verdict, on, tariff rules.Date, ring string) goapp.UI {
	return r.Desk.Part(postmarkView{r, r.Desk.ShownLanguage(), v, on, tariff, ring})
}

func (v postmarkView) Draw() goapp.UI {
	w := v.of.Desk.Words()
	tariff, label := v.tariff, "postmark.tariff"
	if tariff == 0 { // nothing goes out, so no tariff is used
		tariff, label = v.on, "postmark.day"
	}
	dots := strings.NewReplacer(words.NoBreakSpace+"г.", "", ". ", "·", "/", "·", " ", "·", words.NoBreakSpace, "·").Replace
	top := strings.ToUpper(w.Text(label) + " " + dots(w.Date(tariff)))
	bottom := strings.ToUpper(v.ring)
	lines := strings.Split(w.Text("postmark."+string(v.verdict)), "|")
	center := make([]goapp.UI, 0, 2)
	for i, line := range lines {
		y := 110
		if len(lines) == 2 {
			y = 102 + 24*i
		}
		class := "postmark-word"
		if i > 0 || len([]rune(line)) > 8 {
			class = "postmark-word small"
		}
		center = append(center, kit.Svg("text").Attr("data-is", class).Attr("x", "100").Attr("y", strconv.Itoa(y)).Attr("text-anchor", "middle").Body(kit.Text(line)))
	}
	ring := []goapp.UI{
		kit.Svg("circle").Attr("cx", "100").Attr("cy", "100").Attr("r", "95"),
		kit.Svg("circle").Attr("data-is", "thin").Attr("cx", "100").Attr("cy", "100").Attr("r", "64"),
		kit.Svg("path").ID("ring-top").Attr("data-is", "guide").Attr("d", "M 26 100 A 74 74 0 0 1 174 100"),
		kit.Svg("path").ID("ring-bottom").Attr("data-is", "guide").Attr("d", "M 14.5 100 A 85.5 85.5 0 0 0 185.5 100"),
		ringText("ring-top", top),
		ringText("ring-bottom", bottom),
	}
	return kit.Svg("svg").Attr("data-is", "postmark").Attr("viewBox", "0 0 200 200").Attr("role", "img").Aria("label", w.Text("verdict."+string(v.verdict))).
		Body(append(append(ring, verdictShape(v.verdict)), center...)...)
}

func ringText(path, words string) goapp.UI {
	class := "ring-text"
	if len([]rune(words)) > 20 { // also in the wide letters of DejaVu Sans
		class += " tight"
	}
	return kit.Svg("text").Attr("data-is", class).Attr("text-anchor", "middle").Body(
		kit.Svg("textPath").Attr("href", "#"+path).Attr("startOffset", "50%").Body(kit.Text(words)),
	)
}

// verdictShape is the verdict as a shape, so that it does not rest on colour.
func verdictShape(v rules.Verdict) goapp.UI {
	shapes := map[rules.Verdict]string{
		rules.Eligible:   "M88 62l8 8 16-16",
		rules.Partial:    "M90 62h20",
		rules.Depends:    "M94 56c0-8 13-8 13 0 0 6-7 5-7 11m0 5v1",
		rules.Ineligible: "M91 54l18 18m0-18l-18 18",
	}
	return kit.Svg("path").Attr("data-is", "postmark-shape").Attr("d", shapes[v])
}
