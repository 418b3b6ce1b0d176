// Package words is how things are written for people. The texts of each language
// are in the folders vi, en and ru.
package words
