package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"postage/app"
)

// builtWasm is the browser's program, compiled once for all tests.
var builtWasm = sync.OnceValues(compileWasm)

// A built is one site that was built for the tests.
type built struct {
	once sync.Once
	dir  string
	err  error
}

var (
	builtSites   = map[buildOptions]*built{}
	builtSitesMu sync.Mutex
)

// builtSite returns the folder of the site as built for a base and a date,
// without the compressed files. It is built once and shared by all tests, which
// must not change it.
func builtSite(t testing.TB, base, date string) string {
	t.Helper()
	return builtWith(t, buildOptions{base: base, date: date, quick: true})
}

// packedSite is builtSite with the compressed files.
func packedSite(t testing.TB, base, date string) string {
	t.Helper()
	return builtWith(t, buildOptions{base: base, date: date})
}

func builtWith(t testing.TB, o buildOptions) string {
	t.Helper()
	builtSitesMu.Lock()
	b := builtSites[o]
	if b == nil {
		b = &built{}
		builtSites[o] = b
	}
	builtSitesMu.Unlock()
	b.once.Do(func() {
		var wasm []byte
		if wasm, b.err = builtWasm(); b.err != nil {
			return
		}
		var files map[string][]byte
		if files, b.err = siteFiles(o, wasm); b.err != nil {
			return
		}
		b.dir, b.err = os.MkdirTemp("", "postage-site-")
		if b.err == nil {
			b.err = writeSite(b.dir, files)
		}
	})
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.dir
}

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	for _, b := range builtSites {
		os.RemoveAll(b.dir)
	}
	os.Exit(code)
}

func TestTwoBuildsAreTheSame(t *testing.T) {
	var trees [2]map[string][]byte
	for i := range trees {
		out := filepath.Join(t.TempDir(), "site")
		if err := build(buildOptions{out: out, base: "/", date: "2026-01-31", quick: true}, io.Discard); err != nil {
			t.Fatal(err)
		}
		trees[i] = readTree(t, out)
	}
	if !slices.Equal(sortedNames(trees[0]), sortedNames(trees[1])) {
		t.Fatalf("the files differ:\n%v\n%v", sortedNames(trees[0]), sortedNames(trees[1]))
	}
	for name, content := range trees[0] {
		if !bytes.Equal(content, trees[1][name]) {
			t.Errorf("%s differs between two builds", name)
		}
	}
	// A file is compressed alike each time. The large ones are as the others, only
	// slow.
	for name, content := range trees[0] {
		for _, e := range encodings {
			if !compressible(name) || len(content) > 100_000 {
				continue
			}
			first, err := e.encode(content)
			if err != nil {
				t.Fatal(err)
			}
			again, err := e.encode(content)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Errorf("%s%s differs when it is compressed again", name, e.extension)
			}
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

// packagesOf lists what a program is made of as the build compiles it.
func packagesOf(t *testing.T, program string) []string {
	t.Helper()
	root, err := repositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	flags, err := trimFlags(root)
	if err != nil {
		t.Fatal(err)
	}
	out, err := goTool(root, true, append(append([]string{"list"}, flags...), "-deps", program)...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func TestPagesRunUnderTheContentSecurityPolicy(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile(`(?s)<style|<script[^>]*>[^<]|\sstyle=|\son[a-z]+=|javascript:`)
	for name, content := range readTree(t, builtSite(t, "/tools/postage/", "2026-01-31")) {
		if filepath.Ext(name) != ".html" {
			continue
		}
		if found := inline.Find(content); found != nil {
			t.Errorf("%s: the policy refuses %q", name, found)
		}
		static := !bytes.Contains(content, []byte(" data-wasm="))
		path := "/" + strings.TrimSuffix(name, "index.html")
		page := app.Page{Static: static, Path: path, Lang: path[1:min(3, len(path))]}
		if want := (shell{Page: page}).Policy(); !bytes.Contains(content, []byte(`content="`+html.EscapeString(want)+`"`)) {
			t.Errorf("%s does not carry the policy", name)
		}
	}
}

func TestEveryAddressInThePagesLeadsToAFile(t *testing.T) {
	t.Parallel()
	const base = "/tools/postage/"
	tree := readTree(t, builtSite(t, base, "2026-01-31"))
	address := regexp.MustCompile(` (?:href|src|data-wasm|data-worker)="([^"#?]+)`)
	for name, content := range tree {
		if filepath.Ext(name) != ".html" {
			continue
		}
		for _, match := range address.FindAllSubmatch(content, -1) {
			to, err := url.Parse("https://site.example" + base + strings.TrimSuffix(name, "index.html"))
			if err == nil {
				to, err = to.Parse(html.UnescapeString(string(match[1])))
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if to.Host != "site.example" {
				continue
			}
			below, ok := strings.CutPrefix(to.Path, base)
			if !ok {
				t.Errorf("%s: %s is not below %s", name, to, base)
				continue
			}
			if below == "" || strings.HasSuffix(below, "/") {
				below += "index.html"
			}
			if tree[below] == nil {
				t.Errorf("%s: there is no file for %s", name, to)
			}
		}
	}
}

func TestEveryPageIsPrerendered(t *testing.T) {
	t.Parallel()
	tree := readTree(t, builtSite(t, "/", "2026-01-31"))
	for _, page := range app.Pages() {
		name := strings.TrimPrefix(page.Path, "/") + "index.html"
		content := string(tree[name])
		for _, want := range []string{
			`<html lang="` + page.Lang + `">`,
			`<title>` + html.EscapeString(page.Title) + `</title>`,
			`data-path="` + page.Path + `"`,
			`<link rel="canonical" href="` + cmp.Or(page.Original, page.Path) + `">`,
		} {
			if !strings.Contains(content, want) {
				t.Errorf("%s does not contain %s", name, want)
			}
		}
	}
	if tree["404.html"] == nil {
		t.Error("there is no 404.html")
	}
}

func TestSearchEnginesAreToldWholeAddresses(t *testing.T) {
	dir := builtWith(t, buildOptions{base: "/p/", origin: "https://postage.example", date: "2026-01-31", quick: true})
	content, err := os.ReadFile(filepath.Join(dir, "ru", "rules", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<link rel="canonical" href="https://postage.example/p/ru/rules/">`,
		`<link rel="alternate" hreflang="vi" href="https://postage.example/p/rules/">`,
		`<link rel="alternate" hreflang="x-default" href="https://postage.example/p/rules/">`,
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	var stderr bytes.Buffer
	if code := run([]string{"build", "-origin", "postage.example/x"}, nil, io.Discard, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "-origin") {
		t.Errorf("a wrong origin: %d %s", code, stderr.String())
	}
}

// TestOnlyFramesNameTheSite: the policy of a page names the site beside 'self' if
// the page is for frames and the build knows the site, and is the same otherwise.
func TestOnlyFramesNameTheSite(t *testing.T) {
	const origin = "https://postage.example"
	named := readTree(t, builtWith(t, buildOptions{base: "/p/", origin: origin, date: "2026-01-31", quick: true}))
	plain := readTree(t, builtWith(t, buildOptions{base: "/p/", date: "2026-01-31", quick: true}))
	policyOf := func(page []byte) string {
		found := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindSubmatch(page)
		if found == nil {
			t.Fatal("a page has no policy")
		}
		return html.UnescapeString(string(found[1]))
	}
	frames := 0
	for name, page := range named {
		if filepath.Ext(name) != ".html" {
			continue
		}
		got, want := policyOf(page), policyOf(plain[name])
		if framePage.MatchString(name) {
			frames++
			want = strings.ReplaceAll(want, "'self'", "'self' "+origin)
		}
		if got != want || strings.Contains(policyOf(plain[name]), "http") {
			t.Errorf("%s has the policy %s", name, got)
		}
	}
	for i, tree := range []map[string][]byte{plain, named} {
		if says := bytes.Contains(tree["en/partners/index.html"], []byte("In Safari, and so on every iPhone")); says != (i == 0) {
			t.Errorf("whether Safari needs more than others: %t", says)
		}
	}
	if frames != 3 {
		t.Errorf("%d pages are for frames", frames)
	}
}

func TestAlternatesSharePathsBelowTheLanguage(t *testing.T) {
	pages := []app.Page{
		{Path: "/", Lang: "vi"}, {Path: "/en/", Lang: "en"}, {Path: "/rules/", Lang: "vi"},
		{Path: "/en/rules/", Lang: "en"}, {Path: "/ru/rules/", Lang: "ru"},
	}
	got := alternatesOf(pages[3], pages, "/p/")
	want := []alternate{
		{"vi", "/p/rules/"}, {"en", "/p/en/rules/"}, {"ru", "/p/ru/rules/"}, {"x-default", "/p/rules/"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestManifestIsBelowTheBase(t *testing.T) {
	content, err := manifest("/tools/postage/", "vi")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		ID       string
		StartURL string `json:"start_url"`
		Scope    string
		Icons    []struct{ Src string }
	}
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{got.ID, got.StartURL, got.Scope} {
		if address != "/tools/postage/" {
			t.Errorf("%q is not the base", address)
		}
	}
	for _, icon := range got.Icons {
		name, ok := strings.CutPrefix(icon.Src, "/tools/postage/")
		if !ok {
			t.Errorf("%q is not below the base", icon.Src)
		}
		if _, err := fs.Stat(assetFiles, "assets/"+name); err != nil {
			t.Error(err)
		}
	}
}

func TestWorkerVersionChangesWithAnyFile(t *testing.T) {
	files := map[string][]byte{"index.html": []byte("a"), "assets/x.js": []byte("b")}
	before, err := worker("/", files, true)
	if err != nil {
		t.Fatal(err)
	}
	files["assets/x.js"] = []byte("c")
	after, err := worker("/", files, true)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(before, after) {
		t.Error("the worker is the same for other files")
	}
}

func TestBuildRefusesAFolderThatIsNotItsOwn(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(precious, []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := build(buildOptions{out: dir, base: "/", date: "2026-01-31"}, io.Discard); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}

// readTree returns every file below a folder by its path.
func readTree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	tree := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		tree[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
