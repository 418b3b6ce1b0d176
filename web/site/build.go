package site

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/pages"
	"postage/app/words"
	"postage/web/internal/source"
	"postage/web/protocol"
)

//go:embed assets
var assetFiles embed.FS

// Options say what site to build.
type Options struct {
	Base string // the path it is served under; starts and ends with a slash
	Date string // of the build, "2006-01-02"
	// Origin is where the site will be, "https://postage.example"; search engines
	// want to be told whole addresses, and frames in a sandbox where they are from.
	// It may be empty.
	Origin string
	// Quick leaves out the compressed files, which take most of the time.
	Quick bool
	// Fast compresses them in a moment, and so not as small as can be: for tests, to
	// which only matters that they are there.
	Fast bool
}

var basePattern = regexp.MustCompile(`^/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*$`)

var originPattern = regexp.MustCompile(`^https?://[A-Za-z0-9.-]+(:[0-9]+)?$`)

// CheckOrigin says what is wrong with an origin.
func CheckOrigin(origin string) error {
	if origin != "" && !originPattern.MatchString(origin) {
		return fmt.Errorf("%q is not the start of an address, such as https://postage.example", origin)
	}
	return nil
}

// CheckBase says what is wrong with a base.
func CheckBase(base string) error {
	if !basePattern.MatchString(base) {
		return fmt.Errorf("%q is not a path that starts and ends with a slash, such as / or /tools/postage/", base)
	}
	return nil
}

// A Compiler compiles the programs for the browser. What it returns is not
// changed.
type Compiler interface {
	// Compile returns a program of the repository, "./wasm" or one below it.
	Compile(program string) ([]byte, error)
	// List is go list of what programs are compiled from.
	List(args ...string) ([]byte, error)
}

// A Builder builds sites from the repository.
type Builder struct {
	tree     source.Tree
	compiler Compiler
}

// NewBuilder returns a builder that has its programs from a compiler.
func NewBuilder(tree source.Tree, compiler Compiler) *Builder { return &Builder{tree, compiler} }

// Files are the files of a site: the content of each by its path below the base.
type Files map[string][]byte

// Files returns every file of a site, compressed siblings included.
func (b *Builder) Files(o Options) (Files, error) {
	wasm, err := b.compiler.Compile("./wasm")
	if err != nil {
		return nil, err
	}
	// The plan is a program of its own: who works out one message does not wait for it.
	planWasm, err := b.compiler.Compile("./wasm/plan")
	if err != nil {
		return nil, err
	}
	// So are the pages with a file; what reads the file is one more, which runs in a worker.
	listWasm, err := b.compiler.Compile("./wasm/contacts")
	if err != nil {
		return nil, err
	}
	readerWasm, err := b.compiler.Compile("./wasm/list")
	if err != nil {
		return nil, err
	}
	files := Files{}

	exec, err := b.wasmExec()
	if err != nil {
		return nil, err
	}
	style, err := stylesheet()
	if err != nil {
		return nil, err
	}
	var failed error
	asset := func(name string) []byte {
		content, err := fs.ReadFile(assetFiles, "assets/"+name)
		failed = errors.Join(failed, err)
		return content
	}
	// In one file none can come without the others.
	ask, err := askScript()
	if err != nil {
		return nil, err
	}
	boot := slices.Concat(asset("ask.js"), exec, asset("keep.js"), asset("boot.js"))
	hashed := func(name, extension string, content []byte) string {
		content, err := minified(name+extension, content)
		failed = errors.Join(failed, err)
		hash := sha256.Sum256(content)
		file := "assets/" + name + "." + hex.EncodeToString(hash[:6]) + extension
		files[file] = content
		return Address(o.Base, file)
	}
	page := shell{
		Base: o.Base, Origin: o.Origin, Built: o.Date,
		Style: hashed("site", ".css", style),
		Ask:   template.JS(ask), Boot: hashed("boot", ".js", boot), Rules: hashed("rules", ".js", asset("rules.js")),
		program: program{Wasm: hashed("app", ".wasm", wasm), WasmSize: len(wasm)}, plan: program{Wasm: hashed("plan", ".wasm", planWasm), WasmSize: len(planWasm)},
		list: program{Wasm: hashed("contacts", ".wasm", listWasm), WasmSize: len(listWasm)}, reader: program{Wasm: hashed("list", ".wasm", readerWasm)},
		PlanStyle: hashed("plan", ".css", slices.Concat(asset("plan.css"), asset("mix.css"))),
		ListStyle: hashed("contacts", ".css", slices.Concat(asset("list.css"), asset("audit.css"))), ListScript: hashed("contacts", ".js", asset("list.js")),
		Reader:     hashed("list", ".js", slices.Concat(exec, asset("reader.js"))),
		ColorPaper: colorPaper, ColorPaperDark: colorPaperDark,
	}
	for _, lang := range pages.Languages() {
		content := words.File(lang)
		page.WordFiles += fmt.Sprintf(" %s=%s,%d", lang, hashed("words-"+lang, ".txt", content), len(content))
		content = words.PlanFile(lang)
		page.planWords += fmt.Sprintf(" %s=%s,%d", lang, hashed("plan-"+lang, ".txt", content), len(content))
		content = words.ListFile(lang)
		page.listWords += fmt.Sprintf(" %s=%s,%d", lang, hashed("contacts-"+lang, ".txt", content), len(content))
	}
	page.WordFiles, page.planWords, page.listWords = strings.TrimSpace(page.WordFiles), strings.TrimSpace(page.planWords), strings.TrimSpace(page.listWords)
	if !o.Quick {
		for _, p := range []*program{&page.program, &page.plan, &page.list, &page.reader} {
			p.Packed = p.Wasm + ".gz"
		}
	}

	if err := addManifests(files, o.Base); err != nil {
		return nil, err
	}
	options := asset("options.js")
	page.Partners = hashed("partners", ".js", slices.Concat(options, asset("typed.js"), asset("partners.js")))
	page.FrameStyle, page.FrameScript = hashed("frame", ".css", asset("frame.css")), hashed("frame", ".js", slices.Concat(options, asset("frame.js")))
	if failed != nil {
		return nil, failed
	}
	if err := b.addPartnerFiles(files, &page); err != nil {
		return nil, err
	}
	if err := addFields(files, &page); err != nil {
		return nil, err
	}
	parts, err := b.shippedParts()
	if err != nil {
		return nil, err
	}
	if err := addPages(files, page, o, parts); err != nil {
		return nil, err
	}
	if files["worker.js"], err = Worker(o.Base, files, !o.Quick); err != nil {
		return nil, err
	}
	if files["sbom.cdx.json"], err = billOfMaterials(parts); err != nil {
		return nil, err
	}
	if err := b.addCore(files, o); err != nil {
		return nil, err
	}
	files["_headers"] = headersFile(o.Base, o.Origin, append(pagePaths(), "/"+protocol.FieldsFolder))

	for _, name := range files.Names() {
		if o.Quick || !Compressible(name) {
			continue
		}
		for _, e := range encodings {
			if o.Fast {
				files[name+e.Extension], err = e.EncodeAt(files[name], e.fast)
			} else {
				files[name+e.Extension], err = e.Compress(b.tree.Path(source.Kept("compressed")), files[name])
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// addPages prerenders every page of the site, and the one for all others.
func addPages(files Files, s shell, o Options, parts []part) error {
	all := pages.Pages()
	var shipped []pages.Part
	for _, p := range parts {
		shipped = append(shipped, p.Part)
	}
	// Of the pages with a program, those in one of the languages can be turned into one
	// in another; the plan and the calculator are documents of their own.
	calculator, itsWords, paths := s.program, s.WordFiles, map[string][]string{}
	for _, page := range all {
		if !basePattern.MatchString(page.Path) {
			return fmt.Errorf("page %q: the path does not start and end with a slash", page.Path)
		}
		if !page.Static && !page.Frame {
			paths[pathBelowLang(page)] = append(paths[pathBelowLang(page)], page.Path)
		}
	}

	for _, page := range all {
		w, ok := wordsIn[page.Lang]
		if !ok {
			return fmt.Errorf("page %s: no words for the language %q", page.Path, page.Lang)
		}
		s.PagePaths = strings.Join(paths[pathBelowLang(page)], " ")
		s.program, s.WordFiles = calculator, itsWords
		switch {
		case page.Plan:
			s.program, s.WordFiles = s.plan, s.planWords
		case page.File():
			s.program, s.WordFiles = s.list, s.listWords
		}
		screen, err := prerender(page, o, pages.Build{Parts: shipped, Origin: o.Origin, Base: o.Base, Integrity: s.Integrity, PlanIntegrity: s.PlanIntegrity})
		if err != nil {
			return fmt.Errorf("page %s: %w", page.Path, err)
		}
		s.Page, s.Words, s.Screen = page, w, template.HTML(screen)
		s.Canonical = Address(o.Origin+o.Base, cmp.Or(page.Original, page.Path))
		s.Alternates = alternatesOf(page, all, o.Origin+o.Base)
		name := strings.TrimPrefix(page.Path, "/") + "index.html"
		if files[name], err = s.render(); err != nil {
			return fmt.Errorf("page %s: %w", page.Path, err)
		}
	}

	none := shell{Base: s.Base, Style: s.Style, ColorPaper: s.ColorPaper, ColorPaperDark: s.ColorPaperDark}
	none.Page = pages.Page{Lang: "vi", Title: "404 · Postage"}
	for _, page := range all {
		if pathBelowLang(page) == "/" {
			none.NotFound = append(none.NotFound, notFoundText{page.Lang, Address(o.Base, page.Path), wordsIn[page.Lang]})
		}
	}
	var err error
	files["404.html"], err = none.render()
	return err
}

// pagePaths lists the paths of all pages.
func pagePaths() []string {
	var paths []string
	for _, page := range pages.Pages() {
		paths = append(paths, page.Path)
	}
	return paths
}

// prerendering is held while a page is rendered, because go-app reads the
// environment of the process.
var prerendering sync.Mutex

// prerender returns the markup of a page's screen as the browser's program
// makes it on the day of the build. As in the browser,
// goapp.Getenv("GOAPP_ROOT_PREFIX") is the base without its last slash.
func prerender(page pages.Page, o Options, made pages.Build) (string, error) {
	prerendering.Lock()
	defer prerendering.Unlock()
	if err := os.Setenv("GOAPP_ROOT_PREFIX", strings.TrimSuffix(o.Base, "/")); err != nil {
		return "", err
	}
	defer os.Unsetenv("GOAPP_ROOT_PREFIX")

	markup, err := cleanMarkup(goapp.HTMLString(pages.View(page, o.Date, made)))
	if err != nil {
		return "", err
	}
	for _, match := range rootedLink.FindAllStringSubmatch(markup, -1) {
		if !strings.HasPrefix(match[1], o.Base) && !strings.HasPrefix(match[1], "//") {
			return "", fmt.Errorf("the address %s is not below the base %s: prefix it with GOAPP_ROOT_PREFIX", match[1], o.Base)
		}
	}
	return markup, nil
}

var rootedLink = regexp.MustCompile(` (?:href|src|action)="(/[^"]*)"`)

// wasmExec returns the script that the Go distribution ships to run its
// programs in a browser.
func (b *Builder) wasmExec() ([]byte, error) {
	folder, err := b.tree.GoFolder()
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, "lib", "wasm", "wasm_exec.js"))
}

// stylesheet returns the stylesheet of every page.
func stylesheet() ([]byte, error) {
	var all []byte
	for _, name := range []string{"assets/style.css", "assets/flow.css", "assets/ways.css", "assets/pictures.css", "assets/keep.css", "assets/nav.css", "assets/boot.css", "assets/rules.css", "assets/about.css", "assets/partners.css", "assets/phone.css"} {
		content, err := fs.ReadFile(assetFiles, name)
		if err != nil {
			return nil, err
		}
		all = append(append(all, content...), '\n')
	}
	dark := darkTheme.FindSubmatch(all)
	if dark == nil {
		return nil, errors.New("the stylesheet has no dark theme")
	}
	device := fmt.Appendf(nil, "@media (prefers-color-scheme: dark) {\n:root:not([data-theme]) {%s}\n}\n", dark[1])
	return darkTheme.ReplaceAll(all, append([]byte("$0"), device...)), nil
}

// darkTheme is the block of the stylesheet with the colours of the dark theme.
var darkTheme = regexp.MustCompile(`(?s)\[data-theme="dark"\] \{(.*?)\}\n`)

// Worker returns the service worker with the list of what it keeps and a
// version that changes with any of it. Packed says whether each program has a
// copy compressed with gzip beside it.
func Worker(base string, files Files, packed bool) ([]byte, error) {
	source, err := fs.ReadFile(assetFiles, "assets/worker.js")
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	hash.Write(source)
	kept := map[string]string{}
	var programs []string // in the order of their names: the calculator's goes first
	for _, name := range files.Names() {
		fmt.Fprintf(hash, "%s %d\n", name, len(files[name]))
		hash.Write(files[name])
		if forPartners(name) || forInstalling(name) {
			continue
		}
		sum := sha256.Sum256(files[name])
		kept[Address(base, strings.TrimSuffix(name, "index.html"))] = base64.StdEncoding.EncodeToString(sum[:])
		if path.Ext(name) == ".wasm" {
			programs = append(programs, Address(base, name))
		}
	}
	site, err := json.Marshal(map[string]any{
		"base": base, "version": hex.EncodeToString(hash.Sum(nil))[:16], "programs": programs, "packed": packed, "files": kept,
	})
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte("const site = "), site, []byte(";\n"), source), nil
}

// CheckFolder refuses to have a site replace a folder that is not an earlier build.
// Another build may put its own there meanwhile, or move it aside and back: so the folder
// is held open while it is looked at, and what is read is of one folder.
func CheckFolder(out string) error {
	for {
		folder, err := os.OpenRoot(out)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		gone, err := checkFolder(folder, out)
		folder.Close()
		if !gone {
			return err
		}
	}
}

// checkFolder is [CheckFolder] of an open folder, and reports whether another one has come
// in its place where it is not a build: the one that is being removed lacks files.
func checkFolder(folder *os.Root, out string) (gone bool, err error) {
	entries, err := fs.ReadDir(folder.FS(), ".")
	if err == nil && (len(entries) == 0 || isBuild(folder)) {
		return false, nil
	}
	before, errBefore := folder.Stat(".")
	if after, errAfter := os.Stat(out); errBefore != nil || errAfter != nil || !os.SameFile(before, after) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, fmt.Errorf("%s has files in it that no build wrote; give another folder with -out, or empty it", out)
}

// isBuild reports whether a folder has what every build has.
func isBuild(folder *os.Root) bool {
	for _, name := range []string{"worker.js", "manifest.webmanifest", "404.html"} {
		if _, err := folder.Stat(name); err != nil {
			return false
		}
	}
	return true
}

// Write writes the files beside out and then puts them in its place, so
// that a failed build leaves the earlier one as it was.
func (files Files) Write(out string) error {
	if err := CheckFolder(out); err != nil {
		return err
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	draft, err := os.MkdirTemp(filepath.Dir(out), ".postage-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(draft)
	for _, name := range files.Names() {
		if err := source.WriteFile(filepath.Join(draft, filepath.FromSlash(name)), files[name]); err != nil {
			return err
		}
	}
	if err := os.Chmod(draft, 0o755); err != nil {
		return err
	}
	return putInPlace(draft, out)
}

// mostBuilds is how many other builds may be put into the same folder while one is.
const mostBuilds = 100

// putInPlace moves a folder to where another one may be. No step leaves a part of a
// folder there, and where another build comes between the two steps they are done again:
// the last one stays.
func putInPlace(draft, out string) error {
	earlier, err := os.MkdirTemp(filepath.Dir(out), ".postage-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(earlier)
	for i := range mostBuilds {
		aside := filepath.Join(earlier, strconv.Itoa(i))
		if err := os.Rename(out, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err = os.Rename(draft, out); err == nil {
			return nil
		}
		// Where nobody else has put a build there the earlier one comes back.
		_ = os.Rename(aside, out)
	}
	return err
}

// Names are the paths of the files, sorted.
func (files Files) Names() []string { return slices.Sorted(maps.Keys(files)) }
