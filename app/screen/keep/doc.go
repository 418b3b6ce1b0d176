// Package keep is what can be done with an answer: copy, share, print and save it,
// and what was saved.
//
//   - keep.go: the toolbar and its panels; shelf.go: what was saved, and some of it
//     side by side
package keep
