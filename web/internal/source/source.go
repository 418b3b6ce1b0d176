// Package source is the repository as its build sees it: where its files are,
// the go command run in it, and the folder for what is kept between builds.
package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// keptFolder has what is kept between builds, below the repository's root. It can
// be deleted at any time.
const keptFolder = ".build"

// A Tree is a folder with a go.mod and what is below it.
type Tree struct{ root string }

// At is the tree in a folder.
func At(root string) Tree { return Tree{root} }

// Find returns the tree that the process was started in.
func Find() (Tree, error) {
	out, err := At("").Go("env", "GOMOD")
	if err != nil {
		return Tree{}, err
	}
	gomod := strings.TrimSpace(string(out))
	if gomod == "" || gomod == os.DevNull {
		return Tree{}, errors.New("the build needs the repository: run it from there")
	}
	return At(filepath.Dir(gomod)), nil
}

// Path is where a file of the tree is, which is named with slashes.
func (t Tree) Path(name string) string { return filepath.Join(t.root, filepath.FromSlash(name)) }

// Kept is the name in the tree of something that is kept between builds.
func Kept(name string) string { return keptFolder + "/" + name }

// Read returns the content of a file of the tree.
func (t Tree) Read(name string) ([]byte, error) { return os.ReadFile(t.Path(name)) }

// Go runs the go command in the tree and returns what it prints.
func (t Tree) Go(args ...string) ([]byte, error) { return t.run(nil, args) }

// GoForBrowser is Go for the platform of the browser.
func (t Tree) GoForBrowser(args ...string) ([]byte, error) {
	return t.run([]string{"GOOS=js", "GOARCH=wasm", "GOWASM=", "CGO_ENABLED=0"}, args)
}

func (t Tree) run(environment, args []string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = t.root
	cmd.Env = append(append(os.Environ(), "GOWORK=off", "GOFLAGS="), environment...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return out, fmt.Errorf("go %s: %w\n%s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return out, nil
}

// GoFolder is where Go itself is.
func (t Tree) GoFolder() (string, error) {
	out, err := t.Go("env", "GOROOT")
	return strings.TrimSpace(string(out)), err
}

// GoVersion is the release of Go that compiles, such as "go1.26.1".
func (t Tree) GoVersion() (string, error) {
	out, err := t.Go("env", "GOVERSION")
	return strings.TrimSpace(string(out)), err
}

// Module returns where a module's source is, and fetches it if needed.
func (t Tree) Module(path string) (string, error) {
	if out, err := t.Go("list", "-m", "-f", "{{.Dir}}", path); err == nil {
		if dir := strings.TrimSpace(string(out)); dir != "" {
			return dir, nil
		}
	}
	out, err := t.Go("mod", "download", "-json", path)
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", err
	}
	return module.Dir, nil
}

// Alone does something that no other process does at the same time under the
// same name, so that what one of them is making the next one finds made.
func Alone(lock string, do func() error) error {
	if err := os.MkdirAll(filepath.Dir(lock), 0o755); err != nil {
		return err
	}
	l := flock.New(lock)
	if err := l.Lock(); err != nil {
		return err
	}
	return errors.Join(do(), l.Close())
}

// WriteFile writes a file and makes the folders that it is in.
func WriteFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// ReplaceFile writes a file so that nobody ever reads a part of it.
func ReplaceFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), "draft-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(content)
	if err := errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}
