package app

import "strings"

// homePath is the address of the calculator in a language; the default language
// has the site's root.
func homePath(code string) string {
	if code == languages[0] {
		return "/"
	}
	return "/" + code + "/"
}

// rulesPath is the address of the page with the book.
func rulesPath(code string) string { return homePath(code) + "rules/" }

// aboutPath is the address of the page on the method and the licences.
func aboutPath(code string) string { return homePath(code) + "about/" }

// framePath is the address of the calculator for a frame in a partner's page.
func framePath(code string) string { return homePath(code) + "embed/" }

// partnersPath is the address of the page that tells partners how to use it.
func partnersPath(code string) string { return homePath(code) + "partners/" }

// designPath is the address of the page that shows every part.
func designPath(code string) string { return homePath(code) + "design/" }

// relative is the link from one path of the site to another.
func relative(from, to string) string {
	return "./" + strings.Repeat("../", strings.Count(from, "/")-1) + strings.TrimPrefix(to, "/")
}
