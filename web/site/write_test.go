package site

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// someSite is the least that is taken for a build, with one content in every file.
func someSite(content string) Files {
	files := Files{}
	for _, name := range []string{"worker.js", "manifest.webmanifest", "404.html", "index.html", "en/index.html", "assets/a.css"} {
		files[name] = []byte(content)
	}
	return files
}

// TestBuildsIntoOneFolderAtOnceEndWhole: none fails, and what stays is all of one of
// them.
func TestBuildsIntoOneFolderAtOnceEndWhole(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "dist")
	for round := range 20 {
		var builds sync.WaitGroup
		for n := range 8 {
			builds.Go(func() {
				if err := someSite(fmt.Sprintf("build %d of round %d", n, round)).Write(out); err != nil {
					t.Errorf("build %d of round %d: %v", n, round, err)
				}
			})
		}
		builds.Wait()
		first, err := os.ReadFile(filepath.Join(out, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for name := range someSite("") {
			if content, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name))); err != nil || string(content) != string(first) {
				t.Errorf("%s: %q, not %q, %v", name, content, first, err)
			}
		}
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) != 1 {
		t.Errorf("beside the folder there is %v, %v", left, err)
	}
}

// TestAFailedBuildLeavesTheEarlierOne where it cannot be put in its place.
func TestAFailedBuildLeavesTheEarlierOne(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "dist")
	if err := someSite("earlier").Write(out); err != nil {
		t.Fatal(err)
	}
	if err := putInPlace(filepath.Join(parent, "no such draft"), out); err == nil {
		t.Error("what is not there is put in place")
	}
	if content, err := os.ReadFile(filepath.Join(out, "index.html")); err != nil || string(content) != "earlier" {
		t.Errorf("%q, %v", content, err)
	}
	other := filepath.Join(parent, "photos")
	if err := os.MkdirAll(other, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "a.jpg"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := CheckFolder(other); err == nil {
		t.Error("a folder with other files may be replaced")
	}
	if err := someSite("").Write(other); err == nil {
		t.Error("a folder with other files is replaced")
	}
}
