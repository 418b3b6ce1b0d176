// Package page is what every page of the site has: its top and its foot, and how
// sources are named.
package page
