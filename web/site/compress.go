package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/andybalholm/brotli"
)

// An encoding is one way in which a file is stored beside itself.
type encoding struct {
	name      string // as in Accept-Encoding
	extension string
	encode    func([]byte) ([]byte, error)
}

// encodings, the best first.
var encodings = []encoding{
	{"br", ".br", encodeBrotli},
	{"gzip", ".gz", encodeGzip},
}

// compressible reports whether a file shrinks when it is compressed.
func compressible(name string) bool {
	return slices.Contains([]string{".css", ".html", ".js", ".json", ".mjs", ".svg", ".ts", ".txt", ".wasm", ".webmanifest"}, path.Ext(name))
}

// compress encodes content and keeps the result in folder, because the best
// level takes longer than all the rest of a build.
func (e encoding) compress(folder string, content []byte) ([]byte, error) {
	hash := sha256.Sum256(content)
	kept := filepath.Join(folder, hex.EncodeToString(hash[:16])+e.extension)
	if encoded, err := os.ReadFile(kept); err == nil {
		return encoded, nil
	}
	encoded, err := e.encode(content)
	if err != nil {
		return nil, err
	}
	return encoded, replaceFile(kept, encoded)
}

func encodeBrotli(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

func encodeGzip(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
