//go:build !js

package words_test

import (
	"bytes"
	"go/build"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"postage/app/words"
	"postage/app/words/wordstest"
)

// TestTheCalculatorNamesNoTextOfThePlansPage: in a browser it has no others than those of
// its own file. Of app/plan it has only what keeps a plan, which names none.
func TestTheCalculatorNamesNoTextOfThePlansPage(t *testing.T) {
	const root = "../.."
	browser := build.Default
	browser.GOOS, browser.GOARCH = "js", "wasm"
	folders := map[string]bool{}
	var add func(folder string)
	add = func(folder string) {
		if folders[folder] || folder == "app/plan" {
			return
		}
		folders[folder] = true
		pkg, err := browser.ImportDir(filepath.Join(root, folder), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range pkg.Imports {
			if path, ours := strings.CutPrefix(path, "postage/"); ours {
				add(path)
			}
		}
	}
	add("app")
	if !folders["app/screen"] || folders["app/planning"] {
		t.Fatalf("these are not the folders of the calculator: %v", folders)
	}
	var named []string
	for folder := range folders {
		source, err := wordstest.Source(filepath.Join(root, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([a-z][A-Za-z-]*\.[A-Za-z0-9.-]*)"`).FindAllStringSubmatch(source, -1) {
			named = append(named, m[1])
		}
	}
	own := words.File("vi")
	for line := range bytes.Lines(words.PlanFile("vi")) {
		if bytes.Contains(own, line) {
			continue
		}
		key, _, _ := bytes.Cut(line, []byte("="))
		if len(wordstest.Unused([]string{string(key)}, named)) == 0 {
			t.Errorf("%s is named by the calculator, but its file does not have it", key)
		}
	}
}
