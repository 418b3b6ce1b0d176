package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// commands lists the commands in the order in which they are told of.
func commands() []*command {
	return []*command{
		&buildCommand, &serveCommand, &hostingCommand,
		&quoteCommand, &planCommand, &mixCommand, &questionsCommand, &reachCommand, &auditCommand, &fieldsCommand, &bookCommand, &dueCommand, &mcpCommand,
		&completionCommand, helpCommand(),
	}
}

func helpCommand() *command {
	return &command{
		name: "help", operands: "[COMMAND]",
		short:   "tell what there is, or more of one command",
		prepare: func(*flag.FlagSet) work { return help },
	}
}

func help(operands []string, s streams) (bool, error) {
	if len(operands) == 0 {
		overview(s.out)
		return false, nil
	}
	name, err := oneOf(operands, "command")
	if err != nil {
		return false, err
	}
	c := commandOf(name)
	if c == nil {
		return false, noCommand(name)
	}
	c.help(s.out)
	return false, nil
}

// run carries out one command line and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		overview(stderr)
		return exitUsage
	}
	switch args[0] {
	case "-h", "-help", "--help":
		overview(stdout)
		return exitOK
	case completeWords:
		complete(args[1:], stdout)
		return exitOK
	}
	c := commandOf(args[0])
	if c == nil {
		fmt.Fprintf(stderr, "web: %v\n\nusage: web COMMAND [flags] [FILE]\nweb help tells more.\n", noCommand(args[0]))
		return exitUsage
	}
	return c.run(args[1:], streams{stdin, stdout, stderr})
}

func noCommand(name string) error {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return usageError{fmt.Sprintf("there is no command %q; there are %s", name, strings.Join(names, ", "))}
}
