// Package pages is the list of the site's pages, and those of them that need no
// program: the book, the method, the page for partners, the page of all parts. They
// are prerendered, and left out of the browser's program.
package pages
