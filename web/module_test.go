package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAnotherModuleUsesTheRules as the README says, to the letter but for where this one
// lies: without a network, as what is needed was needed here too.
func TestAnotherModuleUsesTheRules(t *testing.T) {
	t.Parallel()
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	readme, err := tree.Read("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```sh\n(go mod init [^`]*)```\n\n```go\n(package main\n.*?\n)```\n").FindSubmatch(readme)
	if found == nil {
		t.Fatal("README.md does not say how another module uses the rules")
	}
	dir, program := t.TempDir(), string(found[2])
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	steps := strings.Split(strings.TrimSpace(string(found[1])), "\n")
	var out []byte
	for _, step := range append(steps, "go run .") {
		words := strings.Fields(strings.ReplaceAll(step, "/path/to/postage", tree.Path(".")))
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off", "GOSUMDB=off")
		if out, err = cmd.Output(); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	_, want, _ := strings.Cut(program, "// eligible")
	want, _, _ = strings.Cut("eligible"+want, "\n")
	if got := strings.TrimSpace(string(out)); got != want {
		t.Errorf("it says %q, not %q", got, want)
	}
	module, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if needs := regexp.MustCompile(`(?m)^require (\S+)|^\t(\S+) v`).FindAllString(string(module), -1); len(needs) != 2 {
		t.Errorf("it needs %q", needs)
	}
}
