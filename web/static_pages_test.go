package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"postage/app/pages"
)

func TestPagesWithoutAProgramAreSound(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, page := range pages.Pages() {
		if !page.Static || page.Lang == "en" { // shorter than in the other two languages
			continue
		}
		t.Run(page.Path, func(t *testing.T) {
			tab := tab.in(t)
			tab.colorScheme("light")
			tab.open(site.url(page.Path))
			if got := evaluate[string](tab, `document.documentElement.lang + " " + document.title`); got != page.Lang+" "+page.Title {
				t.Errorf("the page says %q", got)
			}
			tab.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
			widths := []int{320, 1280}
			if page.Lang != pages.Languages()[0] {
				widths = widths[:1]
			}
			for _, width := range widths {
				tab.resize(width, 844)
				if wide := evaluate[int](tab, `document.documentElement.scrollWidth`); wide > width {
					t.Errorf("%d pixels wide on a screen of %d", wide, width)
				}
			}
			if page.Lang != pages.Languages()[0] || strings.HasSuffix(page.Path, "/partners/") {
				return // the markup is the same in every language; that for partners has a test of its own
			}
			// Each fold is made as the first beside it, and in the book each line of a long list
			// as the first ones.
			few := func(most int) {
				if strings.HasSuffix(page.Path, "/rules/") {
					tab.do(fmt.Sprintf(`for (const long of document.querySelectorAll("main tbody, main ul, main ol, main dl")) [...long.children].slice(%d).forEach((e) => e.remove())`, most))
				}
			}
			tab.do(`for (const d of document.querySelectorAll(".folds > .fold:not(:first-child)")) d.remove()`)
			few(4)
			// What stands there by day and by night is looked at once by day, and then by night.
			tab.do(`for (const shown of document.querySelectorAll('.specimen [data-theme="dark"]')) shown.remove()`)
			tab.do(string(axe) + ";")
			if found := axeFindings(tab); found != "" {
				t.Error(found)
			}
			few(2) // what differs by night are colours
			tab.do(`for (const shown of document.querySelectorAll(".specimen [data-theme]")) shown.dataset.theme = "dark"`)
			tab.colorScheme("dark")
			if found := axeFindings(tab, "color-contrast"); found != "" {
				t.Errorf("dark:\n%s", found)
			}
		})
	}
}

// TestTheMethodStandsBelowTheLogo: what is read begins where the line above it does.
func TestTheMethodStandsBelowTheLogo(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 900)
	tab.open(site.url("/en/about/"))
	for _, width := range []int{390, 1000, 1600} {
		tab.resize(width, 900)
		tab.waitFor(fmt.Sprintf(`innerWidth === %d`, width))
		left := func(selector string) float64 {
			return evaluate[float64](tab, `document.querySelector(`+quoted(selector)+`).getBoundingClientRect().left`)
		}
		if logo, text := left(`[data-is~="brand-mark"]`), left("h1"); logo-text > 1 || text-logo > 1 {
			t.Errorf("at %d pixels the logo begins at %v, the text at %v", width, logo, text)
		}
	}
}
