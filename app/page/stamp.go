package page

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// Split shows in a bar how many of the messages go out and how many do not, and says
// so below it.
func Split(v rules.Verdict, requested, deliverable int64, goes, stays string) goapp.UI {
	const width = 1000
	out := int64(0)
	if requested > 0 {
		out = deliverable * width / requested
		if deliverable < requested { // a few blocked ones among many must still be seen
			out = min(out, width-15)
		}
		if deliverable > 0 {
			out = max(out, 15)
		}
	}
	bar := kit.Svg("svg").Attr("data-is", "split").Attr("viewBox", "0 0 1000 24").Attr("preserveAspectRatio", "none").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("data-is", "split-blocked").Attr("width", "1000").Attr("height", "24"),
		kit.Svg("rect").Attr("data-is", "split-out split-"+string(v)).Attr("width", strconv.FormatInt(out, 10)).Attr("height", "24"),
	)
	return kit.Div("split-box", bar, kit.Div("split-text",
		kit.Span("", goes),
		kit.Span("", stays),
	))
}

// TotalClass is the class of a total, by how long it is written.
func TotalClass(total string) string {
	switch n := len([]rune(total)); {
	case n > 14:
		return "stamp-total wide long"
	case n > 9: // would run under the postmark
		return "stamp-total wide"
	}
	return "stamp-total"
}

// OutcomeIcon is the outcome of a check as a shape; its word stands beside it.
func OutcomeIcon(o rules.Outcome) goapp.UI {
	return kit.Icon(map[rules.Outcome]string{
		rules.Pass:    "M4 10.5l4 4 8-9",
		rules.Fail:    "M5 5l10 10M15 5L5 15",
		rules.Unknown: "M7 7c0-4.5 6.5-4.5 6.5 0 0 3-3.5 2.500-3.5 5.5m0 3.5v.5",
	}[o])
}

// Dotted writes a day as it stands in the ring of a postmark, no month in more than three
// letters.
func Dotted(w *words.Language, on rules.Date) string {
	return strings.ToUpper(strings.NewReplacer(words.NoBreakSpace+"г.", "", "вр. ", "в·", "нт. ", "н·", "яб. ", "я·", ". ", "·", "/", "·", " ", "·", words.NoBreakSpace, "·").Replace(w.Date(on)))
}

// DottedSpan is [Dotted] for the days from the first to the last. The year stands once where
// it is the same; where there are two and months have names, of each only what fits the ring.
func DottedSpan(w *words.Language, first, last rules.Date) string {
	from, to := Dotted(w, first), Dotted(w, last)
	if from == to {
		return to
	}
	const year, century = 4, 2
	cut := func(day string, digits int) string { return day[:len(day)-year] + day[len(day)-year+digits:] }
	switch {
	case from[len(from)-year:] == to[len(to)-year:]:
		from = strings.TrimSuffix(cut(from, year), "·")
	case w.Code != "vi":
		from, to = cut(from, century), cut(to, century)
	}
	return from + " – " + to
}

// Postmark is a verdict in a ring, with a text above it and one below.
func Postmark(w *words.Language, v rules.Verdict, top, bottom string) goapp.UI {
	return PostmarkOf(v, w.Text("postmark."+string(v)), w.Text("verdict."+string(v)), top, bottom)
}

// PostmarkOf is a postmark with words of its own, two lines with a | between them, and what
// it says to a screen reader.
func PostmarkOf(v rules.Verdict, said, label, top, bottom string) goapp.UI {
	lines := strings.Split(said, "|")
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
		ringText("ring-top", top, 19),
		ringText("ring-bottom", bottom, 20),
	}
	return kit.Svg("svg").Attr("data-is", "postmark").Attr("viewBox", "0 0 200 200").Attr("role", "img").Aria("label", label).
		Body(append(append(ring, verdictShape(v)), center...)...)
}

// ringText is smaller where it is longer than so many signs, in the wide letters of DejaVu Sans.
func ringText(path, words string, most int) goapp.UI {
	class := "ring-text"
	if len([]rune(words)) > most {
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
