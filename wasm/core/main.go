//go:build js && wasm

// Command core is the rules without a page: one function that takes a scenario
// in JSON and returns the quote in JSON. The module postage.js stands around it.
//
// Texts pass through memory that both sides see: the caller asks for room, puts
// the scenario there, and reads the answer from where it is. A call must not be
// made before the one before it has been read.
package main

import (
	"unsafe"

	"postage/rules"
)

var scenario, quote []byte

// room returns the address of a place for a scenario of that many bytes.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport room
func room(size int32) unsafe.Pointer {
	scenario = make([]byte, size+1)
	return unsafe.Pointer(&scenario[0])
}

// answer answers the scenario in the room and returns the length of the answer
// in bytes.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport answer
func answer(size int32) (length int32) {
	defer func() {
		if recover() != nil { // a mistake of ours; the caller gets an answer all the same
			quote = []byte(`{"error":{"path":"","code":"internal","message":"the rules failed on this scenario"}}`)
			length = int32(len(quote))
		}
	}()
	quote, _ = rules.Answer(scenario[:size])
	quote = quote[:len(quote)-1] // without the end of the line
	return int32(len(quote))
}

// answered returns the address of the answer.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport answered
func answered() unsafe.Pointer { return unsafe.Pointer(&quote[0]) }

func main() { select {} }
