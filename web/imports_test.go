package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// The rooms of the house, and which others each may know. Whatever a room is
// not told to know here it must not import, nor may its tests. A room that is
// not built yet may stand here already; one that is built and does not stand
// here is a mistake.
//
// From the top: a room knows those below it that are named, never one above or
// beside it.
var rooms = map[string][]string{
	"wasm":          {"app"},
	"wasm/plan":     {"app/planning"},
	"wasm/core":     {"rules"},
	"wasm/contacts": {"app/auditing", "app/listing"},
	"wasm/list":     {"app/billing/checking", "app/billing", "app/contacts/reading", "app/contacts", "app/files/desk", "app/files"},

	"web":                   slices.Concat(webRooms, []string{"app", "app/table/cellstest", "app/words/wordstest"}, appRooms, ruleRooms),
	"web/perf":              {"web/serve", "web/site", "web/internal/browsers", "web/internal/source"},
	"web/slim/sizes":        {"web/site", "web/slim", "web/internal/source"},
	"web/serve":             {"web/site", "web/slim", "web/internal/source"},
	"web/site":              slices.Concat([]string{"web/slim", "web/protocol", "web/internal/source", "app"}, appRooms, ruleRooms),
	"web/slim":              {"web/internal/source"},
	"web/mcp":               slices.Concat([]string{"web/protocol", "web/internal/worked", "web/internal/source", "app/words"}, ruleRooms),
	"web/protocol":          slices.Concat([]string{"web/internal/worked", "web/internal/source"}, ruleRooms),
	"web/internal/worked":   slices.Concat([]string{"web/internal/source"}, ruleRooms),
	"web/internal/browsers": {},
	"web/internal/source":   {},

	"app":                      slices.Concat(appRooms, ruleRooms),
	"app/pages":                slices.Concat(screenRooms, below("app/pages"), []string{"app/words/wordstest"}, ruleRooms),
	"app/screen":               slices.Concat(screenRooms, below("app/screen"), testRooms, ruleRooms),
	"app/screen/ask":           slices.Concat([]string{"app/screen/desk"}, below("app/screen"), testRooms, ruleRooms),
	"app/screen/reply":         slices.Concat([]string{"app/screen/desk"}, below("app/screen"), testRooms, ruleRooms),
	"app/screen/keep":          slices.Concat([]string{"app/screen/desk"}, below("app/screen"), testRooms, ruleRooms),
	"app/screen/below":         slices.Concat([]string{"app/screen/desk"}, below("app/screen"), testRooms, ruleRooms),
	"app/screen/desk":          slices.Concat(below("app/screen"), testRooms, ruleRooms),
	"app/planning":             slices.Concat([]string{"app/planning/mixed", "app/planning/calendar", "app/planning/packages", "app/planning/under", "app/planning/spreadsheet"}, below("app/planning"), testRooms, ruleRooms),
	"app/planning/calendar":    slices.Concat(below("app/planning"), ruleRooms),
	"app/planning/under":       slices.Concat(below("app/planning"), ruleRooms),
	"app/planning/packages":    slices.Concat(below("app/planning"), ruleRooms),
	"app/planning/spreadsheet": slices.Concat(below("app/planning"), testRooms, ruleRooms),
	"app/planning/mixed":       slices.Concat(below("app/planning"), ruleRooms),
	"app/listing":              slices.Concat(below("app/listing"), testRooms, ruleRooms),
	"app/auditing":             slices.Concat(below("app/auditing"), testRooms, ruleRooms),
	"app/filing":               slices.Concat(below("app/filing"), testRooms, ruleRooms),
	"app/page":                 slices.Concat(below("app/page"), ruleRooms),
	"app/kit":                  {"app/words", "app/browser", "app/breath"}, // it knows no rule and no channel
	"app/bills":                slices.Concat([]string{"app/table/cells", "app/table/cellstest"}, below("app/bills"), ruleRooms),
	"app/table":                slices.Concat([]string{"app/table/phone", "app/table/cells", "app/table/cellstest"}, below("app/table"), ruleRooms),
	"app/table/phone":          {"app/table/cells", "rules/reach", "rules"},
	"app/table/cells":          {"app/table/cellstest"}, // it knows no contact
	"app/table/cellstest":      {},                      // for the tests of what reads files
	"app/billing/checking":     slices.Concat([]string{"app/billing", "app/bills", "app/files", "app/files/desk", "app/table", "app/table/cellstest", "app/words"}, ruleRooms),
	"app/billing":              slices.Concat([]string{"app/files"}, ruleRooms),
	"app/files/desk":           {"app/files", "app/table/cells"},
	"app/files":                {},
	"app/contacts/reading":     slices.Concat([]string{"app/contacts", "app/files", "app/files/desk", "app/table", "app/table/cells", "app/table/cellstest"}, ruleRooms),
	"app/contacts":             slices.Concat([]string{"app/files"}, ruleRooms),
	"app/plan":                 slices.Concat(below("app/plan"), testRooms, ruleRooms),
	"app/report":               slices.Concat(below("app/report"), testRooms, ruleRooms),
	"app/model":                slices.Concat(below("app/model"), testRooms, ruleRooms),
	"app/flow":                 slices.Concat(below("app/flow"), testRooms, ruleRooms),
	"app/form":                 slices.Concat(below("app/form"), testRooms, ruleRooms),
	"app/form/formtest":        {"app/form", "rules"}, // for the tests of what is asked
	"app/words":                slices.Concat(below("app/words"), testRooms, ruleRooms),
	"app/words/wordstest":      {"app/words"}, // for the tests of what shows texts
	"app/browser":              {"app/breath"},
	"app/breath":               {},

	"rules/referee": {"rules"}, // a second evaluator, for the tests of the first
	"rules/reach":   {"rules"},
	"rules/audit":   {"rules"},
	"rules":         {},
}

var (
	webRooms = []string{
		"web/serve", "web/site", "web/slim", "web/mcp", "web/protocol", "web/internal/worked", "web/internal/browsers", "web/internal/source",
	}
	// appRooms are in the order in which one stands upon the other.
	appRooms = []string{
		"app/pages", "app/screen", "app/planning", "app/listing", "app/auditing", "app/filing", "app/page", "app/kit", "app/billing/checking", "app/billing", "app/contacts/reading", "app/contacts", "app/files/desk", "app/files", "app/bills", "app/table", "app/plan", "app/report", "app/model", "app/flow", "app/form", "app/words", "app/browser", "app/breath",
	}
	screenRooms = []string{"app/screen/ask", "app/screen/reply", "app/screen/keep", "app/screen/below", "app/screen/desk"}
	testRooms   = []string{"app/form/formtest", "app/words/wordstest"}
	ruleRooms   = []string{"rules/audit", "rules/reach", "rules"}
)

// below are the rooms of app below one of them.
func below(room string) []string { return appRooms[slices.Index(appRooms, room)+1:] }

// withoutGoApp are the rooms that have no page, and so nothing of go-app.
var withoutGoApp = []string{"app/files", "app/files/desk", "app/billing", "app/billing/checking", "app/bills", "app/table", "app/table/phone", "app/table/cells", "app/table/cellstest", "app/contacts/reading", "app/contacts", "app/plan", "app/report", "app/model", "app/flow", "app/form", "app/words", "rules/referee", "rules/audit", "rules/reach", "rules"}

// A listedPackage is what go list says of one.
type listedPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// wrongWays says which package imports what it must not know.
func wrongWays(packages []listedPackage) (wrong []string) {
	for _, p := range packages {
		room := strings.TrimPrefix(p.ImportPath, "postage/")
		may, known := rooms[room]
		if !known {
			wrong = append(wrong, fmt.Sprintf("%s is not among the rooms of the house", room))
			continue
		}
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			below, ours := strings.CutPrefix(imported, "postage/")
			if ours && below != room && !slices.Contains(may, below) {
				wrong = append(wrong, fmt.Sprintf("%s imports %s", room, below))
			}
			if strings.Contains(imported, "/go-app/") && slices.Contains(withoutGoApp, room) {
				wrong = append(wrong, fmt.Sprintf("%s imports go-app", room))
			}
		}
	}
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

func TestImportsGoDownwardsOnly(t *testing.T) {
	t.Parallel()
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"list", "-e", "-tags", "browsers,types", "-json=ImportPath,Imports,TestImports,XTestImports", "./..."}
	here, err := tree.Go(list...)
	if err != nil {
		t.Fatal(err)
	}
	browser, err := tree.GoForBrowser(list...)
	if err != nil {
		t.Fatal(err)
	}
	var packages []listedPackage
	for decoder := json.NewDecoder(bytes.NewReader(append(here, browser...))); ; {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 2*10 {
		t.Fatalf("only %d packages were looked at", len(packages))
	}
	for _, wrong := range wrongWays(packages) {
		t.Error(wrong)
	}
}

func TestAnImportUpwardsIsFound(t *testing.T) {
	for _, c := range []struct {
		p    listedPackage
		want string
	}{
		{listedPackage{ImportPath: "postage/rules", Imports: []string{"postage/app"}}, "rules imports app"},
		{listedPackage{ImportPath: "postage/app/kit", Imports: []string{"postage/rules"}}, "app/kit imports rules"},
		{listedPackage{ImportPath: "postage/app/model", TestImports: []string{"postage/app/screen"}}, "app/model imports app/screen"},
		{listedPackage{ImportPath: "postage/app/form", Imports: []string{"github.com/maxence-charriere/go-app/v9/pkg/app"}}, "app/form imports go-app"},
		{listedPackage{ImportPath: "postage/web/site", XTestImports: []string{"postage/web/serve"}}, "web/site imports web/serve"},
		{listedPackage{ImportPath: "postage/attic", Imports: []string{"postage/rules"}}, "attic is not among the rooms of the house"},
	} {
		if got := wrongWays([]listedPackage{c.p}); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: %q, not %q", c.p.ImportPath, got, c.want)
		}
	}
	sound := listedPackage{ImportPath: "postage/app/screen", Imports: []string{"fmt", "postage/app/model", "postage/rules", "github.com/maxence-charriere/go-app/v9/pkg/app"}, XTestImports: []string{"postage/app/screen"}}
	if got := wrongWays([]listedPackage{sound}); len(got) > 0 {
		t.Errorf("a sound room: %q", got)
	}
}
