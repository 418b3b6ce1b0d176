// Package below is what stands under the form and the answer: the better ways and the
// pictures. Both take long to work out, so that they wait for a pause.
//
//   - below.go: the two of them; ways.go: the better ways; pictures.go: the charts
package below
