// Package app is the calculator's screen, made of go-app components.
//
// The state of the screen is a [form]: what the user has typed, by the paths of
// the contract. From it comes a scenario in JSON, which goes through the same
// strict door as every other way in, and from the scenario the quote. Rendering
// only reads.
//
//   - site.go: the addresses of the site; screen.go: the component and its life
//   - form.go, questions.go: the answers, and which questions matter when
//   - field.go: the one field component with label, hint, error and input
//   - what.go, whom.go, howmuch.go, answer.go, stamp.go, why.go, breakdown.go:
//     one file for each part of the screen
//   - words.go and words/: every text, in Vietnamese, English and Russian;
//     format.go: numbers, money and dates
//   - browser.go: the boundary to JavaScript
package app
