// Command web builds the site, serves it on this machine and answers quotes. Its help
// tells of each command:
//
//	go run ./web help
//
// Each command is declared once, in a file here, with its flags and its help, from which
// shells complete too. It does little itself: package site has the site,
// slim its programs, protocol the contract for machines, serve what answers for
// it. The tests of the pages in real browsers are here too, as they are tests of
// all of these together; they share one built site and one Chromium.
package main
