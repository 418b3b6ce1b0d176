// Package model is what the calculator knows and does, without a page: it can be
// tested without a browser.
//
//   - calculation.go: what was entered, and the answer to it; told.go: what a link
//     says the answer was; sums.go: what of the total is whose; file.go: the answer
//     in a file; frame.go: what a partner answers itself
//   - storage.go: what a device keeps, and the one way of writing it
//   - shelf.go: the saved scenarios
//   - pricelists.go: the prices that are kept under a name
//   - keepdraft.go: the draft of the form
//   - waylist.go: the ways to reach the same people
//   - curve.go: the cost by the number of people
//   - changedays.go: the days to choose from
//   - pricehistory.go, dayanswers.go: the price, and the answer, on other days
//
// Whatever is kept has one owner. It writes nothing that it would not read again,
// reads what is stored anew before each change, as another tab may have changed
// it, and tells what came of the change.
package model
