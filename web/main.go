package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// Exit codes of the command.
const (
	exitOK     = 0
	exitFailed = 1 // the command was understood and could not be carried out
	exitUsage  = 2 // the command line is wrong
)

const usage = `usage:
  web build [-out dist] [-base /] [-origin https://…] [-date YYYY-MM-DD] [-quick] [-slim=0]
                                                       build the site into a folder
  web serve [-dir dist] [-base /] [-port 8080]         serve a built site on this machine
  web hosting nginx|caddy [-base /] [-origin https://…] [-root /srv/postage]
                                                       print a host's configuration
  web quote [--changes FROM..TO | --most AMOUNT] [FILE|-]
                                                       answer scenarios in JSON with quotes in JSON
  web plan [FILE|-]                                    answer plans, several messages of a month, likewise
  web mix [FILE|-]                                     find the best way for each group of scenarios
  web reach -purpose PURPOSE -on YYYY-MM-DD [flags] CONTACTS.csv|CONTACTS.xlsx|-
                                                       find who of a list can be reached, how, at the least cost
  web audit [-as-of DATE] [-config FILE] BILL          hold a bill against the book, and the same traffic on
                                                       another day; audit -h tells more
  web questions [FILE|-]                               tell which fields can change the answer to scenarios
  web book                                             print the book of rules, error codes and sources as JSON

-base is the path the site is served under, such as /tools/postage/.
-origin is the start of the site's address, for search engines and for frames in
a sandbox.
-quick leaves out the compressed files, which only a real host needs.
-slim=0 compiles the programs as Go alone does, which makes them larger.
`

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run carries out one command line and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return exitUsage
	}
	command, args := args[0], args[1:]
	var err error
	switch command {
	case "build":
		err = runBuild(args, stdout)
	case "serve":
		err = runServe(args, stdout)
	case "hosting":
		err = runHosting(args, stdout)
	case "quote":
		return quote(args, stdin, stdout, stderr)
	case "plan":
		return plan(args, stdin, stdout, stderr)
	case "mix":
		return mix(args, stdin, stdout, stderr)
	case "reach":
		return reachList(args, stdin, stdout, stderr)
	case "audit":
		return auditBill(args, stdin, stdout, stderr)
	case "questions":
		return questions(args, stdin, stdout, stderr)
	case "book":
		err = runBook(args, stdout)
	case "help", "-h", "-help", "--help":
		fmt.Fprint(stdout, usage)
	default:
		err = usageError{fmt.Sprintf("there is no command %q", command)}
	}

	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return exitOK
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "web: %v\n\n%s", err, usage)
		return exitUsage
	default:
		fmt.Fprintf(stderr, "web: %v\n", err)
		return exitFailed
	}
}

// A usageError says what is wrong with the command line.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// wrongFlag says what is wrong with a flag.
func wrongFlag(name string, err error) error { return usageError{"-" + name + ": " + err.Error()} }

// parseFlags reads the flags of one command, which takes nothing but flags.
func parseFlags(flags *flag.FlagSet, args []string) error {
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError{err.Error()}
	}
	if flags.NArg() > 0 {
		return usageError{fmt.Sprintf("%s takes no argument, but was given %q", flags.Name(), flags.Arg(0))}
	}
	return nil
}
