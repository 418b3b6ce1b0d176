package slim

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"postage/web/internal/source"
)

// writeOverlay writes the stand-ins for packages of the standard library below
// the build folder, with the list of the files that they replace, and returns the
// path of the list; empty if there are none.
func (c *Compiler) writeOverlay() (string, error) {
	goFolder, err := c.tree.GoFolder()
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for _, p := range c.pieces {
		if p.library == "" {
			continue
		}
		folder := filepath.Join(goFolder, "src", filepath.FromSlash(p.library))
		entries, err := os.ReadDir(folder)
		if err != nil {
			return "", err
		}
		dropped := 0
		for _, entry := range entries {
			if name := entry.Name(); p.drops(name) {
				replace[filepath.Join(folder, name)] = "" // not there
				dropped++
			}
		}
		if dropped == 0 || dropped < len(p.drop) {
			return "", fmt.Errorf("the standard library's package %s is not as the build knows it", p.library)
		}
		files, err := p.libraryFiles(c.tree)
		if err != nil {
			return "", err
		}
		for name, content := range files {
			hash := sha256.Sum256(content)
			to := c.tree.Path(source.Kept("standins/" + hex.EncodeToString(hash[:])[:12] + ".go"))
			if err := source.ReplaceFile(to, content); err != nil {
				return "", err
			}
			replace[filepath.Join(folder, name)] = to
		}
	}
	if len(replace) == 0 {
		return "", nil
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256(list)
	path := c.tree.Path(source.Kept("overlay-" + hex.EncodeToString(hash[:])[:12] + ".json"))
	return path, source.ReplaceFile(path, list)
}

// drops reports whether a file of a package of the standard library is not compiled.
func (p piece) drops(name string) bool {
	return filepath.Ext(name) == ".go" && (len(p.drop) == 0 || slices.Contains(p.drop, name))
}

// libraryFiles returns the source of what stands in for a package of the standard
// library, by the names of its files.
func (p piece) libraryFiles(tree source.Tree) (map[string][]byte, error) {
	content, err := standInFiles.ReadFile("standins/" + p.file)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"standin.go": content}
	if p.shared != "" {
		if content, err = tree.Read(p.shared); err != nil {
			return nil, err
		}
		before, after, found := bytes.Cut(content, []byte("package "+path.Base(path.Dir(p.shared))+"\n"))
		if !found {
			return nil, fmt.Errorf("%s is of another package", p.shared)
		}
		files["shared.go"] = slices.Concat(before, []byte("package "+path.Base(p.library)+"\n"), after)
	}
	return files, nil
}
