// Package ask is the form: what is sent, to whom, how much of it, and what the user
// adds to the price.
//
//   - column.go, ask.go: the form and its questions; field.go: a question with its
//     label, hint, error and input; shortcuts.go: the days to choose from
//   - start.go, what.go, whom.go, howmuch.go, prices.go: what is asked
//   - pricelists.go: the user's own prices, kept under a name
package ask
