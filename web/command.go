package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Exit codes of the command.
const (
	exitOK     = 0
	exitFailed = 1 // the command was understood and could not be carried out
	exitUsage  = 2 // the command line is wrong
)

// A command is one of those of web. What it says of itself is its help and what
// shells complete.
type command struct {
	name     string
	operands string // behind the flags, "[FILE|-]"; words in small letters are those to choose from
	short    string // what it does, in a line
	long     string // what else is to be known of it; lines that end with a line end
	failed   string // what exit status 1 means
	// prepare declares the flags and returns what carries the command out.
	prepare func(*flag.FlagSet) work
}

// A work carries out a command once its flags have been read. It reports whether some
// of what it was given could not be answered.
type work func(operands []string, s streams) (failed bool, err error)

// streams are the standard streams of a command.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// A usageError says what is wrong with the command line.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// wrongFlag says what is wrong with a flag.
func wrongFlag(name string, err error) error { return usageError{"-" + name + ": " + err.Error()} }

// onlyFlags is a work that takes no operands.
func onlyFlags(do func(streams) error) work {
	return func(operands []string, s streams) (bool, error) {
		if len(operands) > 0 {
			return false, usageError{fmt.Sprintf("it takes no argument, but was given %q", operands[0])}
		}
		return false, do(s)
	}
}

// oneOf is the one operand of a command, which names something.
func oneOf(operands []string, what string) (string, error) {
	if len(operands) != 1 {
		return "", usageError{fmt.Sprintf("it takes one %s, but was given %d", what, len(operands))}
	}
	return operands[0], nil
}

// run carries out the command and returns the exit code.
func (c *command) run(args []string, s streams) int {
	flags := c.flags()
	work := c.prepare(flags)
	operands, err := parse(flags, args)
	failed := false
	if err == nil {
		failed, err = work(operands, s)
	}
	var wrong usageError
	switch {
	case errors.Is(err, flag.ErrHelp):
		c.help(s.out)
		return exitOK
	case errors.As(err, &wrong):
		fmt.Fprintf(s.err, "web %s: %v\n\n%sweb help %s tells more.\n", c.name, err, c.usage(), c.name)
		return exitUsage
	case err != nil:
		fmt.Fprintf(s.err, "web %s: %v\n", c.name, err)
		return exitFailed
	case failed:
		return exitFailed
	}
	return exitOK
}

func (c *command) flags() *flag.FlagSet {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// declared are the command's flags, to be told of.
func (c *command) declared() *flag.FlagSet {
	flags := c.flags()
	c.prepare(flags)
	return flags
}

// parse reads flags, which may stand before and behind operands. Behind -- there are
// operands alone.
func parse(flags *flag.FlagSet, args []string) (operands []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usageError{err.Error()}
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return operands, nil
		}
		if i := len(args) - len(rest) - 1; i >= 0 && args[i] == "--" {
			return append(operands, rest...), nil
		}
		operands, args = append(operands, rest[0]), rest[1:]
	}
}

// usage is how the command is written.
func (c *command) usage() string {
	line := "usage: web " + c.name
	if hasAny(c.declared()) {
		line += " [flags]"
	}
	return strings.TrimSpace(line+" "+c.operands) + "\n"
}

// help writes all that there is to know.
func (c *command) help(to io.Writer) {
	fmt.Fprintf(to, "%s\n%s.\n", c.usage(), capital(c.short))
	if c.long != "" {
		fmt.Fprintf(to, "\n%s", c.long)
	}
	if flags := c.declared(); hasAny(flags) {
		fmt.Fprint(to, "\nflags:\n")
		flags.SetOutput(to)
		flags.PrintDefaults()
	}
	fmt.Fprintf(to, "\nexit status:\n  0  done\n  1  %s\n  2  the command line is wrong, or names a file that cannot be read\n", cmp.Or(c.failed, "it could not be done; standard error says why"))
}

// hasAny reports whether any flag is declared.
func hasAny(flags *flag.FlagSet) (any bool) {
	flags.VisitAll(func(*flag.Flag) { any = true })
	return any
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// overview tells of all commands.
func overview(to io.Writer) {
	fmt.Fprint(to, "usage: web COMMAND [flags] [FILE]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(to, "  %-12s%s\n", c.name, c.short)
	}
	fmt.Fprint(to, `
web help COMMAND, or web COMMAND -h, tells more of one. Flags may be written with
one dash or two, before and behind the files.

exit status:
  0  done
  1  it could not be done, or not for all that was given
  2  the command line is wrong, or names a file that cannot be read
`)
}

// commandOf is the command of a name, nil where there is none.
func commandOf(name string) *command {
	list := commands()
	if i := slices.IndexFunc(list, func(c *command) bool { return c.name == name }); i >= 0 {
		return list[i]
	}
	return nil
}
