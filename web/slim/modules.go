package slim

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"postage/web/internal/source"
)

// An edit takes out of a file what the program does not use.
type edit struct {
	functions []string // and methods
	imports   map[string]string
}

// apply returns a file without what the edit takes out of it.
func (e edit) apply(name string, content []byte) ([]byte, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, content, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var edited []byte
	kept, found := 0, map[string]bool{}
	replace := func(what string, from, to token.Pos, text string) {
		edited = append(append(edited, content[kept:files.Position(from).Offset]...), text...)
		kept, found[what] = files.Position(to).Offset, true
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if to, ok := e.imports[imported]; ok && to == "" {
			replace(imported, spec.Pos(), spec.End(), "")
		} else if ok {
			replace(imported, spec.Path.Pos(), spec.Path.End(), strconv.Quote(to))
		}
	}
	for _, declaration := range file.Decls {
		f, ok := declaration.(*ast.FuncDecl)
		if !ok || !slices.Contains(e.functions, f.Name.Name) {
			continue
		}
		from := f.Pos()
		if f.Doc != nil {
			from = f.Doc.Pos()
		}
		replace(f.Name.Name, from, f.End(), "")
	}
	if len(found) != len(e.functions)+len(e.imports) {
		return nil, fmt.Errorf("%s does not have each of the functions and imports that the build leaves out: %v", name, e)
	}
	return append(edited, content[kept:]...), nil
}

// writeModules writes the copied modules and the go.mod that uses them below the
// build folder and returns the path of that go.mod; empty if there are none. What
// is there already is left alone, so that builds can run side by side.
func (c *Compiler) writeModules() (string, error) {
	copied := c.copiedModules()
	if len(copied) == 0 {
		return "", nil
	}
	files, err := c.moduleFiles()
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(hash, "%s %d\n", name, len(files[name]))
		hash.Write(files[name])
	}
	// The linker notes the folder of a replaced module in the program, so the
	// path is one below the repository and the same on every machine.
	folder := source.Kept("modules-" + hex.EncodeToString(hash.Sum(nil))[:12])

	modfile, err := c.tree.Read("go.mod")
	if err != nil {
		return "", err
	}
	for _, m := range copied {
		modfile = fmt.Appendf(modfile, "\nreplace %s => ./%s\n", m.path, folder+"/"+m.folder)
	}
	sums, err := c.tree.Read("go.sum")
	if err != nil {
		return "", err
	}
	if err := writeFolder(c.tree.Path(folder), files); err != nil {
		return "", err
	}
	modHash := sha256.Sum256(append(bytes.Clone(modfile), sums...))
	modFolder := source.Kept("gomod-" + hex.EncodeToString(modHash[:])[:12])
	for name, content := range map[string][]byte{"go.sum": sums, "go.mod": modfile} {
		path := c.tree.Path(modFolder + "/" + name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := source.ReplaceFile(path, content); err != nil {
			return "", err
		}
	}
	return c.tree.Path(modFolder + "/go.mod"), nil
}

// writeFolder writes a folder as a whole, if it is not there yet.
func writeFolder(target string, files map[string][]byte) error {
	there := func() bool {
		info, err := os.Stat(target)
		return err == nil && info.IsDir()
	}
	if there() {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	draft, err := os.MkdirTemp(filepath.Dir(target), "draft-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(draft)
	for name, content := range files {
		if err := source.WriteFile(filepath.Join(draft, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	if err := os.Rename(draft, target); err != nil && !there() {
		return err
	}
	return nil
}

// copiedModules are the modules that a piece of the compiler is about.
func (c *Compiler) copiedModules() []module {
	return slices.DeleteFunc(slices.Clone(modules), func(m module) bool {
		return !slices.ContainsFunc(c.pieces, func(p piece) bool { return p.module == m.path })
	})
}

// moduleFiles returns the content of the copied modules by path.
func (c *Compiler) moduleFiles() (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, m := range c.copiedModules() {
		files, err := c.copyOf(m)
		if err != nil {
			return nil, err
		}
		for _, p := range c.pieces {
			if p.module != m.path {
				continue
			}
			if err := p.apply(files); err != nil {
				return nil, fmt.Errorf("%s: %w", m.path, err)
			}
		}
		files["go.mod"] = []byte("module " + m.path + "\n\ngo 1.22\n" + m.requires)
		for name, content := range files {
			all[m.folder+"/"+name] = content
		}
	}
	return all, nil
}

// copyOf returns the Go files of a module that are copied, as they are.
func (c *Compiler) copyOf(m module) (map[string][]byte, error) {
	dir, err := c.tree.Module(m.path)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, pkg := range m.packages {
		entries, err := os.ReadDir(filepath.Join(dir, pkg))
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			name := path.Join(pkg, entry.Name())
			if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				continue
			}
			if files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// apply changes the files of a module as the piece says.
func (p piece) apply(files map[string][]byte) error {
	for _, name := range p.drop {
		if files[name] == nil {
			return fmt.Errorf("there is no %s that the piece %s could leave out", name, p.name)
		}
		delete(files, name)
	}
	for name, e := range p.edit {
		edited, err := e.apply(name, files[name])
		if err != nil {
			return err
		}
		files[name] = edited
	}
	for name, from := range p.put {
		content, err := standInFiles.ReadFile("standins/" + from)
		if err != nil {
			return err
		}
		files[name] = content
	}
	return nil
}
