package rules

import "sort"

// sortBy sorts a list of n items; equal ones keep their order. The functions of
// package slices are made anew for each type of item, which in the browser's
// program costs a kilobyte each time.
func sortBy(n int, less func(i, j int) bool, swap func(i, j int)) {
	sort.Stable(byIndex{n, less, swap})
}

type byIndex struct {
	n    int
	less func(i, j int) bool
	swap func(i, j int)
}

func (b byIndex) Len() int           { return b.n }
func (b byIndex) Less(i, j int) bool { return b.less(i, j) }
func (b byIndex) Swap(i, j int)      { b.swap(i, j) }
