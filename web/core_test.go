package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"postage/rules"
	"postage/web/internal/source"
	"postage/web/internal/worked"
	"postage/web/serve"
	"postage/web/site"
)

// coreFolder is where the core is published.
const coreFolder = site.CoreFolder

// answers are what the rules in Go answer.
func answers(scenarios []json.RawMessage) []string {
	var list []string
	for _, s := range scenarios {
		answer, _ := rules.Answer(s)
		list = append(list, strings.TrimSuffix(string(answer), "\n"))
	}
	return list
}

func sameAnswers(t *testing.T, where string, scenarios []json.RawMessage, got []string) {
	t.Helper()
	want := answers(scenarios)
	if len(got) != len(want) {
		t.Fatalf("%s: %d answers, not %d", where, len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: %s\nis answered with %s\nnot with         %s", where, scenarios[i], got[i], want[i])
		}
	}
}

// TestTheCoreAnswersInPagesAndWorkers asks it in a page of the site, in a page
// of another origin and in a worker there.
func TestTheCoreAnswersInPagesAndWorkers(t *testing.T) {
	t.Parallel()
	dir := builtSite(t, "/tools/postage/", testDate)
	site := startSite(t, dir, "/tools/postage/")
	other := startSite(t, dir, "/")
	for _, s := range []*servedSite{site, other} {
		s.extra.Store("/portal.html", `<!doctype html><title>portal</title><link rel="icon" href="data:,">`)
	}
	scenarios := workedScenarios(t)
	list, err := json.Marshal(scenarios)
	if err != nil {
		t.Fatal(err)
	}
	module := site.url("/core/v1/postage.js")
	ask := fmt.Sprintf(`async () => {
		const { load } = await import(%q);
		const { answer } = await load();
		return %s.map((s) => answer(JSON.stringify(s)));
	}`, module, list)

	for where, page := range map[string]string{"in a page of the same origin": site.server.URL + "/portal.html", "in a page of another origin": other.server.URL + "/portal.html"} {
		tab := newTab(t, 1280, 800)
		tab.goTo(page)
		before := evaluate[[]string](tab, `Object.getOwnPropertyNames(window)`)
		sameAnswers(t, where, scenarios, evaluate[[]string](tab, "("+ask+")()"))
		after := evaluate[[]string](tab, `Object.getOwnPropertyNames(window)`)
		if added := slices.DeleteFunc(after, func(name string) bool { return slices.Contains(before, name) }); len(added) > 0 {
			t.Errorf("%s: the core leaves %v in the window", where, added)
		}
	}

	tab := newTab(t, 1280, 800)
	tab.goTo(other.server.URL + "/portal.html")
	worker := fmt.Sprintf(`(%s)().then((answers) => postMessage(answers), (e) => postMessage([String(e)]))`, ask)
	got := evaluate[[]string](tab, fmt.Sprintf(`new Promise((done) => {
		const worker = new Worker(URL.createObjectURL(new Blob([%s], { type: "text/javascript" })), { type: "module" });
		worker.onmessage = (e) => done(e.data);
		worker.onerror = (e) => done([e.message]);
	})`, quoted(worker)))
	sameAnswers(t, "in a worker of another origin", scenarios, got)
}

// node runs a script in Node with what the core is built into.
func node(t *testing.T, dir string, args ...string) (stdout, stderr string) {
	t.Helper()
	program, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("the tests of the core need Node: install the package nodejs")
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("node %s: %v\n%s%s", args, err, out.Bytes(), errs.Bytes())
	}
	return out.String(), errs.String()
}

// nodeModule runs a module that imports the core from ./core/v1/postage.js and
// returns what it prints.
func nodeModule(t *testing.T, program string) string {
	t.Helper()
	site := builtSite(t, "/", testDate)
	dir := t.TempDir()
	for _, name := range coreFiles(t, site) {
		content, err := os.ReadFile(filepath.Join(site, coreFolder, name))
		if err == nil {
			err = source.WriteFile(filepath.Join(dir, coreFolder, name), content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := source.WriteFile(filepath.Join(dir, "main.mjs"), []byte(program)); err != nil {
		t.Fatal(err)
	}
	out, _ := node(t, dir, "main.mjs")
	return out
}

func coreFiles(t *testing.T, site string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(site, coreFolder))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// TestTheExampleForNodeAnswersAsGoDoes asks every worked example, and each again
// on the days on which anything in the book begins.
func TestTheExampleForNodeAnswersAsGoDoes(t *testing.T) {
	t.Parallel()
	site := builtSite(t, "/", testDate)
	var scenarios []json.RawMessage
	for _, s := range workedScenarios(t) {
		scenarios = append(append(scenarios, s), onTurningDays(t, s)...)
	}
	scenarios = append(scenarios, json.RawMessage(`{`), json.RawMessage(`{"on":"2026-11-21","message":{"type":"zalo.zns"},"audience":[]}`))
	if len(scenarios) < 4000 {
		t.Errorf("only %d scenarios", len(scenarios))
	}
	var lines bytes.Buffer
	for _, s := range scenarios {
		var line bytes.Buffer
		if err := json.Compact(&line, s); err != nil {
			line.Reset()
			line.Write(s)
		}
		lines.Write(append(line.Bytes(), '\n'))
	}
	file := filepath.Join(t.TempDir(), "scenarios.jsonl")
	if err := os.WriteFile(file, lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, told := node(t, "..", "web/examples/answer.mjs", file, filepath.Join(site, coreFolder))
	sameAnswers(t, "in Node", scenarios, strings.Split(strings.TrimSuffix(out, "\n"), "\n"))
	if !strings.HasPrefix(told, fmt.Sprintf("%d answers in ", len(scenarios))) {
		t.Errorf("the example says %q", told)
	}
}

// TestTheCoreAsksAsGoDoes asks for the questions of every worked example, as text
// and as an object, and of what is not finished yet.
func TestTheCoreAsksAsGoDoes(t *testing.T) {
	t.Parallel()
	scenarios := append(workedScenarios(t), json.RawMessage(`{}`), json.RawMessage(`{"on":"2026-11-21","message":{"type":"zalo.zns"}}`), json.RawMessage(`{`))
	var texts []string
	var want strings.Builder
	for _, s := range scenarios {
		texts = append(texts, string(s))
		answer, _ := rules.AnswerQuestions(s)
		want.Write(answer)
	}
	list, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	got := nodeModule(t, `
		import { load } from "./core/v1/postage.js";
		const { questions } = await load();
		const again = (text) => { try { return JSON.stringify(questions(JSON.parse(text))); } catch { return "no JSON"; } };
		for (const text of `+string(list)+`) {
			const answer = questions(text);
			console.log(answer);
			const same = again(text);
			if (same !== "no JSON" && same !== JSON.stringify(JSON.parse(answer))) console.log("an object is answered with", same);
		}
	`)
	if got != want.String() {
		t.Errorf("got %.2000s\nwant %.2000s", got, want.String())
	}
}

// TestTheCorePlansAsGoDoes asks for every worked plan, as text and as an object, and
// for how many people budgets are enough.
func TestTheCorePlansAsGoDoes(t *testing.T) {
	t.Parallel()
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	plans, err := worked.Plans(tree)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	var want strings.Builder
	for _, p := range append(plans, json.RawMessage(`{}`), json.RawMessage(`{`)) {
		texts = append(texts, string(p))
		answer, _ := rules.AnswerPlan(p)
		want.Write(answer)
	}
	const sound = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":1,"phone":true}]}`
	for _, budget := range []string{"2000000", "0", "49.5", "", "much", "1\n2"} {
		answer, _ := rules.AnswerMost([]byte(sound), strings.ReplaceAll(budget, `\n`, " "))
		want.Write(answer)
	}
	list, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	got := nodeModule(t, `
		import { load } from "./core/v1/postage.js";
		const { plan, most } = await load();
		const again = (text) => { try { return JSON.stringify(plan(JSON.parse(text))); } catch { return "no JSON"; } };
		for (const text of `+string(list)+`) {
			const answer = plan(text);
			console.log(answer);
			const same = again(text);
			if (same !== "no JSON" && same !== JSON.stringify(JSON.parse(answer))) console.log("an object is answered with", same);
		}
		const sound = '`+sound+`';
		for (const budget of ["2000000", "0", "49.5", "", "much", "1\n2"]) console.log(most(sound, budget));
		if (most(JSON.parse(sound), "2000000").most !== 6060) console.log("an object is not turned round");
		for (const budget of [undefined, null, 5, {}, Symbol("s"), 10n]) {
			for (const asked of [sound, JSON.parse(sound)]) {
				const a = most(asked, budget);
				if ((typeof a === "string" ? JSON.parse(a) : a).error?.path !== "budget") console.log(typeof budget, "is answered with", a);
			}
		}
		if (JSON.parse(plan("x".repeat((4 << 20) + 1))).error?.code !== "out-of-range") console.log("there is no end to a plan");
	`)
	if got != want.String() {
		t.Errorf("got %.2000s\nwant %.2000s", got, want.String())
	}
}

// TestTheCoreSurvivesAnyInput: nothing throws, and the next question is answered.
func TestTheCoreSurvivesAnyInput(t *testing.T) {
	t.Parallel()
	const sound = `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":2000,"uid":true,"hoursSinceInteraction":30}]}`
	want, _ := rules.Answer([]byte(sound))
	got := nodeModule(t, `
		import { load } from "./core/v1/postage.js";
		const { answer, plan } = await load();
		const sound = '`+sound+`';
		const circle = {}; circle.circle = circle;
		const hostile = [
			undefined, null, 0, NaN, true, 10n, Symbol("s"), () => {}, circle, { toJSON() { throw new Error("no"); } }, { get on() { throw new Error("no"); } }, [], {},
			new Proxy({}, { ownKeys() { throw new Error("no"); } }), { toJSON: () => undefined },
			"", " ", "{", "null", "\u0000", "\ud800", "\ufeff{}", "[".repeat(9999), "[".repeat(1 << 20), '{"":'.repeat(1 << 17), '"' + "\\u0000".repeat(1 << 17) + '"',
			"9".repeat(1 << 20), "é".repeat(1 << 20), "x".repeat((1 << 20) + 1), "{}".padEnd(1 << 20), '{"audience":[' + "{},".repeat(300000) + "{}]}",
			sound.replace("2000", "1e999999999"), sound.replace("2000", "9".repeat(100000)), sound.replace("30", "1e-40"), sound.replace("30", "-0.0"), sound.replace("2026-11-21", "a".repeat(1e6)),
			sound.replace("{", '{"__proto__":{},'), sound.replace('"on"', '"constructor":1,"on"'),
		];
		for (const [i, scenario] of hostile.entries()) {
			try {
				let a = answer(scenario);
				if (typeof a !== (typeof scenario === "string" ? "string" : "object")) console.log(i, "is answered with a", typeof a);
				if (typeof a === "string") a = JSON.parse(a);
				if (!a.error?.code && a.on !== "2026-11-21") console.log(i, "is answered with", a);
				let p = plan(scenario);
				if (typeof p === "string") p = JSON.parse(p);
				if (!p.error?.code) console.log(i, "as a plan is answered with", p);
				if (a.error?.code === "internal" || p.error?.code === "internal") console.log(i, "stops the rules");
			} catch (e) {
				console.log(i, "throws", e);
			}
			if (answer(sound) !== answer(sound)) console.log(i, "changes the next answer");
		}
		// The program itself fails: one mistake, and a new one answers.
		const encode = TextEncoder.prototype.encode;
		TextEncoder.prototype.encode = () => { throw new RangeError("out of memory"); };
		if (!answer(sound).includes('"internal"')) console.log("a failure is not told");
		TextEncoder.prototype.encode = encode;
		if (!Object.isFrozen(await load())) console.log("the core can be changed");
		console.log(answer(sound));
	`)
	if got != string(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTheCoreTakesNoOtherProgram: what is loaded is what was published.
func TestTheCoreTakesNoOtherProgram(t *testing.T) {
	t.Parallel()
	site := builtSite(t, "/", testDate)
	server := httptest.NewServer(serve.Site(site, "/", ""))
	defer server.Close()
	wasm := slices.DeleteFunc(coreFiles(t, site), func(name string) bool { return filepath.Ext(name) != ".wasm" })
	if len(wasm) != 1 {
		t.Fatalf("programs: %v", wasm)
	}
	got := nodeModule(t, `
		import { load } from "./core/v1/postage.js";
		import { readFile, writeFile } from "node:fs/promises";
		const address = new URL("./core/v1/`+wasm[0]+`", import.meta.url);
		const bytes = await readFile(address);
		const asks = async (wasm) => (await load({ wasm })).answer({}).error.path;
		console.log(await asks("`+server.URL+"/"+coreFolder+wasm[0]+`"), await asks(address), await asks(address.href), await asks(bytes), await asks(await WebAssembly.compile(bytes)));
		const refused = (wasm) => load({ wasm }).then(() => "loaded", () => "refused");
		console.log(await refused("`+server.URL+`/`+coreFolder+`none.wasm"), await refused("`+server.URL+`/"), await refused(new URL("./none.wasm", import.meta.url)));
		bytes[bytes.length - 1] ^= 1;
		await writeFile(address, bytes);
		console.log(await refused(address), await refused(undefined));
	`)
	if want := "on on on on on\nrefused refused refused\nrefused refused\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTheReadmesExampleOfTheCoreRuns runs it as it stands there.
func TestTheReadmesExampleOfTheCoreRuns(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```js\n(import \\{ load \\}.*?)```").FindSubmatch(readme)
	if block == nil {
		t.Fatal("the README has no example of the core")
	}
	source := strings.Replace(string(block[1]), "./dist/core/", "./core/", 1)
	if got, want := nodeModule(t, source), "eligible: 330000 VND\n"; got != want {
		t.Errorf("it prints %q, not %q", got, want)
	}
}

func TestTheCoreIsOpenToAllAndKeptByNobody(t *testing.T) {
	t.Parallel()
	site := packedSite(t, "/", testDate)
	h := serve.Site(site, "/", "")
	for _, name := range coreFiles(t, site) {
		if ext := filepath.Ext(name); ext == ".br" || ext == ".gz" {
			continue
		}
		asked := httptest.NewRequest(http.MethodGet, "/"+coreFolder+name, nil)
		asked.Header.Set("Accept-Encoding", "br")
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, asked)
		r := answer.Result()
		if r.StatusCode != 200 || r.Header.Get("Access-Control-Allow-Origin") != "*" || r.Header.Get("Content-Encoding") != "br" {
			t.Errorf("%s: %d %v", name, r.StatusCode, r.Header)
		}
		if want := serve.ContentType(name); want == "" || r.Header.Get("Content-Type") != want {
			t.Errorf("%s has the type %q, not %q", name, r.Header.Get("Content-Type"), want)
		}
	}
	worker, err := os.ReadFile(filepath.Join(site, "worker.js"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(worker, []byte(coreFolder)) {
		t.Error("the worker keeps the core, which visitors of the site do not need")
	}
}

// TestTheTypesOfTheCoreComeFromTheContract: what postage.d.ts imports is there.
func TestTheTypesOfTheCoreComeFromTheContract(t *testing.T) {
	t.Parallel()
	tree := readTree(t, builtSite(t, "/", testDate))
	imports := regexp.MustCompile(`import type \{ (.*) \} from "\.\./\.\./embed/v1/types\.js"`).FindSubmatch(tree[coreFolder+"postage.d.ts"])
	if imports == nil {
		t.Fatal("postage.d.ts imports nothing")
	}
	for name := range strings.SplitSeq(string(imports[1]), ", ") {
		if !regexp.MustCompile(`export (interface|type) ` + name + `\b`).Match(tree["embed/v1/types.d.ts"]) {
			t.Errorf("the contract has no type %s", name)
		}
	}
}

// TestNoFunctionIsLong: a browser takes a long function with many jumps for one worth
// compiling well, also one that runs once, see the README beside this file.
func TestNoFunctionIsLong(t *testing.T) {
	t.Parallel()
	const most = 60_000
	programs := 0
	for name, content := range readTree(t, builtSite(t, "/", testDate)) {
		if !strings.HasSuffix(name, ".wasm") {
			continue
		}
		programs++
		number := func(b []byte) (int, []byte) {
			n, size := binary.Uvarint(b) // as WebAssembly writes its numbers
			return int(n), b[size:]
		}
		functions, longest := 0, 0
		for b := content[8:]; len(b) > 0; {
			kind := b[0]
			size, body := number(b[1:])
			if b = body[size:]; kind != 10 { // the code
				continue
			}
			functions, body = number(body)
			for range functions {
				size, body = number(body)
				longest, body = max(longest, size), body[size:]
			}
		}
		if functions == 0 || longest > most {
			t.Errorf("%s: the longest of %d functions has %d bytes, at most %d are meant to be", name, functions, longest, most)
		}
	}
	if programs != 5 {
		t.Errorf("there are %d programs", programs)
	}
}

// TestSizesStayWithinTheBudget: what visitors download, as brotli of its ninth level. The
// site is published with the eleventh, which makes programs an eighth smaller and takes
// twelve times as long.
func TestSizesStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	tree := readTree(t, builtSite(t, "/", testDate))
	size := func(name string) int {
		if !site.Compressible(name) {
			return len(tree[name])
		}
		packed, err := site.Encodings()[0].EncodeAt(tree[name], 9)
		if err != nil {
			t.Fatal(err)
		}
		return len(packed)
	}
	for pattern, most := range map[string]int{`^assets/app\.[0-9a-f]{12}\.wasm$`: 1_094_500, `^assets/plan\.[0-9a-f]{12}\.wasm$`: 1_151_000, `^assets/contacts\.[0-9a-f]{12}\.wasm$`: 902_000, `^assets/list\.[0-9a-f]{12}\.wasm$`: 1_268_000, `^core/v1/postage\.[0-9a-f]{12}\.wasm$`: 552_000} {
		found := false
		for name := range tree {
			if regexp.MustCompile(pattern).MatchString(name) {
				found = true
				t.Logf("%s: %d bytes as brotli, %d not packed", name, size(name), len(tree[name]))
				if size(name) > most {
					t.Errorf("%s has %d bytes, at most %d are meant to be", name, size(name), most)
				}
			}
		}
		if !found {
			t.Errorf("there is no file like %s", pattern)
		}
	}
	// Everything but the program that the first page names, and its own language.
	others := size("index.html") + size("manifest.webmanifest")
	for name := range tree {
		if strings.HasPrefix(name, "assets/") && !strings.Contains(name, ".wasm") && bytes.Contains(tree["index.html"], []byte("/"+name)) &&
			(!strings.HasPrefix(name, "assets/words-") || strings.HasPrefix(name, "assets/words-vi.")) {
			others += size(name)
			t.Logf("%s: %d bytes", name, size(name))
		}
	}
	if t.Logf("all but the program: %d bytes", others); others > 53_500 {
		t.Errorf("all other files of the first load have %d bytes, at most 53500 are meant to be", others)
	}
}

// TestAPlainFormIsMadeOfTheQuestions drives testdata/form.html, which knows
// nothing but the core: whatever is entered, it asks what the rules ask, and shows
// what they answer.
func TestAPlainFormIsMadeOfTheQuestions(t *testing.T) {
	t.Parallel()
	built := builtSite(t, "/", testDate)
	page, err := os.ReadFile("testdata/form.html")
	if err != nil {
		t.Fatal(err)
	}
	core := serve.Site(built, "/", "")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(page)
			return
		}
		core.ServeHTTP(w, r)
	}))
	defer server.Close()
	tab := newTab(t, 390, 844)
	tab.open(server.URL + "/")

	type shown struct {
		Asked  string   // the scenario
		Answer string   // to it
		Fields []string // by their paths
	}
	const now = `({
		Asked: document.getElementById("answer").dataset.asked,
		Answer: document.getElementById("answer").textContent,
		Fields: [...document.querySelectorAll("#form [name]")].map((e) => e.name),
	})`
	var before []string
	check := func(after string) shown {
		t.Helper()
		got := evaluate[shown](tab, now)
		var want []string
		draft, err := rules.DecodeDraft([]byte(got.Asked))
		for _, q := range rules.Questions(draft) {
			want = append(want, q.Path)
		}
		if err != nil { // the fields stay, and the answer says what is wrong
			want = before
		}
		before = got.Fields
		if !slices.Equal(got.Fields, want) {
			t.Errorf("after %s it has the fields\n%v, not\n%v", after, got.Fields, want)
		}
		answer, ok := rules.Answer([]byte(got.Asked))
		var quote struct {
			Verdict string
			Totals  []rules.Total
			Error   struct{ Path string }
		}
		if err := json.Unmarshal(answer, &quote); err != nil {
			t.Fatal(err)
		}
		said := []string{quote.Verdict}
		for _, total := range quote.Totals {
			said = append(said, total.Gross.String())
		}
		if !ok {
			said = []string{quote.Error.Path}
		}
		for _, word := range said {
			if !strings.Contains(got.Answer, `"`+word+`"`) {
				t.Errorf("after %s it says %s to %s, not %s", after, got.Answer, got.Asked, word)
			}
		}
		return got
	}
	enter := func(path, value string) {
		t.Helper()
		tab.do(fmt.Sprintf(`const f = document.getElementById(%s); f.value = %s; f.dispatchEvent(new Event("change", { bubbles: true }))`, quoted(path), quoted(value)))
		check(path + " = " + value)
	}

	check("the start")
	enter("on", "2026-11-21")
	for _, channel := range rules.Channels() {
		for _, kind := range rules.MessageTypes(channel) {
			enter("message.type", string(kind))
		}
	}
	enter("message.type", "zalo.zns")
	enter("audience[0].recipients", "2000")
	if got := check("2,000 people"); !strings.Contains(got.Answer, `"eligible"`) {
		t.Errorf("a confirmation to customers: %s", got.Answer)
	}
	enter("message.tag", "3")
	enter("pricing.convert.currency", "USD")
	enter("pricing.convert.rates.VND", "0.00004")
	enter("audience[0].recipients", "many")
	enter("audience[0].recipients", "2000")
	enter("message.type", "whatsapp.marketing")
	enter("audience[0].country", "VN")
	enter("on", "2024-01-01")
}
