// Package site builds the site: a folder of static files that any host can
// serve. Every page is a ready HTML file, the program that makes it live is one
// WebAssembly file, and a service worker keeps all of it for use offline. Two
// builds of the same source and date are the same to the byte.
package site
