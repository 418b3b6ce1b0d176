package wordstest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Source is the Go source of folders, without tests.
func Source(folders ...string) (string, error) {
	var all strings.Builder
	for _, folder := range folders {
		names, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return "", err
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return "", err
			}
			all.Write(text)
		}
	}
	return all.String(), nil
}

// Unused are the keys of texts that none of the named ones reaches: itself, what it is
// the beginning of up to a full stop, or, with a full stop at its end, of anything.
func Unused(keys, named []string) (left []string) {
	for _, key := range keys {
		if !slices.ContainsFunc(named, func(n string) bool {
			return key == n || strings.HasPrefix(key, n+".") || strings.HasSuffix(n, ".") && strings.HasPrefix(key, n)
		}) {
			left = append(left, key)
		}
	}
	return left
}
