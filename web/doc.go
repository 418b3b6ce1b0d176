// Command web builds the site, serves it on this machine and answers quotes.
//
//	go run ./web build [-out dist] [-base /] [-date YYYY-MM-DD]
//	go run ./web serve [-dir dist] [-base /] [-port 8080]
//	go run ./web quote [FILE|-]
//
// The built site is a folder of static files that any host can serve: every
// page is a ready HTML file, the program that makes it live is one
// WebAssembly file, and a service worker keeps all of it for use offline.
// Two builds of the same source and date are the same to the byte.
//
// The build leaves the parts of go-app that only a server needs out of the
// browser's program; folder trim has what stands in for them, trim.go says
// how.
package main
