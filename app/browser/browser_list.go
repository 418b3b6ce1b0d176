package browser

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// This file is the boundary to web/site/assets/list.js, which speaks with the worker
// that reads lists. It is on the page with the list alone.

func reader() goapp.Value { return goapp.Window().Get("postageList") }

// OpenReader starts the worker that reads lists. It tells "ready"; "failed" where its
// program could not be fetched; "ended" where it has come to an end and is started
// anew; and "report" with what it answers.
func OpenReader(told func(what, report string)) {
	TryJS(func() {
		reader().Call("open", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			told(args[0].String(), args[1].String())
			return nil
		}))
	})
}

// RetryReader fetches the program of the worker once more.
func RetryReader() { TryJS(func() { reader().Call("retry") }) }

// AskReader gives the worker a request, with the file that was chosen if it is to be
// taken up.
func AskReader(request string, withFile bool) {
	TryJS(func() { reader().Call("ask", request, withFile) })
}

// ChooseList takes the file that was chosen in an input.
func ChooseList(input goapp.Value, chosen func(name string, size int64)) {
	TryJS(func() { reader().Call("choose", input, named(chosen)) })
}

// PasteList takes a text in the place of a file.
func PasteList(text string) { TryJS(func() { reader().Call("paste", text) }) }

// OnListDropped calls back when a file is dropped on the page, and when one is held over
// it or no longer.
func OnListDropped(dropped func(name string, size int64), over func(is bool)) {
	TryJS(func() {
		reader().Call("onDrop", named(dropped), goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			over(args[0].Bool())
			return nil
		}))
	})
}

func named(told func(name string, size int64)) goapp.Func {
	return goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		told(args[0].String(), int64(args[1].Float()))
		return nil
	})
}

// SaveList gives the visitor the file that came with the report of a turn, and reports
// whether there was one.
func SaveList(turn int64, name string) (ok bool) {
	TryJS(func() { ok = reader().Call("save", turn, name).Bool() })
	return ok
}
