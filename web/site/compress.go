package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/andybalholm/brotli"

	"postage/web/internal/source"
)

// An Encoding is one way in which a file is stored beside itself.
type Encoding struct {
	Name      string // as in Accept-Encoding
	Extension string

	writer     func(w io.Writer, level int) (io.WriteCloser, error)
	best, fast int // levels
}

// encodings, the best first.
var encodings = []Encoding{
	{"br", ".br", brotliWriter, brotli.BestCompression, brotli.BestSpeed},
	{"gzip", ".gz", gzipWriter, gzip.BestCompression, gzip.BestSpeed},
}

// Encodings are those in which files are stored, the best first.
func Encodings() []Encoding { return slices.Clone(encodings) }

// Compressible reports whether a file shrinks when it is compressed.
func Compressible(name string) bool {
	return slices.Contains([]string{".css", ".html", ".js", ".json", ".mjs", ".svg", ".ts", ".txt", ".wasm", ".webmanifest"}, path.Ext(name))
}

// Encode compresses content as well as it can be.
func (e Encoding) Encode(content []byte) ([]byte, error) { return e.EncodeAt(content, e.best) }

// Compress encodes content and keeps the result in folder, because the best
// level takes longer than all the rest of a build.
func (e Encoding) Compress(folder string, content []byte) ([]byte, error) {
	hash := sha256.Sum256(content)
	name := hex.EncodeToString(hash[:16]) + e.Extension
	kept := filepath.Join(folder, name)
	if encoded, err := os.ReadFile(kept); err == nil {
		return encoded, nil
	}
	var encoded []byte
	err := source.Alone(filepath.Join(folder, "lock-"+name[:2]), func() (err error) {
		if encoded, err = os.ReadFile(kept); err == nil {
			return nil // another build has just done it
		}
		if encoded, err = e.Encode(content); err != nil {
			return err
		}
		return source.ReplaceFile(kept, encoded)
	})
	return encoded, err
}

// EncodeAt compresses content at a level of the encoding: brotli has 0 to 11, gzip 1 to 9.
func (e Encoding) EncodeAt(content []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	w, err := e.writer(&b, level)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

func brotliWriter(w io.Writer, level int) (io.WriteCloser, error) {
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: level, LGWin: 24}), nil
}

func gzipWriter(w io.Writer, level int) (io.WriteCloser, error) {
	return gzip.NewWriterLevel(w, level)
}
