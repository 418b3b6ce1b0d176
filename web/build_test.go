package main

import (
	"bytes"
	"cmp"
	"html"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"postage/app/pages"
	"postage/web/internal/source"
	"postage/web/protocol"
	"postage/web/site"
	"postage/web/slim"
)

// The sites of the tests are built from one tree by one compiler, which compiles
// each program once. SLIM=0 in the environment leaves everything to the go
// command.
var theTree = sync.OnceValues(source.Find)

var theCompiler = sync.OnceValues(func() (*slim.Compiler, error) {
	tree, err := theTree()
	if err != nil {
		return nil, err
	}
	return compilerFor(tree, os.Getenv("SLIM") != "0")
})

// A built is one site that was built for the tests.
type built struct {
	once sync.Once
	dir  string
	err  error
}

var (
	builtSites   = map[site.Options]*built{}
	builtSitesMu sync.Mutex
)

// builtSite returns the folder of the site as built for a base and a date,
// without the compressed files. It is built once and shared by all tests, which
// must not change it.
func builtSite(t testing.TB, base, date string) string {
	t.Helper()
	return builtWith(t, site.Options{Base: base, Date: date, Quick: true})
}

// packedSite is builtSite with the compressed files, which are larger than those of a
// site that is published.
func packedSite(t testing.TB, base, date string) string {
	t.Helper()
	return builtWith(t, site.Options{Base: base, Date: date, Fast: true})
}

func builtWith(t testing.TB, o site.Options) string {
	t.Helper()
	builtSitesMu.Lock()
	b := builtSites[o]
	if b == nil {
		b = &built{}
		builtSites[o] = b
	}
	builtSitesMu.Unlock()
	b.once.Do(func() {
		var files site.Files
		if files, b.err = buildFiles(o, func(c site.Compiler) site.Compiler { return c }); b.err != nil {
			return
		}
		b.dir, b.err = os.MkdirTemp("", "postage-site-")
		if b.err == nil {
			b.err = files.Write(b.dir)
		}
	})
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.dir
}

// buildFiles builds a site with the compiler of the tests or one around it.
func buildFiles(o site.Options, around func(site.Compiler) site.Compiler) (site.Files, error) {
	tree, err := theTree()
	if err != nil {
		return nil, err
	}
	compiler, err := theCompiler()
	if err != nil {
		return nil, err
	}
	return site.NewBuilder(tree, around(compiler)).Files(o)
}

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	for _, b := range builtSites {
		os.RemoveAll(b.dir)
	}
	os.Exit(code)
}

// TestTwoBuildsAreTheSame: the command builds what the tests have, which was built
// by another compiler.
func TestTwoBuildsAreTheSame(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "site")
	if err := build(out, site.Options{Base: "/", Date: testDate, Quick: true}, os.Getenv("SLIM") != "0", io.Discard); err != nil {
		t.Fatal(err)
	}
	trees := [2]site.Files{readTree(t, builtSite(t, "/", testDate)), readTree(t, out)}
	if !slices.Equal(trees[0].Names(), trees[1].Names()) {
		t.Fatalf("the files differ:\n%v\n%v", trees[0].Names(), trees[1].Names())
	}
	for name, content := range trees[0] {
		if !bytes.Equal(content, trees[1][name]) {
			t.Errorf("%s differs between two builds", name)
		}
	}
}

func TestEveryAddressInThePagesLeadsToAFile(t *testing.T) {
	t.Parallel()
	const base = "/tools/postage/"
	tree := readTree(t, builtSite(t, base, testDate))
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

// TestPartnersFindEveryFileForMachines: the page for partners leads to each schema, to the
// types and to the page with all fields.
func TestPartnersFindEveryFileForMachines(t *testing.T) {
	t.Parallel()
	tree := readTree(t, builtSite(t, "/", testDate))
	wanted := []string{protocol.FieldsFolder}
	for name := range tree {
		if slices.Contains([]string{".json", ".ts"}, path.Ext(name)) && strings.HasPrefix(name, protocol.Folder) {
			wanted = append(wanted, name)
		}
	}
	if len(wanted) < 10 {
		t.Fatalf("only %q", wanted)
	}
	for _, name := range wanted {
		if !bytes.Contains(tree["partners/index.html"], []byte(`href="./../`+name+`"`)) {
			t.Errorf("no link leads to %s", name)
		}
	}
}

func TestEveryPageIsPrerendered(t *testing.T) {
	t.Parallel()
	tree := readTree(t, builtSite(t, "/", testDate))
	for _, page := range pages.Pages() {
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
	dir := builtWith(t, site.Options{Base: "/p/", Origin: "https://tools.example", Date: testDate, Quick: true})
	content, err := os.ReadFile(filepath.Join(dir, "ru", "rules", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<link rel="canonical" href="https://tools.example/p/ru/rules/">`,
		`<link rel="alternate" hreflang="vi" href="https://tools.example/p/rules/">`,
		`<link rel="alternate" hreflang="x-default" href="https://tools.example/p/rules/">`,
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
	const origin = "https://tools.example"
	named := readTree(t, builtWith(t, site.Options{Base: "/p/", Origin: origin, Date: testDate, Quick: true}))
	plain := readTree(t, builtWith(t, site.Options{Base: "/p/", Date: testDate, Quick: true}))
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
		if site.ForFrames(name) {
			frames++
			want = strings.ReplaceAll(want, "'self'", "'self' "+origin)
		}
		if got != want || strings.Contains(policyOf(plain[name]), "http") {
			t.Errorf("%s has the policy %s", name, got)
		}
	}
	for i, tree := range []site.Files{plain, named} {
		if says := bytes.Contains(tree["en/partners/index.html"], []byte("In Safari, and so on every iPhone")); says != (i == 0) {
			t.Errorf("whether Safari needs more than others: %t", says)
		}
	}
	if frames != 6 { // the calculator and the plan, in each language
		t.Errorf("%d pages are for frames", frames)
	}
}

func TestBuildRefusesAFolderThatIsNotItsOwn(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(precious, []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := build(dir, site.Options{Base: "/", Date: testDate}, true, io.Discard); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}

// readTree returns every file below a folder by its path.
func readTree(t *testing.T, dir string) site.Files {
	t.Helper()
	tree := site.Files{}
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
