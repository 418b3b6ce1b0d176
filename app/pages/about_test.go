//go:build !js

package pages

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/words"
	"postage/app/words/wordstest"
)

// testDay is the day on which the pages are built in the tests.
const testDay = "2026-11-21"

func TestAboutPageHasEveryTextAndLicence(t *testing.T) {
	parts := []Part{{"Letter <b>", "v1.2.3", "MIT", "Permission & more"}}
	for _, code := range words.Codes {
		html := goapp.HTMLString(View(Page{Path: kit.AboutPath(code), Lang: code}, testDay, Build{Parts: parts}))
		for said := range wordstest.TextsIn(html) {
			if left := wordstest.LeftOver(said, wordstest.KeySections()); left != "" {
				t.Errorf("%s shows %q in %q", code, left, said)
			}
		}
		for _, want := range []string{"Letter &lt;b&gt; v1.2.3 · MIT", "Permission &amp; more"} {
			if !strings.Contains(html, want) {
				t.Errorf("%s does not show %q", code, want)
			}
		}
	}
}
