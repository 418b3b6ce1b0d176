package serve

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"postage/web/internal/source"
	"postage/web/site"
	"postage/web/slim"
)

// brotliModule is where Debian's package libnginx-mod-http-brotli-static puts
// the module of nginx.
const brotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"

// A host is a program that serves a built site with the configuration that web
// hosting prints for it.
type host struct {
	name    string
	command string
	// configure makes a configuration that can be tried out of the one printed:
	// on a port of its own and without rights.
	configure func(printed, dir, address string) string
	arguments func(file, dir string) []string
	// status of an answer to a folder without its last slash.
	redirect int
}

var hosts = []host{
	{
		name: "nginx", command: "nginx", redirect: http.StatusMovedPermanently,
		configure: func(printed, dir, address string) string {
			printed = strings.Replace(printed, "listen 80;", "listen "+address+";", 1)
			return fmt.Sprintf(`load_module %s;
daemon off;
worker_processes 1;
pid %[2]s/nginx.pid;
error_log stderr;
events { worker_connections 256; }
http {
access_log off;
client_body_temp_path %[2]s/body;
proxy_temp_path %[2]s/proxy;
fastcgi_temp_path %[2]s/fastcgi;
uwsgi_temp_path %[2]s/uwsgi;
scgi_temp_path %[2]s/scgi;
%[3]s
}
`, brotliModule, dir, printed)
		},
		arguments: func(file, dir string) []string { return []string{"-p", dir, "-e", "stderr", "-c", file} },
	},
	{
		name: "caddy", command: "caddy", redirect: http.StatusPermanentRedirect,
		configure: func(printed, dir, address string) string {
			printed = strings.Replace(printed, "postage.example {", "http://"+address+" {", 1)
			return "{\n\tadmin off\n}\n" + printed
		},
		arguments: func(file, dir string) []string { return []string{"run", "--config", file, "--adapter", "caddyfile"} },
	},
}

// patience is how long a host may take to answer.
const patience = 20 * time.Second

// theBuilder compiles the programs once for all tests.
var theBuilder = sync.OnceValues(func() (*site.Builder, error) {
	tree, err := source.Find()
	if err != nil {
		return nil, err
	}
	compiler, err := slim.New(tree)
	return site.NewBuilder(tree, compiler), err
})

// builtWith returns a folder with a site.
func builtWith(t testing.TB, o site.Options) string {
	t.Helper()
	builder, err := theBuilder()
	if err != nil {
		t.Fatal(err)
	}
	files, err := builder.Files(o)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := files.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// filesIn lists the files below a folder, with slashes.
func filesIn(t testing.TB, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// startHost serves a site built for base from below root until the test ends,
// and returns the address of the host.
func startHost(t testing.TB, h host, root, base, origin string) string {
	t.Helper()
	command, err := exec.LookPath(h.command)
	if err != nil {
		// Debian keeps nginx where only root looks.
		if command, err = exec.LookPath("/usr/sbin/" + h.command); err != nil {
			t.Fatalf("this test needs %s: install the package %s", h.command, h.name)
		}
	}
	if _, err := os.Stat(brotliModule); h.name == "nginx" && err != nil {
		t.Fatal("this test needs nginx's module for brotli: install the package libnginx-mod-http-brotli-static")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()

	var printed bytes.Buffer
	if err := Configuration(&printed, h.name, HostOptions{Base: base, Root: root, Origin: origin}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	// As root, nginx serves with the rights of another user.
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "config")
	if err := os.WriteFile(file, []byte(h.configure(printed.String(), dir, address)), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, command, h.arguments(file, dir)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // ended by us
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
		if strings.Contains(said.String(), "[warn]") {
			t.Errorf("%s warns: %s", h.name, said.String())
		}
	})

	deadline := time.After(patience)
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		if connection, err := net.Dial("tcp", address); err == nil {
			connection.Close()
			return address
		}
		select {
		case <-look.C:
		case <-ended:
			t.Fatalf("%s ended: %s", h.name, said.String())
		case <-deadline:
			t.Fatalf("%s does not answer: %s", h.name, said.String())
		}
	}
}

// hostedSite puts a built site where a host finds it: in a folder that anybody
// may read, below its base.
func hostedSite(t testing.TB, built, base string) (root string) {
	t.Helper()
	root, err := os.MkdirTemp("", "postage-root-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	folder := filepath.Join(root, filepath.FromSlash(base))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, os.DirFS(built)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	return root
}

// sameHeaders are the headers in which every host must agree with our own
// server, which the tests in the browser use.
var sameHeaders = []string{
	"Content-Type", "Content-Encoding", "Vary", "Cache-Control", "Access-Control-Allow-Origin",
	"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
}

func TestHostsServeTheSiteAsOurOwnServerDoes(t *testing.T) {
	t.Parallel()
	for base, origin := range map[string]string{"/": "", "/tools/postage/": "https://postage.example"} {
		built := builtWith(t, site.Options{Base: base, Date: "2026-01-31", Origin: origin, Fast: true})
		root := hostedSite(t, built, base)
		ours := Site(built, base, origin)
		var paths []string
		for _, name := range filesIn(t, built) {
			if strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") || name == "_headers" {
				continue
			}
			paths = append(paths, base+strings.TrimSuffix(name, "index.html"))
		}
		paths = append(paths, base+"none/", base+"assets/app.0123456789ab.wasm", base+"?q=1")

		for _, h := range hosts {
			t.Run(h.name+base, func(t *testing.T) {
				address := "http://" + startHost(t, h, root, base, origin)
				for _, path := range paths {
					for _, accept := range []string{"", "gzip", "gzip, deflate, br"} {
						want, got := get(ours, path, accept), fetch(t, address+path, accept)
						if got.StatusCode != want.StatusCode {
							t.Errorf("%s: status %d, ours %d", path, got.StatusCode, want.StatusCode)
							continue
						}
						for _, name := range sameHeaders {
							if canonical(got.Header, name) != canonical(want.Header, name) {
								t.Errorf("%s (%s): %s: %q, ours %q", path, accept, name, got.Header.Values(name), want.Header.Values(name))
							}
						}
						if !bytes.Equal(body(t, got), body(t, want)) {
							t.Errorf("%s (%s): the content is not ours", path, accept)
						}
					}
				}
				r := fetch(t, address+base+"en", "")
				if r.StatusCode != h.redirect || r.Header.Get("Location") != base+"en/" {
					t.Errorf("%sen: %d %s", base, r.StatusCode, r.Header.Get("Location"))
				}
				for _, path := range []string{"../go.mod", ".hidden", "en/index.html.br"} {
					if r := fetch(t, address+base+path, ""); r.StatusCode == http.StatusOK {
						t.Errorf("%s%s is served", base, path)
					}
				}
				// A folder without a page is no secret, it is not there.
				for _, path := range []string{"assets/", "icons/", "embed/v1/", "embed/v1/schema/"} {
					want, got := get(ours, base+path, ""), fetch(t, address+base+path, "")
					if got.StatusCode != http.StatusNotFound || want.StatusCode != http.StatusNotFound || !bytes.Equal(body(t, got), body(t, want)) {
						t.Errorf("%s%s: status %d, ours %d, or another content", base, path, got.StatusCode, want.StatusCode)
					}
				}
				for _, path := range []string{"", "en/", "manifest.webmanifest", "assets/", "none"} {
					for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
						r := ask(t, method, address+base+path, "")
						if r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD" {
							t.Errorf("%s %s%s: status %d, Allow %q", method, base, path, r.StatusCode, r.Header.Get("Allow"))
						}
					}
				}
				if r := fetch(t, address+base, ""); r.Header.Get("Allow") != "" {
					t.Errorf("Allow: %s", r.Header.Get("Allow"))
				}
			})
		}
	}
}

// canonical is a header's value where hosts may write it in more than one way.
func canonical(h http.Header, name string) string {
	value := strings.ToLower(strings.Join(h.Values(name), ", "))
	if name == "Vary" && value != "" && !strings.Contains(value, "accept-encoding") {
		return value
	}
	if name == "Vary" { // more in it does no harm
		return ""
	}
	return value
}

func fetch(t testing.TB, address, acceptEncoding string) *http.Response {
	t.Helper()
	return ask(t, http.MethodGet, address, acceptEncoding)
}

func ask(t testing.TB, method, address, acceptEncoding string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", acceptEncoding)
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func body(t testing.TB, r *http.Response) []byte {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestHeadersFileFitsTheServer(t *testing.T) {
	t.Parallel()
	const base, origin = "/tools/postage/", "https://postage.example"
	dir := builtWith(t, site.Options{Base: base, Date: "2026-01-31", Origin: origin, Quick: true})
	file, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]http.Header{}
	var rule string
	for line := range strings.Lines(string(file)) {
		line = strings.TrimRight(line, "\n")
		if header, ok := strings.CutPrefix(line, "  "); ok {
			name, value, _ := strings.Cut(header, ": ")
			rules[rule].Add(name, value)
			continue
		}
		rule = line
		rules[rule] = http.Header{}
	}
	for _, name := range filesIn(t, dir) {
		if strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz") || name == "_headers" || name == "404.html" {
			continue
		}
		path := base + strings.TrimSuffix(name, "index.html")
		sent := http.Header{}
		for pattern, headers := range rules {
			start, wild := strings.CutSuffix(pattern, "*")
			if path == pattern || wild && strings.HasPrefix(path, start) {
				for header, values := range headers {
					sent[header] = append(sent[header], values...)
				}
			}
		}
		ours := get(Site(dir, base, origin), path, "").Header
		for _, header := range []string{"Access-Control-Allow-Origin", "X-Content-Type-Options"} {
			if got, want := strings.Join(sent.Values(header), ", "), ours.Get(header); got != want {
				t.Errorf("%s: %s: %q, ours %q", path, header, got, want)
			}
		}
		// Where nothing is said such hosts let nobody keep a file unasked.
		if got, want := sent.Get("Cache-Control"), ours.Get("Cache-Control"); got != want && !(got == "" && want == "no-cache") {
			t.Errorf("%s: Cache-Control %q, ours %q", path, got, want)
		}
		if strings.HasSuffix(path, "/") {
			if got, want := strings.Join(sent.Values("Content-Security-Policy"), ", "), ours.Get("Content-Security-Policy"); got != want {
				t.Errorf("%s: Content-Security-Policy %q, ours %q", path, got, want)
			}
		}
	}
}

// BenchmarkNginx fetches what a first visit does from nginx on this machine,
// over connections that stay open. It tells visits a second and megabytes a
// second; the program that asks takes its share of the machine.
func BenchmarkNginx(b *testing.B) {
	dir := builtWith(b, site.Options{Base: "/", Date: "2026-01-31"})
	address := "http://" + startHost(b, hosts[0], hostedSite(b, dir, "/"), "/", "")
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		b.Fatal(err)
	}
	paths := []string{"/", "/worker.js", "/manifest.webmanifest"}
	for _, match := range regexp.MustCompile(`(?:href|src|data-wasm)="(/(?:assets|icons)/[^"]+)"`).FindAllStringSubmatch(string(page), -1) {
		paths = append(paths, match[1])
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
	var bytesRead int64
	for _, path := range paths {
		bytesRead += visit(b, client, address+path)
	}
	b.SetBytes(bytesRead)
	b.ReportMetric(float64(len(paths)), "files/visit")
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			for _, path := range paths {
				visit(b, client, address+path)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "visits/s")
}

func visit(b *testing.B, client *http.Client, address string) int64 {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.Error(err)
		return 0
	}
	r.Header.Set("Accept-Encoding", "br")
	answer, err := client.Do(r)
	if err != nil {
		b.Error(err)
		return 0
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Errorf("%s: %d %v", address, answer.StatusCode, err)
	}
	return n
}
