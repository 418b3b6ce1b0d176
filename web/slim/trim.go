package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// go-app keeps the browser's program and the server in one package, and with
// the server come net/http, text/template and the standard library's
// cryptography: more than half of what a visitor would download. The build
// therefore compiles a copy of the module in which a few files are replaced,
// by way of a go.mod of its own. The repository's go.mod knows nothing of it.

const (
	goAppPath = "github.com/maxence-charriere/go-app/v9"
	uuidPath  = "github.com/google/uuid"
	// decimalPath is the module of exact numbers.
	decimalPath = "github.com/shopspring/decimal"
	// buildFolder holds what the build keeps between runs, below the
	// repository's root. It can be deleted at any time.
	buildFolder = ".build"
)

// compilerFlags keep functions out of each other, which makes the compressed
// program a twelfth smaller. The runtime is left as it is: with that, a page
// comes to life as fast as before.
var compilerFlags = []string{
	"-gcflags=all=-l", "-gcflags=runtime=", "-gcflags=internal/runtime/...=", "-gcflags=internal/abi=", "-gcflags=internal/bytealg=",
}

// trimFiles are the files that stand in for those of go-app.
//
//go:embed trim
var trimFiles embed.FS

// trimmedModules are the modules that are replaced, each with the files that
// are left out of it and those that are put in. Only packages is copied: the
// folder of the packages that the site imports.
var trimmedModules = []struct {
	path, folder string
	packages     []string
	drop         []string
	put          map[string]string
	// edit names, for a file, the functions to leave out of it and the imports
	// to replace; an import without a replacement is left out.
	edit map[string]edit
}{
	{
		path:     goAppPath,
		folder:   "go-app",
		packages: []string{"pkg/app", "pkg/errors"},
		drop: []string{
			"pkg/app/http.go", "pkg/app/resource.go", "pkg/app/wasm.go",
			"pkg/app/crypto.go", "pkg/app/route.go", "pkg/app/state.go", "pkg/app/storage.go", "pkg/app/notification.go", "pkg/app/raw.go", "pkg/app/testing.go",
		},
		put: map[string]string{
			"pkg/app/server.go": "trim/server.go.txt",
			"pkg/app/crypto.go": "trim/crypto.go.txt",
			"pkg/app/route.go":  "trim/route.go.txt",
			"pkg/app/state.go":  "trim/state.go.txt",
			"pkg/app/start.go":  "trim/start.go.txt",
			"pkg/app/mount.go":  "trim/mount.go.txt",
		},
		edit: map[string]edit{
			"pkg/app/engine.go":    {functions: []string{"start"}, imports: map[string]string{"context": "", "time": ""}},
			"pkg/app/component.go": {functions: []string{"mount", "canUpdateWith", "onNav"}},
			"pkg/app/html.go":      {functions: []string{"mount", "JSValue", "updateWith", "removeChildAt"}},
			"pkg/app/node.go":      {functions: []string{"mount"}},
			"pkg/app/text.go":      {functions: []string{"mount", "JSValue"}, imports: map[string]string{goAppPath + "/pkg/errors": ""}},
		},
	},
	{
		path:   uuidPath,
		folder: "uuid",
		put:    map[string]string{"uuid.go": "trim/uuid.go.txt"},
	},
	{
		path:     decimalPath,
		folder:   "decimal",
		packages: []string{"."},
		drop:     []string{"math.go"},
		put: map[string]string{
			"big/big.go": "trim/big.go.txt",
			"fmt/fmt.go": "trim/texts.go.txt",
		},
		edit: map[string]edit{
			"const.go": {imports: map[string]string{"math/big": decimalPath + "/big"}},
			"decimal.go": {
				functions: []string{
					"NewFromUint64", "NewFromBigRat", "NewFromBigFloat", "NewFromFormattedString", "NewFromFloat",
					"NewFromFloat32", "newFromFloat", "NewFromFloatWithExponent", "Normalize", "BigFloat", "Rat",
					"Float64", "InexactFloat64", "RoundBank", "StringFixedBank", "RoundCash", "StringFixedCash", "Floor", "Ceil", "Format", "formatString", "fmtDirective", "formatFixed", "goSyntax",
				},
				imports: map[string]string{"fmt": decimalPath + "/fmt", "math/big": decimalPath + "/big", "io": "", "regexp": ""},
			},
			"encoding.go": {
				functions: []string{
					"UnmarshalBinary", "MarshalBinary", "Scan", "Value", "GobEncode", "GobDecode", "DecodeSpanner",
					"EncodeSpanner", "MarshalBSONValue", "UnmarshalBSONValue", "encodeDecimal128", "decodeDecimal128",
				},
				imports: map[string]string{"fmt": decimalPath + "/fmt", "database/sql/driver": "", "encoding/binary": "", "math": "", "math/big": decimalPath + "/big", "reflect": ""},
			},
		},
	},
}

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

// standIns are the packages of the standard library that are compiled from a
// file of this folder instead, and what of the repository goes into them. Where
// it does not stand in for all of a package, files says for what.
var standIns = []struct {
	path, file, shared string
	files              []string
}{
	{path: "encoding/json", file: "trim/json.go.txt", shared: "rules/jsontext.go"},
	{path: "fmt", file: "trim/fmt.go.txt"},
	{path: "net/url", file: "trim/url.go.txt"},
	{path: "slices", file: "trim/sort.go.txt", files: []string{"zsortanyfunc.go", "zsortordered.go"}},
}

// knownGo is the release of Go whose standard library the stand-ins fit, and the
// memory of whose programs [lean] knows. Any other compiles the same program,
// only larger: the tests of the sizes tell that a new one wants looking at.
const knownGo = "go1.26"

// goIsKnown reports whether the Go that compiles is of that release.
var goIsKnown = sync.OnceValues(func() (bool, error) {
	out, err := goTool("", false, "env", "GOVERSION")
	version := strings.TrimSpace(string(out))
	return version == knownGo || strings.HasPrefix(version, knownGo+"."), err
})

// trimFlags are the flags with which the go command sees the trimmed modules
// and the stand-ins.
func trimFlags(root string) ([]string, error) {
	modfile, err := writeTrimmedModules(root)
	if err != nil {
		return nil, err
	}
	if known, err := goIsKnown(); err != nil || !known {
		return []string{"-modfile=" + modfile}, err
	}
	overlay, err := writeOverlay(root)
	return []string{"-modfile=" + modfile, "-overlay=" + overlay}, err
}

// writeOverlay writes the stand-ins below the build folder, with the list of the
// files that they replace, and returns the path of the list.
func writeOverlay(root string) (string, error) {
	out, err := goTool("", false, "env", "GOROOT")
	if err != nil {
		return "", err
	}
	library := filepath.Join(strings.TrimSpace(string(out)), "src")
	replace := map[string]string{}
	for _, s := range standIns {
		folder := filepath.Join(library, filepath.FromSlash(s.path))
		entries, err := os.ReadDir(folder)
		if err != nil {
			return "", err
		}
		dropped := 0
		for _, entry := range entries {
			if name := entry.Name(); filepath.Ext(name) == ".go" && (s.files == nil || slices.Contains(s.files, name)) {
				replace[filepath.Join(folder, name)] = "" // not there
				dropped++
			}
		}
		if dropped < max(1, len(s.files)) {
			return "", fmt.Errorf("the package %s does not have all of the files that the build replaces", s.path)
		}
		files, err := standInFiles(root, s.path, s.file, s.shared)
		if err != nil {
			return "", err
		}
		for name, content := range files {
			hash := sha256.Sum256(content)
			to := filepath.Join(root, buildFolder, "standins", hex.EncodeToString(hash[:])[:12]+".go")
			if err := replaceFile(to, content); err != nil {
				return "", err
			}
			replace[filepath.Join(folder, name)] = to
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256(list)
	path := filepath.Join(root, buildFolder, "overlay-"+hex.EncodeToString(hash[:])[:12]+".json")
	return path, replaceFile(path, list)
}

// standInFiles returns the source of a stand-in by the names of its files.
func standInFiles(root, pkg, file, shared string) (map[string][]byte, error) {
	content, err := fs.ReadFile(trimFiles, file)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"standin.go": content}
	if shared != "" {
		if content, err = os.ReadFile(filepath.Join(root, filepath.FromSlash(shared))); err != nil {
			return nil, err
		}
		before, after, found := bytes.Cut(content, []byte("package "+path.Base(path.Dir(shared))+"\n"))
		if !found {
			return nil, fmt.Errorf("%s is of another package", shared)
		}
		files["shared.go"] = slices.Concat(before, []byte("package "+path.Base(pkg)+"\n"), after)
	}
	return files, nil
}

// compileWasm compiles the program that runs in the browser.
func compileWasm() ([]byte, error) { return compileProgram("./wasm") }

// compileProgram compiles a program of the repository for WebAssembly.
func compileProgram(program string) ([]byte, error) {
	root, err := repositoryRoot()
	if err != nil {
		return nil, err
	}
	flags, err := trimFlags(root)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "postage-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program.wasm")
	args := slices.Concat([]string{"build"}, flags, []string{"-buildvcs=false", "-trimpath", "-ldflags=-s -w -buildid="},
		compilerFlags, []string{"-o", out, program})
	if _, err := goTool(root, true, args...); err != nil {
		return nil, err
	}
	linked, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	if known, err := goIsKnown(); err != nil || !known {
		return linked, err
	}
	return lean(linked)
}

// writeTrimmedModules writes the trimmed modules and the go.mod that uses them
// below the build folder and returns the path of that go.mod. What is there
// already is left alone, so that builds can run side by side.
func writeTrimmedModules(root string) (string, error) {
	files, err := trimmedModuleFiles(root)
	if err != nil {
		return "", err
	}

	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	hash := sha256.New()
	for _, name := range names {
		fmt.Fprintf(hash, "%s %d\n", name, len(files[name]))
		hash.Write(files[name])
	}
	// The linker notes the folder of a replaced module in the program, so the
	// path is one below the repository and the same on every machine.
	folder := filepath.Join(buildFolder, "modules-"+hex.EncodeToString(hash.Sum(nil))[:12])

	modfile, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	for _, module := range trimmedModules {
		modfile = fmt.Appendf(modfile, "\nreplace %s => ./%s\n", module.path, filepath.ToSlash(filepath.Join(folder, module.folder)))
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return "", err
	}

	target := filepath.Join(root, folder)
	if _, err := os.Stat(target); err != nil {
		if err := os.MkdirAll(filepath.Join(root, buildFolder), 0o755); err != nil {
			return "", err
		}
		draft, err := os.MkdirTemp(filepath.Join(root, buildFolder), "draft-")
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(draft)
		for name, content := range files {
			if err := writeFile(filepath.Join(draft, filepath.FromSlash(name)), content); err != nil {
				return "", err
			}
		}
		if err := os.Rename(draft, target); err != nil && !isDir(target) {
			return "", err
		}
	}

	modHash := sha256.Sum256(append(bytes.Clone(modfile), sums...))
	modFolder := filepath.Join(root, buildFolder, "gomod-"+hex.EncodeToString(modHash[:])[:12])
	for name, content := range map[string][]byte{"go.sum": sums, "go.mod": modfile} {
		path := filepath.Join(modFolder, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
			continue
		}
		if err := replaceFile(path, content); err != nil {
			return "", err
		}
	}
	return filepath.Join(modFolder, "go.mod"), nil
}

// trimmedModuleFiles returns the content of the trimmed modules by path.
func trimmedModuleFiles(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, module := range trimmedModules {
		dir, err := moduleFolder(root, module.path)
		if err != nil {
			return nil, err
		}
		dropped := 0
		for _, pkg := range module.packages {
			entries, err := os.ReadDir(filepath.Join(dir, pkg))
			if err != nil {
				return nil, err
			}
			for _, entry := range entries {
				name := path.Join(pkg, entry.Name())
				if slices.Contains(module.drop, name) {
					dropped++
					continue
				}
				if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
					continue
				}
				content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
				if err != nil {
					return nil, err
				}
				if e, ok := module.edit[name]; ok {
					if content, err = e.apply(name, content); err != nil {
						return nil, err
					}
				}
				files[module.folder+"/"+name] = content
			}
		}
		if dropped != len(module.drop) {
			return nil, fmt.Errorf("%s does not have all of the files that the build leaves out: %s", module.path, strings.Join(module.drop, ", "))
		}
		for name, source := range module.put {
			if files[module.folder+"/"+name], err = fs.ReadFile(trimFiles, source); err != nil {
				return nil, err
			}
		}
		gomod := "module " + module.path + "\n\ngo 1.22\n"
		if module.path == goAppPath {
			gomod += "\nrequire " + uuidPath + " v1.3.0\n"
		}
		files[module.folder+"/go.mod"] = []byte(gomod)
	}
	return files, nil
}

// moduleFolder returns where a module's source is, and fetches it if needed.
func moduleFolder(root, path string) (string, error) {
	if out, err := goTool(root, false, "list", "-m", "-f", "{{.Dir}}", path); err == nil {
		if dir := strings.TrimSpace(string(out)); dir != "" {
			return dir, nil
		}
	}
	out, err := goTool(root, false, "mod", "download", "-json", path)
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", err
	}
	return module.Dir, nil
}

// repositoryRoot returns the folder of the repository's go.mod.
func repositoryRoot() (string, error) {
	out, err := goTool("", false, "env", "GOMOD")
	if err != nil {
		return "", err
	}
	gomod := strings.TrimSpace(string(out))
	if gomod == "" || gomod == os.DevNull {
		return "", errors.New("the build needs the repository: run it from there")
	}
	return filepath.Dir(gomod), nil
}

// goTool runs the go command, for the browser's platform if wasm is set.
func goTool(dir string, wasm bool, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if wasm {
		cmd.Env = append(cmd.Env, "GOOS=js", "GOARCH=wasm", "GOWASM=", "CGO_ENABLED=0")
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return out, fmt.Errorf("go %s: %w\n%s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return out, nil
}

func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// replaceFile writes a file so that nobody ever reads a part of it.
func replaceFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), "draft-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(content)
	if err := errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
