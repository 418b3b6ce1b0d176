package main

import (
	"encoding/json"
	"flag"

	"postage/rules"
)

var bookCommand = command{
	name:  "book",
	short: "print the book of rules, notices, readings, error codes and sources as JSON",
	prepare: func(*flag.FlagSet) work {
		return onlyFlags(func(s streams) error {
			out := json.NewEncoder(s.out)
			out.SetEscapeHTML(false)
			out.SetIndent("", "  ")
			return out.Encode(struct {
				rules.Book
				Codes []rules.ErrorCode `json:"codes"`
			}{rules.TheBook(), rules.ErrorCodes()})
		})
	},
}
