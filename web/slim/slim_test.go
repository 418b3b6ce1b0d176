package slim

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"postage/web/internal/source"
)

// tree is the repository.
func tree(t *testing.T) source.Tree {
	t.Helper()
	found, err := source.Find()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestWhatIsCompiledInsteadWorksAsTheRealPackages runs both in one program, over
// values made up at random and those at the edges.
func TestWhatIsCompiledInsteadWorksAsTheRealPackages(t *testing.T) {
	t.Parallel()
	tree := tree(t)
	compiler, err := New(tree)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, content []byte, err error) {
		t.Helper()
		if err == nil {
			err = source.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	files, err := compiler.moduleFiles()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if strings.HasPrefix(name, "decimal/") && path.Ext(name) == ".go" {
			write(name, bytes.ReplaceAll(content, []byte(`"`+decimalPath+`/`), []byte(`"trimmed/decimal/`)), nil)
		}
	}
	for _, p := range pieces {
		if p.library == "" {
			continue
		}
		files, err := p.libraryFiles(tree)
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range files {
			write(path.Base(p.library)+"/"+name, content, nil)
		}
		if len(p.drop) > 0 { // the others are the package's own
			folder, err := tree.GoFolder()
			if err != nil {
				t.Fatal(err)
			}
			own, err := filepath.Glob(filepath.Join(folder, "src", filepath.FromSlash(p.library), "*.go"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range own {
				if name := filepath.Base(file); !p.drops(name) && !strings.HasSuffix(name, "_test.go") {
					content, err := os.ReadFile(file)
					write(path.Base(p.library)+"/"+name, content, err)
				}
			}
		}
	}
	for name, from := range map[string]string{"main.go": "web/slim/testdata/trimmed.go.txt", "standins.go": "web/slim/testdata/standins.go.txt", "contexts.go": "web/slim/testdata/contexts.go.txt", "floats.go": "web/slim/testdata/floats.go.txt", "go.sum": "go.sum", "go.mod": "go.mod"} {
		content, err := tree.Read(from)
		if name == "go.mod" {
			content = bytes.Replace(content, []byte("module postage"), []byte("module trimmed"), 1)
		}
		write(name, content, err)
	}
	out, err := source.At(dir).Go("run", ".")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if compared, err := strconv.Atoi(strings.TrimSpace(string(out))); err != nil || compared < 500_000 {
		t.Errorf("compared %s results", out)
	}
}

func TestAPieceGoesWithWhatItNeeds(t *testing.T) {
	names := func(without ...string) (left []string) {
		t.Helper()
		c, err := New(tree(t), without...)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.pieces {
			left = append(left, p.name)
		}
		return left
	}
	if got := names(); !slices.Equal(got, Pieces()) {
		t.Errorf("without nothing there are %v", got)
	}
	// What a server needs asks for all of fmt and net/url.
	if got := names("server"); slices.Contains(got, "server") || slices.Contains(got, "fmt") || slices.Contains(got, "url") || !slices.Contains(got, "json") {
		t.Errorf("without the piece server there are %v", got)
	}
	if got := names("json"); len(got) != len(Pieces())-1 || slices.Contains(got, "json") {
		t.Errorf("without the piece json there are %v", got)
	}
	for _, p := range pieces {
		for _, name := range p.needs {
			if !slices.Contains(Pieces(), name) {
				t.Errorf("%s needs %s, which is no piece", p.name, name)
			}
		}
	}
	if _, err := New(tree(t), "sorting"); err == nil {
		t.Error("a piece that does not exist is left out")
	}
}

func TestAnEditThatFindsNothingIsAMistake(t *testing.T) {
	const source = "package p\n\nimport (\n\t\"fmt\"\n\tx \"io\"\n)\n\n// F prints.\nfunc F() { fmt.Println() }\n\n// G reads.\nfunc (r R) G() { x.EOF }\n\nvar V = 1\n"
	e := edit{functions: []string{"G"}, imports: map[string]string{"fmt": "other/fmt", "io": ""}}
	got, err := e.apply("p.go", []byte(source))
	if want := "package p\n\nimport (\n\t\"other/fmt\"\n\t\n)\n\n// F prints.\nfunc F() { fmt.Println() }\n\n\n\nvar V = 1\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
	for name, e := range map[string]edit{
		"a function that is not there": {functions: []string{"H"}},
		"an import that is not there":  {imports: map[string]string{"os": ""}},
		"a variable is not a function": {functions: []string{"V"}},
		"one function of the two":      {functions: []string{"F", "H"}},
	} {
		if _, err := e.apply("p.go", []byte(source)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestBrowserProgramHasNoServerInIt(t *testing.T) {
	packages := packagesOf(t, "./wasm")
	if !slices.Contains(packages, "postage/app") {
		t.Fatalf("postage/app is not in the program: %v", packages)
	}
	for _, heavy := range []string{
		"net/http", "text/template", "html/template", "crypto/tls", "crypto/aes", "crypto/rand",
		"regexp", "math/big", "math/rand", "database/sql/driver", "encoding/csv", "net/netip", "internal/fmtsort",
	} {
		if slices.Contains(packages, heavy) {
			t.Errorf("%s is part of the browser's program", heavy)
		}
	}
}

// packagesOf lists what a program is made of as it is compiled.
func packagesOf(t *testing.T, program string) []string {
	t.Helper()
	compiler, err := New(tree(t))
	if err != nil {
		t.Fatal(err)
	}
	out, err := compiler.List("-deps", program)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

// TestTheCoreHasNoPageInIt: the core is the rules and next to nothing else.
func TestTheCoreHasNoPageInIt(t *testing.T) {
	packages := packagesOf(t, "./wasm/core")
	if !slices.Contains(packages, "postage/rules") {
		t.Fatalf("the rules are not in the program: %v", packages)
	}
	for _, heavy := range []string{
		"postage/app", goAppPath + "/pkg/app", "encoding/json", "encoding/csv", "fmt", "reflect", "math/big", "net/url", "os", "regexp", "net/http",
	} {
		if slices.Contains(packages, heavy) {
			t.Errorf("%s is part of the core", heavy)
		}
	}
}
