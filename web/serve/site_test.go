package serve

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"postage/web/internal/source"
	"postage/web/site"
)

const wasmName = "assets/app.0123456789ab.wasm"

// smallSite writes a site of a few files and returns the handler that serves
// it under base.
func smallSite(t *testing.T, base string) http.Handler {
	t.Helper()
	files := site.Files{
		"index.html": []byte("<p>start"), "en/index.html": []byte("<p>English"), "404.html": []byte("<p>none"),
		wasmName: bytes.Repeat([]byte("\x00asm"), 1000), "worker.js": []byte("self"),
		"manifest.webmanifest": []byte("{}"), "icons/icon-192.png": []byte("png"), ".hidden.txt": []byte("secret"),
	}
	for _, name := range files.Names() {
		for _, e := range site.Encodings() {
			if site.Compressible(name) {
				encoded, err := e.Encode(files[name])
				if err != nil {
					t.Fatal(err)
				}
				files[name+e.Extension] = encoded
			}
		}
	}
	dir := t.TempDir()
	if err := files.Write(dir); err != nil {
		t.Fatal(err)
	}
	return Site(dir, base, "")
}

func get(h http.Handler, path, acceptEncoding string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", acceptEncoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestSiteAnswers(t *testing.T) {
	tests := []struct {
		path        string
		status      int
		contentType string
		cache       string
		location    string
	}{
		{"/p/", 200, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/?q=1", 200, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/en/", 200, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/" + wasmName, 200, "application/wasm", "public, max-age=31536000, immutable", ""},
		{"/p/worker.js", 200, "text/javascript; charset=utf-8", "no-cache", ""},
		{"/p/manifest.webmanifest", 200, "application/manifest+json", "no-cache", ""},
		{"/p/icons/icon-192.png", 200, "image/png", "no-cache", ""},
		{"/p/404.html", 200, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/en", 302, "", "", "/p/en/"},
		{"/p/en?q=1", 302, "", "", "/p/en/?q=1"},
		{"/p/en/index.html", 302, "", "", "/p/en/"},
		{"/p", 302, "", "", "/p/"},
		{"/", 302, "", "", "/p/"},
		{"/p/none/", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/other/", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/icons/", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/assets", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/" + wasmName + ".br", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/.hidden.txt", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/../site.go", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p/%2e%2e/worker.js", 404, "text/html; charset=utf-8", "no-cache", ""},
		{"/p//en/", 404, "text/html; charset=utf-8", "no-cache", ""},
	}
	h := smallSite(t, "/p/")
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			r := get(h, test.path, "")
			if r.StatusCode != test.status {
				t.Fatalf("status %d, want %d", r.StatusCode, test.status)
			}
			if got := r.Header.Get("Location"); got != test.location {
				t.Errorf("location %q, want %q", got, test.location)
			}
			if test.contentType != "" {
				if got := r.Header.Get("Content-Type"); got != test.contentType {
					t.Errorf("content type %q, want %q", got, test.contentType)
				}
				if got := r.Header.Get("Cache-Control"); got != test.cache {
					t.Errorf("cache control %q, want %q", got, test.cache)
				}
			}
			if got := r.Header.Get("X-Content-Type-Options"); got != "nosniff" {
				t.Errorf("X-Content-Type-Options %q", got)
			}
			if got := r.Header.Get("Referrer-Policy"); got != "no-referrer" {
				t.Errorf("Referrer-Policy %q", got)
			}
			if got := r.Header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors 'self'") {
				t.Errorf("Content-Security-Policy %q", got)
			}
		})
	}
}

func TestSiteChoosesTheEncodingThatIsAccepted(t *testing.T) {
	tests := []struct{ accept, want string }{
		{"", ""},
		{"identity", ""},
		{"gzip", "gzip"},
		{"gzip, deflate, br", "br"},
		{"br;q=0, gzip;q=0.5", "gzip"},
		{"br;q=0.0", ""},
		{"brotli", ""},
	}
	h := smallSite(t, "/")
	want := bytes.Repeat([]byte("\x00asm"), 1000)
	for _, test := range tests {
		t.Run(test.accept, func(t *testing.T) {
			r := get(h, "/"+wasmName, test.accept)
			if got := r.Header.Get("Content-Encoding"); got != test.want {
				t.Fatalf("encoding %q, want %q", got, test.want)
			}
			if got := r.Header.Get("Vary"); got != "Accept-Encoding" {
				t.Errorf("vary %q", got)
			}
			if got := r.Header.Get("Content-Type"); got != "application/wasm" {
				t.Errorf("content type %q", got)
			}
			body := io.Reader(r.Body)
			switch test.want {
			case "br":
				body = brotli.NewReader(body)
			case "gzip":
				var err error
				if body, err = gzip.NewReader(body); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
			}
		})
	}
}

func TestSiteSaysWhenNothingChanged(t *testing.T) {
	h := smallSite(t, "/")
	tag := get(h, "/", "br").Header.Get("ETag")
	if tag == "" || tag == get(h, "/", "").Header.Get("ETag") {
		t.Fatalf("the tag %q does not tell the encodings apart", tag)
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "br")
	r.Header.Set("If-None-Match", tag)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified {
		t.Errorf("status %d", w.Code)
	}
}

func TestSiteOnlyAnswersReads(t *testing.T) {
	w := httptest.NewRecorder()
	smallSite(t, "/").ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("status %d, allow %q", w.Code, w.Header().Get("Allow"))
	}
}

// FuzzServe: no address leads out of the site's folder, or to what has no type.
func FuzzServe(f *testing.F) {
	outside := f.TempDir()
	dir := filepath.Join(outside, "site")
	const secret = "what nobody may read"
	for name, content := range map[string]string{
		"secret.html": secret, "site/.hidden.html": secret, "site/a/.b/c.html": secret, "site/key.pem": secret, "site/index.html": "first", "site/404.html": "none",
		"site/embed/index.html": "frame", "site/assets/style.css": "style", "site/assets/style.css.gz": secret,
	} {
		if err := source.WriteFile(filepath.Join(outside, filepath.FromSlash(name)), []byte(content)); err != nil {
			f.Fatal(err)
		}
	}
	for _, path := range []string{
		"/", "/x/", "/x", "/x/../secret.html", "/x/..%2fsecret.html", "/x/..\\secret.html", "/x//../../secret.html", "/x/.hidden.html", "/x/a/.b/c.html", "/x/key.pem", "/x/assets/style.css.gz",
		"/x/embed", "/x/embed/index.html", "//a.example/x", "/x//a.example/embed", "/x/\x00", "/x/\xff.html", "/x/con.html", "/x/" + strings.Repeat("a/", 2_000) + "index.html", "/x/index.html/", "/x/embed/\r\nX: y",
	} {
		f.Add(path, "a=b", "gzip, br;q=0")
	}
	handler := Site(dir, "/x/", "")
	f.Fuzz(func(t *testing.T, path, query, encodings string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery = path, query
		r.Header.Set("Accept-Encoding", encodings)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		zipped := w.Header().Get("Content-Encoding") == "gzip" // the packed one is asked for by the name of the other
		if strings.Contains(w.Body.String(), secret) && !zipped {
			t.Errorf("%q is answered with %s", path, w.Body)
		}
		if to := w.Header().Get("Location"); w.Code < 200 || w.Code >= 500 || to != "" && !strings.HasPrefix(to, "/x/") {
			t.Errorf("%q is answered with %d to %q", path, w.Code, to)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%q is answered without a policy", path)
		}
	})
}
