// Package contacts is what the page with the list and the program that reads lists in
// a worker say to each other, as JSON, beside what package files has for every kind of
// file, and what a sender may choose there.
//
// What people's files hold passes through it only to be shown: samples of columns, and
// cells that cannot be read. [Choices] hold none of it, so that they can be kept.
package contacts
