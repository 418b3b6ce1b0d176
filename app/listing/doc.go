// Package listing is the page with a list of contacts, made of go-app elements: who of
// them can be reached, how, and at what cost. It reads no file: it asks a worker, see
// package contacts.
//
//   - page.go: the component and its life
//   - work.go: what was chosen, what was asked of the worker and what it has told
//   - start.go: where a list comes from; columns.go: what its columns are
//   - choices.go: what is sent, when, by whom
//   - reply.go: the stamp, the ways, the reasons; words.go: how they are told
package listing
