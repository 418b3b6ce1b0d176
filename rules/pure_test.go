package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestRulesTouchNothingOutside: the engine reads no clock, file, net or page,
// so that the same scenario has the same answer everywhere.
func TestRulesTouchNothingOutside(t *testing.T) {
	forbidden := []string{"os", "net", "net/http", "syscall", "syscall/js", "io/ioutil", "math/rand", "math/rand/v2", "unsafe"}
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "Tick", "LoadLocation", "Local"}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files++
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if path == "unsafe" {
				continue // looked at below
			}
			if err != nil || slices.Contains(forbidden, path) {
				t.Errorf("%s imports %s", name, path)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, n.Sel.Name) {
					t.Errorf("%s uses time.%s", name, n.Sel.Name)
				}
				// Where a struct has its fields; fields.go alone looks there.
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "unsafe" && n.Sel.Name != "Offsetof" && name != "fields.go" {
					t.Errorf("%s uses unsafe.%s", name, n.Sel.Name)
				}
			}
			return true
		})
	}
	if files < 10 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestNoFloatTouchesAnAmount, in the rules and in every room below them.
func TestNoFloatTouchesAnAmount(t *testing.T) {
	rooms := map[string]int{}
	for _, pattern := range []string{"*.go", "*/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			rooms[filepath.Dir(name)]++
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && (id.Name == "float64" || id.Name == "float32") {
					t.Errorf("%s uses %s", name, id.Name)
				}
				return true
			})
		}
	}
	for _, room := range []string{".", "audit", "reach"} {
		if rooms[room] == 0 {
			t.Errorf("no file of %s was looked at", room)
		}
	}
}
