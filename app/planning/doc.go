// Package planning is the page with the plan, made of go-app elements.
//
//   - page.go: the component and its life
//   - work.go: the plan in work, and what becomes of a change
//   - items.go: its messages as rows; field.go: what is asked of one of them
//   - reply.go: the stamp, the months, what is used up, how long money lasts
//   - costs.go, calendar.go: pictures of the costs of the months, and of the days of
//     sending and the balance
//   - tools.go: what can be done with a plan; shelf.go: the saved ones, and some of
//     them side by side; start.go: what to begin with
//   - specimens.go: its parts in states, for the page that shows them
package planning
