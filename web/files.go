package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"postage/app/contacts/reading"
	"postage/app/table"
	"postage/rules"
)

// What the commands that read people's files have in common.

// ofFile ends such a command: with 0, 1 where some row was unreadable or something else
// failed, or 2 for bad usage.
func ofFile(name, usage string, unreadable bool, err error, stdout, stderr io.Writer) int {
	var wrong usageError
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return exitOK
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "%s: %v\n\n%s", name, err, usage)
		return exitUsage
	case err != nil:
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return exitFailed
	case unreadable:
		return exitFailed
	}
	return exitOK
}

// theFile reads the flags and returns the one file that is named behind them.
func theFile(flags *flag.FlagSet, args []string, what string) (string, error) {
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return "", err
		}
		return "", usageError{err.Error()}
	}
	if flags.NArg() != 1 {
		return "", usageError{fmt.Sprintf("it takes one %s, but was given %d", what, flags.NArg())}
	}
	return flags.Arg(0), nil
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

// csvCell is a text as a cell of a CSV.
func csvCell(text string) string { return reading.CSVCell(text) }
