// Package auditing is the page with a bill: what was billed held against the book, why it
// differs, and what the same traffic costs under the rules of another day. A worker reads
// the bill, and this package shows what that tells, so that neither the reader nor the
// prices are in the page's own program.
//
// Nothing of a bill leaves the page but the file that its visitor saves and the letter that
// they copy.
package auditing
