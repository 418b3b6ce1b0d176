// Package desk is what every part of the calculator works at: the calculation in
// words, what becomes of a change, and what parts are drawn with.
package desk
