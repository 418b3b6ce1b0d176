// Package billing is what the page with a bill and the program that reads bills in a
// worker say to each other, as JSON, and what is said of a bill there.
//
// What people's files hold passes through it only to be shown. [Choices] hold none of it,
// so that they can be kept.
package billing
