package main

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"postage/web/site"
)

// What a visitor sees when the program fails, or when what the page is given
// is meant to make it fail.

// wordsIn are the words that a page has of its own in a language.
func wordsIn(lang string) site.Words { return site.WordsIn(lang) }

// expectStop says that the program is going to stop.
func (tb *tab) expectStop() {
	tb.expect("panic", "goroutine", "exit code", "Go program has already exited", "the program stopped", "the test stops")
}

// stopMessage waits for the message with a text.
func (tb *tab) stopMessage(text string) {
	tb.t.Helper()
	tb.waitFor(`document.querySelector("#boot-message p")?.textContent === ` + quoted(text))
}

func TestAProgramThatFailsLosesNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		// harm takes something from the program that it cannot be without, and
		// use makes it notice.
		harm, use string
	}{
		{
			"a panic while a change is drawn",
			`document.createTextNode = () => { throw new Error("the test stops the program"); };`,
			`document.querySelector('input[name="channel"][value="whatsapp"]').click()`,
		},
		{
			"an exception in the middle of a call",
			`void Object.defineProperty(HTMLInputElement.prototype, "value", { get() { throw new Error("the test stops the program"); }, set() {} });`,
			`const field = document.getElementById("perRecipient"); field.dispatchEvent(new Event("input", { bubbles: true }));`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			tab := openCalculator(t, vi, 390)
			tab.expectStop()
			tab.answerField(people, "2.000")
			tab.sees("Gửi được", "110.000 ₫")
			// The last key is there as well, even if the program stops before it has
			// kept it in the draft.
			tab.do(`window.postageAfterPaint = () => {}`)
			tab.fill(`[id="perRecipient"]`, "3")
			tab.sees("Gửi được", "330.000 ₫")
			tab.do(test.harm)
			tab.do(test.use)
			tab.stopMessage(wordsIn("vi").Stopped)
			if got := evaluate[string](tab, `document.querySelector(".stamp-total").textContent.replaceAll("\u00a0", " ")`); got != "330.000 ₫" {
				t.Errorf("the page has lost the answer and shows %q", got)
			}
			tab.click("#boot-message button")
			tab.waitFor(`document.getElementById("boot-message") === null`)
			tab.waitLive()
			if test.name == "a panic while a change is drawn" {
				tab.shows(`label:has(input[name="channel"]:checked)`, "WhatsApp")
				tab.choose("channel", "zalo")
			}
			tab.sees("Gửi được", "330.000 ₫")
		})
	}
}

func TestTheLastKeyBeforeAReloadIsKept(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.answerField(people, "2.000")
	tab.sees("Gửi được", "110.000 ₫")
	tab.do(`window.postageAfterPaint = () => {}`)
	tab.fill(`[id="perRecipient"]`, "3")
	tab.sees("Gửi được", "330.000 ₫")
	tab.reload()
	tab.waitLive()
	tab.sees("Gửi được", "330.000 ₫")
	// It is no longer needed once it has been taken over.
	tab.answerField("perRecipient", "2")
	tab.sees("Gửi được", "220.000 ₫")
	tab.reload()
	tab.waitLive()
	tab.sees("Gửi được", "220.000 ₫")
}

func TestWhatIsTypedIntoAStoppedPageIsTakenAlong(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.expectStop()
	tab.do(`setTimeout(() => window.goappNav())`) // go-app fails on a call without an argument
	tab.stopMessage(wordsIn("vi").Stopped)
	tab.fill(`[id="`+people+`"]`, "2000")
	tab.click("#boot-message button")
	tab.waitFor(`document.getElementById("boot-message") === null`)
	tab.waitLive()
	tab.sees("Gửi được", "110.000 ₫")
}

func TestAProgramThatFailsAgainOffersAFreshStart(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(`if (sessionStorage.getItem("test.harm")) document.createTextNode = () => { throw new Error("the test stops the program"); };`)
	tab.open(site.url("/en/"))
	tab.expectStop()
	tab.answerField(people, "2,000")
	tab.sees("Can be sent", "₫110,000")
	link := evaluate[string](tab, `location.href`)
	if !strings.Contains(link, "#s=") {
		t.Fatalf("there is no link in %s", link)
	}

	tab.do(`sessionStorage.setItem("test.harm", 1); setTimeout(() => location.reload())`)
	tab.stopMessage(wordsIn("en").Stopped)
	tab.click("#boot-message button")
	tab.stopMessage(wordsIn("en").StoppedAgain)
	if got := evaluate[string](tab, `document.querySelector("#boot-message input").value`); got != link {
		t.Errorf("the link to copy is %s, want %s", got, link)
	}
	if got := evaluate[[]string](tab, `[...document.querySelectorAll("#boot-message button")].map(b => b.textContent)`); len(got) != 2 || got[1] != wordsIn("en").Afresh {
		t.Fatalf("the ways on are %q", got)
	}

	tab.do(`sessionStorage.removeItem("test.harm")`)
	tab.fill(`[id="perRecipient"]`, "7") // is not wanted afresh either
	tab.click("#boot-message button:last-child")
	tab.waitFor(`location.hash === "" && document.getElementById("boot-message") === null`)
	tab.waitLive()
	tab.sees("Can be sent", "₫55,000")
	if evaluate[bool](tab, `(sessionStorage.getItem("postage.draft") ?? "").includes("2000")`) {
		t.Error("the draft is still there")
	}
	tab.open(link)
	tab.sees("Can be sent", "₫110,000")
}

func TestAPageWhoseScriptDoesNotComeSaysSo(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.expect("503", "MIME type")
	site.hostedBy(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/assets/boot.") {
				http.Error(w, "not today", http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	tab.goTo(site.url("/"))
	// The animation is brought to its end instead of waited for.
	tab.waitFor(`(() => { const late = document.getElementById("boot-late"); late?.getAnimations()[0]?.finish(); return late && getComputedStyle(late).visibility === "visible"; })()`)
	site.hostedBy(nil)
	tab.click("#boot-late a")
	tab.waitLive()
	if evaluate[bool](tab, `document.getElementById("boot-late") !== null`) {
		t.Error("the message is still there")
	}
}

// scenarioLink is the fragment for a scenario in JSON.
func scenarioLink(scenario string) string {
	return "#s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario))
}

// attack is text that takes control of a page which lets it become markup, short
// enough for a name.
const attack = `<img src=x onerror="hacked=1"><script>hacked=1</script>"><svg onload="hacked=1">`

// harmed is whether an attack had an effect.
const harmed = `(window.hacked !== undefined || document.querySelector("main img, main script, svg[onload], [onerror]") !== null)`

// unharmed fails the test if it had.
func (tb *tab) unharmed() {
	tb.t.Helper()
	if evaluate[bool](tb, harmed) {
		tb.t.Error("an attack has become markup")
	}
}

// goesOn fails the test if an attack had an effect, and unless the page still reads what
// is entered, such as 2000, which it writes as 2,000.
func (tb *tab) goesOn() {
	tb.t.Helper()
	tb.enters(people, "2000")
	tb.waitFor(`document.querySelector(".stamp-total, .fix") !== null && ` + valueOf(people) + ` === "2,000"`)
	tb.unharmed()
}

// TestHostileLinksAreText: what can be done to a page by its fragment, whether it is opened
// with it or goes on to it. FuzzLink and FuzzArrival know more of them.
func TestHostileLinksAreText(t *testing.T) {
	t.Parallel()
	name, err := json.Marshal(attack)
	if err != nil {
		t.Fatal(err)
	}
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	valid := scenarioLink(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"name":` + string(name) + `,"recipients":7,"hoursSinceInteraction":1},{"recipients":1}]}`)
	tab.open(site.url("/en/" + valid + "&b=" + attack + "&d=2026-13-45&a=eligible_1e9_" + attack))
	tab.waitFor(`[...document.querySelectorAll("input")].some(i => i.value === ` + quoted(attack) + `) || document.body.textContent.includes(` + quoted(attack) + `)`)
	tab.goesOn()

	// What the program hands to the page's script has zeros between its words.
	const zeros = `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"name":"a\u0000<img\u0000@src\u0000 x\u0000@onerror\u0000 window.hacked=1\u0000>\u0000'","recipients":7,"hoursSinceInteraction":1},{"name":"\u202e\u2066b","recipients":1}]}`
	tab.open(site.url("/en/?1" + scenarioLink(zeros))) // the fragment alone would not load the page anew
	tab.waitFor(`[...document.querySelectorAll("input")].some((e) => e.value.includes("a\ufffd<img\ufffd@src"))`)
	tab.unharmed()

	fragments, err := json.Marshal([]string{
		"#channel=" + attack, "#channel=__proto__", "#channel=", "#channel=zalo&s=" + attack,
		"#s=", "#s=%", "#s=!!", "#s=e30", "#s=bnVsbA", "#s=" + strings.Repeat("W1tb", 5_000),
		"#" + attack, "#changes", "#s=" + attack, "#__proto__", "#javascript:window.hacked=1",
		scenarioLink(`{"__proto__":{"hacked":1}}`),
		scenarioLink(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1e999999999}]}`),
		scenarioLink(`{"on":"9999-99-99","message":{"type":` + string(name) + `}}`),
		scenarioLink(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[` + strings.Repeat(`{"recipients":1},`, 5_000) + `{}]}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	// The page shows what comes of one before it goes on to the next.
	if harm := evaluate[[]string](tab, `(async () => {
		const harm = [];
		for (const fragment of `+string(fragments)+`) {
			location.hash = fragment;
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			if (`+harmed+`) harm.push(fragment.slice(0, 80));
		}
		return harm;
	})()`); len(harm) > 0 {
		t.Errorf("as markup counted %q", harm)
	}
	tab.goesOn()

	tab.open(site.url("/en/?2#s=" + strings.Repeat("A", 1_900_000)))
	tab.goesOn()
}

func TestHostileStorageIsText(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url("/en/"))
	name, err := json.Marshal(attack)
	if err != nil {
		t.Fatal(err)
	}
	link := strings.TrimPrefix(scenarioLink(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"name":`+string(name)+`,"recipients":7}]}`), "#")
	// FuzzDraft, FuzzSaved and FuzzProfiles know more of them.
	for _, stored := range []string{
		`{"v":1,"items":[{"id":1,"name":` + string(name) + `,"link":"` + link + `&a=eligible_1_VND"},{"id":"2"},{"id":3,"name":7,"link":[]}],"profiles":[{"name":` + string(name) + `,"prices":{"pricing.markupPercent":` + string(name) + `}}],"using":` + string(name) + `,"groups":2,"values":{"audience[0].name":` + string(name) + `,"audience[1].name":` + string(name) + `,"audience[0].recipients":` + string(name) + `}}`,
		`{"v":"1","items":{},"profiles":"x","groups":1e9,"values":[],"carried":7,"__proto__":{"groups":2,"v":1},"constructor":{"prototype":{"hacked":1}}}`,
		`{"groups":1,"values":{"message.type":` + string(name) + `,"on":"` + strings.Repeat("9", 1_000_000) + `","audience[0].country":` + string(name) + `},"carried":{"sender.country":"not JSON","audience[999999999].recipients":"1","audience[-1].name":"1"}}`,
		strings.Repeat("[", 100_000) + attack,
	} {
		// Whatever the page keeps, under whatever name.
		tab.do(`
			const keys = new Set(["postage.draft", "postage.early", "postage.stops", "postage.saved", "postage.prices", ...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
			for (const key of keys) { localStorage.setItem(key, ` + quoted(stored) + `); sessionStorage.setItem(key, ` + quoted(stored) + `); }
			history.replaceState(null, "", location.pathname);
		`)
		tab.reload()
		tab.goesOn()
	}
}
