package main

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestWhatIsCompiledInsteadWorksAsTheRealPackages runs both in one program, over
// values made up at random and those at the edges.
func TestWhatIsCompiledInsteadWorksAsTheRealPackages(t *testing.T) {
	t.Parallel()
	root, err := repositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, content []byte, err error) {
		t.Helper()
		if err == nil {
			err = writeFile(filepath.Join(dir, filepath.FromSlash(name)), content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	files, err := trimmedModuleFiles(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if strings.HasPrefix(name, "decimal/") && path.Ext(name) == ".go" {
			write(name, bytes.ReplaceAll(content, []byte(`"`+decimalPath+`/`), []byte(`"trimmed/decimal/`)), nil)
		}
	}
	for _, s := range standIns {
		files, err := standInFiles(root, s.path, s.file, s.shared)
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range files {
			write(path.Base(s.path)+"/"+name, content, nil)
		}
	}
	for name, from := range map[string]string{"main.go": "web/testdata/trimmed.go.txt", "standins.go": "web/testdata/standins.go.txt", "slices/sorting.go": "web/testdata/sorting.go.txt", "go.sum": "go.sum", "go.mod": "go.mod"} {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(from)))
		if name == "go.mod" {
			content = bytes.Replace(content, []byte("module postage"), []byte("module trimmed"), 1)
		}
		write(name, content, err)
	}
	out, err := goTool(dir, false, "run", ".")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if compared, err := strconv.Atoi(strings.TrimSpace(string(out))); err != nil || compared < 500_000 {
		t.Errorf("compared %s results", out)
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
