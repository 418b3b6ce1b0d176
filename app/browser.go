package app

import (
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// This file is the whole boundary to JavaScript. Outside a browser its
// functions do nothing and return nothing. No call into JavaScript may stop the
// program: storage can be full or forbidden, and Safari refuses too many changes
// of the address.

// tryJS runs calls into JavaScript that may throw.
//
//go:noinline
func tryJS(calls func()) {
	if goapp.IsServer {
		return
	}
	defer func() {
		_ = recover() // what was asked for is a convenience: without it the answer is still right
	}()
	calls()
}

// Today is the day that it is in Vietnam, as 2006-01-02. It is today for every
// channel and every visitor, wherever they are: the site is about sending from
// there, and an answer must not hang on the zone of a device. Vietnam is seven
// hours ahead all year.
func Today(now time.Time) string { return now.UTC().Add(7 * time.Hour).Format("2006-01-02") }

// browserToday is today by the visitor's clock.
func browserToday() string { return Today(time.Now()) }

// onReturn calls back when the page comes back to view.
func onReturn(back func()) {
	tryJS(func() {
		f := goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			back()
			return nil
		})
		for _, event := range [...]string{"focus", "pageshow"} {
			goapp.Window().Call("addEventListener", event, f)
		}
		goapp.Window().Get("document").Call("addEventListener", "visibilitychange", f)
	})
}

// addressFragment returns what stands behind the # in the address.
func addressFragment() (fragment string) {
	tryJS(func() {
		fragment = strings.TrimPrefix(goapp.Window().Get("location").Get("hash").String(), "#")
	})
	return fragment
}

// addressPath returns the path of the address.
func addressPath() (path string) {
	tryJS(func() { path = goapp.Window().Get("location").Get("pathname").String() })
	return path
}

// setAddressFragment changes what stands behind the # without a new entry in
// the history.
func setAddressFragment(fragment string) {
	tryJS(func() {
		location := goapp.Window().Get("location")
		address := location.Get("pathname").String() + location.Get("search").String() + "#" + fragment
		goapp.Window().Get("history").Call("replaceState", goapp.Window().Get("history").Get("state"), "", address)
	})
}

// setField puts a text into an input.
func setField(input goapp.Value, text string) {
	tryJS(func() { input.Set("value", text) })
}

// setFieldOf puts a text into the input with an id.
func setFieldOf(id, text string) {
	tryJS(func() { setField(goapp.Window().GetElementByID(id), text) })
}

// noteTyped has the page's script remember what was typed into a field until the
// draft has it, should the program not come to keep that.
func noteTyped(id, value string) {
	tryJS(func() { goapp.Window().Get("postageTyped").Set(id, value) })
}

// forgetTyped is for when what was typed is kept.
func forgetTyped() {
	tryJS(func() { goapp.Window().Set("postageTyped", map[string]any{}) })
}

// A browserStorage is one of the two that a page has, by its name. It is a
// [model.Storage].
type browserStorage string

const (
	ofDevice browserStorage = "localStorage"
	ofTab    browserStorage = "sessionStorage"
)

// Read returns what is kept under a key; not ok where the browser does not say.
func (b browserStorage) Read(key string) (text string, ok bool) {
	tryJS(func() {
		if item := goapp.Window().Get(string(b)).Call("getItem", key); item.Type() == goapp.TypeString {
			text = item.String()
		}
		ok = true
	})
	return text, ok
}

// Write keeps a text under a key, and reports whether that worked.
func (b browserStorage) Write(key, text string) (ok bool) {
	tryJS(func() {
		goapp.Window().Get(string(b)).Call("setItem", key, text)
		ok = true
	})
	return ok
}

// storageLasts reports whether what is kept on the device outlives the page.
func storageLasts() bool {
	lasts := true
	tryJS(func() { lasts = !goapp.Window().Get("postageForgets").Truthy() })
	return lasts
}

// onStepKeys calls back when the keys to undo or to do again are pressed.
func onStepKeys(pressed func(by int)) {
	tryJS(func() {
		goapp.Window().Set("postageStep", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			if len(args) == 1 {
				pressed(args[0].Int())
			}
			return nil
		}))
	})
}

// earlyAnswers returns what was entered before the program ran, in order: the
// id of the element, or the name of radio buttons, and the value.
func earlyAnswers() (answers [][2]string) {
	tryJS(func() {
		early := goapp.Window().Get("postageEarly")
		if !early.Truthy() {
			return
		}
		keys := goapp.Window().Get("Object").Call("keys", early)
		for i := range keys.Length() {
			key := keys.Index(i).String()
			answers = append(answers, [2]string{key, early.Get(key).String()})
		}
	})
	return answers
}

// reportReady tells the loader that the screen is live, and gives the focus
// back to where it was in the prerendered page, wherever the visitor has
// scrolled meanwhile.
func reportReady() {
	tryJS(func() {
		focus := goapp.Window().Get("postageEarlyFocus")
		if focus.Truthy() && focus.Get("id").Truthy() {
			element := goapp.Window().GetElementByID(focus.Get("id").String())
			if element.Truthy() {
				element.Call("focus", map[string]any{"preventScroll": true})
				if focus.Get("start").Type() == goapp.TypeNumber {
					tryJS(func() { element.Call("setSelectionRange", focus.Get("start"), focus.Get("end")) })
				}
			}
		}
	})
	tryJS(func() { goapp.Window().Call("postageReady") })
}

var (
	afterwards func() // is called once the next frame is painted
	painted    goapp.Func
)

// afterPaint calls back once what is drawn now is on the screen; a call before
// that takes the place of this one.
func afterPaint(then func()) {
	tryJS(func() {
		if painted == nil {
			painted = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
				afterwards()
				return nil
			})
		}
		afterwards = then
		goapp.Window().Call("postageAfterPaint", painted)
	})
}

// onUpdate calls back when a newer version of the site is ready.
func onUpdate(ready func()) {
	tryJS(func() {
		goapp.Window().Set("postageOnUpdate", goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			ready()
			return nil
		}))
		if goapp.Window().Get("postageUpdateWaiting").Truthy() {
			ready()
		}
	})
}

// checkForUpdate looks for a newer version of the site and calls back with
// "found", "none" or, without a network, "failed".
func checkForUpdate(done func(outcome string)) {
	tryJS(func() {
		var came, failed goapp.Func
		end := func(outcome string) {
			done(outcome)
			came.Release()
			failed.Release()
		}
		came = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			if len(args) > 0 && args[0].Truthy() {
				end("found")
			} else {
				end("none")
			}
			return nil
		})
		failed = goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			end("failed")
			return nil
		})
		goapp.Window().Call("postageCheck").Call("then", came, failed)
	})
}

// applyUpdate reloads the page into the newer version.
func applyUpdate() {
	tryJS(func() { goapp.Window().Call("postageUpdate") })
}

// isOffline reports whether the browser knows that it has no network.
func isOffline() (offline bool) {
	tryJS(func() {
		online := goapp.Window().Get("navigator").Get("onLine")
		offline = online.Type() == goapp.TypeBoolean && !online.Bool()
	})
	return offline
}

// onNetworkChange calls back when the network comes or goes.
func onNetworkChange(changed func()) {
	tryJS(func() {
		f := goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			changed()
			return nil
		})
		goapp.Window().Call("addEventListener", "online", f)
		goapp.Window().Call("addEventListener", "offline", f)
	})
}

// moveTo scrolls an element into view and gives it the focus.
//
//go:noinline
func moveTo(id string) {
	tryJS(func() {
		element := goapp.Window().GetElementByID(id)
		if !element.Truthy() {
			return
		}
		inside := element
		if element.Get("tagName").String() == "SUMMARY" {
			inside = element.Get("parentElement").Get("parentElement")
		}
		for around := inside.Call("closest", "details"); around.Truthy(); around = around.Get("parentElement").Call("closest", "details") {
			around.Set("open", true)
		}
		block := "center"
		if element.Get("tagName").String() == "SECTION" {
			block = "start"
		}
		element.Call("scrollIntoView", map[string]any{"block": block})
		element.Call("focus", map[string]any{"preventScroll": true})
	})
}

// isInstallable reports whether the browser can put the page on the home screen,
// for when there is no context yet to ask.
func isInstallable() (can bool) {
	tryJS(func() { can = goapp.Window().Call("goappIsAppInstallable").Bool() })
	return can
}

// onceSeen calls back when an element is about to come into view. It returns what
// ends the wait.
func onceSeen(id string, seen func()) (stop func()) {
	stop = func() {}
	tryJS(func() {
		var watch goapp.Value
		came := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			if args[0].Index(args[0].Length() - 1).Get("isIntersecting").Bool() {
				watch.Call("disconnect")
				seen()
			}
			return nil
		})
		watch = goapp.Window().Get("IntersectionObserver").New(came, map[string]any{"rootMargin": "200px"})
		watch.Call("observe", goapp.Window().GetElementByID(id))
		stop = func() {
			watch.Call("disconnect")
			came.Release()
		}
	})
	return stop
}

// closeDetails folds the details with a summary.
func closeDetails(summary string) {
	tryJS(func() {
		goapp.Window().GetElementByID(summary).Get("parentElement").Set("open", false)
	})
}

// countryNames returns the names of countries in a language, as the browser
// knows them, so that the site need not ship them.
func countryNames(lang string, codes []string) map[string]string {
	names := map[string]string{}
	tryJS(func() {
		display := goapp.Window().Get("Intl").Get("DisplayNames").New([]any{lang}, map[string]any{"type": "region"})
		for _, code := range codes {
			names[code] = display.Call("of", code).String()
		}
	})
	return names
}

// sortNames sorts codes by their names as the language does.
func sortNames(lang string, codes []string, names map[string]string) []string {
	sorted := codes
	tryJS(func() {
		compare := goapp.Window().Get("Intl").Get("Collator").New(lang).Get("compare")
		list := make([]string, len(codes))
		copy(list, codes)
		insertionSort(list, func(a, b string) bool {
			return compare.Invoke(names[a], names[b]).Int() < 0
		})
		sorted = list
	})
	return sorted
}

// insertionSort finds each item's place by halves: of the simple sorts it needs
// the fewest comparisons, each of which crosses the boundary.
func insertionSort(list []string, less func(a, b string) bool) {
	for i := 1; i < len(list); i++ {
		item := list[i]
		low, high := 0, i
		for low < high {
			middle := (low + high) / 2
			if less(item, list[middle]) {
				high = middle
			} else {
				low = middle + 1
			}
		}
		copy(list[low+1:i+1], list[low:i])
		list[low] = item
	}
}

// exposeAnswer gives scripts of the page a function from a scenario in JSON to
// a quote in JSON: window.postage.answer(text).
func exposeAnswer() {
	tryJS(func() {
		answer := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			var scenario string
			given := false
			tryJS(func() { // the mere look at a BigInt stops the program
				if len(args) == 1 && args[0].Type() == goapp.TypeString {
					scenario, given = args[0].String(), true
				}
			})
			if !given {
				return `{"error":{"path":"","code":"wrong-type","message":"give one string: a scenario in JSON"}}`
			}
			text, _ := rules.Answer([]byte(scenario))
			return strings.TrimSuffix(string(text), "\n")
		})
		postage := goapp.Window().Get("Object").New()
		postage.Set("answer", answer)
		goapp.Window().Set("postage", postage)
	})
}
