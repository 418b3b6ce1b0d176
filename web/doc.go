// Command web builds the site, serves it on this machine and answers quotes.
//
//	go run ./web build [-out dist] [-base /] [-date YYYY-MM-DD]
//	go run ./web serve [-dir dist] [-base /] [-port 8080]
//	go run ./web quote [FILE|-]
//
// Each command is a file here and does little itself: package site has the site,
// slim its programs, protocol the contract for machines, serve what answers for
// it. The tests of the pages in real browsers are here too, as they are tests of
// all of these together; they share one built site and one Chromium.
package main
