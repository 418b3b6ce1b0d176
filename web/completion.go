package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What shells complete. Their scripts do no more than ask the program itself, with the
// words of the line so far, so that they need not be written anew for a new flag.

// completeWords is what scripts ask with. It is no command for people.
const completeWords = "__complete"

// completionScripts are the scripts by their shells; NAME is the program's name.
// Where the program names nothing, the shell offers files.
var completionScripts = map[string]string{
	"bash": `_NAME_complete() {
	local IFS=$'\n'
	COMPREPLY=($("$1" ` + completeWords + ` "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _NAME_complete NAME
`,
	"zsh": `#compdef NAME
_NAME_complete() {
	local -a found
	found=(${(f)"$("${words[1]}" ` + completeWords + ` "${(@)words[2,CURRENT]}" 2>/dev/null)"})
	if (( ${#found} )); then compadd -- "${found[@]}"; else _files; fi
}
compdef _NAME_complete NAME
`,
	"fish": `complete -c NAME -a '(set -l words (commandline -opc) (commandline -ct); $words[1] ` + completeWords + ` $words[2..] 2>/dev/null)'
`,
}

var completionCommand = command{
	name: "completion", operands: strings.Join(slices.Sorted(maps.Keys(completionScripts)), "|"),
	short: "print a script with which a shell completes commands and flags",
	long: `  bash  source <(web completion bash)
  zsh   source <(web completion zsh), behind compinit
  fish  web completion fish | source
In the file that the shell reads first it is there in each shell. It is for the
program as it was built, go build -o postage ./web, and goes by its name.
`,
	prepare: func(flags *flag.FlagSet) work {
		name := flags.String("name", programName(os.Args[0]), "`NAME` of the program")
		return func(operands []string, s streams) (bool, error) {
			shell, err := oneOf(operands, "shell")
			if err != nil {
				return false, err
			}
			script, ok := completionScripts[shell]
			if !ok {
				return false, usageError{fmt.Sprintf("there is no script for %q; there is one for each of %s", shell, strings.Join(slices.Sorted(maps.Keys(completionScripts)), ", "))}
			}
			if *name == "" || strings.Trim(*name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != "" {
				return false, usageError{fmt.Sprintf("-name: %q is not a name of letters, digits, - and _", *name)}
			}
			_, err = io.WriteString(s.out, strings.ReplaceAll(script, "NAME", *name))
			return false, err
		}
	},
}

// programName is the name by which a program is started.
func programName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), ".exe")
}

// complete writes what the last of the words may become, a line each.
func complete(words []string, to io.Writer) {
	if len(words) == 0 {
		return
	}
	last := words[len(words)-1]
	for _, word := range mayFollow(words[:len(words)-1], last) {
		if strings.HasPrefix(word, last) {
			fmt.Fprintln(to, word)
		}
	}
}

// mayFollow lists what may stand behind some words, where those are known; begun is
// what stands there already.
func mayFollow(words []string, begun string) (list []string) {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if len(words) == 0 {
		return names
	}
	c := commandOf(words[0])
	if c == nil {
		return nil
	}
	flags := c.declared()
	if before := words[len(words)-1]; len(words) > 1 && strings.HasPrefix(before, "-") {
		if f := flags.Lookup(strings.TrimLeft(before, "-")); f != nil && !isSwitch(f) {
			value, _ := flag.UnquoteUsage(f)
			return choices(value)
		}
	}
	if strings.HasPrefix(begun, "-") {
		dash := "-"
		if strings.HasPrefix(begun, "--") {
			dash = "--"
		}
		flags.VisitAll(func(f *flag.Flag) { list = append(list, dash+f.Name) })
		return append(list, dash+"help")
	}
	if c.name == "help" {
		return names
	}
	return choices(c.operands)
}

// isSwitch reports whether a flag may be given without a value.
func isSwitch(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// choices are the words of a list such as nginx|caddy; what stands for something else
// has capital letters.
func choices(text string) []string {
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return r != '|' && r != '-' && (r < 'a' || r > 'z') }) || !strings.Contains(text, "|") {
		return nil
	}
	return strings.Split(text, "|")
}
