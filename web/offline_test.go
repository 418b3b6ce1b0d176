package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"postage/web/serve"
	"postage/web/site"
)

// What the page promises when the network, the host, the storage or the
// browser lets it down.

const (
	people  = "audience[0].recipients"
	builtOn = `document.querySelector("script[data-built]").dataset.built`
)

// valueOf is the expression for what a field holds.
func valueOf(id string) string { return `document.getElementById(` + quoted(id) + `)?.value` }

// isFetched reports whether a request comes from a script and not from the
// markup of a page.
func isFetched(r *http.Request) bool { return r.Header.Get("Sec-Fetch-Dest") == "empty" }

// worksOffline takes the site off the network and uses it. TestSiteWorksOffline opens
// every page so.
func worksOffline(t *testing.T, site *servedSite, tab *tab) {
	t.Helper()
	tab.waitOffline()
	site.stop()
	tab.open(site.url("/"))
	tab.answerField(people, "1234")
	tab.waitFor(valueOf(people) + ` === "1.234"`)
}

// keptAsBuilt compares everything in the caches with the files of a build.
func keptAsBuilt(tab *tab, dir, base string) {
	tab.t.Helper()
	kept := evaluate[map[string]string](tab, `(async () => {
		const kept = {};
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const { url } of await cache.keys()) {
				const bytes = await (await cache.match(url)).arrayBuffer();
				const hash = await crypto.subtle.digest("SHA-256", bytes);
				kept[new URL(url).pathname] = btoa(String.fromCharCode(...new Uint8Array(hash)));
			}
		}
		return kept;
	})()`)
	files := 0
	for address, hash := range kept {
		name := strings.TrimPrefix(address, base)
		if strings.HasPrefix(name, "open-page/") {
			continue
		}
		files++
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			tab.t.Errorf("%s is kept: %v", address, err)
			continue
		}
		if sum := sha256.Sum256(content); hash != base64.StdEncoding.EncodeToString(sum[:]) {
			tab.t.Errorf("%s is not kept as it was built", address)
		}
	}
	if files < 15 {
		tab.t.Errorf("only %d files are kept", files)
	}
}

func TestPageIsKeptWhateverTheHostDoes(t *testing.T) {
	t.Parallel()
	// What fails, the worker waits for half a second each time: that it gets over it shows
	// in a few files.
	t.Run("requests fail, and answers are cut in half", func(t *testing.T) {
		dir := builtSite(t, "/", testDate)
		site := startSite(t, dir, "/")
		const workers = 8 // how many files fail for the worker, after those of the page
		var failing atomic.Int64
		failing.Store(math.MaxInt64)
		var asked sync.Map
		var halved sync.Map
		cut := []string{"assets/app.", "assets/words-vi.", "index.html", "en/index.html"} // the first answers to scripts
		site.hostedBy(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				// The first request for a file, not every other one: those of a page and its icon
				// take turns for ever. Without the worker's own nothing begins.
				if _, again := asked.LoadOrStore(r.URL.Path, true); !again && r.URL.Path != "/worker.js" && failing.Add(-1) >= 0 {
					http.Error(w, "the host has a bad day", http.StatusServiceUnavailable)
					return
				}
				name := strings.TrimPrefix(r.URL.Path, "/")
				if name == "" || strings.HasSuffix(name, "/") {
					name += "index.html"
				}
				content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
				i := slices.IndexFunc(cut, func(beginning string) bool { return strings.HasPrefix(name, beginning) })
				if err != nil || i < 0 || !isFetched(r) {
					next.ServeHTTP(w, r)
					return
				}
				if _, again := halved.LoadOrStore(cut[i], true); again {
					next.ServeHTTP(w, r)
					return
				}
				// Without a length nothing but the content tells that it is half.
				w.Header().Set("Content-Type", serve.ContentType(name))
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
				w.WriteHeader(http.StatusOK)
				http.NewResponseController(w).Flush()
				w.Write(content[:len(content)/2])
			})
		})
		tab := newTab(t, 390, 844)
		// Without the page's icon Chromium asks for one that no page names.
		tab.expect("503", "could not be loaded", "Failed to load", "MIME type", "Failed to find a valid digest", "/favicon.ico")
		// A visitor reloads a page that has not come, and tries again.
		tab.goTo(site.url("/"))
		tab.waitFor(`(() => {
			if (document.documentElement.dataset.ready === "true") return true;
			const button = document.querySelector("#boot-message button");
			if (button) button.click();
			else if (document.readyState === "complete" && !document.getElementById("boot-bar")) location.reload();
			return false;
		})()`)
		tab.waitFor(`document.readyState === "complete"`)
		failing.Store(workers)
		tab.waitOffline()
		keptAsBuilt(tab, dir, "/")
		if n := failing.Load(); n > 0 {
			t.Errorf("%d files fewer than %d failed for the worker", n, workers)
		}
		for _, name := range cut {
			if _, ok := halved.Load(name); !ok {
				t.Errorf("%s was never cut in half", name)
			}
		}
	})

	t.Run("a hotel answers in its place, then every answer is no-store, and programs and texts are of no type", func(t *testing.T) {
		base := bases[1]
		site := startSite(t, builtSite(t, base, testDate), base)
		var inHotel atomic.Bool
		var logins atomic.Int64
		site.hostedBy(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				isWorker := path.Base(r.URL.Path) == "worker.js"
				if inHotel.Load() && isFetched(r) && !isWorker {
					logins.Add(1)
					w.Header().Set("Content-Type", "text/html")
					fmt.Fprint(w, "<!doctype html><title>Welcome to the hotel</title>")
					return
				}
				if isWorker && logins.Load() == 0 {
					inHotel.Store(true) // what the worker keeps comes from the hotel
				}
				next.ServeHTTP(&changedHeader{ResponseWriter: w, change: func(h http.Header) {
					h.Set("Cache-Control", "no-store")
					h.Del("ETag")
					if ext := path.Ext(r.URL.Path); ext == ".wasm" || ext == ".txt" {
						h.Set("Content-Type", "application/octet-stream")
					}
				}}, r)
			})
		})
		tab := newTab(t, 390, 844)
		tab.letWorker()
		tab.open(site.url("/"))
		// Once the worker has given up there is no registration any more.
		tab.waitFor(`caches.keys().then(names => names.length === 1)`)
		tab.waitFor(`navigator.serviceWorker.getRegistration().then(r => r === undefined)`)
		if logins.Load() == 0 {
			t.Fatal("the hotel was never asked")
		}
		if got := evaluate[int](tab, `Promise.all([caches.keys()]).then(async ([names]) => {
			let kept = 0;
			for (const name of names) for (const request of await (await caches.open(name)).keys()) kept += (await (await caches.match(request)).text()).includes("hotel");
			return kept;
		})`); got != 0 {
			t.Errorf("%d pages of the hotel are kept", got)
		}
		inHotel.Store(false)
		tab.reload()
		tab.waitOffline()
		keptAsBuilt(tab, *site.dir.Load(), base)
		worksOffline(t, site, tab)
	})
}

// A changedHeader is an answer whose header is changed before it is sent.
type changedHeader struct {
	http.ResponseWriter
	change func(http.Header)
}

func (c *changedHeader) WriteHeader(status int) {
	c.change(c.Header())
	c.ResponseWriter.WriteHeader(status)
}

// A hostThatCounts serves files as they are, with none of a good host's
// headers, and counts the bytes it sends of each file.
type hostThatCounts struct {
	files http.Handler
	mu    sync.Mutex
	sent  map[string]int
	// compressed are the extensions of the files that it does compress.
	compressed []string
	site       http.Handler
}

func (h *hostThatCounts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	next := h.files
	extension := path.Ext(r.URL.Path)
	for _, e := range h.compressed {
		if e == extension {
			next = h.site
		}
	}
	next.ServeHTTP(&countedAnswer{ResponseWriter: w, host: h, path: r.URL.Path}, r)
}

type countedAnswer struct {
	http.ResponseWriter
	host *hostThatCounts
	path string
}

func (c *countedAnswer) Write(content []byte) (int, error) {
	n, err := c.ResponseWriter.Write(content)
	c.host.mu.Lock()
	c.host.sent[c.path] += n
	c.host.mu.Unlock()
	return n, err
}

// The page's script, which starts the program, runs late on a slow phone. The
// program is on its way by then, before the page's style is there, and also where a
// host sends the policy of another version, which lets only that script ask for it.
func TestTheProgramIsAskedForAtOnce(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		held []string // what is not answered before the program is asked for
		hash string   // of the script that the host lets run in the page, where it is another one's
	}{
		{"before what the page refers to is there", []string{"/assets/boot.", "/assets/site."}, ""},
		{"also where the host lets another script run in the page", nil, "'sha256-" + base64.StdEncoding.EncodeToString(make([]byte, sha256.Size)) + "'"},
	} {
		t.Run(test.name, func(t *testing.T) {
			site := startSite(t, builtSite(t, "/", testDate), "/")
			asked := make(chan struct{})
			var once sync.Once
			site.hostedBy(func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if strings.HasPrefix(r.URL.Path, "/assets/app.") {
						once.Do(func() { close(asked) })
					}
					for _, beginning := range test.held {
						if strings.HasPrefix(r.URL.Path, beginning) {
							select {
							case <-asked:
							case <-r.Context().Done():
							}
						}
					}
					next.ServeHTTP(&changedHeader{ResponseWriter: w, change: func(h http.Header) {
						const policy = "Content-Security-Policy"
						if test.hash != "" && h.Get(policy) != "" {
							h.Set(policy, regexp.MustCompile(`'sha256-[^']*'`).ReplaceAllString(h.Get(policy), test.hash))
						}
					}}, r)
				})
			})
			tab := newTab(t, 390, 844)
			if test.hash != "" {
				tab.expect("Content Security Policy")
			}
			tab.open(site.url("/"))
			if ran := evaluate[bool](tab, `performance.getEntriesByType("resource").find((e) => e.name.includes("/assets/app.")).startTime <
				performance.getEntriesByType("resource").find((e) => e.name.includes("/assets/boot.")).responseEnd`); ran != (test.hash == "") {
				t.Errorf("asked for before the page's script is there: %t", ran)
			}
			tab.answerField(people, "2.000")
			tab.sees("Gửi được", "110.000 ₫")
		})
	}
}

func TestAHostThatDoesNotCompressSendsTheProgramPacked(t *testing.T) {
	t.Parallel()
	dir := packedSite(t, "/", testDate) // as those of the core have it
	tree := readTree(t, dir)
	program := func(name string) string {
		for file := range tree {
			if strings.HasPrefix(file, "assets/"+name+".") && strings.HasSuffix(file, ".wasm") {
				return file
			}
		}
		t.Fatalf("there is no program %s", name)
		return ""
	}
	for _, test := range []struct {
		name       string
		compressed []string
		dropped    string // the program of which the host has no packed copy
	}{
		{"everything but the programs is compressed, and of one of the worker's there is no packed copy", []string{"", ".js", ".css", ".txt"}, program("list")},
		{"nothing is compressed, and of the page's program there is no packed copy", nil, program("app")},
	} {
		t.Run(test.name, func(t *testing.T) {
			host := &hostThatCounts{files: http.FileServer(http.Dir(dir)), sent: map[string]int{}, compressed: test.compressed, site: serve.Site(dir, "/", "")}
			packedAsked := make(chan struct{})
			var once sync.Once
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch path.Ext(r.URL.Path) {
				case ".gz":
					once.Do(func() { close(packedAsked) })
					if r.URL.Path == "/"+test.dropped+".gz" {
						http.NotFound(w, r)
						return
					}
				case ".wasm":
					if test.compressed != nil && r.URL.Path != "/"+test.dropped {
						// As on a real network, no more than the beginning is on its way
						// before the page has read the header.
						content := tree[strings.TrimPrefix(r.URL.Path, "/")]
						w.Header().Set("Content-Type", "application/wasm")
						answer := &countedAnswer{ResponseWriter: w, host: host, path: r.URL.Path}
						answer.Write(content[:32<<10])
						http.NewResponseController(w).Flush()
						<-packedAsked
						return
					}
				}
				host.ServeHTTP(w, r)
			}))
			t.Cleanup(server.Close)
			tab := newTab(t, 390, 844)
			tab.expect("404", "there is no packed program")
			tab.open(server.URL + "/")
			if test.compressed == nil { // the worker has no other way then
				host.mu.Lock()
				defer host.mu.Unlock()
				if sent := host.sent["/"+test.dropped]; sent < len(tree[test.dropped]) {
					t.Errorf("%d bytes of %s were sent, of %d", sent, test.dropped, len(tree[test.dropped]))
				}
				return
			}
			tab.waitOffline()
			keptAsBuilt(tab, dir, "/")
			host.mu.Lock()
			defer host.mu.Unlock()
			programs := 0
			for name := range tree {
				if !strings.HasPrefix(name, "assets/") || !strings.HasSuffix(name, ".wasm") {
					continue
				}
				programs++
				raw, packed := len(tree[name]), len(tree[name+".gz"])
				asItIs, sent := host.sent["/"+name], host.sent["/"+name+".gz"]
				if name == test.dropped {
					if asItIs < raw {
						t.Errorf("%d bytes of %s were sent, of %d", asItIs, name, raw)
					}
					continue
				}
				if asItIs > 96<<10 {
					t.Errorf("%d bytes of %s were sent as they are", asItIs, name)
				}
				// Once for the page, and once for the worker where the browser keeps nothing.
				if sent < packed || sent > 2*packed {
					t.Errorf("%d bytes of %s were sent packed, the file has %d", sent, name, packed)
				}
			}
			if programs < 3 {
				t.Errorf("there are only %d programs", programs)
			}
			server.CloseClientConnections()
			server.Close()
			tab.open(server.URL + "/en/")
		})
	}
}

// setQuota limits the storage of the site's origin.
func (tb *tab) setQuota(origin string, bytes float64) {
	tb.t.Helper()
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: origin, QuotaSize: &bytes})
		return err
	}))
}

func TestFullStorageStopsNothing(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.letWorker()
	tab.before(`Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };`)
	tab.setQuota(site.server.URL, 500_000)
	tab.open(site.url("/"))
	tab.answerField(people, "2.000")
	tab.sees("Gửi được", "110.000 ₫")

	// What was entered is in the address, and so survives all the same. No worker comes of
	// it; that one comes once there is room shows TestPageIsKeptWhateverTheHostDoes.
	tab.reload()
	tab.sees("Gửi được", "110.000 ₫")
	tab.waitFor(`navigator.serviceWorker.getRegistration().then(r => r === undefined)`)
	tab.waitFor(`caches.keys().then(names => names.length === 0)`)
}

func TestWithoutStorageOrWorkersThePageWorks(t *testing.T) {
	t.Parallel()
	opens := func(t *testing.T, script string) *tab {
		site := startSite(t, builtSite(t, "/", testDate), "/")
		tab := newTab(t, 390, 844)
		tab.before(script)
		tab.open(site.url("/"))
		tab.answerField(people, "2.000")
		tab.sees("Gửi được", "110.000 ₫")
		if evaluate[bool](tab, `window.postageCheck()`) {
			t.Error("there is no newer version yet")
		}
		site.swap(laterBuild(t, "/"))
		if !evaluate[bool](tab, `window.postageCheck()`) {
			t.Error("the newer version is not seen")
		}
		tab.shows(".state", "Đã có biểu giá mới.")
		return tab
	}
	t.Run("there are none", func(t *testing.T) {
		tab := opens(t, `delete Navigator.prototype.serviceWorker;
			for (const name of ["localStorage", "sessionStorage", "caches"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });`)
		tab.click(".state .link")
		tab.waitFor(builtOn + ` === ` + quoted(laterDate))
		tab.waitLive()
		tab.sees("Gửi được", "110.000 ₫")
		tab.click(`.languages a[lang="en"]`)
		tab.sees("Can be sent", "₫110,000")
		tab.reload()
		tab.sees("Can be sent", "₫110,000")
	})
	t.Run("workers are refused", func(t *testing.T) {
		opens(t, `ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException("no", "SecurityError"));`)
	})
}

// laterDate is the day of the version that follows.
const laterDate = "2026-12-24"

// laterMark is a text that only the later version has.
const laterMark = "test.later"

var laterBuilds sync.Map

// laterBuild returns the folder of a version in which every file that counts is
// another: the pages, the program and the texts of every language.
func laterBuild(t *testing.T, base string) string {
	t.Helper()
	make := sync.OnceValues(func() (string, error) { return writeLaterBuild(base) })
	once, _ := laterBuilds.LoadOrStore(base, make)
	dir, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A laterCompiler compiles another program.
type laterCompiler struct{ site.Compiler }

func (c laterCompiler) Compile(program string) ([]byte, error) {
	wasm, err := c.Compiler.Compile(program)
	if program == "./wasm" {
		wasm = append(bytes.Clone(wasm), 0, 5, 4, 'n', 'e', 'x', 't') // a section that means nothing
	}
	return wasm, err
}

func writeLaterBuild(base string) (string, error) {
	files, err := buildFiles(site.Options{Base: base, Date: laterDate, Quick: true}, func(c site.Compiler) site.Compiler { return laterCompiler{c} })
	if err != nil {
		return "", err
	}
	for _, name := range files.Names() {
		if !strings.HasPrefix(name, "assets/words-") {
			continue
		}
		old := files[name]
		content := append(bytes.Clone(old), laterMark+"=x\n"...)
		sum := sha256.Sum256(content)
		renamed := name[:strings.Index(name, ".")] + "." + hex.EncodeToString(sum[:6]) + ".txt"
		delete(files, name)
		files[renamed] = content
		for _, page := range files.Names() {
			if path.Ext(page) == ".html" {
				before, after := fmt.Sprintf("%s,%d", name, len(old)), fmt.Sprintf("%s,%d", renamed, len(content))
				files[page] = bytes.ReplaceAll(files[page], []byte(before), []byte(after))
			}
		}
	}
	delete(files, "worker.js")
	delete(files, "_headers")
	if files["worker.js"], err = site.Worker(base, files, false); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "postage-later-")
	if err != nil {
		return "", err
	}
	return dir, files.Write(dir)
}

// later reports in a page whether the texts of a language are the later ones.
func later(code string) string {
	return `window.postageWords[` + quoted(code) + `]?.includes(` + quoted(laterMark) + `)`
}

func TestOldAndNewAreNeverMixed(t *testing.T) {
	t.Parallel()
	base := bases[1] // below a path more can go wrong
	site := startSite(t, builtSite(t, base, testDate), base)
	one := newTab(t, 390, 844)
	one.open(site.url("/"))
	one.waitOffline()
	two := one.another()
	two.open(site.url("/"))

	site.swap(laterBuild(t, base))
	one.findUpdate()

	// Before anybody accepts it, a page of the old version gets old files.
	two.on(`document.querySelector('.languages a[lang="en"]')`, `e.click()`)
	two.waitFor(`window.postageWords.en`)
	if evaluate[bool](two, later("en")) {
		t.Error("an old page has new texts before the update")
	}

	one.shows(".state", "Đã có biểu giá mới.")
	one.on(`document.querySelector(".state .link")`, `e.click()`)
	one.waitFor(builtOn + ` === ` + quoted(laterDate))
	one.waitLive()
	if !evaluate[bool](one, later("vi")) {
		t.Error("the new page has old texts")
	}

	// And afterwards too, although the host has them no more.
	two.waitFor(`window.postageUpdateWaiting`)
	two.on(`document.querySelector('.languages a[lang="ru"]')`, `e.click()`)
	two.waitFor(`window.postageWords.ru`)
	if evaluate[bool](two, later("ru")) {
		t.Error("an old page has new texts after the update")
	}
	two.shows("h1", "Можно ли отправить")
	if got := evaluate[int](one, `caches.keys().then(names => names.length)`); got != 2 {
		t.Errorf("while old pages are open there are %d versions", got)
	}

	two.on(`document.querySelector(".state .link")`, `e.click()`)
	two.waitFor(builtOn + ` === ` + quoted(laterDate))
	two.waitLive()
	one.waitFor(`caches.keys().then(names => names.length === 1)`)
	keptAsBuilt(one, laterBuild(t, base), base)
}

func TestAnOldPageWithoutAWorkerSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(`delete Navigator.prototype.serviceWorker;`)
	tab.open(site.url("/"))
	tab.answerField(people, "2.000")
	site.swap(laterBuild(t, "/"))
	tab.expect("404")
	tab.click(`.languages a[lang="en"]`)
	tab.shows(".state", "Những gì bạn đã nhập vẫn còn đây.")
	tab.sees("Gửi được", "110.000 ₫")
	tab.reload()
	tab.sees("Can be sent", "₫110,000")
}

// TestAnUpdateDoesNotDisturbTyping, and waits until it is asked for.
func TestAnUpdateDoesNotDisturbTyping(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url("/"))
	tab.waitOffline()
	tab.enters("perRecipient", "3")
	tab.fill(`[id="`+people+`"]`, "45")
	tab.do(`window.samePage = true`)
	site.swap(laterBuild(t, "/"))
	tab.findUpdate()
	tab.shows(".state", "Đã có biểu giá mới.")
	tab.keys("67")
	tab.waitFor(valueOf(people) + ` === "4567" && document.activeElement.id === ` + quoted(people) + ` && window.samePage`)

	// Opened anew, the page stays what it is until it is asked for.
	tab.reload()
	if got := evaluate[string](tab, builtOn); got != testDate {
		t.Errorf("before it is asked for, the page is of %s", got)
	}
	tab.shows(".state", "Đã có biểu giá mới.")
	tab.waitFor(valueOf(people) + `?.replaceAll(".", "") === "4567" && ` + valueOf("perRecipient") + ` === "3"`)

	// The notice is taken while a field is still being typed into.
	tab.fill(`[id="`+people+`"]`, "89")
	tab.on(`document.querySelector(".state .link")`, `e.click()`)
	tab.waitFor(builtOn + ` === ` + quoted(laterDate))
	tab.waitLive()
	tab.waitFor(valueOf(people) + ` === "89" && ` + valueOf("perRecipient") + ` === "3"`)
	tab.waitFor(`caches.keys().then(names => names.length === 1)`)
	if evaluate[bool](tab, `window.postageUpdateWaiting`) {
		t.Error("the new version says that it waits")
	}
	keptAsBuilt(tab, laterBuild(t, "/"), "/")
}

func TestWhatIsTypedEarlySurvivesAReload(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	release := site.holdProgram()
	defer release()
	tab := newTab(t, 390, 844)
	tab.goTo(site.url("/"))
	tab.waitFor(`window.postageEarly`)
	tab.fill(`[id="`+people+`"]`, "2000")
	tab.reloadOnly()
	tab.waitFor(`window.postageEarly && ` + valueOf(people) + ` === "2000"`)
	release()
	tab.waitLive()
	tab.sees("Gửi được", "110.000 ₫")
}
