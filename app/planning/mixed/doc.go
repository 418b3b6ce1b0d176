// Package mixed draws the best way for each group, which stands in the place of the
// plan until it goes into it.
package mixed
