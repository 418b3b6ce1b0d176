package screen

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/words"
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
