package below

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

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
	s := New(desk.New(lang, false))
	s.Desk.Form = f
	s.Desk.Opened[PicturesID] = true
	for _, name := range PictureNames {
		s.Desk.Opened[PicturesID+name] = true
	}
	s.Desk.Compute()
	s.FindWays()
	s.FindPictures()
	v := s.pictures(false).(*kit.Part)
	return goapp.HTMLString(v.Shows.Draw())
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
	for name, f := range formtest.CurveForms() {
		set := &pictureSet{quote: &rules.Quote{Verdict: rules.Eligible}}
		set.curve, set.priced = model.CurveOf(formtest.AskedOf(t, f))
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
	for name, f := range formtest.CurveForms() {
		for _, lang := range words.Codes {
			html := drawnOf(f, lang)
			pictures := strings.Split(html, "<figure")[1:]
			if len(pictures) != 4 {
				t.Fatalf("%s: %d pictures", name, len(pictures))
			}
			for i, p := range pictures {
				drawn := strings.Contains(p, `role="img"`)
				if drawn != strings.Contains(p, "<table") || drawn && (!strings.Contains(p, "<title") || !strings.Contains(p, "<desc")) {
					t.Errorf("%s, %s: the picture %s lacks its name, its words or its table", name, lang, PictureNames[i])
				}
				if m := regexp.MustCompile(`="-[\d.]+%?"`).FindString(p); m != "" {
					t.Errorf("%s, %s: %s leaves the picture %s", name, lang, m, PictureNames[i])
				}
				for _, m := range regexp.MustCompile(`="(\d[\d.]*)%"`).FindAllStringSubmatch(p, -1) {
					if n, _ := strconv.ParseFloat(m[1], 64); n > 100 {
						t.Errorf("%s, %s: %s%% is outside the picture %s", name, lang, m[1], PictureNames[i])
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
	html := drawnOf(formtest.FormWith(map[string]string{"audience[0].recipients": "3000", "audience[0].hoursSinceInteraction": "1"}), "vi")
	if !strings.Contains(html, "Với những người này: miễn phí.") {
		t.Error("a list price stands for what these people cost")
	}
	html = drawnOf(formtest.FormWith(map[string]string{"audience[0].recipients": "3000", "audience[0].hoursSinceInteraction": ""}), "vi")
	if strings.Contains(html, "3.000 trên 3.000") || !strings.Contains(html, "nhiều nhất 3.000 tin") {
		t.Error("what depends is told as certain")
	}
	html = drawnOf(formtest.FormWith(map[string]string{form.PathType: string(rules.ZNS)}), "en")
	if !strings.Contains(html, "Billed in another currency, so without a bar: ") {
		t.Error("the ways in another currency are not named")
	}
	if bar := regexp.MustCompile(`<text[^>]*>[^<]*\$`).FindString(html); bar != "" {
		t.Errorf("dollars have a bar beside dong: %s", bar)
	}
}
