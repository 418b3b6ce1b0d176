package rules

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestTheVersionOfTheBookChangesWithEachOfItsFiles(t *testing.T) {
	var files []string
	err := fs.WalkDir(bookFiles, "book", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, strings.TrimSuffix(strings.TrimPrefix(path, "book/"), ".csv"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	counted := bookTables()
	for _, name := range files {
		if !slices.Contains(counted, name) {
			t.Errorf("the version of the book does not count %s.csv", name)
		}
	}
	if len(files) != len(counted) {
		t.Errorf("%d files are counted, the book has %d", len(counted), len(files))
	}
	if v := BookVersion(); !regexp.MustCompile(`^[0-9a-f]{8}$`).MatchString(v) || v != BookVersion() {
		t.Errorf("the version is %q", v)
	}
}
