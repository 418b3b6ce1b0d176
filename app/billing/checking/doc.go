// Package checking holds a bill against the book, from a file to what the page shows: it
// answers what the page asks in the worker, and makes up a bill to try it with.
package checking
