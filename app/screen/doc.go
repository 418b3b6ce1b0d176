// Package screen is the calculator, made of go-app components.
//
//   - screen.go: the component and its life; part.go: the
//     pieces that are drawn again only when what they show changes
//   - field.go: a question with its label, hint, error and input; shortcuts.go: the
//     days to choose from; depends.go: from "depends on" to its question
//   - start.go, what.go, whom.go, howmuch.go, prices.go, steps.go: what is asked
//   - headline.go: a type's price in a word; answer.go, stamp.go, why.go,
//     breakdown.go: what is answered
//   - below.go: what stands under the answer; ways.go: the better ways; changes.go:
//     when the answer changes; pictures.go: the charts
//   - keep.go: copy, share, print and save; saved.go: what was saved; sheet.go: the
//     answer on paper, as text, as a table and as JSON
//   - arrive.go: what the address brings beside a scenario; embed.go: the calculator
//     in the page of a partner
//   - today.go, freshness.go: the day that it is, and whether newer tariffs are due;
//     install.go: the calculator on the home screen
//   - specimens.go: parts in all their states, for the page that shows them
package screen
