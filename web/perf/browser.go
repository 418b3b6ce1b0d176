package main

import (
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/memory"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"postage/web/internal/browsers"
)

//go:embed measure.js
var measureScript string

// patience is how long a page may take before the measurement is given up.
const patience = 2 * time.Minute

// A phone is a Chromium of its own with nothing kept from before, and one tab
// the size of a phone.
type phone struct {
	ctx   context.Context
	close func()
}

func newPhone(parent context.Context) (*phone, error) {
	chromium, err := browsers.StartChromium(parent)
	if err != nil {
		return nil, err
	}
	p := &phone{chromium.Context(), chromium.Close}
	if err := p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch)); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// do carries out actions within the patience.
func (p *phone) do(actions ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, actions...)
}

func call[P, R any](p *phone, c cdp.Command[P, R], params P) (result R, err error) {
	err = p.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		result, err = cdp.Call(ctx, target, c, params)
		return err
	}))
	return result, err
}

func evaluate[T any](p *phone, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// waitFor looks until an expression, or what it promises, is true.
func (p *phone) waitFor(expression string) error {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for {
		met, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Promise.resolve("+expression+").then(Boolean)", chromedp.EvalAwaitPromise))
		if err == nil && met {
			return nil
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return fmt.Errorf("waited in vain for %s", expression)
		}
	}
}

func (p *phone) slow(network bool) error {
	if network {
		if err := p.slowNetwork(); err != nil {
			return err
		}
	}
	_, err := call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slowdown})
	return err
}

func (p *phone) slowNetwork() error {
	if _, err := call(p, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	_, err := call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{
			Latency: float64(latency.Milliseconds()), DownloadThroughput: bitsPerSecond / 8, UploadThroughput: bitsPerSecond / 8,
			ConnectionType: network.ConnectionTypeCellular3g,
		}},
	})
	return err
}

// A watched is a field to type into and what follows it.
type watched struct {
	Field  string `json:"field"`
	Event  string `json:"event"`
	Typed  string `json:"typed"`
	Answer string `json:"answer"`
}

const (
	recipients = `#audience\[0\]\.recipients`
	total      = ".stamp-total"
)

var (
	helloWatched   = watched{"input", "change", "Postage", "h1"}
	postageWatched = watched{recipients, "input", "2000", total}
)

// watch measures every page that is opened from now on.
func (p *phone) watch(w watched) error {
	given, err := json.Marshal(w)
	if err != nil {
		return err
	}
	_, err = call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: "(" + measureScript + ")(" + string(given) + ")",
	})
	return err
}

// A start is what was seen of one page on its way.
type start struct {
	FCP    float64 `json:"fcp"`
	LCP    float64 `json:"lcp"`
	CLS    float64 `json:"cls"`
	Shown  float64 `json:"shown"`
	Usable float64 `json:"usable"`
}

func (p *phone) start(address string) (s start, err error) {
	if err := p.do(chromedp.Navigate(address)); err != nil {
		return s, err
	}
	if err := p.waitFor(`perfSeen.usable > 0 && perfSeen.shown > 0`); err != nil {
		return s, err
	}
	return evaluate[start](p, `perfSeen`)
}

// coldAndKept measures a first visit and one that the service worker answers.
func coldAndKept(ctx context.Context, address string, w watched) (cold, kept start, err error) {
	p, err := newPhone(ctx)
	if err != nil {
		return cold, kept, err
	}
	defer p.close()
	if err := p.slow(true); err != nil {
		return cold, kept, err
	}
	if err := p.watch(w); err != nil {
		return cold, kept, err
	}
	if cold, err = p.start(address); err != nil {
		return cold, kept, err
	}
	if err := p.waitFor(`navigator.serviceWorker.getRegistration().then(r => r?.active?.state === "activated")`); err != nil {
		return cold, kept, err
	}
	if err := p.do(chromedp.Navigate("about:blank")); err != nil {
		return cold, kept, err
	}
	kept, err = p.start(address)
	return cold, kept, err
}

// starts measures both sites turn by turn, so that what else the machine does
// falls on both.
func (r *report) starts(ctx context.Context, hello, site string, runs int) error {
	helloAddress, stop, err := listen(hello)
	if err != nil {
		return err
	}
	defer stop()
	siteAddress, stop, err := listen(site)
	if err != nil {
		return err
	}
	defer stop()
	var cold, kept [2][]start
	for range runs {
		for i, s := range []struct {
			address string
			watched watched
		}{{helloAddress, helloWatched}, {siteAddress, postageWatched}} {
			c, k, err := coldAndKept(ctx, s.address, s.watched)
			if err != nil {
				return fmt.Errorf("%s: %w", s.address, err)
			}
			cold[i], kept[i] = append(cold[i], c), append(kept[i], k)
		}
	}
	each := func(starts []start, get func(start) float64) []float64 {
		values := make([]float64, len(starts))
		for i, s := range starts {
			values[i] = get(s)
		}
		return values
	}
	beside := func(what, unit string, of [2][]start, get func(start) float64, aim string, meets func(postage, ratio float64) bool) {
		r.addBeside(what, unit, each(of[0], get), each(of[1], get), aim, meets)
	}
	atMost := func(most float64) func(float64, float64) bool {
		return func(m, _ float64) bool { return m <= most }
	}
	fcp := func(s start) float64 { return s.FCP }
	usable := func(s start) float64 { return s.Usable }
	cls := func(s start) float64 { return s.CLS }
	beside("first visit: first contentful paint", "ms", cold, fcp, "", nil)
	r.add("first visit: first paint with a real quote", "ms", each(cold[1], func(s start) float64 { return s.Shown }), "≤ 1200 ms", func(m float64) bool { return m <= 1200 })
	beside("first visit: largest contentful paint", "ms", cold, func(s start) float64 { return s.LCP }, "", nil)
	beside("first visit: layout shift", "share", cold, cls, "≤ 0.020", atMost(0.02))
	beside("first visit: first answer that reacts to typing", "ms", cold, usable, "ratio ≤ 0.70", func(_, ratio float64) bool { return ratio <= 0.70 })
	beside("from the worker: first contentful paint", "ms", kept, fcp, "", nil)
	beside("from the worker: layout shift", "share", kept, cls, "≤ 0.020", atMost(0.02))
	beside("from the worker: first answer that reacts", "ms", kept, usable, "≤ 800 ms", atMost(800))
	return nil
}

// manyGroups is a link to a scenario of so many groups that differ.
func manyGroups(address string, groups int) string {
	type group struct {
		Recipients int  `json:"recipients"`
		UID        bool `json:"uid"`
		Hours      int  `json:"hoursSinceInteraction"`
	}
	scenario := map[string]any{
		"on": "2026-11-21", "message": map[string]any{"type": "zalo.uid.consultation"}, "perRecipient": 2,
		"sender": map[string]any{"tool": "oa-manager-web"},
	}
	var audience []group
	for g := range groups {
		audience = append(audience, group{500 + 37*g, true, []int{12, 36, 120, 100}[g%4]})
	}
	scenario["audience"] = audience
	data, err := json.Marshal(scenario)
	if err != nil { // numbers and strings alone
		panic(err)
	}
	return address + "#s=" + base64.RawURLEncoding.EncodeToString(data)
}

// live opens the page with many groups and waits until it can be used.
func (p *phone) live(address string, groups int) error {
	if err := p.watch(watched{Answer: total}); err != nil {
		return err
	}
	if err := p.do(chromedp.Navigate(manyGroups(address, groups))); err != nil {
		return err
	}
	return p.waitFor(`document.documentElement.dataset.ready === "true" && document.querySelector(".group-of-many")`)
}

// into moves into a field and opens what it is folded into.
func (p *phone) into(field string) error {
	_, err := evaluate[chromedp.Void](p, fmt.Sprintf(`{
		const field = document.querySelector(%q);
		for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
		field.scrollIntoView({ block: "center" });
		field.focus();
		field.select();
	}`, field))
	return err
}

// keystrokes measures keys that are pressed in fields of a page with many
// groups, from the key until its answer is painted.
func (r *report) keystrokes(ctx context.Context, site string, keys int) error {
	address, stop, err := listen(site)
	if err != nil {
		return err
	}
	defer stop()
	for _, among := range []struct {
		groups int
		most   float64 // ms
	}{{20, 30}, {100, 60}} {
		if err := r.keysAmong(ctx, address, among.groups, among.most, keys); err != nil {
			return err
		}
	}
	return nil
}

// keysAmong measures them with so many groups; at most so many ms are aimed at.
func (r *report) keysAmong(ctx context.Context, address string, groups int, most float64, keys int) error {
	p, err := newPhone(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.live(address, groups); err != nil {
		return err
	}
	if _, err := evaluate[chromedp.Void](p, `perfKeys()`); err != nil {
		return err
	}
	if err := p.slow(false); err != nil {
		return err
	}
	among := fmt.Sprintf("%d groups: ", groups)
	nodes, err := evaluate[float64](p, `document.querySelectorAll("*").length`)
	if err != nil {
		return err
	}
	r.Rows = append(r.Rows, row{What: among + "elements on the page", Postage: nodes})
	for _, f := range []struct{ what, field string }{
		{"a group's recipients", `#audience\[10\]\.recipients`},
		{"messages for each, of all groups", "#perRecipient"},
	} {
		if err := p.into(f.field); err != nil {
			return err
		}
		values, drawn, err := p.typeKeys(keys)
		if err != nil {
			return err
		}
		r.add(among+"key to painted answer, "+f.what, "ms", values, fmt.Sprintf("≤ %.0f ms", most), func(m float64) bool { return m <= most })
		slowest := quantile(values, 0.95)
		r.Rows = append(r.Rows, row{What: among + "the slowest of 20 such keys", Unit: "ms", Postage: slowest})
		r.add(among+"key to all of the screen drawn", "ms", drawn, "", nil)
	}
	return nil
}

// pace is the time from key to key of somebody who types fast.
const pace = 200 * time.Millisecond

// typeKeys presses digits, of which every other replaces what was typed before,
// so that each changes the answer. It returns how long each took until its answer
// was painted, and until all of the screen was drawn.
func (p *phone) typeKeys(keys int) (painted, drawn []float64, err error) {
	if _, err := evaluate[chromedp.Void](p, `{ perfSeen.keys = []; perfSeen.drawn = []; }`); err != nil {
		return nil, nil, err
	}
	next := time.NewTicker(pace)
	defer next.Stop()
	for i := range keys {
		if i%2 == 0 {
			// The selection is on the screen before somebody types over it.
			if _, err := evaluate[chromedp.Void](p, `document.activeElement.select(), perfPainted().then(() => {})`); err != nil {
				return nil, nil, err
			}
		}
		if err := p.do(chromedp.KeyEvent(strconv.Itoa(1 + (i+i/2)%9))); err != nil {
			return nil, nil, err
		}
		<-next.C
		if err := p.waitFor(fmt.Sprintf(`perfSeen.keys.length > %d`, i)); err != nil {
			return nil, nil, err
		}
	}
	if painted, err = evaluate[[]float64](p, `perfSeen.keys`); err == nil {
		drawn, err = evaluate[[]float64](p, `perfSeen.drawn`)
	}
	return painted, drawn, err
}

// memory measures what the page holds after many changes beside what it held
// after half of them. The first hundreds make the program's heap as large as the
// garbage collector lets it become.
func (r *report) memory(ctx context.Context, site string, edits int) error {
	address, stop, err := listen(site)
	if err != nil {
		return err
	}
	defer stop()
	p, err := newPhone(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.live(address, 20); err != nil {
		return err
	}
	// A few at a time, for no call may take longer than the patience.
	const atOnce = 50
	some := func(from, to int) error {
		_, err := evaluate[chromedp.Void](p, fmt.Sprintf(`(async () => {
			const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
			for (let i = %d; i < %d; i++) {
				const paying = 4 * Math.floor(i / 2 %% 5) + 2 + i %% 2; // the others write within the free hours
				const field = document.getElementById("audience[" + paying + "].recipients");
				const before = document.querySelector(".stamp-total").textContent;
				field.focus();
				field.value = String(1000 + i);
				field.dispatchEvent(new Event("input", { bubbles: true }));
				field.dispatchEvent(new Event("change", { bubbles: true }));
				for (let n = 0; n < 100 && document.querySelector(".stamp-total").textContent === before; n++) await drawn();
			}
		})()`, from, to))
		return err
	}
	edit := func(from, to int) error {
		for ; from < to; from += atOnce {
			if err := some(from, min(from+atOnce, to)); err != nil {
				return err
			}
		}
		return nil
	}
	held := func() (program, heap, nodes, listeners float64, err error) {
		for range 2 {
			if _, err = call(p, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
				return
			}
		}
		if program, err = evaluate[float64](p, `perfMemory()`); err != nil {
			return
		}
		usage, err := call(p, runtime.GetHeapUsage, cdp.Empty{})
		if err != nil {
			return
		}
		counters, err := call(p, memory.GetDOMCounters, cdp.Empty{})
		return program, usage.UsedSize, float64(counters.Nodes), float64(counters.JsEventListeners), err
	}
	early := edits / 2
	if err := edit(0, early); err != nil {
		return err
	}
	program, heap, nodes, listeners, err := held()
	if err != nil {
		return err
	}
	if err := edit(early, edits); err != nil {
		return err
	}
	program2, heap2, nodes2, listeners2, err := held()
	if err != nil {
		return err
	}
	grown := func(what string, before, after float64) {
		percent := (after/before - 1) * 100
		r.add(fmt.Sprintf("%s after %d changes, beside after %d", what, edits, early), "%", []float64{percent}, "not growing", func(m float64) bool { return m <= 2 })
	}
	r.Rows = append(r.Rows, row{What: fmt.Sprintf("the program's memory after %d changes", edits), Unit: "kB", Postage: program2 / 1000})
	grown("program's memory", program, program2)
	grown("page's heap", heap, heap2)
	grown("nodes", nodes, nodes2)
	grown("listeners", listeners, listeners2)
	return nil
}
