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
		shown := stripAttributes(html)
		for key := range languageOf(code).texts {
			if strings.Contains(shown, "\n"+key+"\n") {
				t.Errorf("%s shows the key %s", code, key)
			}
		}
		if m := leftOver.FindString(shown); m != "" {
			t.Errorf("%s shows %s", code, m)
		}
		for _, want := range []string{"Letter &lt;b&gt; v1.2.3 · MIT", "Permission &amp; more"} {
			if !strings.Contains(html, want) {
				t.Errorf("%s does not show %q", code, want)
			}
		}
	}
}
