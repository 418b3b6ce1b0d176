package serve

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"postage/web/site"
)

// contentTypes are the content types of what a site is made of.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".json":        "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".ts":          "text/plain; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

// ContentType is the one of a file of a site; empty for what no site is made of.
func ContentType(name string) string { return contentTypes[path.Ext(name)] }

// A folder serves a built site's folder the way a good static host does.
type folder struct {
	dir, base, origin string
}

// Site returns a handler that serves the site built into dir under base,
// which starts and ends with a slash, at the origin it was built for, if it was
// for one. The folder is read anew for each request, so it may be replaced by a
// newer build.
func Site(dir, base, origin string) http.Handler {
	return folder{dir, base, origin}
}

func (s folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", site.SentPolicy(strings.TrimPrefix(r.URL.Path, s.base), s.origin))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")

	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered here", http.StatusMethodNotAllowed)
		return
	}
	name, below := strings.CutPrefix(r.URL.Path, s.base)
	if !below {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.base {
			redirect(w, r, s.base)
			return
		}
		s.notFound(w, r)
		return
	}
	folder := name == "" || strings.HasSuffix(name, "/")
	if folder {
		name += "index.html"
	}
	if !clean(name) {
		s.notFound(w, r)
		return
	}
	if page, ok := strings.CutSuffix(name, "index.html"); ok && !folder && s.exists(name) {
		redirect(w, r, s.base+page)
		return
	}
	if !s.exists(name) {
		if s.exists(name + "/index.html") {
			redirect(w, r, r.URL.Path+"/")
			return
		}
		s.notFound(w, r)
		return
	}
	s.file(w, r, name, http.StatusOK)
}

// clean reports whether a name has no part that could lead elsewhere.
func clean(name string) bool {
	if path.Clean("/"+name) != "/"+name || strings.ContainsAny(name, "\\\x00") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return true
}

// exists reports whether a name is one of the site's files. The compressed
// siblings have no name of their own.
func (s folder) exists(name string) bool {
	return ContentType(name) != "" && s.stored(name)
}

func (s folder) stored(name string) bool {
	info, err := os.Stat(s.path(name))
	return err == nil && info.Mode().IsRegular()
}

func (s folder) path(name string) string {
	return filepath.Join(s.dir, filepath.FromSlash(name))
}

func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, to, http.StatusFound)
}

func (s folder) notFound(w http.ResponseWriter, r *http.Request) {
	s.file(w, r, "404.html", http.StatusNotFound)
}

// file answers with a file in the best encoding that the client takes.
func (s folder) file(w http.ResponseWriter, r *http.Request, name string, status int) {
	h := w.Header()
	stored := s.path(name)
	if site.Compressible(name) {
		h.Set("Vary", "Accept-Encoding")
		for _, e := range site.Encodings() {
			if accepts(r, e.Name) && s.stored(name+e.Extension) {
				stored += e.Extension
				h.Set("Content-Encoding", e.Name)
				break
			}
		}
	}
	content, err := os.ReadFile(stored)
	if err != nil {
		h.Del("Content-Encoding")
		http.Error(w, "this site has no page here", http.StatusNotFound)
		return
	}
	h.Set("Content-Type", ContentType(name))
	if site.Hashed(name) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	if site.OpenToAll(name) {
		h.Set("Access-Control-Allow-Origin", "*")
	}
	if status != http.StatusOK {
		h.Set("Content-Length", strconv.Itoa(len(content)))
		w.WriteHeader(status)
		if r.Method == http.MethodGet {
			w.Write(content)
		}
		return
	}
	h.Set("ETag", fmt.Sprintf(`"%08x-%d-%s"`, crc32.ChecksumIEEE(content), len(content), strings.TrimPrefix(filepath.Ext(stored), ".")))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// accepts reports whether a request takes an encoding.
func accepts(r *http.Request, name string) bool {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		coding, parameter, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) != name {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(parameter), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || err == nil && weight > 0
	}
	return false
}
