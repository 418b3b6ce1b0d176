// Package screen is the calculator, made of go-app components. What is drawn stands in
// the packages below it; here is what holds them together.
//
//   - screen.go: the component and its life; rest.go: what waits for a pause
//   - arrive.go: what the address brings beside a scenario; embed.go: the calculator
//     in the page of a partner; news.go: what the page has to tell beside the answer
//   - specimens.go: parts in all their states, for the page that shows them
//
// The packages below it, of which all know desk and none another:
//
//   - desk: what the parts work at, and what becomes of a change
//   - ask: the form; reply: the answer; keep: what can be done with an answer, and
//     what was saved; below: the better ways and the pictures
package screen
