package protocol

import (
	"bytes"
	"errors"
	"go/ast"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"postage/rules"
	"postage/web/internal/source"
	"postage/web/internal/worked"
)

// tree is the repository.
func tree(t *testing.T) source.Tree {
	t.Helper()
	found, err := source.Find()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// publishedSchemas compiles the schemas that the build writes, by their names.
func publishedSchemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	files := published(t)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	const at = "https://postage.example/"
	for name, content := range files {
		if !strings.HasPrefix(name, SchemaFolder) {
			continue
		}
		if err := compiler.AddResource(at+name, toAny(t, content)); err != nil {
			t.Fatal(err)
		}
	}
	compiled := map[string]*jsonschema.Schema{}
	for _, name := range []string{"scenario", "quote", "error", "refusal", "message", "questions", "plan", "plan-quote", "plan-message", "list-config", "list-summary", "audit-config", "audit-summary"} {
		var err error
		if compiled[name], err = compiler.Compile(at + SchemaFolder + name + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return compiled
}

func toAny(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// published are the files that the build writes.
func published(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestADescriptionKeepsItsIndexes(t *testing.T) {
	given := []*ast.Comment{{Text: "// A path like audience[0].recipients, or [1, 2]; see [Error], ([*Quote])"}, {Text: "// and \"[rules.Answer]\"."}}
	want := `A path like audience[0].recipients, or [1, 2]; see Error, (Quote) and "rules.Answer".`
	if got := oneLine(&ast.CommentGroup{List: given}); got != want {
		t.Errorf("it says %s", got)
	}
	files := published(t)
	for _, name := range []string{Folder + "types.d.ts", SchemaFolder + "error.json"} {
		if !bytes.Contains(files[name], []byte("audience[0].recipients")) {
			t.Errorf("%s does not say how a path is written", name)
		}
	}
}

// TestRefusalsFitTheirSchema: what the commands and the MCP server answer to what cannot be
// answered, with one mistake and with several.
func TestRefusalsFitTheirSchema(t *testing.T) {
	refusal := publishedSchemas(t)["refusal"]
	answer, ok := rules.Answer([]byte(`{"type":"nope"}`))
	if ok {
		t.Fatalf("%s answers", answer)
	}
	_, problem := rules.Decode([]byte(`{"type":"nope"}`))
	var one *rules.Error
	if !errors.As(problem, &one) {
		t.Fatal(problem)
	}
	for _, found := range [][]*rules.Error{nil, {one}, {one, one}} {
		line, err := Refuse(answer, found, 7)
		if err != nil {
			t.Fatal(err)
		}
		if err := refusal.Validate(toAny(t, line)); err != nil {
			t.Errorf("%s\n%v", line, err)
		}
	}
	if refusal.Validate(toAny(t, []byte(`{"line":7}`))) == nil {
		t.Error("the schema takes a refusal without an error")
	}
}

func TestWorkedExamplesFitTheSchemas(t *testing.T) {
	schemas := publishedSchemas(t)
	quotes := 0
	scenarios, err := worked.Scenarios(tree(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range scenarios {
		turning, err := worked.OnTurningDays(example)
		if err != nil {
			t.Fatal(err)
		}
		for _, scenario := range turning {
			if rand.IntN(3) > 0 {
				continue // they are many: each run looks at a third of them
			}
			answer, ok := rules.Answer(scenario)
			if !ok {
				if err := schemas["error"].Validate(toAny(t, answer).(map[string]any)["error"]); err != nil {
					t.Fatalf("%s\n%v", answer, err)
				}
				continue
			}
			quotes++
			questions, _ := rules.AnswerQuestions(scenario)
			if err := schemas["questions"].Validate(toAny(t, questions)); err != nil {
				t.Fatalf("%s\n%v", questions, err)
			}
			if err := schemas["scenario"].Validate(toAny(t, scenario)); err != nil {
				t.Fatalf("%s\n%v", scenario, err)
			}
			if err := schemas["quote"].Validate(toAny(t, answer)); err != nil {
				t.Fatalf("%s\n%v", answer, err)
			}
		}
	}
	if quotes < 100 {
		t.Errorf("only %d quotes were looked at", quotes)
	}
}

func TestTheScenarioSchemaRefusesWhatTheRulesRefuse(t *testing.T) {
	schema := publishedSchemas(t)["scenario"]
	good := `{"on":"2026-01-31","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom"}},"audience":[{"recipients":10}]}`
	if err := schema.Validate(toAny(t, []byte(good))); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ from, to string }{
		{`"on":"2026-01-31",`, ``},
		{`"2026-01-31"`, `"2026-02-31"`},
		{`"2026-01-31"`, `"31/01/2026"`},
		{`"zalo.zns"`, `"zalo.sms"`},
		{`"tag":1,`, ``},
		{`"tag":1`, `"tag":6`},
		{`"custom"`, `"coupon"`},
		{`"kind":"custom"`, ``},
		{`[{"recipients":10}]`, `[]`},
		{`"recipients":10`, ``},
		{`"recipients":10`, `"recipients":0`},
		{`"recipients":10`, `"recipients":"10"`},
		{`"recipients":10`, `"recipients":1.5`},
		{`"recipients":10`, `"recipients":10,"people":10`},
		{`"recipients":10`, `"recipients":10,"hoursSinceInteraction":-1`},
		{`"recipients":10`, `"recipients":10,"country":"Vietnam"`},
		{`}]}`, `}],"perRecipient":0}`},
		{`}]}`, `}],"sender":{"tool":""}}`},
		{`}]}`, `}],"sender":{"promotionBase":[1]}}`},
		{`}]}`, `}],"pricing":{"markupPercent":5}}`},
		{`}]}`, `}],"pricing":{"markupPercent":"-5"}}`},
		{`}]}`, `}],"pricing":{"convert":{"rates":{"USD":"1"}}}}`},
		{`}]}`, `}],"pricing":{"convert":{"currency":"VND","rates":{"usd":"1"}}}}`},
		{`}]}`, `}],"assume":{"no.such.fact":"1"}}`},
		{`}]}`, `}],"assume":{"zalo.consultation.free-cap":"9"}}`},
		{`{"type":"zalo.zns","tag":1,"template":{"kind":"custom"}}`, `{"type":"whatsapp.marketing"}`},
	} {
		bad := strings.Replace(good, change.from, change.to, 1)
		if bad == good {
			t.Fatalf("%q changes nothing", change.from)
		}
		if _, err := rules.Decode([]byte(bad)); err == nil {
			t.Errorf("the rules take %s", bad)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

func TestWorkedPlansFitTheSchemas(t *testing.T) {
	schemas := publishedSchemas(t)
	plans, err := worked.Plans(tree(t))
	if err != nil {
		t.Fatal(err)
	}
	answered := 0
	for _, plan := range plans {
		answer, ok := rules.AnswerPlan(plan)
		if !ok {
			if err := schemas["error"].Validate(toAny(t, answer).(map[string]any)["error"]); err != nil {
				t.Errorf("%s\n%v", answer, err)
			}
			continue
		}
		answered++
		if err := schemas["plan"].Validate(toAny(t, plan)); err != nil {
			t.Errorf("%s\n%v", plan, err)
		}
		if err := schemas["plan-quote"].Validate(toAny(t, answer)); err != nil {
			t.Errorf("%s\n%v", answer, err)
		}
	}
	if answered < 40 {
		t.Errorf("only %d plans were answered", answered)
	}
}

// soundPlan has all that a plan may have beside what a scenario has.
const soundPlan = `{"items":[{"name":"reminder","on":"2026-12-01","every":"day","until":"2026-12-03","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom"}},` +
	`"audience":[{"recipients":10}],"tool":"openapi","apiVersion":"v3","samePeople":true}],` +
	`"sender":{"includedMessages":1,"includedPerMonth":2,"dailyQuota":1},"pricing":{"currency":"VND","monthlyFee":"49"},"balance":{"VND":"100000"}}`

func TestThePlanSchemaRefusesWhatTheRulesRefuse(t *testing.T) {
	schema := publishedSchemas(t)["plan"]
	if err := schema.Validate(toAny(t, []byte(soundPlan))); err != nil {
		t.Fatal(err)
	}
	if _, err := rules.DecodePlan([]byte(soundPlan)); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ from, to string }{
		{`"name":"reminder"`, `"name":7`},
		{`"on":"2026-12-01",`, ``},
		{`"every":"day"`, `"every":"year"`},
		{`"every":"day",`, ``},
		{`"until":"2026-12-03",`, ``},
		{`"until":"2026-12-03"`, `"until":"soon"`},
		{`"tag":1,`, ``},
		{`"recipients":10`, `"recipients":0`},
		{`"tool":"openapi"`, `"tool":"fax"`},
		{`"apiVersion":"v3"`, `"apiVersion":"v4"`},
		{`"samePeople":true`, `"samePeople":1`},
		{`"samePeople":true`, `"sender":{}`},
		{`"includedPerMonth":2`, `"includedPerMonth":-2`},
		{`"includedPerMonth":2`, `"includedEachMonth":2`},
		{`"currency":"VND"`, `"currency":"dong"`},
		{`"VND":"100000"`, `"VND":100000`},
		{`"VND":"100000"`, `"₫":"100000"`},
		{`"balance"`, `"wallet"`},
	} {
		bad := strings.Replace(soundPlan, change.from, change.to, 1)
		if bad == soundPlan {
			t.Fatalf("%q changes nothing", change.from)
		}
		if _, err := rules.DecodePlan([]byte(bad)); err == nil {
			t.Errorf("the rules take %s", bad)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
	for _, empty := range []string{`{}`, `{"items":[]}`} {
		if err := schema.Validate(toAny(t, []byte(empty))); err == nil {
			t.Errorf("the schema takes %s", empty)
		}
	}
}

func TestThePlanQuoteSchemaRefusesWhatNoQuoteIs(t *testing.T) {
	schema := publishedSchemas(t)["plan-quote"]
	answer, ok := rules.AnswerPlan([]byte(soundPlan))
	if !ok {
		t.Fatal(string(answer))
	}
	for _, change := range []struct{ from, to string }{
		{`"verdict":"depends"`, `"verdict":"maybe"`}, {`"occurrences":3`, `"occurrences":"3"`}, {`"first":"2026-12-01",`, ``},
		{`"month":"2026-12"`, `"month":"2026-13"`}, {`"currency":"VND","code"`, `"code"`}, {`"left":"90051"`, `"left":90051`}, {`"overQuota":9`, `"overQuota":-9`},
		{`"used":{}`, `"spent":{}`}, {`"checks":[{"on":"2026-12-01",`, `"checks":[{`}, {`"outcome":"pass"`, `"outcome":"ok"`},
	} {
		bad := strings.Replace(string(answer), change.from, change.to, 1)
		if bad == string(answer) {
			t.Fatalf("%q changes nothing in %s", change.from, answer)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s for %s", change.to, change.from)
		}
	}
}

func TestTheQuoteSchemaRefusesWhatNoQuoteIs(t *testing.T) {
	schema := publishedSchemas(t)["quote"]
	answer, ok := rules.Answer([]byte(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":100}]}`))
	if !ok {
		t.Fatal(string(answer))
	}
	for _, change := range []struct{ from, to string }{
		{`"verdict":"eligible"`, `"verdict":"yes"`}, {`"5500"`, `5500`}, {`"5500"`, `"5500.0"`}, {`"requested":100`, `"requested":-1`},
		{`"priced":true,`, ``}, {`"outcome":"pass"`, `"outcome":"ok"`},
	} {
		bad := strings.Replace(string(answer), change.from, change.to, 1)
		if bad == string(answer) {
			t.Fatalf("%q changes nothing in %s", change.from, answer)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s for %s", change.to, change.from)
		}
	}
}

func TestEveryFieldAndMessageIsDescribed(t *testing.T) {
	files := published(t)
	types := string(files[Folder+"types.d.ts"])
	for _, want := range []string{
		"export interface Scenario {", "export interface Quote {", "export interface ScenarioError {", `type: "get-quote";`,
		`export type Verdict = "eligible" | "partial" | "depends" | "ineligible";`, "hoursSinceInteraction?: number | null;",
		"promotionBase?: [number, number];", "scenario: Scenario;", "  /** messages that may go out, unknown checks taken as passed */\n  deliverable: number;",
		"rates?: { [name: string]: string };", "export interface PlanItem {", "every?: Every;", `export type Every = "day" | "week" | "month";`,
		"balance?: { [name: string]: PlanBalance };", "  /** the first day on which it came out so", "includedPerMonth?: number;", "month: string;",
	} {
		if !strings.Contains(types, want) {
			t.Errorf("the types lack %s", want)
		}
	}
	for schema, messages := range map[string][]protocolMessage{
		"message.json": slices.Concat(hostMessages, frameMessages), "plan-message.json": slices.Concat(planHostMessages, planFrameMessages),
	} {
		for _, message := range messages {
			if !bytes.Contains(files[SchemaFolder+schema], []byte(`"const": "`+message.name+`"`)) {
				t.Errorf("%s lacks the message %s", schema, message.name)
			}
		}
	}
}
