package app

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"
)

// The pictures are SVG of our own: what they need is a few lines, boxes and
// texts, and a library for charts would weigh more than the whole program.
//
// A picture has a fixed height in pixels and the width of its place: across, all
// is in hundredths of that width, so that texts keep their size on every screen
// without a look at it. Amounts are turned into pixels at the very end; every
// number on a picture is written from the amount.

// across is a share of the width, in tenths of a per cent.
func across(thousandths int64) string {
	return strconv.FormatInt(thousandths/10, 10) + "." + strconv.FormatInt(thousandths%10, 10) + "%"
}

// shareOf is a part of a whole in thousandths.
func shareOf(part, whole decimal.Decimal) int64 {
	if whole.IsZero() {
		return 0
	}
	return part.Mul(decimal.NewFromInt(1000)).DivRound(whole, 0).IntPart()
}

func px(n int64) string { return strconv.FormatInt(n, 10) }

// shape is an SVG element with attributes given as names and values.
func shape(name, is string, attributes ...string) goapp.HTMLElem {
	e := svg(name)
	if is != "" {
		e = e.Attr("data-is", is)
	}
	for i := 0; i+1 < len(attributes); i += 2 {
		e = e.Attr(attributes[i], attributes[i+1])
	}
	return e
}

func label(is, x, y, anchor, words string) goapp.UI {
	return shape("text", is, "x", x, "y", y, "text-anchor", anchor).Body(text(words))
}

// A plot is a picture with a scale of money upward.
type plot struct {
	top, bottom int64 // pixels from the upper edge
	most        decimal.Decimal
	body        []goapp.UI
	over        []goapp.UI // texts, which no line may cross
}

// newPlot draws the lines of the scale. Their labels stand on them, so that no
// width is lost beside them.
func newPlot(l *language, most, step decimal.Decimal, currency string) *plot {
	p := &plot{top: 24, bottom: 184, most: most}
	if most.IsZero() {
		p.most = decimal.NewFromInt(1)
	}
	for tick := decimal.Zero; !tick.GreaterThan(p.most); tick = tick.Add(step) {
		if most.IsZero() && !tick.IsZero() {
			break
		}
		y := p.height(tick)
		p.add(shape("line", "grid", "x1", "0", "x2", "100%", "y1", px(y), "y2", px(y)))
		if !tick.IsZero() { // the foot needs no number, and a curve begins there
			p.over = append(p.over, label("tick", "0", px(y-5), "start", l.money(tick, currency)))
		}
	}
	return p
}

func (p *plot) add(shapes ...goapp.UI) { p.body = append(p.body, shapes...) }

// drawn is the whole plot.
func (p *plot) drawn() []goapp.UI { return append(p.body, p.over...) }

// height is where an amount stands, in pixels from the upper edge.
func (p *plot) height(amount decimal.Decimal) int64 {
	return p.bottom - amount.Mul(decimal.NewFromInt(p.bottom-p.top)).DivRound(p.most, 0).IntPart()
}

func (p *plot) line(is string, x1, y1, x2, y2 int64) {
	p.add(shape("line", is, "x1", across(x1), "x2", across(x2), "y1", px(y1), "y2", px(y2)))
}

// A mark is a place on the scale across, with a text.
type mark struct {
	at    int64 // thousandths
	words string
}

// narrowest is the least width of a picture in pixels, on a screen of 320.
const narrowest = 248

// marks writes the texts under the plot that have room on the narrowest screen:
// the ends first.
func (p *plot) marks(list []mark) {
	reach := func(m mark) (from, to int64) {
		width := int64(len([]rune(m.words))*7 + 4)
		x := m.at * narrowest / 1000
		switch {
		case m.at < 60:
			return x, x + width
		case m.at > 940:
			return x - width, x
		default:
			return x - width/2, x + width/2
		}
	}
	var placed []mark
	place := func(m mark) {
		from, to := reach(m)
		for _, other := range placed {
			if a, b := reach(other); from < b && a < to {
				return
			}
		}
		if from < -8 || to > narrowest+8 {
			return
		}
		placed = append(placed, m)
		anchor := "middle"
		if m.at < 60 {
			anchor = "start"
		} else if m.at > 940 {
			anchor = "end"
		}
		p.add(label("tick", across(m.at), px(p.bottom+20), anchor, m.words))
	}
	if len(list) > 0 {
		place(list[0])
		place(list[len(list)-1])
	}
	for _, m := range list {
		place(m)
	}
}

// stripes are the patterns by which areas differ that differ in colour too.
func stripes(id, is, turn string) goapp.UI {
	return shape("pattern", is, "id", id, "width", "7", "height", "7", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate("+turn+")").Body(
		shape("rect", "under", "width", "7", "height", "7"),
		shape("rect", "over", "width", "3", "height", "7"),
	)
}

// chart is a picture with its name, and its contents in words, for those who do
// not see it.
func chart(id, title, said string, height int64, defs []goapp.UI, body []goapp.UI) goapp.UI {
	parts := []goapp.UI{
		svg("title").ID(id + "-name").Body(text(title)),
		svg("desc").ID(id + "-said").Body(text(said)),
	}
	if len(defs) > 0 {
		parts = append(parts, svg("defs").Body(defs...))
	}
	return shape("svg", "chart", "width", "100%", "height", px(height), "role", "img").
		Aria("labelledby", id+"-name").Aria("describedby", id+"-said").Body(append(parts, body...)...)
}

// key is one line that says what a sign in a picture means.
func key(sign goapp.UI, words string) goapp.UI {
	return tag("li").Body(
		shape("svg", "sign", "viewBox", "0 0 20 20").Aria("hidden", "true").Body(sign), tag("span").Body(text(words)))
}

// table is the numbers of a picture. The first cell of a row names it.
func table(caption string, head []string, rows [][]string) goapp.UI {
	cells := func(kind string, list []string) []goapp.UI {
		var all []goapp.UI
		for i, c := range list {
			cell := tag(kind)
			switch {
			case kind == "th":
				cell = cell.Attr("scope", "col")
			case i == 0:
				cell = tag("th").Attr("scope", "row")
			}
			all = append(all, cell.Body(text(c)))
		}
		return all
	}
	var body []goapp.UI
	for _, r := range rows {
		body = append(body, tag("tr").Body(cells("td", r)...))
	}
	return tag("div").Class("table-box").Attr("tabindex", "0").Attr("role", "region").Aria("label", caption).Body(
		tag("table").Body(
			tag("caption").Class("visually-hidden").Body(text(caption)),
			tag("thead").Body(tag("tr").Body(cells("th", head)...)),
			tag("tbody").Body(body...),
		),
	)
}
