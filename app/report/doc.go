// Package report says in words what the calculator answers: on the screen, on paper,
// as a text and as a table. It draws nothing.
//
//   - report.go: whose words; question.go: what is asked, and what was answered
//   - answer.go: the verdict and the total; breakdown.go: how the total comes about
//   - price.go: a type's price in a word; changes.go: how an answer changes
//   - sheet.go: the whole answer, as text and as a table
package report
