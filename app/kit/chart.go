package kit

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/words"
)

// The pictures are SVG of our own: what they need is a few lines, boxes and
// texts, and a library for charts would weigh more than the whole program.
//
// A picture has a fixed height in pixels and the width of its place: across, all
// is in hundredths of that width, so that texts keep their size on every screen
// without a look at it. Amounts are turned into pixels at the very end; every
// number on a picture is written from the amount.

// Across is a share of the width, in tenths of a per cent.
func Across(thousandths int64) string {
	return strconv.FormatInt(thousandths/10, 10) + "." + strconv.FormatInt(thousandths%10, 10) + "%"
}

// ShareOf is a part of a whole in thousandths.
func ShareOf(part, whole decimal.Decimal) int64 {
	if whole.IsZero() {
		return 0
	}
	return part.Mul(decimal.NewFromInt(1000)).DivRound(whole, 0).IntPart()
}

func Px(n int64) string { return strconv.FormatInt(n, 10) }

// Shape is an SVG element with attributes given as names and values.
func Shape(name, is string, attributes ...string) goapp.HTMLElem {
	e := Svg(name)
	if is != "" {
		e = e.Attr("data-is", is)
	}
	for i := 0; i+1 < len(attributes); i += 2 {
		e = e.Attr(attributes[i], attributes[i+1])
	}
	return e
}

func Label(is, x, y, anchor, words string) goapp.UI {
	return Shape("text", is, "x", x, "y", y, "text-anchor", anchor).Body(Text(words))
}

// A plot is a picture with a scale of money upward.
type plot struct {
	Top, Bottom int64 // pixels from the upper edge
	most        decimal.Decimal
	Body        []goapp.UI
	over        []goapp.UI // texts, which no line may cross
}

// NewPlot draws the lines of the scale. Their labels stand on them, so that no
// width is lost beside them.
func NewPlot(l *words.Language, most, step decimal.Decimal, currency string) *plot {
	p := &plot{Top: 24, Bottom: 184, most: most}
	if most.IsZero() {
		p.most = decimal.NewFromInt(1)
	}
	for tick := decimal.Zero; !tick.GreaterThan(p.most); tick = tick.Add(step) {
		if most.IsZero() && !tick.IsZero() {
			break
		}
		y := p.Height(tick)
		p.Add(Shape("line", "grid", "x1", "0", "x2", "100%", "y1", Px(y), "y2", Px(y)))
		if !tick.IsZero() { // the foot needs no number, and a curve begins there
			p.over = append(p.over, Label("tick", "0", Px(y-5), "start", l.Money(tick, currency)))
		}
	}
	return p
}

func (p *plot) Add(shapes ...goapp.UI) { p.Body = append(p.Body, shapes...) }

// Drawn is the whole plot.
func (p *plot) Drawn() []goapp.UI { return append(p.Body, p.over...) }

// Height is where an amount stands, in pixels from the upper edge.
func (p *plot) Height(amount decimal.Decimal) int64 {
	return p.Bottom - amount.Mul(decimal.NewFromInt(p.Bottom-p.Top)).DivRound(p.most, 0).IntPart()
}

func (p *plot) Line(is string, x1, y1, x2, y2 int64) {
	p.Add(Shape("line", is, "x1", Across(x1), "x2", Across(x2), "y1", Px(y1), "y2", Px(y2)))
}

// A Mark is a place on the scale across, with a text.
type Mark struct {
	At    int64 // thousandths
	Words string
}

// Narrowest is the least width of a picture in pixels, on a screen of 320.
const Narrowest = 248

// Marks writes the texts under the plot that have room on the narrowest screen:
// the ends first.
func (p *plot) Marks(list []Mark) {
	reach := func(m Mark) (from, to int64) {
		width := int64(len([]rune(m.Words))*7 + 4)
		x := m.At * Narrowest / 1000
		switch {
		case m.At < 60:
			return x, x + width
		case m.At > 940:
			return x - width, x
		default:
			return x - width/2, x + width/2
		}
	}
	var placed []Mark
	place := func(m Mark) {
		from, to := reach(m)
		for _, other := range placed {
			if a, b := reach(other); from < b && a < to {
				return
			}
		}
		if from < -8 || to > Narrowest+8 {
			return
		}
		placed = append(placed, m)
		anchor := "middle"
		if m.At < 60 {
			anchor = "start"
		} else if m.At > 940 {
			anchor = "end"
		}
		p.Add(Label("tick", Across(m.At), Px(p.Bottom+20), anchor, m.Words))
	}
	if len(list) > 0 {
		place(list[0])
		place(list[len(list)-1])
	}
	for _, m := range list {
		place(m)
	}
}

// Stripes are the patterns by which areas differ that differ in colour too.
func Stripes(id, is, turn string) goapp.UI {
	return Shape("pattern", is, "id", id, "width", "7", "height", "7", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate("+turn+")").Body(
		Shape("rect", "under", "width", "7", "height", "7"),
		Shape("rect", "over", "width", "3", "height", "7"),
	)
}

// Chart is a picture with its name, and its contents in words, for those who do
// not see it.
func Chart(id, title, said string, height int64, defs []goapp.UI, body []goapp.UI) goapp.UI {
	parts := []goapp.UI{
		Svg("title").ID(id + "-name").Body(Text(title)),
		Svg("desc").ID(id + "-said").Body(Text(said)),
	}
	if len(defs) > 0 {
		parts = append(parts, Svg("defs").Body(defs...))
	}
	return Shape("svg", "chart", "width", "100%", "height", Px(height), "role", "img").
		Aria("labelledby", id+"-name").Aria("describedby", id+"-said").Body(append(parts, body...)...)
}

// Key is one line that says what a sign in a picture means.
func Key(sign goapp.UI, words string) goapp.UI {
	return Tag("li").Body(
		Shape("svg", "sign", "viewBox", "0 0 20 20").Aria("hidden", "true").Body(sign), Tag("span").Body(Text(words)))
}

// Table is the numbers of a picture. The first cell of a row names it.
func Table(caption string, head []string, rows [][]string) goapp.UI {
	cells := func(kind string, list []string) []goapp.UI {
		var all []goapp.UI
		for i, c := range list {
			cell := Tag(kind)
			switch {
			case kind == "th":
				cell = cell.Attr("scope", "col")
			case i == 0:
				cell = Tag("th").Attr("scope", "row")
			}
			all = append(all, cell.Body(Text(c)))
		}
		return all
	}
	var body []goapp.UI
	for _, r := range rows {
		body = append(body, Tag("tr").Body(cells("td", r)...))
	}
	return Tag("div").Class("table-box").Attr("tabindex", "0").Attr("role", "region").Aria("label", caption).Body(
		Tag("table").Body(
			Tag("caption").Class("visually-hidden").Body(Text(caption)),
			Tag("thead").Body(Tag("tr").Body(cells("th", head)...)),
			Tag("tbody").Body(body...),
		),
	)
}
