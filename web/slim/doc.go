// Package slim compiles the programs for the browser smaller than the go command
// alone would: README.md says why, what each piece of it saves, and how to do
// without.
//
// A piece leaves out of a module what the programs do not use, puts a smaller
// stand-in in the place of a package, or changes what Go's linker has written.
// All of it happens in files of the build; the repository's go.mod and the
// modules as they were downloaded know nothing of it.
package slim
