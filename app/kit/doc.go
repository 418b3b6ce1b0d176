// Package kit is what all screens are made of: elements, addresses, and the charts
// with what they need. It knows no rule and no channel.
//
//   - elements.go, chart.go: what is drawn; paths.go: addresses
//   - pace.go: what is drawn when; part.go: pieces that are drawn again only when
//     what they show changes
package kit
