package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What is larger than this is several things. A type is counted by its own
// methods, a package by the lines of its files without tests.
const (
	mostMethods = 40
	mostLines   = 3000
)

// sizes are the lines of a package's files without tests, and how many methods each
// of its types has.
type sizes struct {
	lines   int
	methods map[string]int
}

// sizesOf counts the files of a folder, by name.
func sizesOf(files map[string]string) (s sizes, err error) {
	s.methods = map[string]int{}
	for name, text := range files {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		s.lines += strings.Count(text, "\n")
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			return s, err
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			of := f.Recv.List[0].Type
			if star, ok := of.(*ast.StarExpr); ok {
				of = star.X
			}
			if name, ok := of.(*ast.Ident); ok {
				s.methods[name.Name]++
			}
		}
	}
	return s, nil
}

// tooLarge says what of a package is larger than it may be.
func tooLarge(room string, s sizes) (wrong []string) {
	if s.lines > mostLines && !strings.HasPrefix(room, "rules") {
		wrong = append(wrong, fmt.Sprintf("%s has %d lines without tests, more than %d", room, s.lines, mostLines))
	}
	for name, n := range s.methods {
		if n > mostMethods {
			wrong = append(wrong, fmt.Sprintf("%s.%s has %d methods", room, name, n))
		}
	}
	slices.Sort(wrong)
	return wrong
}

func TestNoTypeAndNoPackageIsTooLarge(t *testing.T) {
	t.Parallel()
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, top := range []string{"app", "web", "wasm", "rules"} {
		err := filepath.WalkDir(tree.Path(top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			files := map[string]string{}
			names, err := filepath.Glob(filepath.Join(path, "*.go"))
			if err != nil {
				return err
			}
			for _, name := range names {
				text, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				files[name] = string(text)
			}
			s, err := sizesOf(files)
			if err != nil {
				return err
			}
			looked += len(s.methods)
			room, err := filepath.Rel(tree.Path("."), path)
			if err != nil {
				return err
			}
			for _, wrong := range tooLarge(filepath.ToSlash(room), s) {
				t.Error(wrong)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if looked < 50 {
		t.Errorf("only %d types with methods were looked at", looked)
	}
}

func TestWhatIsTooLargeIsNamed(t *testing.T) {
	s, err := sizesOf(map[string]string{
		"a.go":      "package a\n\ntype T struct{}\n" + strings.Repeat("\nfunc (t *T) M() {}\n", mostMethods) + strings.Repeat("\n", mostLines),
		"b.go":      "package a\n\nfunc (T) M() {}\n",
		"a_test.go": "package a\n\nfunc (T) N() {}\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		fmt.Sprintf("app/a has %d lines without tests, more than %d", s.lines, mostLines),
		fmt.Sprintf("app/a.T has %d methods", mostMethods+1),
	}
	if got := tooLarge("app/a", s); !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

// TestTheTopHoldsWhatItIsMeantTo: whatever else stands there was left behind, such as a
// program that go test -c wrote.
func TestTheTopHoldsWhatItIsMeantTo(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch name := e.Name(); name {
		case "app", "rules", "web", "wasm", "Makefile", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md":
		case "dist", "perf.json": // what make build and make perf write
		default:
			if !strings.HasPrefix(name, ".") {
				t.Errorf("%s is none of the project's", name)
			}
		}
	}
}
