package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"postage/app/pages"
	"postage/rules"
)

// The site as an app on a phone: what browsers read of it before and after it is
// installed.

// homeOf is the path of the first page in a language.
func homeOf(lang string) string { return pages.InstalledAs(lang).Home }

// manifestName is the path of the manifest of a language.
func manifestName(lang string) string {
	return strings.TrimPrefix(homeOf(lang), "/") + "manifest.webmanifest"
}

// installFolder has what only browsers that install the site fetch.
const installFolder = "install/"

// ownProfile opens a tab in the browser's own profile: where nothing is kept, as
// in those of the other tests, a browser installs nothing.
func ownProfile(t *testing.T) *tab {
	t.Helper()
	return attach(t, theBrowser.context(t), func(*chromedp.Context) {})
}

// ask calls a command of the browser for the tab.
func ask[P, R any](tb *tab, command cdp.Command[P, R], params P) (result R) {
	tb.t.Helper()
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) (err error) {
		result, err = cdp.Call(ctx, target, command, params)
		return err
	}))
	return result
}

// canBeInstalled asks the browser what it makes of the manifest of the page that is open.
func (tb *tab) canBeInstalled(site *servedSite, lang string) {
	t := tb.t
	t.Helper()
	installed := pages.InstalledAs(lang)
	got := ask(tb, page.GetAppManifest, page.GetAppManifestParams{})
	for _, e := range got.Errors {
		t.Errorf("%s: line %d: %s", lang, e.Line, e.Message)
	}
	if want := site.server.URL + address(site.base, manifestName(lang)); got.URL != want {
		t.Errorf("the page names %s, not %s", got.URL, want)
	}
	for _, e := range ask(tb, page.GetInstallabilityErrors, cdp.Empty{}).InstallabilityErrors {
		t.Errorf("%s: not installable: %s %v", lang, e.ErrorID, e.ErrorArguments)
	}
	m := got.Manifest
	if m == nil {
		t.Fatalf("the browser reads no manifest in %s", lang)
	}
	for _, c := range []struct{ what, got, want string }{
		{"id", m.ID, site.url("/")},
		{"scope", m.Scope, site.url("/")},
		{"start", m.StartURL, site.url(installed.Home)},
		{"name", m.Name, "Postage"},
		{"description", m.Description, installed.Description},
		{"share target", m.ShareTarget.Action + " " + m.ShareTarget.Method, site.url(installed.Home) + " kGet"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s: %q, want %q", lang, c.what, c.got, c.want)
		}
	}
	if n := len(m.Shortcuts); n != 5 {
		t.Errorf("%s: %d shortcuts", lang, n)
	}
	if n := len(m.Screenshots); n != len(pages.PictureNames) {
		t.Errorf("%s: %d screenshots", lang, n)
	}
}

// A writtenImage is what they read of an image in it.
type writtenImage struct {
	Src, Sizes, Type, Purpose, Label string
	FormFactor                       string `json:"form_factor"`
}

// A writtenManifest is what the tests read of a manifest.
type writtenManifest struct {
	Icons, Screenshots []writtenImage
	Shortcuts          []struct {
		Name, URL string
		ShortName string `json:"short_name"`
		Icons     []writtenImage
	}
	Lang, Dir, Display, Description string
	ShortName                       string `json:"short_name"`
	Start                           string `json:"start_url"`
	Share                           struct {
		Action string
		Params map[string]string
	} `json:"share_target"`
}

func readManifest(t *testing.T, base, lang string) (m writtenManifest) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(builtSite(t, base, testDate), manifestName(lang)))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestEveryPictureOfTheManifestIsWhatItSays: type, size in pixels and purpose of
// each, and what browsers want of those that they show before installing.
func TestEveryPictureOfTheManifestIsWhatItSays(t *testing.T) {
	if *update {
		recordPictures(t)
	}
	const base = "/tools/postage/"
	tree := readTree(t, builtSite(t, base, testDate))
	for _, lang := range pages.Languages() {
		m := readManifest(t, base, lang)
		home := address(base, homeOf(lang))
		if got, want := []string{m.Lang, m.Dir, m.ShortName, m.Display, m.Start, m.Share.Action, m.Description}, []string{lang, "ltr", "Postage", "standalone", home, home, pages.InstalledAs(lang).Description}; !slices.Equal(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
		images := slices.Concat(m.Icons, m.Screenshots)
		purposes := map[string]bool{}
		for _, icon := range m.Icons {
			purposes[icon.Sizes+" "+icon.Purpose] = true
		}
		for _, want := range []string{"any any", "192x192 any", "512x512 any", "512x512 maskable"} {
			if !purposes[want] {
				t.Errorf("%s: there is no icon %s", lang, want)
			}
		}
		for _, s := range m.Shortcuts {
			if len(s.Icons) == 0 {
				t.Errorf("%s: %s has no picture", lang, s.Name)
			}
			if n := len([]rune(s.ShortName)); n == 0 || n > 12 {
				t.Errorf("%s: a home screen cuts %q off", lang, s.ShortName)
			}
			images = append(images, s.Icons...)
		}
		for _, i := range images {
			content := tree[strings.TrimPrefix(i.Src, base)]
			if i.Sizes == "any" {
				if i.Type != "image/svg+xml" || !strings.HasPrefix(string(content), "<svg ") {
					t.Errorf("%s is no drawing", i.Src)
				}
				continue
			}
			size, format, err := image.DecodeConfig(strings.NewReader(string(content)))
			if err != nil {
				t.Errorf("%s: %v", i.Src, err)
				continue
			}
			if got := fmt.Sprintf("%dx%d image/%s", size.Width, size.Height, format); got != i.Sizes+" "+i.Type {
				t.Errorf("%s is %s, not %s %s", i.Src, got, i.Sizes, i.Type)
			}
		}
		ratios := map[string]string{}
		for _, s := range m.Screenshots {
			var width, height int
			fmt.Sscanf(s.Sizes, "%dx%d", &width, &height)
			if least, most := min(width, height), max(width, height); least < 320 || most > 3840 || 10*most > 23*least {
				t.Errorf("%s: browsers do not show a picture of %s", s.Src, s.Sizes)
			}
			if wide := width > height; wide != (s.FormFactor == "wide") {
				t.Errorf("%s of %s is %s", s.Src, s.Sizes, s.FormFactor)
			}
			if ratio := ratios[s.FormFactor]; ratio != "" && ratio != s.Sizes {
				t.Errorf("%s pictures of %s and of %s", s.FormFactor, ratio, s.Sizes)
			}
			ratios[s.FormFactor] = s.Sizes
			if s.Label == "" || strings.Contains(s.Label, "installed.") {
				t.Errorf("%s is called %q", s.Src, s.Label)
			}
			if n := len(tree[strings.TrimPrefix(s.Src, base)]); n > 90_000 {
				t.Errorf("%s has %d bytes", s.Src, n)
			}
		}
		if ratios["narrow"] == "" || ratios["wide"] == "" {
			t.Errorf("%s has pictures for %v alone", lang, ratios)
		}
	}
}

// TestVisitorsDoNotFetchWhatIsForInstalling: neither the worker keeps it nor a
// page names it.
func TestVisitorsDoNotFetchWhatIsForInstalling(t *testing.T) {
	t.Parallel()
	tree := readTree(t, builtSite(t, "/", testDate))
	kept, found := string(tree["worker.js"]), 0
	for name := range tree {
		if !strings.HasPrefix(name, installFolder) {
			continue
		}
		found++
		if strings.Contains(kept, name) {
			t.Errorf("the worker keeps %s", name)
		}
		for page, content := range tree {
			if filepath.Ext(page) == ".html" && strings.Contains(string(content), name) {
				t.Errorf("%s names %s", page, name)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d files are for installing", found)
	}
	if !strings.Contains(kept, `"/en/manifest.webmanifest"`) {
		t.Error("the worker does not keep the manifests")
	}
}

// TestShortcutsOpenWhatTheyName, in every language and below a folder: a page in that
// language, and in the calculator a channel.
func TestShortcutsOpenWhatTheyName(t *testing.T) {
	t.Parallel()
	const base = "/tools/postage/"
	tree := readTree(t, builtSite(t, base, testDate))
	for _, lang := range pages.Languages() {
		var channels, others []string
		for _, s := range readManifest(t, base, lang).Shortcuts {
			path, fragment, _ := strings.Cut(s.URL, "#")
			if document := string(tree[strings.TrimPrefix(path, base)+"index.html"]); !strings.Contains(document, `<html lang="`+lang+`"`) {
				t.Errorf("%s opens no page in %s", s.URL, lang)
			}
			switch channel, ok := strings.CutPrefix(fragment, "channel="); {
			case ok && path == address(base, homeOf(lang)):
				channels = append(channels, channel)
			default:
				others = append(others, strings.TrimPrefix(s.URL, address(base, homeOf(lang))))
			}
		}
		for _, c := range channels {
			if !slices.Contains(rules.Channels(), rules.Channel(c)) {
				t.Errorf("in %s there is a shortcut to the channel %q", lang, c)
			}
		}
		if got := strings.Join(channels, " ") + ", " + strings.Join(others, " "); got != "zalo zns whatsapp, plan/ rules/" {
			t.Errorf("in %s the shortcuts open %s", lang, got)
		}
	}
}

// TestAShortcutKeepsWhatIsEntered: the app is open already and a number in it.
func TestAShortcutKeepsWhatIsEntered(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url("/"))
	tab.answerField(people, "1234")
	tab.waitFor(`location.hash.startsWith("#s=")`)
	tab.do(`location.hash = "channel=whatsapp"`)
	tab.waitFor(`document.querySelector('input[name="channel"]:checked').value === "whatsapp" && location.hash.startsWith("#s=")`)
	tab.waitFor(valueOf(people) + ` === "1.234"`)
	// Again, now as another document in the same window. The name of no channel does nothing.
	for _, name := range []string{"zns", "zalo%00"} {
		tab.goTo("about:blank")
		tab.open(site.url("/#channel=" + name))
		tab.waitFor(`document.querySelector('input[name="channel"]:checked').value === "zns"`)
		tab.waitFor(valueOf(people) + ` === "1.234"`)
		if got := tab.valueOf("on"); got != testDate {
			t.Errorf("%q asks for %s, not for today", name, got)
		}
	}
}

// shared is the address that a phone opens when something is shared into the
// installed app, by the names that the manifest gives.
func shared(t *testing.T, site *servedSite, lang string, texts map[string]string) string {
	t.Helper()
	query := url.Values{}
	for part, name := range readManifest(t, site.base, lang).Share.Params {
		if text, ok := texts[part]; ok {
			query.Set(name, text)
		}
	}
	return site.url(homeOf(lang)) + "?" + query.Encode()
}

const sharedScenario = `{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":4321,"country":"ID","optedIn":true}]}`

// TestWhatIsSharedIntoTheAppIsOpened by each of the names that the manifest gives, or, where
// it is no calculation, told in a few words: then nothing of it is run or shown, and the
// calculation stays. app/screen has more of both.
func TestWhatIsSharedIntoTheAppIsOpened(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/tools/postage/", testDate), "/tools/postage/")
	tab := newTab(t, 390, 844)
	tab.open(site.url("/"))
	tab.enters(people, "77")
	tab.sees("Gửi được", "4.235 ₫") // it is kept by then
	opens := func(texts map[string]string) {
		t.Helper()
		tab.open(shared(t, site, "vi", texts))
		tab.waitFor(valueOf(people) + ` === "4.321"`)
		tab.shows(".states", "Đã mở phép tính được chia sẻ.")
		tab.waitFor(`location.search === "" && location.hash.startsWith("#s=")`)
	}
	opens(map[string]string{"url": "https://postage.example/#s=" + base64.RawURLEncoding.EncodeToString([]byte(sharedScenario))})
	tab.click(".states .link") // nothing is lost
	tab.waitFor(valueOf(people) + ` === "77"`)
	tab.waitFor(`document.querySelector(".states .link") === null`)

	// That the address is given as it is, is what a browser does with signs that mean nothing.
	script := `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`
	for _, c := range []struct{ what, address, says string }{
		{"a script in much text", shared(t, site, "vi", map[string]string{"text": script + strings.Repeat("word ", 80_000), "title": script}) + "&url=%E0%A4%A%zz%", "Nội dung vừa chia sẻ không có phép tính Postage nào."},
		{"a wrong field", shared(t, site, "vi", map[string]string{"text": `{"<b>x</b>":1}`, "url": "javascript:window.hacked=1"}), "Postage không có mục này."},
	} {
		tab.open(c.address)
		tab.shows(".states", c.says)
		tab.waitFor(valueOf(people) + ` === "77"`)
		tab.waitFor(`location.search === ""`)
		if evaluate[bool](tab, `window.hacked !== undefined || document.querySelector("main img, .states b, .states img") !== null`) {
			t.Errorf("%s has become markup", c.what)
		}
		if n := evaluate[int](tab, `document.querySelector(".states").textContent.length`); n > 260 {
			t.Errorf("%s: %d characters are no short message", c.what, n)
		}
	}
	tab.enters(people, "78") // the message goes with the next change
	tab.waitFor(`document.querySelector(".states").textContent === ""`)

	opens(map[string]string{"title": "Postage", "text": sharedScenario})
}

// TestWhatIsSharedStaysOnTheDevice: once the worker is there no host sees it, with a network
// or without. What the browser has thrown away of what the worker kept is fetched again.
func TestWhatIsSharedStaysOnTheDevice(t *testing.T) {
	t.Parallel()
	base := bases[1] // below a path more can go wrong
	site := startSite(t, builtSite(t, base, testDate), base)
	var seen atomic.Int64
	site.hostedBy(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery != "" {
				seen.Add(1)
			}
			next.ServeHTTP(w, r)
		})
	})
	tab := newTab(t, 390, 844)
	tab.open(site.url("/"))
	tab.waitOffline()
	tab.do(`caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))`) // waits; they may come back at once
	// The page goes on, with a file that it had not asked for before too.
	tab.click(`.languages a[lang="en"]`)
	tab.sees("Can be sent", "₫55,000")
	tab.waitFor(`caches.keys().then(async names => names.length === 1 && (await (await caches.open(names[0])).keys()).some(r => r.url.endsWith(".wasm")))`)
	keptAsBuilt(tab, *site.dir.Load(), base)

	// A single file is missed as well.
	tab.waitFor(`caches.keys().then((names) => Promise.all(names.map(async (name) => (await caches.open(name)).delete(` + quoted(address(base, "/ru/")) + `)))).then((gone) => gone.includes(true))`)
	tab.open(shared(t, site, "ru", map[string]string{"text": sharedScenario}))
	tab.shows(".states", "Присланный расчёт открыт.")
	if n := seen.Load(); n != 0 {
		t.Errorf("the host was asked %d times with what was shared", n)
	}
	tab.waitFor(`caches.match(location.pathname).then(Boolean)`)
	site.stop()
	tab.open(shared(t, site, "vi", map[string]string{"text": sharedScenario}))
	tab.waitFor(valueOf(people) + ` === "4.321"`)
}
