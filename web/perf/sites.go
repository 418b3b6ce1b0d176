package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"postage/web/serve"
	"postage/web/site"
)

// buildHello builds the hello world into a folder as its users would: go-app's
// own page, loader and worker, and the browser's program without go-app's
// handler, stripped and as brotli.
func buildHello(dir string) (string, error) {
	const source = "web/perf/hello/"
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	web := filepath.Join(dir, "web")
	if err := os.MkdirAll(web, 0o755); err != nil {
		return "", err
	}
	if err := command(nil, "go", "run", source+"site.go", source+"hello.go", dir); err != nil {
		return "", err
	}
	program := filepath.Join(web, "app.wasm")
	err := command(nil, "env", "GOOS=js", "GOARCH=wasm", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, source+"client.go", source+"hello.go")
	if err != nil {
		return "", err
	}
	for to, from := range map[string]string{"icon.png": "icon-192.png", "icon.svg": "icon.svg"} {
		icon, err := os.ReadFile("web/site/assets/icons/" + from)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(web, to), icon, 0o644); err != nil {
			return "", err
		}
	}
	return dir, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".png") {
			return err
		}
		return writeBrotli(path)
	})
}

func writeBrotli(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	packed, err := site.Encodings()[0].Encode(content)
	if err != nil {
		return err
	}
	return os.WriteFile(path+".br", packed, 0o644)
}

// command runs a command in the repository.
func command(stdout io.Writer, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}

// weight is what a visitor downloads of the program of a site's first page, in kB.
func weight(dir string) (kB float64, err error) {
	err = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if name := filepath.Base(path); err != nil || !strings.HasPrefix(name, "app.") || !strings.HasSuffix(name, ".wasm.br") {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			kB = float64(info.Size()) / 1000
		}
		return err
	})
	return kB, err
}

// listen serves a folder on a port of its own, each file as brotli where there is
// one, and returns its address. Both sites are served by it.
func listen(dir string) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if strings.HasSuffix(path, "/") {
			path += "index.html"
		}
		file := filepath.Join(dir, filepath.FromSlash(filepath.Clean("/"+path)))
		if kind := serve.ContentType(file); kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		if strings.Contains(r.Header.Get("Accept-Encoding"), "br") {
			if content, err := os.ReadFile(file + ".br"); err == nil {
				w.Header().Set("Content-Encoding", "br")
				w.Header().Set("Content-Length", fmt.Sprint(len(content)))
				_, _ = w.Write(content)
				return
			}
		}
		content, err := os.ReadFile(file)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(content)
	})}
	go func() { _ = server.Serve(listener) }()
	return fmt.Sprintf("http://localhost:%d/", listener.Addr().(*net.TCPAddr).Port), func() { _ = server.Close() }, nil
}
