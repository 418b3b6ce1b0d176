// Package app tells the browser's program which screen belongs to which address.
// The calculator itself is in the rooms below it, each of which knows only those
// that stand under it here:
//
//   - pages: the pages of the site, most of which need no program
//   - screen: the calculator, made of go-app components
//   - planning: the page with the plan, made of go-app elements; planning/mixed: the
//     best way for each group; planning/calendar: the days of sending
//   - listing: the page with a list of contacts; contacts: what it says to the worker
//     that reads the list, by contacts/reading
//   - auditing: the page with a bill; billing: what it says to the worker that reads the
//     bill, by billing/checking
//   - filing: what the pages with a file are made of; files: what they and the worker say
//     to each other alike
//   - page: what every page of the site has
//   - kit: what all screens are made of: elements, addresses, charts
//   - plan: a plan as it is typed, and what becomes of it
//   - report: the answer in words
//   - model: what the calculator knows and does, without a page
//   - form: what was typed, and the scenario that comes of it
//   - words: every text, in three languages; numbers, money and days
//   - browser: the one boundary to JavaScript
//   - breath: the rests that a long piece of work takes
//
// A key or a link changes the form. From the form comes a scenario, from the
// scenario package rules makes the quote, and the screen shows it. Drawing only
// reads.
package app
