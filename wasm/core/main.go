//go:build js && wasm

// Command core is the rules without a page: functions that take a scenario or a
// plan in JSON and return the quote, or the questions, in JSON. The module
// postage.js stands around it.
//
// Texts pass through memory that both sides see: the caller asks for room, puts
// the scenario there, and reads the answer from where it is. A call must not be
// made before the one before it has been read.
package main

import (
	"bytes"
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
func answer(size int32) int32 { return with(rules.Answer, size) }

// questions lists what the scenario in the room can still be asked and returns the
// length of the list in bytes.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport questions
func questions(size int32) int32 { return with(rules.AnswerQuestions, size) }

// plan answers the plan in the room and returns the length of the answer in bytes.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport plan
func plan(size int32) int32 { return with(rules.AnswerPlan, size) }

// most turns the scenario in the room round. The budget, a decimal, stands behind a
// line end after it.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport most
func most(size int32) int32 {
	return with(func(asked []byte) ([]byte, bool) {
		end := bytes.LastIndexByte(asked, '\n')
		return rules.AnswerMost(asked[:max(0, end)], string(asked[end+1:]))
	}, size)
}

// with has the scenario in the room answered.
func with(work func([]byte) ([]byte, bool), size int32) (length int32) {
	defer func() {
		if recover() != nil { // a mistake of ours; the caller gets an answer all the same
			quote = []byte(`{"error":{"path":"","code":"internal","message":"the rules failed on this scenario"}}`)
			length = int32(len(quote))
		}
	}()
	quote, _ = work(scenario[:size])
	quote = quote[:len(quote)-1] // without the end of the line
	return int32(len(quote))
}

// answered returns the address of the answer.
//
//lint:ignore U1000 The page that loads the core calls it.
//go:wasmexport answered
func answered() unsafe.Pointer { return unsafe.Pointer(&quote[0]) }

func main() { select {} }
