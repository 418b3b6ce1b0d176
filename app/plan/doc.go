// Package plan is a plan as it is typed: several messages of one sender, each with
// the answers of the calculator's form, and what becomes of them over the months. It
// knows no page.
//
//   - plan.go: what stands in a plan, and the form of an item
//   - asked.go: the plan that the rules are asked, and the plan of what they were asked
//   - answer.go: the answer; money.go: what is paid when, and how long money lasts
//   - draft.go: the plan as text, kept on the device; history.go: undo and redo
//   - link.go: the plan in an address; file.go: in a file and as a table
//   - told.go: the answer in words
package plan
