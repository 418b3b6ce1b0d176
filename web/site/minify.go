package site

import (
	"bytes"
	"fmt"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// minified returns a file without what only its readers need, where it is a script or a
// stylesheet: comments, spaces, the names of what is known inside a function alone.
func minified(name string, content []byte) ([]byte, error) {
	var minifier minify.Minifier
	switch path.Ext(name) {
	case ".js":
		minifier = &js.Minifier{}
	case ".css":
		minifier = &css.Minifier{}
	default:
		return content, nil
	}
	var to bytes.Buffer
	if err := minifier.Minify(minify.New(), &to, bytes.NewReader(content), nil); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return to.Bytes(), nil
}
