// Package app is the calculator's screen, made of go-app components.
//
// The state of the screen is a [form]: what the user has typed, by the paths of
// the contract. From it comes a scenario in JSON, which goes through the same
// strict door as every other way in, and from the scenario the quote. Rendering
// only reads.
//
//   - site.go: the addresses of the site; screen.go: the component and its life;
//     part.go: the pieces of it that are drawn again only when they change
//   - form.go, questions.go: the answers, and which questions matter when;
//     numbers.go: numbers as people type them; history.go: undo and redo;
//     draft.go: the form as it was left
//   - field.go: the one field component with label, hint, error and input;
//     shortcuts.go: the days to choose from; depends.go: from "depends on" to its
//     question
//   - start.go: examples to start from; what.go, whom.go, howmuch.go, prices.go: what
//     is asked; answer.go, stamp.go, why.go, breakdown.go, changes.go: what is
//     answered; headline.go: a type's price in a word; elements.go: the elements all
//     of it is made of
//   - below.go: what stands under the answer; ways.go: the better ways;
//     pictures.go, with curve.go and pricehistory.go: what the pictures show;
//     chart.go: what they are drawn with
//   - keep.go: copy, share, print and save; saved.go: what was saved, side by side,
//     which model/ owns, as it does the price lists;
//     sheet.go: the answer on paper, as text and as a table; link.go: a scenario in
//     an address; arrive.go: what the address brings beside a scenario
//   - today.go: the day that it is; freshness.go: the day on which the book was
//     checked, and newer ones; install.go, installed.go:
//     the calculator on the home screen
//   - embed.go: the calculator in partners' pages; partners.go: the page that tells
//     them how
//   - rulebook.go, about.go, design.go, static.go: the pages that need no program
//   - words.go and words/: every text, a folder for each language; format.go: numbers,
//     money and dates
//   - browser.go, browser_keep.go, browser_embed.go: the boundary to JavaScript;
//     breath/: the rests that the program takes
package app
