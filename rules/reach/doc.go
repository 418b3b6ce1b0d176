// Package reach tells who of a list of people can be reached, by which type of
// message, and what that costs at the least.
//
// A [Contact] is one person as a file knows them.
package reach
