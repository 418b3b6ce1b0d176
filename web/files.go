package main

import (
	"flag"
	"fmt"
	"os"

	"postage/app/table"
	"postage/rules"
)

// What the commands that read people's files have in common.

// dateFlag declares the flag -dates.
func dateFlag(flags *flag.FlagSet) *string {
	return flags.String("dates", "", "`dmy|mdy`: whether the day or the month stands first, where nothing in a column proves it")
}

// dateOrder reads the flag -dates.
func dateOrder(typed string) (table.Order, error) {
	order, ok := table.ParseOrder(typed)
	if !ok && typed != "" {
		return order, usageError{fmt.Sprintf("-dates: %q is neither dmy nor mdy", typed)}
	}
	return order, nil
}

// listConfig reads the file of the flag -config; the empty one without it.
func listConfig(file string) (config rules.ListConfig, err error) {
	if file == "" {
		return config, nil
	}
	text, err := os.ReadFile(file)
	if err == nil {
		config, err = rules.DecodeListConfig(text)
	}
	if err != nil {
		return config, wrongFlag("config", err)
	}
	return config, nil
}
