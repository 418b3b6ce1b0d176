package screen

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// asked is the scenario of a form that must have one.
func askedOf(t *testing.T, f *form.Form) rules.Scenario {
	t.Helper()
	data, mistakes := scenarioText(f)
	s, err := rules.Decode(data)
	if err != nil || len(mistakes) > 0 {
		t.Fatalf("%s: %v %v", data, err, mistakes)
	}
	return s
}

// curveForms are forms whose curves bend in different ways.
func curveForms() map[string]*form.Form {
	groups := formWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), "audience[0].recipients": "700", "audience[0].country": "ID"})
	groups.AddGroup(0)
	groups.Set("audience[1].recipients", "4321")
	groups.Set("audience[1].country", "IN")
	return map[string]*form.Form{
		"a plain price":         formWith(nil),
		"a free thousand":       formWith(map[string]string{form.PathType: string(rules.WhatsAppService), "audience[0].recipients": "300", "audience[0].hoursSinceInteraction": "2"}),
		"volume tiers":          formWith(map[string]string{form.PathType: string(rules.WhatsAppUtility), "audience[0].country": "ID", "audience[0].recipients": "900000", form.PathPer: "3"}),
		"a quota":               formWith(map[string]string{form.PathType: string(rules.ZNS), "message.tag": "3", "message.template.kind": "voucher", "sender.promotionBase[0]": "9000", "sender.promotionBase[1]": "6000", "audience[0].careWithin6Months": form.Yes, "audience[0].recipients": "4000"}),
		"included messages":     formWith(map[string]string{"sender.includedMessages": "500", "audience[0].recipients": "800", "pricing.monthlyFee": "100000", "pricing.markupPercent": "7.5"}),
		"nothing to pay":        formWith(map[string]string{form.PathType: string(rules.ZaloBroadcast)}),
		"one person":            formWith(map[string]string{"audience[0].recipients": "1"}),
		"as many as there are":  formWith(map[string]string{"audience[0].recipients": "1000000000"}),
		"a converted price":     formWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), "pricing.convert.currency": "VND", "pricing.convert.rates.USD": "26123.45"}),
		"two groups":            groups,
		"a conversation's rate": formWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), form.PathOn: "2025-01-01", form.PathPer: "4"}),
	}
}

func TestEveryPointOfACurveIsAnAnswer(t *testing.T) {
	for name, f := range curveForms() {
		s := askedOf(t, f)
		c, ok := model.CurveOf(s)
		if !ok {
			t.Errorf("%s has no curve", name)
			continue
		}
		people := c.Now.People
		answerAt := func(n int64) decimal.Decimal {
			q, err := rules.Evaluate(model.WithPeople(s, people, n))
			if err != nil {
				t.Fatalf("%s, %d people: %v", name, n, err)
			}
			sum, _ := q.Total()
			return sum.Gross
		}
		for i, p := range c.Points {
			if i > 0 && p.People <= c.Points[i-1].People {
				t.Errorf("%s: %d people come behind %d", name, p.People, c.Points[i-1].People)
			}
			if want := answerAt(p.People); !p.Cost.Equal(want) {
				t.Errorf("%s: %d people cost %s, not %s", name, p.People, p.Cost, want)
			}
		}
		if !slices.ContainsFunc(c.Points, func(p model.CostPoint) bool { return p.People == people && p.Cost.Equal(c.Now.Cost) }) {
			t.Errorf("%s: the scenario itself is not on its curve", name)
		}
		if len(s.Audience) > 1 {
			continue // the shares of groups are whole people, beside the straight line
		}
		// Between two points the line is the answer too, to the last decimal.
		for i := 1; i < len(c.Points); i++ {
			a, b := c.Points[i-1], c.Points[i]
			for k := int64(1); k <= 20; k++ {
				n := a.People + (b.People-a.People)*k/21
				left := answerAt(n).Sub(a.Cost).Mul(decimal.NewFromInt(b.People - a.People))
				right := b.Cost.Sub(a.Cost).Mul(decimal.NewFromInt(n - a.People))
				if !left.Equal(right) {
					t.Errorf("%s: %d people cost %s, off the line from %v to %v", name, n, answerAt(n), a, b)
				}
			}
		}
	}
}

func TestACurveBendsWhereThePriceDoes(t *testing.T) {
	bends := func(name string) string {
		c, _ := model.CurveOf(askedOf(t, curveForms()[name]))
		var list []string
		for _, b := range c.Bends {
			list = append(list, strconv.FormatInt(b.People, 10))
		}
		return strings.Join(list, " ")
	}
	for name, want := range map[string]string{
		"a plain price":     "",
		"a free thousand":   "1000", // beyond twice the people
		"a quota":           "2500", // a sixth of the two months
		"included messages": "500",
		"nothing to pay":    "",
	} {
		if got := bends(name); got != want {
			t.Errorf("%s bends at %q, not %q", name, got, want)
		}
	}
}

func TestAPriceNotInTheBookHasNoCurve(t *testing.T) {
	if c, ok := model.CurveOf(askedOf(t, formWith(map[string]string{form.PathType: string(rules.ZBSUID)}))); ok {
		t.Errorf("a curve without a price: %v", c.Points)
	}
}

// What the book announces later is not said here: it becomes more.
func TestTheHistoryOfAPriceIsTheBooks(t *testing.T) {
	spans := func(answers map[string]string) string {
		h := model.HistoryOf(askedOf(t, formWith(answers)))
		var list []string
		for _, s := range h.Spans {
			if s.Since.String() > TestDay {
				continue
			}
			said := s.Price.String()
			switch s.State {
			case model.SpanUnknown:
				said = "?"
			case model.SpanOff:
				said = "off"
			}
			if s.Talk {
				said += "/talk"
			}
			list = append(list, s.Since.String()+" "+said)
		}
		return strings.Join(list, ", ")
	}
	for _, c := range []struct {
		answers map[string]string
		want    string
	}{
		{map[string]string{form.PathType: string(rules.ZaloTransaction), form.PathOn: "2024-01-01"}, "2023-04-18 0, 2023-06-21 165, 2026-03-01 off"},
		{map[string]string{"audience[0].hoursSinceInteraction": "1"}, "2023-04-18 55"},
		{map[string]string{form.PathType: string(rules.ZNS), "message.template.buttons": "2", "message.tag": "3"}, "2022-01-01 330"},
		{map[string]string{form.PathType: string(rules.WhatsAppMarketing)}, "2024-11-01 0.0732/talk, 2025-07-01 0.0732, 2026-10-01 0.0842"},
		{map[string]string{form.PathType: string(rules.WhatsAppService), "sender.freeServiceUsed": "5"}, "2024-11-01 0/talk, 2025-07-01 0, 2026-10-01 0.0113"},
		{map[string]string{form.PathType: string(rules.WhatsAppMarketing), "sender.billingCurrency": "EUR", form.PathOn: "2026-08-01", "audience[0].country": "DE"}, "2026-07-01 0.1131, 2026-10-01 ?"},
		{map[string]string{form.PathType: string(rules.ZBSUID)}, ""},
	} {
		if got := spans(c.answers); got != c.want {
			t.Errorf("%v: %s, not %s", c.answers, got, c.want)
		}
	}
}

func TestStepsAreRoundAndFew(t *testing.T) {
	for _, most := range []string{"1", "2", "3", "7", "10", "999", "1000", "1001", "54321", "2000000000", "0.0842", "0.4", "1.5", "0.00001", "123456789012"} {
		d := decimal.RequireFromString(most)
		for _, parts := range []int64{3, 4} {
			step := model.NiceStep(d, parts)
			if step.Mul(decimal.NewFromInt(parts)).LessThan(d) {
				t.Errorf("%d steps of %s do not reach %s", parts, step, most)
			}
			first := strings.Trim(strings.ReplaceAll(step.String(), ".", ""), "0")
			if first != "1" && first != "2" && first != "5" {
				t.Errorf("%s is no round step", step)
			}
			if !step.LessThan(d.Mul(decimal.NewFromInt(2))) && d.GreaterThan(decimal.NewFromInt(1)) {
				t.Errorf("the step %s is beyond %s", step, most)
			}
		}
	}
}

func TestMarksNeverRunIntoEachOther(t *testing.T) {
	for _, most := range []int64{1, 2, 7, 1500, 30000, 2_000_000, 1_000_000_000, 200_000_000_000} {
		for _, code := range words.Codes {
			l := words.Of(code)
			p := kit.NewPlot(l, decimal.NewFromInt(1), model.ScaleStep(decimal.NewFromInt(1)), "VND")
			before := len(p.Body)
			var marks []kit.Mark
			for k := range int64(6) {
				marks = append(marks, kit.Mark{At: k * 200, Words: l.Number(most * k)})
			}
			p.Marks(marks)
			type span struct{ from, to float64 }
			var placed []span
			for _, e := range p.Body[before:] {
				html := goapp.HTMLString(e)
				at, _ := strconv.ParseFloat(regexp.MustCompile(` x="([\d.]+)%"`).FindStringSubmatch(html)[1], 64)
				words := regexp.MustCompile(`>\s*([^<\s][^<]*?)\s*<`).FindStringSubmatch(html)[1]
				x, width := at*kit.Narrowest/100, float64(len([]rune(words)))*6.7 // 12 px digits are 6.7 px wide
				s := span{x - width/2, x + width/2}
				switch {
				case strings.Contains(html, `"start"`):
					s = span{x, x + width}
				case strings.Contains(html, `"end"`):
					s = span{x - width, x}
				}
				for _, other := range placed {
					if s.from < other.to && other.from < s.to {
						t.Errorf("%s: %q at %v runs into %v", code, words, s, other)
					}
				}
				placed = append(placed, s)
			}
			if len(placed) == 0 {
				t.Errorf("%s: no mark up to %d", code, most)
			}
		}
	}
}

// drawnOf is the markup of the pictures of a form, with every table open.
func drawnOf(f *form.Form, lang string) string {
	s := &screen{Lang: lang, form: f, opened: map[string]bool{picturesID: true}}
	for _, name := range pictureNames {
		s.opened[picturesID+name] = true
	}
	s.compute()
	s.findWays()
	s.findPictures()
	v := s.pictures(false).(*part)
	return goapp.HTMLString(v.Shows.draw(s))
}

func TestPicturesStandWhereTheirNumbersDo(t *testing.T) {
	circle := regexp.MustCompile(`<circle[^>]*>`)
	attribute := func(tag, name string) float64 {
		m := regexp.MustCompile(` ` + name + `="([\d.]+)%?"`).FindStringSubmatch(tag)
		if m == nil {
			t.Fatalf("%s has no %s", tag, name)
		}
		n, _ := strconv.ParseFloat(m[1], 64)
		return n
	}
	for name, f := range curveForms() {
		set := &pictureSet{quote: &rules.Quote{Verdict: rules.Eligible}}
		set.curve, set.priced = model.CurveOf(askedOf(t, f))
		c := set.curve
		if name == "nothing to pay" {
			if p := volumePicture(words.Of("vi"), set); len(p.body) > 0 || !strings.Contains(p.said, "Miễn phí") {
				t.Errorf("an empty picture is drawn, or it is not said: %q", p.said)
			}
			continue
		}
		last := c.Points[len(c.Points)-1]
		most := last.Cost
		for _, p := range c.Points {
			if p.Cost.GreaterThan(most) {
				most = p.Cost
			}
		}
		var drawn strings.Builder
		for _, e := range volumePicture(words.Of("vi"), set).body {
			drawn.WriteString(goapp.HTMLString(e))
		}
		found := false
		for _, tag := range circle.FindAllString(drawn.String(), -1) {
			if !strings.Contains(tag, `"now"`) {
				continue
			}
			found = true
			x := 100 * float64(c.Now.People) / float64(last.People)
			share, _ := c.Now.Cost.Div(decimal.Max(most, decimal.NewFromInt(1))).Float64()
			if most.LessThan(decimal.NewFromInt(1)) && !most.IsZero() {
				share, _ = c.Now.Cost.Div(most).Float64()
			}
			y := 184 - 160*share
			if gotX, gotY := attribute(tag, "cx"), attribute(tag, "cy"); gotX-x > 0.06 || x-gotX > 0.06 || gotY-y > 0.51 || y-gotY > 0.51 {
				t.Errorf("%s: the present point stands at %v %%, %v px, not at %v, %v", name, gotX, gotY, x, y)
			}
		}
		if !found {
			t.Errorf("%s: the present point is not drawn", name)
		}
	}
}

func TestEveryPictureHasItsNumbersInATable(t *testing.T) {
	for name, f := range curveForms() {
		for _, lang := range words.Codes {
			html := drawnOf(f, lang)
			pictures := strings.Split(html, "<figure")[1:]
			if len(pictures) != 4 {
				t.Fatalf("%s: %d pictures", name, len(pictures))
			}
			for i, p := range pictures {
				drawn := strings.Contains(p, `role="img"`)
				if drawn != strings.Contains(p, "<table") || drawn && (!strings.Contains(p, "<title") || !strings.Contains(p, "<desc")) {
					t.Errorf("%s, %s: the picture %s lacks its name, its words or its table", name, lang, pictureNames[i])
				}
				if m := regexp.MustCompile(`="-[\d.]+%?"`).FindString(p); m != "" {
					t.Errorf("%s, %s: %s leaves the picture %s", name, lang, m, pictureNames[i])
				}
				for _, m := range regexp.MustCompile(`="(\d[\d.]*)%"`).FindAllStringSubmatch(p, -1) {
					if n, _ := strconv.ParseFloat(m[1], 64); n > 100 {
						t.Errorf("%s, %s: %s%% is outside the picture %s", name, lang, m[1], pictureNames[i])
					}
				}
			}
			if strings.Contains(html, " style=") || strings.Contains(html, "NaN") {
				t.Errorf("%s, %s: a style or no number in the pictures", name, lang)
			}
		}
	}
}

func TestPicturesClaimNoMoreThanTheAnswer(t *testing.T) {
	html := drawnOf(formWith(map[string]string{"audience[0].recipients": "3000", "audience[0].hoursSinceInteraction": "1"}), "vi")
	if !strings.Contains(html, "Với những người này: miễn phí.") {
		t.Error("a list price stands for what these people cost")
	}
	html = drawnOf(formWith(map[string]string{"audience[0].recipients": "3000", "audience[0].hoursSinceInteraction": ""}), "vi")
	if strings.Contains(html, "3.000 trên 3.000") || !strings.Contains(html, "nhiều nhất 3.000 tin") {
		t.Error("what depends is told as certain")
	}
	html = drawnOf(formWith(map[string]string{form.PathType: string(rules.ZNS)}), "en")
	if !strings.Contains(html, "Billed in another currency, so without a bar: ") {
		t.Error("the ways in another currency are not named")
	}
	if bar := regexp.MustCompile(`<text[^>]*>[^<]*\$`).FindString(html); bar != "" {
		t.Errorf("dollars have a bar beside dong: %s", bar)
	}
}
