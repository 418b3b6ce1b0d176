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

// TestTheBookWasCheckedAfterWhatItWasReadFrom: the day stands in the book, and
// no reading that its facts rest on is of a later one.
func TestTheBookWasCheckedAfterWhatItWasReadFrom(t *testing.T) {
	checked := Checked()
	if checked == 0 || TheBook().Checked != checked {
		t.Fatalf("the book was checked on %q, and says %q", checked, TheBook().Checked)
	}
	for _, s := range Sources() {
		if s.Status == SourceReading && s.Date > checked.String() {
			t.Errorf("%s was read on %s, after the book was checked on %s: add a row to checked.csv", s.ID, s.Date, checked)
		}
	}
	if book, err := bookWith(t, map[string]string{"book/checked.csv": "2999-01-01\n"}); err != nil || book.checked.String() != "2999-01-01" {
		t.Errorf("with another row it was checked on %s (%v)", book.checked, err)
	}
	if _, err := bookWith(t, map[string]string{"book/checked.csv": "2020-01-01\n"}); err == nil {
		t.Error("an earlier day stands under a later one")
	}
}
