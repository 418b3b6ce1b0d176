package site

import (
	"bytes"
	"encoding/json"
	"html"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"postage/app/pages"
	"postage/web/internal/source"
	"postage/web/slim"
)

// oneBuilder compiles the programs once for all tests.
var oneBuilder = sync.OnceValues(func() (*Builder, error) {
	tree, err := source.Find()
	if err != nil {
		return nil, err
	}
	compiler, err := slim.New(tree)
	return NewBuilder(tree, compiler), err
})

func theBuilder(t *testing.T) *Builder {
	t.Helper()
	b, err := oneBuilder()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// builtFiles are the files of a site without the compressed ones.
func builtFiles(t *testing.T, base string) Files {
	t.Helper()
	files, err := theBuilder(t).Files(Options{Base: base, Date: "2026-01-31", Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPagesRunUnderTheContentSecurityPolicy(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile(`(?s)<style|<script[^>]*>[^<]|\sstyle=|\son[a-z]+=|javascript:`)
	for name, content := range builtFiles(t, "/tools/postage/") {
		if filepath.Ext(name) != ".html" {
			continue
		}
		if found := inline.Find(content); found != nil {
			t.Errorf("%s: the policy refuses %q", name, found)
		}
		static := !bytes.Contains(content, []byte(" data-wasm="))
		path := "/" + strings.TrimSuffix(name, "index.html")
		page := pages.Page{Static: static, Path: path, Lang: path[1:min(3, len(path))]}
		if want := (shell{Page: page}).Policy(); !bytes.Contains(content, []byte(`content="`+html.EscapeString(want)+`"`)) {
			t.Errorf("%s does not carry the policy", name)
		}
	}
}

// TestAFileIsCompressedAlikeEachTime: the large ones are as the others, only slow.
func TestAFileIsCompressedAlikeEachTime(t *testing.T) {
	t.Parallel()
	files, seen := builtFiles(t, "/"), map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		content, kind := files[name], path.Ext(name)
		if !Compressible(name) || len(content) > 100_000 || seen[kind] {
			continue // one of each kind
		}
		seen[kind] = true
		for _, e := range encodings {
			first, err := e.Encode(content)
			if err != nil {
				t.Fatal(err)
			}
			again, err := e.Encode(content)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Errorf("%s%s differs when it is compressed again", name, e.Extension)
			}
		}
	}
}

func TestAlternatesSharePathsBelowTheLanguage(t *testing.T) {
	all := []pages.Page{
		{Path: "/", Lang: "vi"}, {Path: "/en/", Lang: "en"}, {Path: "/rules/", Lang: "vi"},
		{Path: "/en/rules/", Lang: "en"}, {Path: "/ru/rules/", Lang: "ru"},
	}
	got := alternatesOf(all[3], all, "/p/")
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
	files := Files{"index.html": []byte("a"), "assets/x.js": []byte("b")}
	before, err := Worker("/", files, true)
	if err != nil {
		t.Fatal(err)
	}
	files["assets/x.js"] = []byte("c")
	after, err := Worker("/", files, true)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(before, after) {
		t.Error("the worker is the same for other files")
	}
}
