package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
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
	script := regexp.MustCompile(`(?s)<script data-wasm=[^>]*>([^<]+)</script>`)
	for name, content := range builtFiles(t, "/tools/postage/") {
		if filepath.Ext(name) != ".html" {
			continue
		}
		static := !bytes.Contains(content, []byte(" data-wasm="))
		// What asks for the program is let through by its hash.
		for _, found := range script.FindAllSubmatch(content, -1) {
			hash := sha256.Sum256(found[1])
			if source := "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"; !strings.Contains(SentPolicy("", ""), source) {
				t.Errorf("%s: the policy refuses the script that asks for the program: %s", name, source)
			}
		}
		if scripts := len(script.FindAll(content, -1)); static != (scripts == 0) || scripts > 1 {
			t.Errorf("%s has %d scripts in it", name, scripts)
		}
		if found := inline.Find(script.ReplaceAll(content, nil)); found != nil {
			t.Errorf("%s: the policy refuses %q", name, found)
		}
		path := "/" + strings.TrimSuffix(name, "index.html")
		page := pages.Page{Static: static, Path: path, Lang: path[1:min(3, len(path))]}
		if want := (shell{Page: page}).Policy(); !strings.Contains(html.UnescapeString(string(content)), `content="`+want+`"`) {
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
