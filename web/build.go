package main

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app"
)

//go:embed assets
var assetFiles embed.FS

// A buildOptions says what to build and where.
type buildOptions struct {
	out  string // folder; replaced if it holds an earlier build
	base string // starts and ends with a slash
	date string // "2006-01-02"
	// origin is where the site will be, "https://postage.example"; search engines
	// want to be told whole addresses, and frames in a sandbox where they are from.
	// It may be empty.
	origin string
	// quick leaves out the compressed files, which take most of the time.
	quick bool
}

func runBuild(args []string, stdout io.Writer) error {
	var o buildOptions
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	flags.StringVar(&o.out, "out", "dist", "")
	flags.StringVar(&o.base, "base", "/", "")
	flags.StringVar(&o.date, "date", app.Today(time.Now()), "")
	flags.StringVar(&o.origin, "origin", "", "")
	flags.BoolVar(&o.quick, "quick", false, "")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	if err := checkBase(o.base); err != nil {
		return err
	}
	if err := checkOrigin(o.origin); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, o.date); err != nil {
		return usageError{fmt.Sprintf("-date: %q is not a date such as 2026-01-31", o.date)}
	}
	return build(o, stdout)
}

var basePattern = regexp.MustCompile(`^/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*$`)

var originPattern = regexp.MustCompile(`^https?://[A-Za-z0-9.-]+(:[0-9]+)?$`)

func checkOrigin(origin string) error {
	if origin != "" && !originPattern.MatchString(origin) {
		return usageError{fmt.Sprintf("-origin: %q is not the start of an address, such as https://postage.example", origin)}
	}
	return nil
}

func checkBase(base string) error {
	if !basePattern.MatchString(base) {
		return usageError{fmt.Sprintf("-base: %q is not a path that starts and ends with a slash, such as / or /tools/postage/", base)}
	}
	return nil
}

// build compiles the browser's program and writes the site.
func build(o buildOptions, stdout io.Writer) error {
	if err := checkOut(o.out); err != nil {
		return err
	}
	wasm, err := compileWasm()
	if err != nil {
		return err
	}
	files, err := siteFiles(o, wasm)
	if err != nil {
		return err
	}
	if err := writeSite(o.out, files); err != nil {
		return err
	}
	return report(o, files, stdout)
}

// siteFiles returns the content of every file of the site by its path below
// the base, compressed siblings included.
func siteFiles(o buildOptions, wasm []byte) (map[string][]byte, error) {
	root, err := repositoryRoot()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}

	exec, err := wasmExec()
	if err != nil {
		return nil, err
	}
	style, err := stylesheet()
	if err != nil {
		return nil, err
	}
	boot, err := fs.ReadFile(assetFiles, "assets/boot.js")
	if err != nil {
		return nil, err
	}
	keep, err := fs.ReadFile(assetFiles, "assets/keep.js")
	if err != nil {
		return nil, err
	}
	ask, err := fs.ReadFile(assetFiles, "assets/ask.js")
	if err != nil {
		return nil, err
	}
	// In one file none can come without the others.
	boot = slices.Concat(ask, exec, keep, boot)
	rulesScript, err := fs.ReadFile(assetFiles, "assets/rules.js")
	if err != nil {
		return nil, err
	}
	partnersScript, err := fs.ReadFile(assetFiles, "assets/partners.js")
	if err != nil {
		return nil, err
	}
	frameScript, err := fs.ReadFile(assetFiles, "assets/frame.js")
	if err != nil {
		return nil, err
	}
	frameStyle, err := fs.ReadFile(assetFiles, "assets/frame.css")
	if err != nil {
		return nil, err
	}
	hashed := func(name, extension string, content []byte) string {
		hash := sha256.Sum256(content)
		file := "assets/" + name + "." + hex.EncodeToString(hash[:6]) + extension
		files[file] = content
		return address(o.base, file)
	}
	page := shell{
		Base: o.base, Origin: o.origin, Built: o.date,
		Style: hashed("site", ".css", style),
		Ask:   hashed("ask", ".js", ask), Boot: hashed("boot", ".js", boot), Rules: hashed("rules", ".js", rulesScript), Wasm: hashed("app", ".wasm", wasm), WasmSize: len(wasm),
		ColorPaper: colorPaper, ColorPaperDark: colorPaperDark,
	}
	for _, lang := range app.Languages() {
		content := app.Words(lang)
		page.WordFiles += fmt.Sprintf(" %s=%s,%d", lang, hashed("words-"+lang, ".txt", content), len(content))
	}
	page.WordFiles = strings.TrimSpace(page.WordFiles)
	if !o.quick {
		page.Packed = page.Wasm + ".gz"
	}

	if err := addManifests(files, o.base); err != nil {
		return nil, err
	}
	page.Partners = hashed("partners", ".js", partnersScript)
	page.FrameStyle, page.FrameScript = hashed("frame", ".css", frameStyle), hashed("frame", ".js", frameScript)
	if err := addPartnerFiles(files, &page); err != nil {
		return nil, err
	}
	parts, err := shippedParts()
	if err != nil {
		return nil, err
	}
	if err := addPages(files, page, o, parts); err != nil {
		return nil, err
	}
	if files["worker.js"], err = worker(o.base, files, !o.quick); err != nil {
		return nil, err
	}
	if files["sbom.cdx.json"], err = billOfMaterials(parts); err != nil {
		return nil, err
	}
	if err := addCore(files, o); err != nil {
		return nil, err
	}
	files["_headers"] = headersFile(o.base, o.origin, pagePaths())

	for _, name := range sortedNames(files) {
		if o.quick || !compressible(name) {
			continue
		}
		for _, e := range encodings {
			if files[name+e.extension], err = e.compress(filepath.Join(root, buildFolder, "compressed"), files[name]); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// addPages prerenders every page of the site, and the one for all others.
func addPages(files map[string][]byte, s shell, o buildOptions, parts []part) error {
	pages := app.Pages()
	var shipped []app.Part
	for _, p := range parts {
		shipped = append(shipped, p.Part)
	}
	var paths []string
	for _, page := range pages {
		if !basePattern.MatchString(page.Path) {
			return fmt.Errorf("page %q: the path does not start and end with a slash", page.Path)
		}
		if !page.Static && !page.Frame {
			paths = append(paths, page.Path)
		}
	}
	s.PagePaths = strings.Join(paths, " ")

	for _, page := range pages {
		w, ok := wordsIn[page.Lang]
		if !ok {
			return fmt.Errorf("page %s: no words for the language %q", page.Path, page.Lang)
		}
		page.Named = o.origin != ""
		screen, err := prerender(page, o, shipped)
		if err != nil {
			return fmt.Errorf("page %s: %w", page.Path, err)
		}
		s.Page, s.Words, s.Screen = page, w, template.HTML(screen)
		s.Canonical = address(o.origin+o.base, cmp.Or(page.Original, page.Path))
		s.Alternates = alternatesOf(page, pages, o.origin+o.base)
		name := strings.TrimPrefix(page.Path, "/") + "index.html"
		if files[name], err = s.render(); err != nil {
			return fmt.Errorf("page %s: %w", page.Path, err)
		}
	}

	none := shell{Base: s.Base, Style: s.Style, ColorPaper: s.ColorPaper, ColorPaperDark: s.ColorPaperDark}
	none.Page = app.Page{Lang: "vi", Title: "404 · Postage"}
	for _, page := range pages {
		if pathBelowLang(page) == "/" {
			none.NotFound = append(none.NotFound, notFoundText{page.Lang, address(o.base, page.Path), wordsIn[page.Lang]})
		}
	}
	var err error
	files["404.html"], err = none.render()
	return err
}

// pagePaths lists the paths of all pages.
func pagePaths() []string {
	var paths []string
	for _, page := range app.Pages() {
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
func prerender(page app.Page, o buildOptions, parts []app.Part) (string, error) {
	prerendering.Lock()
	defer prerendering.Unlock()
	if err := os.Setenv("GOAPP_ROOT_PREFIX", strings.TrimSuffix(o.base, "/")); err != nil {
		return "", err
	}
	defer os.Unsetenv("GOAPP_ROOT_PREFIX")

	markup, err := cleanMarkup(goapp.HTMLString(app.View(page, o.date, parts)))
	if err != nil {
		return "", err
	}
	for _, match := range rootedLink.FindAllStringSubmatch(markup, -1) {
		if !strings.HasPrefix(match[1], o.base) && !strings.HasPrefix(match[1], "//") {
			return "", fmt.Errorf("the address %s is not below the base %s: prefix it with GOAPP_ROOT_PREFIX", match[1], o.base)
		}
	}
	return markup, nil
}

var rootedLink = regexp.MustCompile(` (?:href|src|action)="(/[^"]*)"`)

// wasmExec returns the script that the Go distribution ships to run its
// programs in a browser.
func wasmExec() ([]byte, error) {
	out, err := goTool("", false, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "lib", "wasm", "wasm_exec.js"))
}

// stylesheet returns the one stylesheet of the site.
func stylesheet() ([]byte, error) {
	var all []byte
	for _, name := range []string{"assets/style.css", "assets/flow.css", "assets/ways.css", "assets/pictures.css", "assets/keep.css", "assets/boot.css", "assets/about.css", "assets/partners.css", "assets/phone.css"} {
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

// worker returns the service worker with the list of what it keeps and a
// version that changes with any of it. Packed says whether the program has a
// copy compressed with gzip beside it.
func worker(base string, files map[string][]byte, packed bool) ([]byte, error) {
	source, err := fs.ReadFile(assetFiles, "assets/worker.js")
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	hash.Write(source)
	kept := map[string]string{}
	program := ""
	for _, name := range sortedNames(files) {
		fmt.Fprintf(hash, "%s %d\n", name, len(files[name]))
		hash.Write(files[name])
		if forPartners(name) || forInstalling(name) {
			continue
		}
		sum := sha256.Sum256(files[name])
		kept[address(base, strings.TrimSuffix(name, "index.html"))] = base64.StdEncoding.EncodeToString(sum[:])
		if path.Ext(name) == ".wasm" {
			program = address(base, name)
		}
	}
	site, err := json.Marshal(map[string]any{
		"base": base, "version": hex.EncodeToString(hash.Sum(nil))[:16], "program": program, "packed": packed, "files": kept,
	})
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte("const site = "), site, []byte(";\n"), source), nil
}

// checkOut refuses to replace a folder that is not an earlier build.
func checkOut(out string) error {
	entries, err := os.ReadDir(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return nil
	}
	for _, name := range []string{"worker.js", "manifest.webmanifest", "404.html"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			return fmt.Errorf("%s has files in it that no build wrote; give another folder with -out, or empty it", out)
		}
	}
	return nil
}

// writeSite writes the files beside out and then puts them in its place, so
// that a failed build leaves the earlier one as it was.
func writeSite(out string, files map[string][]byte) error {
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
	for _, name := range sortedNames(files) {
		if err := writeFile(filepath.Join(draft, filepath.FromSlash(name)), files[name]); err != nil {
			return err
		}
	}
	if err := os.Chmod(draft, 0o755); err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	return os.Rename(draft, out)
}

// report tells what was built and what a visitor downloads.
func report(o buildOptions, files map[string][]byte, stdout io.Writer) error {
	pages := 0
	var programs []string
	for _, name := range sortedNames(files) {
		switch {
		case path.Ext(name) == ".wasm":
			programs = append(programs, name)
		case path.Base(name) == "index.html":
			pages++
		}
	}
	known, err := goIsKnown()
	if err == nil && !known {
		_, err = fmt.Fprintf(stdout, "the programs are larger than they need to be: the build makes them small with %s\n", knownGo)
	}
	if err == nil {
		_, err = fmt.Fprintf(stdout, "%s: %d pages under %s as of %s\n", o.out, pages, o.base, o.date)
	}
	for _, name := range programs {
		if err == nil {
			_, err = fmt.Fprintf(stdout, "%s: %d bytes, gzip %d, brotli %d\n", name, len(files[name]), len(files[name+".gz"]), len(files[name+".br"]))
		}
	}
	for _, name := range []string{coreFolder + "postage.js", loader} {
		if err == nil {
			_, err = fmt.Fprintf(stdout, "%s: integrity %s\n", name, integrity(files[name]))
		}
	}
	return err
}

func sortedNames(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
