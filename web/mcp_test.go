package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"postage/app/pages"
	"postage/web/protocol"
)

const hello = `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"script","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
`

// TestTheCommandMCPSpeaksTheProtocolAlone, and its help names each tool that it has.
func TestTheCommandMCPSpeaksTheProtocolAlone(t *testing.T) {
	var out, errs, help bytes.Buffer
	code := run([]string{"mcp"}, strings.NewReader(hello+`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`+"\n"), &out, &errs)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if code != exitOK || errs.Len() > 0 || len(lines) != 2 {
		t.Fatalf("exit code %d, %q, %d lines", code, errs.String(), len(lines))
	}
	var list struct {
		Result struct{ Tools []struct{ Name string } }
	}
	if err := json.Unmarshal([]byte(lines[1]), &list); err != nil || len(list.Result.Tools) == 0 {
		t.Fatalf("%v: %s", err, lines[1])
	}
	run([]string{"help", "mcp"}, nil, &help, &errs)
	for _, tool := range list.Result.Tools {
		if !strings.Contains(help.String(), tool.Name) {
			t.Errorf("the help of mcp is without the tool %s", tool.Name)
		}
	}
}

func TestTheCommandMCPEndsWithAReason(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"mcp"}, strings.NewReader("hello\n"), &out, &errs); code != exitFailed || out.Len() > 0 || !strings.HasPrefix(errs.String(), "web mcp: ") {
		t.Errorf("what is not the protocol: exit code %d, %q, %q", code, out.String(), errs.String())
	}
	if code := run([]string{"mcp", "8080"}, strings.NewReader(""), &out, &errs); code != exitUsage {
		t.Errorf("an argument: exit code %d", code)
	}
}

// TestAssistantsGetTheLanguagesOfTheSite.
func TestAssistantsGetTheLanguagesOfTheSite(t *testing.T) {
	if got, want := protocol.Langs(), pages.Languages(); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("%q, the site has %q", got, want)
	}
}
