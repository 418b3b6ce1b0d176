package site

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"postage/app/pages"
)

// A part is a piece of software in the browser's program.
type part struct {
	pages.Part
	module string // its import path; empty for Go itself and for the site
	hash   string // SHA-256 of the module as go.sum has it, in hexadecimal
	data   bool   // a table of ours is made of it
}

// shippedParts lists what the browser's program is made of: the site itself,
// Go with its standard library, and the modules.
func (b *Builder) shippedParts() ([]part, error) {
	own, err := b.tree.Read("LICENSE")
	if err != nil {
		return nil, err
	}
	goLicence, goVersion, err := b.goParts()
	if err != nil {
		return nil, err
	}
	parts := []part{
		{Part: pages.Part{Name: "Postage", Licence: "MIT", Text: string(own)}},
		{Part: pages.Part{Name: "Go", Version: goVersion, Licence: "BSD-3-Clause", Text: goLicence}},
	}
	out, err := b.compiler.List("-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "./wasm/...")
	if err != nil {
		return nil, err
	}
	sums, err := b.tree.Read("go.sum")
	if err != nil {
		return nil, err
	}
	modules := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(modules)
	for _, module := range slices.Compact(modules) {
		path, version, ok := strings.Cut(module, " ")
		if !ok {
			continue
		}
		p, err := b.modulePart(path, version, sums)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	for _, d := range shippedData {
		text, err := b.tree.Read(d.text)
		if err != nil {
			return nil, err
		}
		p := part{Part: d.Part, data: true}
		p.Text = string(text)
		parts = append(parts, p)
	}
	return parts, nil
}

// shippedData is what tables of ours are made of; the tests that write them say how.
var shippedData = []struct {
	pages.Part
	text string // its licence
}{
	{pages.Part{Name: "libphonenumber, numbering plans", Licence: "Apache-2.0"}, "app/table/phone/phones.LICENSE"},
	{pages.Part{Name: "Unicode CLDR, names of countries", Licence: "Unicode-3.0"}, "app/table/countries.LICENSE"},
}

func (b *Builder) goParts() (licence, version string, err error) {
	goroot, err := b.tree.GoFolder()
	if err != nil {
		return "", "", err
	}
	goversion, err := b.tree.GoVersion()
	if err != nil {
		return "", "", err
	}
	for _, name := range []string{"LICENSE", "../LICENSE", "../../share/doc/go/LICENSE"} { // some packagers move it
		if text, err := os.ReadFile(filepath.Join(goroot, name)); err == nil {
			return string(text), strings.TrimPrefix(goversion, "go"), nil
		}
	}
	return "", "", fmt.Errorf("there is no file LICENSE in %s, where Go is", goroot)
}

func (b *Builder) modulePart(path, version string, sums []byte) (part, error) {
	dir, err := b.tree.Module(path)
	if err != nil {
		return part{}, err
	}
	text, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
	if err != nil {
		return part{}, err
	}
	licence, err := licenceOf(text)
	if err != nil {
		return part{}, fmt.Errorf("%s: %w", path, err)
	}
	prefix := path + " " + version + " h1:"
	for line := range strings.Lines(string(sums)) {
		if sum, ok := strings.CutPrefix(line, prefix); ok {
			hash, err := base64.StdEncoding.DecodeString(strings.TrimSpace(sum))
			if err != nil {
				return part{}, err
			}
			return part{Part: pages.Part{Name: path, Version: version, Licence: licence, Text: string(text)}, module: path, hash: fmt.Sprintf("%x", hash)}, nil
		}
	}
	return part{}, fmt.Errorf("go.sum has no line for %s %s", path, version)
}

var spaces = regexp.MustCompile(`\s+`)

// licenceOf recognizes the licences that the parts have today. A new one is to
// be read by a person first.
func licenceOf(text []byte) (string, error) {
	words := spaces.ReplaceAll(text, []byte(" "))
	has := func(phrase string) bool { return bytes.Contains(words, []byte(phrase)) }
	switch {
	case has("Permission is hereby granted, free of charge") && has("The above copyright notice and this permission notice shall be included"):
		return "MIT", nil
	case has("Redistributions in binary form must reproduce") && has("Neither the name of"):
		return "BSD-3-Clause", nil
	}
	return "", errors.New("the build does not know this licence")
}

// billOfMaterials lists the parts as CycloneDX 1.5 does. It holds no time and
// no random number, so that two builds are the same.
func billOfMaterials(parts []part) ([]byte, error) {
	type hash struct {
		Alg     string `json:"alg"`
		Content string `json:"content"`
	}
	type licence struct {
		License struct {
			ID string `json:"id"`
		} `json:"license"`
	}
	type component struct {
		Type     string    `json:"type"`
		Ref      string    `json:"bom-ref"`
		Name     string    `json:"name"`
		Version  string    `json:"version,omitempty"`
		Purl     string    `json:"purl,omitempty"`
		Hashes   []hash    `json:"hashes,omitempty"`
		Licenses []licence `json:"licenses"`
	}
	describe := func(p part, kind string) component {
		c := component{Type: kind, Ref: strings.ToLower(p.Name), Name: p.Name, Version: p.Version, Licenses: make([]licence, 1)}
		c.Licenses[0].License.ID = p.Licence
		switch {
		case p.module != "":
			c.Purl = "pkg:golang/" + p.module + "@" + p.Version
			c.Hashes = []hash{{"SHA-256", p.hash}}
		case p.Name == "Go":
			c.Name, c.Purl = "std", "pkg:golang/std@"+p.Version
		}
		return c
	}
	var needs []string
	components := []component{}
	for _, p := range parts[1:] {
		kind := "library"
		if p.data {
			kind = "data"
		}
		c := describe(p, kind)
		components = append(components, c)
		needs = append(needs, c.Ref)
	}
	own := describe(parts[0], "application")
	bill, err := json.MarshalIndent(map[string]any{
		"$schema":      "http://cyclonedx.org/schema/bom-1.5.schema.json",
		"bomFormat":    "CycloneDX",
		"specVersion":  "1.5",
		"version":      1,
		"metadata":     map[string]any{"component": own},
		"components":   components,
		"dependencies": []any{map[string]any{"ref": own.Ref, "dependsOn": needs}},
	}, "", "  ")
	return append(bill, '\n'), err
}
