//go:build types

package site

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"postage/web/internal/source"
	"postage/web/protocol"
)

// typescriptVersion is pinned, as what a compiler refuses changes with it.
const typescriptVersion = "5.9.3"

// compiler returns TypeScript's compiler, from npm and kept below the build
// folder.
func compiler(t *testing.T) string {
	t.Helper()
	folder := theBuilder(t).tree.Path(source.Kept("typescript"))
	program := filepath.Join(folder, "node_modules", ".bin", "tsc")
	if out, err := exec.Command(program, "--version").Output(); err == nil && strings.TrimSpace(string(out)) == "Version "+typescriptVersion {
		return program
	}
	if _, err := exec.LookPath("npm"); err != nil {
		t.Fatal("the types are checked by TypeScript from npm: install the packages nodejs and npm")
	}
	if out, err := exec.Command("npm", "install", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", folder, "typescript@"+typescriptVersion).CombinedOutput(); err != nil {
		t.Fatalf("npm does not install TypeScript: %v\n%s", err, out)
	}
	return program
}

// publishTypes lays the types of a site out as they are published.
func publishTypes(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files, err := protocol.Files()
	if err != nil {
		t.Fatal(err)
	}
	types := map[string][]byte{protocol.Folder + "types.d.ts": files[protocol.Folder+"types.d.ts"]}
	for path, asset := range map[string]string{protocol.Folder + "postage.d.ts": "postage.d.ts", CoreFolder + "postage.d.ts": "core.d.ts"} {
		if types[path], err = assetFiles.ReadFile("assets/" + asset); err != nil {
			t.Fatal(err)
		}
	}
	for path, content := range types {
		if err := source.WriteFile(filepath.Join(dir, "site", path), content); err != nil {
			t.Fatal(err)
		}
	}
	return types
}

// TestTheTypesHoldInTypeScript compiles programs that use the published types,
// rightly and, where the line above says so, wrongly.
func TestTheTypesHoldInTypeScript(t *testing.T) {
	program := compiler(t)
	dir := t.TempDir()
	published := publishTypes(t, dir)
	programs := map[string]string{}
	for _, name := range []string{"element.ts", "core.ts"} {
		program, err := os.ReadFile(filepath.Join("testdata", "types", name))
		if err == nil {
			err = source.WriteFile(filepath.Join(dir, name), program)
		}
		if err != nil {
			t.Fatal(err)
		}
		programs[name] = string(program)
	}
	for path, name := range map[string]string{protocol.Folder + "postage.d.ts": "element.ts", CoreFolder + "postage.d.ts": "core.ts"} {
		for _, declared := range regexp.MustCompile(`export (?:interface|type|function) (\w+)`).FindAllSubmatch(published[path], -1) {
			if !regexp.MustCompile(`\b` + string(declared[1]) + `\b`).MatchString(programs[name]) {
				t.Errorf("%s does not use %s", name, declared[1])
			}
		}
	}
	if err := source.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"type":"module"}`)); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string]string{
		"a page in Node's modules":    "--module nodenext --lib es2022,dom element.ts core.ts",
		"a page with a bundler":       "--module esnext --moduleResolution bundler --lib es2022,dom element.ts core.ts",
		"a worker":                    "--module nodenext --lib es2022,webworker core.ts",
		"a program that is strictest": "--module nodenext --lib es2022,dom --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature element.ts core.ts",
	} {
		cmd := exec.Command(program, append([]string{"--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022", "--pretty", "false"}, strings.Fields(args)...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
