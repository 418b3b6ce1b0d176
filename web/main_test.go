package main

import (
	"bytes"
	"flag"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCommandLineErrorsAreExplained(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no command", nil, "usage:"},
		{"an unknown command", []string{"bake"}, `"bake"`},
		{"an unknown flag", []string{"build", "-colour", "red"}, "-colour"},
		{"a base without slashes", []string{"build", "-base", "tools"}, "-base"},
		{"a base that leads upwards", []string{"build", "-base", "/../"}, "-base"},
		{"a date in another order", []string{"build", "-date", "31-01-2026"}, "31-01-2026"},
		{"a date that does not exist", []string{"build", "-date", "2026-02-30"}, "2026-02-30"},
		{"a stray argument", []string{"build", "now"}, `"now"`},
		{"a port that is no number", []string{"serve", "-port", "http"}, "-port"},
		{"a port out of range", []string{"serve", "-port", "70000"}, "70000"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(test.args, strings.NewReader(""), &stdout, &stderr); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			if !strings.Contains(stderr.String(), test.want) {
				t.Errorf("stderr does not mention %s:\n%s", test.want, stderr.String())
			}
			if stdout.Len() > 0 {
				t.Errorf("stdout: %s", stdout.String())
			}
		})
	}
}

func TestHelpIsNotAnError(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"--help"}, {"build", "-h"}, {"quote", "file", "--help"}} {
		var stdout, stderr bytes.Buffer
		if code := run(args, strings.NewReader(""), &stdout, &stderr); code != exitOK {
			t.Errorf("%v: exit code %d", args, code)
		}
		if !strings.Contains(stdout.String(), "usage:") || stderr.Len() > 0 {
			t.Errorf("%v: stdout %q, stderr %q", args, stdout.String(), stderr.String())
		}
	}
}

// TestEachCommandHasHelp: how it is written, its flags with what they take, what it
// ends with, and it is in the overview.
func TestEachCommandHasHelp(t *testing.T) {
	var all bytes.Buffer
	overview(&all)
	for _, c := range commands() {
		var asked, flagged, stderr bytes.Buffer
		if code := run([]string{"help", c.name}, nil, &asked, &stderr); code != exitOK || stderr.Len() > 0 {
			t.Errorf("help %s: exit code %d, %s", c.name, code, stderr.String())
		}
		if run([]string{c.name, "-h"}, nil, &flagged, &stderr); flagged.String() != asked.String() {
			t.Errorf("web %s -h and web help %s differ", c.name, c.name)
		}
		for _, want := range []string{"usage: web " + c.name, capital(c.short), "exit status:\n  0  "} {
			if !strings.Contains(asked.String(), want) {
				t.Errorf("the help of %s is without %q:\n%s", c.name, want, asked.String())
			}
		}
		if !strings.Contains(all.String(), "\n  "+c.name+" ") {
			t.Errorf("the overview is without %s", c.name)
		}
		c.declared().VisitAll(func(f *flag.Flag) {
			value, text := flag.UnquoteUsage(f)
			if text == "" || !isSwitch(f) && strings.ToLower(value) == value && choices(value) == nil {
				t.Errorf("%s: -%s takes %q and says %q", c.name, f.Name, value, text)
			}
		})
	}
}

// TestFlagsMayStandBehindFiles as people write them.
func TestFlagsMayStandBehindFiles(t *testing.T) {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	a, b := flags.String("a", "", ""), flags.Bool("b", false, "")
	operands, err := parse(flags, []string{"x", "-a", "1", "-", "-b", "y", "--", "-a", "z"})
	if err != nil || strings.Join(operands, " ") != "x - y -a z" || *a != "1" || !*b {
		t.Errorf("%q, %q, %t, %v", operands, *a, *b, err)
	}
}

func TestShellsComplete(t *testing.T) {
	for words, want := range map[string]string{
		"":                         "build serve hosting",
		"q":                        "quote questions",
		"help pl":                  "plan",
		"quote -":                  "-changes -most -help",
		"quote --m":                "--most",
		"reach -purpose ":          "answer transaction one-time-password promotion",
		"reach list.csv -dates m":  "mdy",
		"hosting ":                 "caddy nginx",
		"build -quick -o":          "-out -origin",
		"build -out ":              "",
		"quote ":                   "",
		"bake -":                   "",
		"completion f":             "fish",
		"reach -purpose answer fi": "",
	} {
		var out bytes.Buffer
		if code := run(append([]string{completeWords}, strings.Split(words, " ")...), nil, &out, &out); code != exitOK {
			t.Errorf("%q: exit code %d", words, code)
		}
		got := strings.Join(strings.Fields(out.String()), " ")
		if words == "" {
			got = strings.Join(strings.Fields(out.String())[:3], " ")
		}
		sorted := func(s string) []string { return slices.Sorted(strings.FieldsSeq(s)) }
		if !slices.Equal(sorted(got), sorted(want)) {
			t.Errorf("%q may become %q, not %q", words, got, want)
		}
	}
}

// TestTheScriptForBashAsksTheProgram with the words up to the cursor, and offers what
// it says, words with blanks too.
func TestTheScriptForBashAsksTheProgram(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal("this test needs bash")
	}
	var script, stderr bytes.Buffer
	if code := run([]string{"completion", "-name", "my-postage", "bash"}, nil, &script, &stderr); code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	out, err := exec.Command(bash, "-ec", `my-postage() { printf '%s\n' "$@" "two words"; }
`+script.String()+`
COMP_WORDS=(my-postage quote "" --m behind); COMP_CWORD=3
"$(complete -p my-postage | sed 's/.*-F \([^ ]*\) .*/\1/')" my-postage
printf '<%s>' "${COMPREPLY[@]}"`).CombinedOutput()
	if want := "<" + completeWords + "><quote><><--m><two words>"; err != nil || strings.ReplaceAll(string(out), "<><", "<") != strings.ReplaceAll(want, "<><", "<") {
		t.Errorf("%v: %s, not %s", err, out, want)
	}
}

func TestThereIsAScriptForEachShell(t *testing.T) {
	for shell := range completionScripts {
		var out, errs bytes.Buffer
		if code := run([]string{"completion", shell, "-name", "postage"}, nil, &out, &errs); code != exitOK || !strings.Contains(out.String(), completeWords) || strings.Contains(out.String(), "NAME") {
			t.Errorf("%s: exit code %d, %s%s", shell, code, out.String(), errs.String())
		}
	}
	for _, args := range [][]string{{}, {"csh"}, {"bash", "zsh"}, {"bash", "-name", "a;b"}, {"bash", "-name", ""}} {
		var out, errs bytes.Buffer
		if code := run(append([]string{"completion"}, args...), nil, &out, &errs); code != exitUsage || out.Len() > 0 {
			t.Errorf("%q: exit code %d, %s", args, code, out.String())
		}
	}
}

func TestServingNeedsABuiltSite(t *testing.T) {
	var stdout, stderr bytes.Buffer
	dir := filepath.Join(t.TempDir(), "none")
	if code := run([]string{"serve", "-dir", dir}, strings.NewReader(""), &stdout, &stderr); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	if !strings.Contains(stderr.String(), "make build") {
		t.Errorf("stderr does not say what to do:\n%s", stderr.String())
	}
}
