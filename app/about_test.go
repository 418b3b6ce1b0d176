//go:build !js

package app

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

func TestAboutPageHasEveryTextAndLicence(t *testing.T) {
	parts := []Part{{"Letter <b>", "v1.2.3", "MIT", "Permission & more"}}
	for _, code := range languages {
		html := goapp.HTMLString(View(Page{Path: aboutPath(code), Lang: code}, testDay, parts))
		for said := range textsIn(html) {
			if left := leftOver(said, keySections()); left != "" {
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
