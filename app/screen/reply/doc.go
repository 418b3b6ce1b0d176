// Package reply is the answer: the stamp, its reasons, and how the total comes about.
//
//   - column.go, reply.go: the column, and the bar that keeps it in view on a phone
//   - stamp.go: the total and the verdict; why.go: the checks; breakdown.go: the
//     lines of the cost; changes.go: when the answer changes
//   - sheet.go: the answer on paper
package reply
