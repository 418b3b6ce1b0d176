//go:build js

package pages

// The static pages and their texts are no part of the browser's program.

func staticPages() []Page { return nil }
