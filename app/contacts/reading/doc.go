// Package reading works a list of contacts from a file to an answer: it reads the rows,
// plans who gets what, and writes the files. The command and the program of the browser
// read lists by it.
package reading
