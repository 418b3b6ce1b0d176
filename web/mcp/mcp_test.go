package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"postage/rules"
	"postage/web/internal/source"
	"postage/web/internal/worked"
	"postage/web/protocol"
)

// A watched counts what is written, and keeps it.
type watched struct {
	io.Writer
	all *bytes.Buffer
}

func (w watched) Write(p []byte) (int, error) {
	w.all.Write(p)
	return w.Writer.Write(p)
}

// connect speaks with a server as an assistant does. What the server writes is in the
// buffer once the session is closed; end closes it.
func connect(t testing.TB) (session *sdk.ClientSession, written *bytes.Buffer, end func()) {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	written = &bytes.Buffer{}
	served := make(chan error, 1)
	go func() {
		served <- Serve(context.Background(), toServer, watched{fromServer, written})
		fromServer.Close()
	}()
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(context.Background(), &sdk.IOTransport{Reader: toClient, Writer: fromClient}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return session, written, func() {
		t.Helper()
		if err := session.Close(); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Errorf("the server ends with %v", err)
		}
	}
}

// call calls a tool and returns its text.
func call(t testing.TB, session *sdk.ClientSession, name string, arguments any) (text string, isError bool) {
	t.Helper()
	r, err := session.CallTool(context.Background(), &sdk.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(r.Content) != 1 {
		t.Fatalf("%s answers with %d texts", name, len(r.Content))
	}
	return r.Content[0].(*sdk.TextContent).Text, r.IsError
}

const sound = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":100,"phone":true}]}`

// given are arguments with parts in JSON.
func given(pairs ...string) map[string]json.RawMessage {
	list := map[string]json.RawMessage{}
	for i := 0; i < len(pairs); i += 2 {
		list[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return list
}

func text(s string) string { return string(asJSON(s)) }

// TestToolsAnswerAsTheRulesDo, in the bytes of the core.
func TestToolsAnswerAsTheRulesDo(t *testing.T) {
	session, _, end := connect(t)
	defer end()
	const plan = `{"items":[{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":150,"phone":true}]}],"balance":{"VND":"2000000"}}`
	from, to := rules.Date(20250101), rules.Date(20261231)
	for _, c := range []struct {
		tool      string
		arguments map[string]json.RawMessage
		answer    func() ([]byte, bool)
	}{
		{"quote", given("scenario", sound), func() ([]byte, bool) { return rules.Answer([]byte(sound)) }},
		{"questions", given("scenario", `{"message":{"type":"zalo.zns"}}`), func() ([]byte, bool) { return rules.AnswerQuestions([]byte(`{"message":{"type":"zalo.zns"}}`)) }},
		{"compare", given("scenario", sound), func() ([]byte, bool) { return rules.AnswerCompare([]byte(sound), "") }},
		{"compare", given("scenario", sound, "purpose", text("promotion")), func() ([]byte, bool) { return rules.AnswerCompare([]byte(sound), rules.Promotion) }},
		{"plan", given("plan", plan), func() ([]byte, bool) { return rules.AnswerPlan([]byte(plan)) }},
		{"most", given("scenario", sound, "budget", text("2000000")), func() ([]byte, bool) { return rules.AnswerMost([]byte(sound), "2000000") }},
		{"changes", given("scenario", sound, "from", text("2025-01-01"), "to", text("2026-12-31")), func() ([]byte, bool) { return rules.AnswerChanges([]byte(sound), from, to) }},
	} {
		want, ok := c.answer()
		if got, isError := call(t, session, c.tool, c.arguments); got != string(want) || isError || !ok {
			t.Errorf("%s answers\n%s\nnot\n%s", c.tool, got, want)
		}
	}
}

// TestEveryWorkedExampleIsAnswered as the rules answer it, and what is no scenario with
// all of its mistakes.
func TestEveryWorkedExampleIsAnswered(t *testing.T) {
	tree, err := source.Find()
	if err != nil {
		t.Fatal(err)
	}
	scenarios, err := worked.Scenarios(tree)
	if err != nil {
		t.Fatal(err)
	}
	session, _, end := connect(t)
	defer end()
	wrong := 0
	for i := 0; i < len(scenarios); i += 10 {
		want, ok := rules.Answer(scenarios[i])
		if !ok {
			wrong++
			if want, err = protocol.Refuse(want, rules.Mistakes(scenarios[i]), 0); err != nil {
				t.Fatal(err)
			}
		}
		if got, isError := call(t, session, "quote", given("scenario", string(scenarios[i]))); got != string(want) || isError == ok {
			t.Errorf("%s is answered with\n%s\nnot\n%s", scenarios[i], got, want)
		}
	}
	if wrong == len(scenarios) || len(scenarios) < 100 {
		t.Errorf("%d scenarios, %d of them wrong", len(scenarios), wrong)
	}
}

func TestRulesAndErrorCodesAreTold(t *testing.T) {
	session, _, end := connect(t)
	defer end()
	told := func(tool string, arguments map[string]json.RawMessage, to any) string {
		t.Helper()
		got, isError := call(t, session, tool, arguments)
		if isError {
			t.Fatalf("%s: %s", tool, got)
		}
		if err := json.Unmarshal([]byte(got), to); err != nil {
			t.Fatal(err)
		}
		return got
	}
	var all, ofType, onDay, one ruleList
	told("rules", nil, &all)
	if len(all.IDs) != len(rules.TheBook().Rules) || len(all.Readings) == 0 || all.Checked != rules.Checked() || len(all.Rules) > 0 {
		t.Errorf("without arguments it tells of %d ids", len(all.IDs))
	}
	told("rules", given("type", text("zalo.zns")), &ofType)
	told("rules", given("type", text("zalo.zns"), "on", text("2026-12-01")), &onDay)
	if len(ofType.Rules) != len(rules.RulesOf(rules.ZNS)) || len(ofType.Notices) == 0 || len(onDay.Notices) >= len(ofType.Notices) {
		t.Errorf("%d rules, %d notices, %d on a day", len(ofType.Rules), len(ofType.Notices), len(onDay.Notices))
	}
	for _, r := range onDay.Rules {
		if f, known := rules.RuleOn(r.ID, 20261201); !known || len(r.Facts) != 1 || r.Facts[0].Value != f.Value {
			t.Errorf("%s: %v", r.ID, r.Facts)
		}
	}
	told("rules", given("rule", text("zalo.uid.consultation.price")), &one)
	if len(one.Rules) == 0 || len(one.Sources) == 0 || len(one.Notices) > 0 {
		t.Errorf("of one rule: %+v", one)
	}
	for _, s := range one.Sources {
		if known, ok := rules.SourceByID(s.ID); !ok || known != s {
			t.Errorf("%v is no source", s)
		}
	}
	var codes struct{ Codes []meaning }
	told("error_codes", nil, &codes)
	if len(codes.Codes) != len(rules.ErrorCodes()) {
		t.Errorf("%d codes", len(codes.Codes))
	}
	for _, c := range codes.Codes {
		if c.Means == "" || c.Do == "" || strings.HasPrefix(c.Means, "code.") {
			t.Errorf("%s: %q, %q", c.Code, c.Means, c.Do)
		}
	}
	told("error_codes", given("code", text("131047"), "lang", text("vi")), &codes)
	if len(codes.Codes) != 1 || codes.Codes[0].Code != "131047" || !strings.ContainsAny(codes.Codes[0].Means, "ăâđêôơư") {
		t.Errorf("of one code: %+v", codes.Codes)
	}
	told("error_codes", given("type", text("zalo.zns")), &codes)
	for _, c := range codes.Codes {
		if c.Type.Platform() != "zalo" {
			t.Errorf("%s is of %s", c.Code, c.Type)
		}
	}
}

// TestAMistakeIsAnErrorOfTheToolWithItsField, which an assistant can mend.
func TestAMistakeIsAnErrorOfTheToolWithItsField(t *testing.T) {
	session, _, end := connect(t)
	defer end()
	spoilt := strings.Replace(strings.Replace(sound, `"approved"`, `"aproved"`, 1), "100", `"100"`, 1)
	for _, c := range []struct {
		tool      string
		arguments any
		want      []string // in order: paths and codes
	}{
		{"quote", nil, []string{"scenario required"}},
		{"quote", given("scenario", spoilt), []string{"message.template.aproved unknown-field", "audience[0].recipients wrong-type"}},
		{"quote", given("scenario", text(sound)), []string{"scenario wrong-type"}},
		{"quote", given("scenario", "null"), []string{" wrong-type"}},
		{"quote", given("scenario", "[1]", "lang", text("vi")), []string{"lang unknown-field"}},
		{"quote", given("Scenario", sound), []string{"scenario required", "Scenario unknown-field"}},
		{"quote", given("scenario", text(strings.Repeat("x", protocol.MaxScenario))), []string{"scenario wrong-type", "scenario out-of-range"}},
		{"quote", []int{1}, []string{" wrong-type"}},
		{"questions", given("scenario", `{"message":{"type":"zalo.zsn"}}`), []string{"message.type unknown-value"}},
		{"compare", given("scenario", sound, "purpose", text("greeting")), []string{"purpose unknown-value"}},
		{"compare", given("scenario", sound, "purpose", "5"), []string{"purpose wrong-type"}},
		{"plan", given("plan", `{"items":[{}]}`), []string{"items[0].on required", "items[0].message required", "items[0].audience required"}},
		{"most", given("scenario", sound, "budget", "2000000"), []string{"budget wrong-type"}},
		{"most", given("scenario", sound, "budget", text("much")), []string{"budget wrong-type"}},
		{"most", given("scenario", strings.Replace(sound, `"audience":[`, `"audience":[{"recipients":1},`, 1), "budget", text("5")), []string{"audience conflict"}},
		{"changes", given("scenario", sound), []string{"from required", "to required"}},
		{"changes", given("scenario", sound, "from", text("2026-02-30"), "to", text("2026-03-01")), []string{"from out-of-range"}},
		{"changes", given("scenario", sound, "from", text("2026-03-01"), "to", text("")), []string{"to out-of-range"}},
		{"changes", given("scenario", sound, "from", text("2026-03-01"), "to", text("2026-02-01")), []string{"to out-of-range"}},
		{"rules", given("type", text("zns")), []string{"type unknown-value"}},
		{"rules", given("rule", text("no.such")), []string{"rule unknown-value"}},
		{"rules", given("on", text("today")), []string{"on out-of-range"}},
		{"error_codes", given("code", text("7")), []string{"code unknown-value"}},
		{"error_codes", given("lang", text("fr")), []string{"lang unknown-value"}},
	} {
		got, isError := call(t, session, c.tool, c.arguments)
		var r protocol.Refusal
		if err := json.Unmarshal([]byte(got), &r); err != nil || r.Error == nil || !isError {
			t.Errorf("%s %s is answered with %s", c.tool, c.arguments, got)
			continue
		}
		var told []string
		for _, e := range append([]*rules.Error{r.Error}, r.More...) {
			told = append(told, e.Path+" "+string(e.Code))
			if e.Message == "" {
				t.Errorf("%s: %s says nothing", c.tool, e.Path)
			}
		}
		if !slices.Equal(told, c.want) {
			t.Errorf("%s: %q, not %q", c.tool, told, c.want)
		}
	}
	if _, err := session.CallTool(context.Background(), &sdk.CallToolParams{Name: "bake"}); err == nil {
		t.Error("a tool that there is not is called")
	}
}

// TestTheSchemasOfToolsComeFromTheDeclaration: what the tools take fits them, a number
// in the place of a string does not, and all of them together are short enough to be
// read before each conversation.
func TestTheSchemasOfToolsComeFromTheDeclaration(t *testing.T) {
	session, _, end := connect(t)
	defer end()
	list, err := session.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := protocol.ToolInputs()
	if err != nil || len(list.Tools) != len(tools) || len(inputs) != len(tools) {
		t.Fatalf("%d tools, %d of them with a schema: %v", len(list.Tools), len(inputs), err)
	}
	schemas, size := map[string]*jsonschema.Schema{}, 0
	for _, listed := range list.Tools {
		text, err := json.Marshal(listed)
		if err != nil {
			t.Fatal(err)
		}
		size += len(text)
		if listed.Description == "" || listed.Title == "" || !listed.Annotations.ReadOnlyHint {
			t.Errorf("%s says %q", listed.Name, listed.Description)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(listed.Name, listed.InputSchema); err != nil {
			t.Fatal(err)
		}
		if schemas[listed.Name], err = compiler.Compile(listed.Name); err != nil {
			t.Fatal(err)
		}
	}
	if most := 40_000; size > most {
		t.Errorf("the tools take %d bytes to describe, more than %d", size, most)
	}
	for _, c := range []struct {
		tool, arguments string
		fits            bool
	}{
		{"quote", `{"scenario":` + sound + `}`, true},
		{"quote", `{"scenario":` + strings.Replace(sound, "100", `"100"`, 1) + `}`, false},
		{"quote", `{"scenario":` + strings.TrimSuffix(sound, "}") + `,"pricing":{"markupPerMessage":5}}}`, false},
		{"quote", `{"scenario":` + strings.Replace(sound, "approved", "aproved", 1) + `}`, false},
		{"quote", `{}`, false},
		{"questions", `{"scenario":{}}`, true},
		{"questions", `{"scenario":{"when":1}}`, false},
		{"compare", `{"scenario":` + sound + `,"purpose":"promotion"}`, true},
		{"compare", `{"scenario":` + sound + `,"purpose":"greeting"}`, false},
		{"compare", `{"scenario":{"on":"2026-12-01"}}`, false},
		{"plan", `{"plan":{"items":[` + sound + `],"balance":{"VND":"5"}}}`, true},
		{"plan", `{"plan":{"items":[` + sound + `],"balance":{"VND":5}}}`, false},
		{"most", `{"scenario":` + sound + `,"budget":"5.5"}`, true},
		{"most", `{"scenario":` + sound + `,"budget":5.5}`, false},
		{"changes", `{"scenario":` + sound + `,"from":"2025-01-01","to":"2026-01-01"}`, true},
		{"changes", `{"scenario":` + sound + `,"from":20250101,"to":"2026-01-01"}`, false},
		{"rules", `{"type":"zalo.zns","on":"2026-01-01"}`, true},
		{"rules", `{"type":"zns"}`, false},
		{"error_codes", `{"code":"-32","lang":"vi"}`, true},
		{"error_codes", `{"code":-32}`, false},
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(c.arguments))
		if err != nil {
			t.Fatal(err)
		}
		if err := schemas[c.tool].Validate(v); (err == nil) != c.fits {
			t.Errorf("%s %s: %v", c.tool, c.arguments, err)
		}
	}
}

// TestNothingButTheProtocolIsWritten: each line is a message.
func TestNothingButTheProtocolIsWritten(t *testing.T) {
	session, written, end := connect(t)
	call(t, session, "quote", given("scenario", sound))
	call(t, session, "quote", given("scenario", "{}"))
	end()
	lines := 0
	for line := range strings.Lines(written.String()) {
		lines++
		var message struct {
			JSONRPC string `json:"jsonrpc"`
		}
		if err := json.Unmarshal([]byte(line), &message); err != nil || message.JSONRPC != "2.0" {
			t.Errorf("%q is no message", line)
		}
	}
	if lines < 3 {
		t.Errorf("only %d lines", lines)
	}
}

// TestWhatIsNotTheProtocolEndsTheServer with an error, or is passed over.
func TestWhatIsNotTheProtocolEndsTheServer(t *testing.T) {
	for _, in := range []string{"", "\n", "hello\n", "{}\n", "[]\n", "{\"jsonrpc\":\"2.0\"}\n", "\xff\xfe\n", strings.Repeat("[", 100_000), `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"quote","arguments":{"scenario":{}}}}` + "\n", `{"jsonrpc":"2.0","id":1,"method":"tools/call"}` + "\n", `{"jsonrpc":"2.0","id":{},"method":5}` + "\n"} {
		var out bytes.Buffer
		if err := Serve(context.Background(), strings.NewReader(in), &out); err != nil && err.Error() == "" {
			t.Errorf("%.40q ends it without a reason", in)
		}
		for line := range strings.Lines(out.String()) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%.40q: it writes %q", in, line)
			}
		}
	}
}

// TestAScriptGetsAllItsAnswers although its input ends before they are worked out.
func TestAScriptGetsAllItsAnswers(t *testing.T) {
	var in, out bytes.Buffer
	in.WriteString(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"script","version":"1"}}}` + "\n")
	in.WriteString(`{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n")
	const n = 50
	for i := range n {
		fmt.Fprintf(&in, `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"quote","arguments":{"scenario":%s}}}`+"\n", i+1, sound)
	}
	if err := Serve(context.Background(), &in, &out); err != nil {
		t.Fatal(err)
	}
	if answers := strings.Count(out.String(), `"id":`); answers != n+1 {
		t.Errorf("%d answers, not %d", answers, n+1)
	}
}

// FuzzCall: whatever arguments come in, a tool answers with JSON, and what is no answer
// has a code and a message.
func FuzzCall(f *testing.F) {
	inputs, err := protocol.ToolInputs()
	if err != nil {
		f.Fatal(err)
	}
	for i := range tools {
		for _, arguments := range []string{
			"", "null", "[]", "{}", `{"scenario":null}`, `{"plan":{"items":[` + sound + `]}}`, `{"scenario":` + sound + `,"budget":"5","from":"2025-01-01","to":"2026-01-01"}`,
			`{"scenario":` + sound + `}`, `{"scenario":{"audience":[{"recipients":1e999}]}}`, `{"type":"zalo.zns","on":"0000-00-00"}`, `{"rule":"","code":""}`, `{"a":1,"a":2}`, `{"scenario":"\ud800"}`,
		} {
			f.Add(i, []byte(arguments))
		}
	}
	f.Fuzz(func(t *testing.T, which int, raw []byte) {
		tool := &tools[uint(which)%uint(len(tools))]
		answer, ok := tool.call(raw, inputs[tool.name].Fields)
		if !json.Valid(answer) {
			t.Fatalf("%s %q is answered with %q", tool.name, raw, answer)
		}
		var r protocol.Refusal
		if err := json.Unmarshal(answer, &r); !ok && (err != nil || r.Error == nil || r.Error.Code == "" || r.Error.Code == "internal" || r.Error.Message == "") {
			t.Errorf("%s %q is refused with %s", tool.name, raw, answer)
		}
	})
}
