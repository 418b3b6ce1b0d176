// Package browser is the one boundary to JavaScript: nothing else calls into the
// page. Outside a browser its functions do nothing and return empty values. No
// call stops the program: storage can be full or forbidden, and Safari refuses too
// many changes of the address.
//
//   - browser.go: addresses, focus, storage, the day that it is
//   - browser_keep.go: copying, sharing, printing, files
//   - browser_embed.go: the page around a frame
package browser
