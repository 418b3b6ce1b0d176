// Package filing is what every page with a file has: where the file comes from, what the
// worker is doing with it, which column is what, and what is wrong. The pages themselves
// are in packages listing and auditing.
//
// The texts are those of the section "list"; a page that calls something otherwise has a
// text of the same name in its own section.
package filing
