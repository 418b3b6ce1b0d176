package browser

import (
	"strconv"
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// TryJS runs calls into JavaScript that may throw.
//
//go:noinline
func TryJS(calls func()) {
	if goapp.IsServer {
		return
	}
	defer func() {
		_ = recover() // what was asked for is a convenience: without it the answer is still right
	}()
	calls()
}

// DayAt is the day that it is in Vietnam, as 2006-01-02. It is today for every
// channel and every visitor, wherever they are: the site is about sending from
// there, and an answer must not hang on the zone of a device. Vietnam is seven
// hours ahead all year.
//
// A format would bring all that reads and writes times into the program.
func DayAt(now time.Time) string {
	year, month, day := now.UTC().Add(7 * time.Hour).Date()
	digits := strconv.Itoa(year*10000 + int(month)*100 + day)
	return digits[:4] + "-" + digits[4:6] + "-" + digits[6:]
}

// Today is today by the visitor's clock.
func Today() string { return DayAt(time.Now()) }

// OnReturn calls back when the page comes back to view.
func OnReturn(back func()) {
	TryJS(func() {
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

// AddressFragment returns what stands behind the # in the address.
func AddressFragment() (fragment string) {
	TryJS(func() {
		fragment = strings.TrimPrefix(goapp.Window().Get("location").Get("hash").String(), "#")
	})
	return fragment
}

// AddressPath returns the path of the address.
func AddressPath() (path string) {
	TryJS(func() { path = goapp.Window().Get("location").Get("pathname").String() })
	return path
}

// SetAddressFragment changes what stands behind the # without a new entry in
// the history. Whoever comes back to the entry finds it to be [AddressIsOwn].
func SetAddressFragment(fragment string) {
	TryJS(func() {
		location := goapp.Window().Get("location")
		address := location.Get("pathname").String() + location.Get("search").String() + "#" + fragment
		goapp.Window().Get("history").Call("replaceState", ownEntry, "", address)
	})
}

const ownEntry = "own"

// AddressIsOwn reports whether a page of the site has written the fragment of the address
// in this tab, so that nobody has shared it.
func AddressIsOwn() (is bool) {
	TryJS(func() { is = goapp.Window().Get("history").Get("state").String() == ownEntry })
	return is
}

// IsReloaded reports whether this page came by reloading it.
func IsReloaded() (is bool) {
	TryJS(func() {
		is = goapp.Window().Get("performance").Call("getEntriesByType", "navigation").Index(0).Get("type").String() == "reload"
	})
	return is
}

// SetField puts a text into an input.
func SetField(input goapp.Value, text string) {
	TryJS(func() { input.Set("value", text) })
}

// SetFieldOf puts a text into the input with an id.
func SetFieldOf(id, text string) {
	TryJS(func() { SetField(goapp.Window().GetElementByID(id), text) })
}

// FieldHas is what stands in the field with an id, and whether there is one.
func FieldHas(id string) (value string, there bool) {
	TryJS(func() {
		in := goapp.Window().GetElementByID(id).Get("value")
		value, there = in.String(), in.Type() == goapp.TypeString
	})
	return value, there
}

// NoteTyped has the page's script remember what was typed into a field until the
// draft has it, should the program not come to keep that.
func NoteTyped(id, value string) {
	TryJS(func() { goapp.Window().Get("postageTyped").Set(id, value) })
}

// ForgetTyped is for when what was typed is kept.
func ForgetTyped() {
	TryJS(func() { goapp.Window().Set("postageTyped", map[string]any{}) })
}

// A Storage is one of the two that a page has, by its name. It is a
// [model.Storage].
type Storage string

const (
	OfDevice Storage = "localStorage"
	OfTab    Storage = "sessionStorage"
)

// Read returns what is kept under a key; not ok where the browser does not say.
func (b Storage) Read(key string) (text string, ok bool) {
	TryJS(func() {
		if item := goapp.Window().Get(string(b)).Call("getItem", key); item.Type() == goapp.TypeString {
			text = item.String()
		}
		ok = true
	})
	return text, ok
}

// Write keeps a text under a key, and reports whether that worked.
func (b Storage) Write(key, text string) (ok bool) {
	TryJS(func() {
		goapp.Window().Get(string(b)).Call("setItem", key, text)
		ok = true
	})
	return ok
}

// StorageLasts reports whether what is kept on the device outlives the page.
func StorageLasts() bool {
	lasts := true
	TryJS(func() { lasts = !goapp.Window().Get("postageForgets").Truthy() })
	return lasts
}

// OnStepKeys calls back when the keys to undo or to do again are pressed.
func OnStepKeys(pressed func(by int)) {
	TryJS(func() {
		goapp.Window().Set("postageStep", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			if len(args) == 1 {
				pressed(args[0].Int())
			}
			return nil
		}))
	})
}

// EarlyAnswers returns what was entered before the program ran, in order: the
// id of the element, or the name of radio buttons, and the value.
func EarlyAnswers() (answers [][2]string) {
	TryJS(func() {
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

// ReportReady tells the loader that the screen is live, and gives the focus
// back to where it was in the prerendered page, wherever the visitor has
// scrolled meanwhile.
func ReportReady() {
	TryJS(func() {
		focus := goapp.Window().Get("postageEarlyFocus")
		if focus.Truthy() && focus.Get("id").Truthy() {
			element := goapp.Window().GetElementByID(focus.Get("id").String())
			if element.Truthy() {
				element.Call("focus", map[string]any{"preventScroll": true})
				if focus.Get("start").Type() == goapp.TypeNumber {
					TryJS(func() { element.Call("setSelectionRange", focus.Get("start"), focus.Get("end")) })
				}
			}
		}
	})
	TryJS(func() { goapp.Window().Call("postageReady") })
}

var (
	afterwards func() // is called once the next frame is painted
	painted    goapp.Func
)

// AfterPaint calls back once what is drawn now is on the screen; a call before
// that takes the place of this one.
func AfterPaint(then func()) {
	TryJS(func() {
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

// OnUpdate calls back when a newer version of the site is ready.
func OnUpdate(ready func()) {
	TryJS(func() {
		goapp.Window().Set("postageOnUpdate", goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			ready()
			return nil
		}))
		if goapp.Window().Get("postageUpdateWaiting").Truthy() {
			ready()
		}
	})
}

// CheckForUpdate looks for a newer version of the site and calls back with
// "found", "none" or, without a network, "failed".
func CheckForUpdate(done func(outcome string)) {
	TryJS(func() {
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

// ApplyUpdate reloads the page into the newer version.
func ApplyUpdate() {
	TryJS(func() { goapp.Window().Call("postageUpdate") })
}

// IsOffline reports whether the browser knows that it has no network.
func IsOffline() (offline bool) {
	TryJS(func() {
		online := goapp.Window().Get("navigator").Get("onLine")
		offline = online.Type() == goapp.TypeBoolean && !online.Bool()
	})
	return offline
}

// OnNetworkChange calls back when the network comes or goes.
func OnNetworkChange(changed func()) {
	TryJS(func() {
		f := goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			changed()
			return nil
		})
		goapp.Window().Call("addEventListener", "online", f)
		goapp.Window().Call("addEventListener", "offline", f)
	})
}

// MoveTo scrolls an element into view and gives it the focus.
//
//go:noinline
func MoveTo(id string) {
	TryJS(func() {
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
		if tag := element.Get("tagName").String(); tag == "SECTION" || tag == "DETAILS" {
			block = "start"
		}
		element.Call("scrollIntoView", map[string]any{"block": block})
		element.Call("focus", map[string]any{"preventScroll": true})
	})
}

// GoOnAt gives an element the focus, and scrolls no further than it takes to see it: who
// answers one question after the other stays where that is.
//
//go:noinline
func GoOnAt(id string) {
	TryJS(func() {
		if element := goapp.Window().GetElementByID(id); element.Truthy() {
			element.Call("scrollIntoView", map[string]any{"block": "nearest"})
			element.Call("focus", map[string]any{"preventScroll": true})
		}
	})
}

// IsInstallable reports whether the browser can put the page on the home screen,
// for when there is no context yet to ask.
func IsInstallable() (can bool) {
	TryJS(func() { can = goapp.Window().Call("goappIsAppInstallable").Bool() })
	return can
}

// CloseDetails folds the details with a summary.
func CloseDetails(summary string) {
	TryJS(func() {
		goapp.Window().GetElementByID(summary).Get("parentElement").Set("open", false)
	})
}

// Words returns the texts of a language as the page's script has fetched them, empty
// where they have not come.
func Words(code string) (texts string) {
	TryJS(func() {
		if t := goapp.Window().Get("postageWords").Get(code); t.Type() == goapp.TypeString {
			texts = t.String()
		}
	})
	return texts
}

// LoadWords fetches the texts of a language and tells whether they came.
func LoadWords(code string, loaded func(ok bool)) {
	TryJS(func() {
		var came, failed goapp.Func
		done := func(ok bool) func(goapp.Value, []goapp.Value) any {
			return func(goapp.Value, []goapp.Value) any {
				loaded(ok)
				came.Release()
				failed.Release()
				return nil
			}
		}
		came, failed = goapp.FuncOf(done(true)), goapp.FuncOf(done(false))
		goapp.Window().Call("postageLoadWords", code).Call("then", came, failed)
	})
}

// CountryNames returns the names of countries in a language, as the browser
// knows them, so that the site need not ship them.
func CountryNames(lang string, codes []string) map[string]string {
	names := map[string]string{}
	TryJS(func() {
		display := goapp.Window().Get("Intl").Get("DisplayNames").New([]any{lang}, map[string]any{"type": "region"})
		for _, code := range codes {
			names[code] = display.Call("of", code).String()
		}
	})
	return names
}

// SortNames sorts codes by their names as the language does.
func SortNames(lang string, codes []string, names map[string]string) []string {
	sorted := codes
	TryJS(func() {
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

// ExposeAnswer gives scripts of the page a function from a scenario in JSON to
// a quote in JSON: window.postage.answer(text).
func ExposeAnswer(answered func(scenario []byte) (quote []byte, ok bool)) {
	TryJS(func() {
		answer := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			var scenario string
			given := false
			TryJS(func() { // the mere look at a BigInt stops the program
				if len(args) == 1 && args[0].Type() == goapp.TypeString {
					scenario, given = args[0].String(), true
				}
			})
			if !given {
				return `{"error":{"path":"","code":"wrong-type","message":"give one string: a scenario in JSON"}}`
			}
			text, _ := answered([]byte(scenario))
			return strings.TrimSuffix(string(text), "\n")
		})
		postage := goapp.Window().Get("Object").New()
		postage.Set("answer", answer)
		goapp.Window().Set("postage", postage)
	})
}
