package main

import (
	"encoding/json"
	"flag"
	"io"

	"postage/rules"
)

// runBook prints the book: every rule with its dated facts, every notice,
// reading, source and error code.
func runBook(args []string, stdout io.Writer) error {
	if err := parseFlags(flag.NewFlagSet("book", flag.ContinueOnError), args); err != nil {
		return err
	}
	out := json.NewEncoder(stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		rules.Book
		Codes []rules.ErrorCode `json:"codes"`
	}{rules.TheBook(), rules.ErrorCodes()})
}
