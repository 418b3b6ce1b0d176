package main

import (
	"bytes"
	"path/filepath"
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
	for _, args := range [][]string{{"help"}, {"-h"}, {"build", "-h"}} {
		var stdout, stderr bytes.Buffer
		if code := run(args, strings.NewReader(""), &stdout, &stderr); code != exitOK {
			t.Errorf("%v: exit code %d", args, code)
		}
		if !strings.Contains(stdout.String(), "usage:") || stderr.Len() > 0 {
			t.Errorf("%v: stdout %q, stderr %q", args, stdout.String(), stderr.String())
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
