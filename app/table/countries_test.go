package table

import (
	"flag"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"postage/rules"
)

var update = flag.Bool("update", false, "write countries.txt anew")

func TestTheNamesOfCountriesAreThoseOfCLDR(t *testing.T) {
	var b strings.Builder
	for _, code := range rules.Countries() {
		region, err := language.ParseRegion(code)
		if err != nil {
			t.Fatal(err)
		}
		fields := []string{code, region.ISO3()}
		for _, tag := range []language.Tag{language.Vietnamese, language.English, language.Russian} {
			fields = append(fields, display.Regions(tag).Name(region))
		}
		b.WriteString(strings.Join(fields, "\t") + "\n")
	}
	if *update {
		if err := os.WriteFile("countries.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if countryNames != b.String() {
		t.Error("countries.txt is not what CLDR says: go test ./app/table -run Countries -update")
	}
}
