// Package form is what the user has typed, by the paths of the contract, and the
// scenario that comes of it. It knows no page.
//
//   - form.go: the answers and the groups of recipients
//   - questions.go: what is asked when, which package rules says, and where on the
//     screen it stands
//   - ownprices.go: the user's own prices, as typed
//   - as.go: the same people and purpose by another kind of message
//   - examples.go: scenarios to start from
//   - history.go: undo and redo
//   - draft.go, link.go: the form as text, kept on the device or in an address
package form
