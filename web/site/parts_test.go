package site

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestEveryPartHasItsLicenceAndHash(t *testing.T) {
	parts, err := theBuilder(t).shippedParts()
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, p := range parts {
		if p.Licence == "" || len(p.Text) < 500 {
			t.Errorf("%s: licence %q of %d characters", p.Name, p.Licence, len(p.Text))
		}
		if p.module != "" {
			modules = append(modules, p.module)
			if len(p.hash) != 64 {
				t.Errorf("%s: hash %q", p.Name, p.hash)
			}
		}
	}
	for name, begins := range map[string]string{"libphonenumber": "Apache License", "Unicode CLDR": "UNICODE LICENSE V3"} {
		if !slices.ContainsFunc(parts, func(p part) bool {
			return strings.HasPrefix(p.Name, name) && strings.HasPrefix(strings.TrimSpace(p.Text), begins)
		}) {
			t.Errorf("%s is not among the parts with its licence", name)
		}
	}
	for _, module := range []string{"github.com/maxence-charriere/go-app/v9", "github.com/shopspring/decimal"} {
		if !strings.Contains(strings.Join(modules, " "), module) {
			t.Errorf("the parts are %q, without %s", modules, module)
		}
	}
}

func TestAnUnknownLicenceStopsTheBuild(t *testing.T) {
	if name, err := licenceOf([]byte("Do what you like.")); err == nil {
		t.Errorf("taken for %s", name)
	}
}

func TestBillOfMaterialsNamesEveryPart(t *testing.T) {
	t.Parallel()
	parts, err := theBuilder(t).shippedParts()
	if err != nil {
		t.Fatal(err)
	}
	file, err := billOfMaterials(parts)
	if err != nil {
		t.Fatal(err)
	}
	var bill struct {
		BOMFormat   string
		SpecVersion string
		Components  []struct {
			Name, Version, Purl string
			Hashes              []struct{ Alg, Content string }
			Licenses            []struct{ License struct{ ID string } }
		}
		Dependencies []struct {
			Ref       string
			DependsOn []string
		}
	}
	if err := json.Unmarshal(file, &bill); err != nil {
		t.Fatal(err)
	}
	if bill.BOMFormat != "CycloneDX" || bill.SpecVersion != "1.5" || len(bill.Components) != len(parts)-1 {
		t.Fatalf("%s %s with %d components, for %d parts", bill.BOMFormat, bill.SpecVersion, len(bill.Components), len(parts))
	}
	for i, c := range bill.Components {
		p := parts[i+1]
		if !p.data && !strings.HasSuffix(c.Purl, "@"+p.Version) || c.Version != p.Version || len(c.Licenses) != 1 || c.Licenses[0].License.ID != p.Licence {
			t.Errorf("%s: %+v", p.Name, c)
		}
		if p.module != "" && (len(c.Hashes) != 1 || c.Hashes[0].Content != p.hash) {
			t.Errorf("%s: hashes %v", p.Name, c.Hashes)
		}
	}
	if len(bill.Dependencies) != 1 || len(bill.Dependencies[0].DependsOn) != len(bill.Components) {
		t.Errorf("dependencies %v", bill.Dependencies)
	}
}
