// Package flow is a flow of messages to each new customer as it is typed, and the
// flows there are to start from. It knows no page.
package flow
