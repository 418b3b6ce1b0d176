package breath

import "syscall/js"

var (
	rested = make(chan struct{})
	goesOn js.Func // what the browser calls then
)

// rest waits for the browser, by the page's script.
func rest() {
	breathe := js.Global().Get("postageBreathe")
	if breathe.Type() != js.TypeFunction {
		return
	}
	if goesOn.IsUndefined() {
		goesOn = js.FuncOf(func(js.Value, []js.Value) any {
			go func() { rested <- struct{}{} }()
			return nil
		})
	}
	breathe.Invoke(goesOn)
	<-rested
}
