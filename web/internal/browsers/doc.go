// Package browsers drives real browsers for the tests and the measurements of the
// site: Chromium by its own protocol with chromedp, Firefox by WebDriver BiDi over
// a websocket, and WebKit by WebDriver over HTTP.
//
// Chromium has everything that the tests ask for; they work on its context. What
// the others can be asked for as well is a [Page]. Nothing here knows the site,
// waits for a time, or fails a test: what goes wrong in a page is told to a
// [Problem], and who waits, and how long, is for the caller's context to say.
package browsers
