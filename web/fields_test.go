package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"postage/web/protocol"
)

func TestFieldsAreListed(t *testing.T) {
	rows, err := protocol.ScenarioFields()
	if err != nil {
		t.Fatal(err)
	}
	for begin, want := range map[string]int{"": len(rows), "sender.oaPackage": 1, "audience.hours": 1, "audience[].hours": 1, "balance": 1} {
		var args = []string{"fields"}
		if begin != "" {
			args = append(args, begin)
		}
		var out, errs bytes.Buffer
		if code := run(args, nil, &out, &errs); code != exitOK || errs.Len() > 0 {
			t.Errorf("%q: exit code %d, %s", begin, code, errs.String())
		}
		if got := strings.Count(out.String(), "; if absent: "); got != want && !(begin == "" && got > want) {
			t.Errorf("%q: %d fields, not %d", begin, got, want)
		}
	}
	var out, errs bytes.Buffer
	if code := run([]string{"fields", "nope"}, nil, &out, &errs); code != exitUsage || out.Len() > 0 || !strings.Contains(errs.String(), `"nope"`) {
		t.Errorf("exit code %d, %s%s", code, out.String(), errs.String())
	}
}

// TestThePageOfFieldsIsSound: all fields, links that lead somewhere, no wider than a
// phone, nothing that axe finds.
func TestThePageOfFieldsIsSound(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.goTo(site.url("/" + protocol.FieldsFolder))
	rows, err := protocol.ScenarioFields()
	if err != nil {
		t.Fatal(err)
	}
	headings := evaluate[map[string]string](tab, `Object.fromEntries([...document.querySelectorAll("[id]:has(h3)")].map((e) => [e.id, e.querySelector("h3").textContent]))`)
	for _, r := range rows {
		if got := headings[r.Path]; got != r.Path {
			t.Errorf("%s: the page has %q", r.Path, got)
		}
	}
	links := evaluate[[]string](tab, `Promise.all([...document.links].map(async (a) => (await fetch(a.href)).status + " " + a.getAttribute("href")))`)
	if len(links) < 4 {
		t.Errorf("only the links %q", links)
	}
	for _, l := range links {
		if !strings.HasPrefix(l, "200 ") {
			t.Errorf("a link leads nowhere: %s", l)
		}
	}
	for _, width := range []int{320, 390, 1280} {
		tab.resize(width, 844)
		if wide := evaluate[int](tab, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("%d pixels wide on a screen of %d", wide, width)
		}
	}
	tab.do(string(axe) + ";")
	if found := axeFindings(tab); found != "" {
		t.Error(found)
	}
	tab.colorScheme("dark")
	if found := axeFindings(tab, "color-contrast"); found != "" {
		t.Errorf("dark:\n%s", found)
	}
}
