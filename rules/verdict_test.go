package rules_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

func TestVerdictOfAQuote(t *testing.T) {
	const (
		eligible   = `{"recipients":10,"uid":true,"follows":true}`
		ineligible = `{"recipients":10,"uid":false,"follows":true}`
		depends    = `{"recipients":10,"follows":true}`
		partial    = `{"recipients":10,"uid":true,"follows":true,"receivedThisMonth":3}`
	)
	for _, c := range []struct {
		name, segments string
		want           rules.Verdict
	}{
		{"eligible alone", eligible, rules.Eligible},
		{"partial alone", partial, rules.Partial},
		{"depends alone", depends, rules.Depends},
		{"ineligible alone", ineligible, rules.Ineligible},
		{"all eligible", eligible + "," + eligible, rules.Eligible},
		{"all partial", partial + "," + partial, rules.Partial},
		{"all depend", depends + "," + depends, rules.Depends},
		{"all ineligible", ineligible + "," + ineligible, rules.Ineligible},
		{"eligible and ineligible", eligible + "," + ineligible, rules.Partial},
		{"eligible and partial", eligible + "," + partial, rules.Partial},
		{"partial and ineligible", partial + "," + ineligible, rules.Partial},
		{"eligible and depends", eligible + "," + depends, rules.Depends},
		{"ineligible and depends", ineligible + "," + depends, rules.Depends},
		{"partial and depends", depends + "," + partial, rules.Depends},
		{"one of each", eligible + "," + partial + "," + depends + "," + ineligible, rules.Depends},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := ask(t, question{on: "2023-07-01", message: "zalo.uid.broadcast", audience: c.segments, sender: `"tool":"openapi","oaPackage":"trial"`, perRecipient: 2}.json())
			if q.Verdict != c.want {
				t.Errorf("%s, want %s", q.Verdict, c.want)
			}
		})
	}
}

func TestVerdictOfASegment(t *testing.T) {
	checkSentences(t, []sentence{
		{name: "ineligible where nothing is deliverable, whatever is unknown", ask: consult("2023-07-01", `{"recipients":1,"uid":false}`, "", 1), verdict: "ineligible", checks: "available identity! consent? window? tool"},
		{name: "depends where a check is unknown although it could not matter", ask: question{on: "2026-06-01", message: "zalo.uid.broadcast", audience: `{"recipients":1,"uid":true,"follows":true}`, sender: `"tool":"oa-manager-web"`}, verdict: "depends"},
		{name: "depends goes before partial", ask: question{on: "2023-07-01", message: "zalo.uid.broadcast", audience: `{"recipients":1,"uid":true,"follows":true}`, sender: `"oaPackage":"trial"`, perRecipient: 5}, verdict: "depends", checks: "available identity follow tool? cap!", figures: "4 = 4 + 0"},
		{name: "partial where a cap cuts", ask: question{on: "2023-07-01", message: "zalo.uid.broadcast", audience: `{"recipients":1,"uid":true,"follows":true}`, sender: `"tool":"openapi","oaPackage":"trial"`, perRecipient: 5}, verdict: "partial"},
	})
}

// checkFigures holds a quote against what is true of every quote.
func checkFigures(t testing.TB, q rules.Quote) {
	t.Helper()
	var requested, deliverable, blocked, undelivered, free, charged int64
	verdicts := map[rules.Verdict]bool{}
	conversations := q.Message.Channel() == rules.ChannelWhatsApp && q.On.String() < "2025-07-01"
	for i, s := range q.Segments {
		requested += s.Requested
		deliverable += s.Deliverable
		blocked += s.Blocked
		undelivered += s.Undelivered
		free += s.Free
		charged += s.Charged
		verdicts[s.Verdict] = true
		if s.Requested != s.Deliverable+s.Blocked || s.Deliverable < 0 || s.Blocked < 0 || s.Free < 0 || s.Charged < 0 || s.Undelivered < 0 || s.Undelivered > s.Deliverable || s.Requested < 1 {
			t.Errorf("segment %d does not add up: %+v", i, s)
		}
		if !conversations && s.Free+s.Charged != s.Deliverable-s.Undelivered {
			t.Errorf("segment %d: %d free and %d charged are not %d", i, s.Free, s.Charged, s.Deliverable)
		}
		unknown, failed, gate := false, false, false
		for _, c := range s.Checks {
			unknown = unknown || c.Outcome == rules.Unknown
			failed = failed || c.Outcome == rules.Fail
			gate = gate || c.Outcome == rules.Fail && c.Code != "cap" && c.Code != "quota"
			if len(c.Sources) == 0 || c.Rule == "" {
				t.Errorf("segment %d: check %s rests on nothing", i, c.Code)
			}
		}
		want := rules.Eligible
		switch {
		case s.Deliverable == 0:
			want = rules.Ineligible
		case unknown:
			want = rules.Depends
		case s.Deliverable < s.Requested:
			want = rules.Partial
		}
		if s.Verdict != want {
			t.Errorf("segment %d is %s, want %s", i, s.Verdict, want)
		}
		if (s.Blocked > 0) != failed {
			t.Errorf("segment %d: %d blocked, but a check failed: %t", i, s.Blocked, failed)
		}
		if gate && s.Deliverable != 0 {
			t.Errorf("segment %d: %d go through a closed gate", i, s.Deliverable)
		}
	}
	if requested != q.Requested || deliverable != q.Deliverable || blocked != q.Blocked || undelivered != q.Undelivered || free != q.Free || charged != q.Charged {
		t.Errorf("the segments come to %d = %d + %d, %d free, %d charged; the quote says %+v", requested, deliverable, blocked, free, charged, q)
	}
	want := rules.Partial
	switch {
	case len(verdicts) == 1:
		want = q.Segments[0].Verdict
	case verdicts[rules.Depends]:
		want = rules.Depends
	}
	if q.Verdict != want {
		t.Errorf("the quote is %s, want %s", q.Verdict, want)
	}
	if q.Deliverable == 0 && (!q.Priced || len(q.Lines) != 0 || !q.Totals[0].Gross.IsZero()) {
		t.Error("where nothing goes out the quote is not priced at zero")
	}
}

func TestEveryExampleAddsUp(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) { checkFigures(t, ask(t, string(example.Scenario))) })
}

// TestQuoteAsJSON compares a quote of three groups with the text of it.
func TestQuoteAsJSON(t *testing.T) {
	scenario := `{"on":"2023-07-01","message":{"type":"zalo.uid.consultation"},"perRecipient":10,
		"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":12},{"name":"late","recipients":500,"uid":true,"hoursSinceInteraction":100},{"recipients":50,"uid":true,"hoursSinceInteraction":200}]}`
	answer, ok := rules.Answer([]byte(scenario))
	if !ok {
		t.Fatal(string(answer))
	}
	check := func(code, outcome, rule, limit, sources string) string {
		since := `"since":"2023-04-18","status":"official",`
		if limit != "" {
			limit = `"limit":"` + limit + `",`
		}
		if outcome == "fail" {
			limit += `"error":"-230",`
		}
		return `{"code":"` + code + `","outcome":"` + outcome + `","rule":"` + rule + `",` + since + limit + `"sources":[` + sources + `]}`
	}
	checks := func(window string) string {
		const both = `"S000","S002"`
		return `"checks":[` + check("available", "pass", "zalo.uid.consultation.available", "", `"S000"`) + "," +
			check("identity", "pass", "zalo.uid.identity", "", both) + "," +
			check("consent", "pass", "zalo.uid.consent", "", both) + "," +
			check("window", window, "zalo.uid.consultation.window", "168", both) + "," +
			check("tool", "pass", "zalo.uid.consultation.tools", "openapi oa-manager-web oa-manager-mini-app", both) + `]`
	}
	line := func(segment, quantity, net, tax, gross string) string {
		return `{"segment":` + segment + `,"code":"consultation","quantity":` + quantity + `,"unitPrice":"55","taxPercent":"10","taxIncluded":true,` +
			`"net":"` + net + `","tax":"` + tax + `","gross":"` + gross + `","rule":"zalo.uid.consultation.price","since":"2023-04-18","status":"official","sources":["S000","S002"]}`
	}
	want := `{"on":"2023-07-01","message":"zalo.uid.consultation","verdict":"partial","priced":true,` +
		`"requested":15500,"deliverable":15000,"blocked":500,"free":8000,"charged":7000,"segments":[` +
		`{"name":"","verdict":"eligible","requested":10000,"deliverable":10000,"blocked":0,"free":8000,"charged":2000,` + checks("pass") + `},` +
		`{"name":"late","verdict":"eligible","requested":5000,"deliverable":5000,"blocked":0,"free":0,"charged":5000,` + checks("pass") + `},` +
		`{"name":"","verdict":"ineligible","requested":500,"deliverable":0,"blocked":500,"free":0,"charged":0,` + checks("fail") + `}],` +
		`"lines":[` + line("0", "2000", "100000", "10000", "110000") + "," + line("1", "5000", "250000", "25000", "275000") + `],` +
		`"totals":[{"currency":"VND","net":"350000","tax":"35000","gross":"385000"}],"tariff":"2023-04-18","notices":[{"code":"zalo.consultation.included","sources":["HARA-2022","ZATIFY-2025","NEXTGENCY-2026"]}]}` + "\n"
	if string(answer) != want {
		t.Errorf("got\n%s\nwant\n%s", answer, want)
	}
}

func TestQuoteAsJSONHasOptionalParts(t *testing.T) {
	full := template("2026-10-01", "utility", "VN", 150_001, "").from(`"messagingLimit":100000`).priced(`"monthlyFee":"1","convert":{"currency":"VND","rates":{"USD":"26000"}}`)
	answer, _ := rules.Answer([]byte(full.json()))
	for _, part := range []string{
		`"schedule":{"perDay":100000,"days":2}`, `"converted":{"currency":"VND","net":"44096278.2","tax":"0","gross":"44096278.2"}`,
		`"market":"Rest of Asia Pacific","tierFrom":150001,`, `{"code":"monthly-fee","quantity":1,"unitPrice":"1",`,
	} {
		if !bytes.Contains(answer, []byte(part)) {
			t.Errorf("%s is missing from %s", part, answer)
		}
	}
	zero, _ := rules.Answer([]byte(zns("2024-06-10", 3, 10, `"dailyQuota":5000`).json()))
	if part := `"schedule":{"perDay":1250,"days":0}`; !bytes.Contains(zero, []byte(part)) {
		t.Errorf("%s is missing from %s", part, zero)
	}
}

var trailingZeros = regexp.MustCompile(`"(unitPrice|taxPercent|net|tax|gross)":"(\d+\.\d*0|0\d+|\.[^"]*|-[^"]*|[^"]*[eE][^"]*)"`)

// TestAnswersAreClean: no null, no trailing zeros, no floats, one line each.
func TestAnswersAreClean(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) {
		answer, ok := rules.Answer(example.Scenario)
		if !ok {
			t.Fatal(string(answer))
		}
		if bytes.Contains(answer, []byte("null")) {
			t.Errorf("a null in %s", answer)
		}
		if m := trailingZeros.Find(answer); m != nil {
			t.Errorf("%s in %s", m, answer)
		}
		if bytes.Count(answer, []byte("\n")) != 1 || answer[len(answer)-1] != '\n' {
			t.Errorf("not one line: %q", answer)
		}
		if bytes.Contains(answer, []byte(`"totals":[]`)) {
			t.Errorf("an empty list of totals in %s", answer)
		}
	})
}

func TestErrorAsJSON(t *testing.T) {
	answer, ok := rules.Answer([]byte(`{"on":"2023-07-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":0}]}`))
	want := `{"error":{"path":"audience[0].recipients","code":"out-of-range","message":"1 to 1000000000, not 0"}}` + "\n"
	if ok || string(answer) != want {
		t.Errorf("got %t %s, want false %s", ok, answer, want)
	}
	answer, ok = rules.Answer([]byte(`{`))
	var e struct{ Error *rules.Error }
	if err := json.Unmarshal(answer, &e); ok || err != nil || e.Error.Code != rules.Syntax || !bytes.Contains(answer, []byte(`"path":""`)) {
		t.Errorf("got %t %s", ok, answer)
	}
	if got := (&rules.Error{Code: rules.Syntax, Message: "not UTF-8"}).Error(); got != "syntax: not UTF-8" {
		t.Errorf("an error without a path reads %q", got)
	}
}

// TestTextOfTheUserStaysAsItIs: names come back as they went in.
func TestTextOfTheUserStaysAsItIs(t *testing.T) {
	const name = `Khách <A&B> "mới"`
	quoted, err := json.Marshal(name)
	if err != nil {
		t.Fatal(err)
	}
	answer, ok := rules.Answer([]byte(`{"on":"2023-07-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"name":` + string(quoted) + `}]}`))
	if !ok || !strings.Contains(string(answer), `Khách <A&B> \"mới\"`) {
		t.Errorf("got %t %s", ok, answer)
	}
}

func TestAnswersAreTheSameTwice(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) {
		first, _ := rules.Answer(example.Scenario)
		second, _ := rules.Answer(example.Scenario)
		if !bytes.Equal(first, second) {
			t.Errorf("first %s\nthen  %s", first, second)
		}
	})
}

// TestAHundredSegmentsShareTheCounters: a hundred segments draw on one counter.
func TestAHundredSegmentsShareTheCounters(t *testing.T) {
	segments := slices.Repeat([]string{`{"recipients":7,"uid":true,"hoursSinceInteraction":60}`}, rules.MaxSegments)
	q := ask(t, consult("2025-03-01", strings.Join(segments, ","), `"includedMessages":350`, 1).json())
	if q.Requested != 700 || q.Free != 350 || q.Charged != 350 {
		t.Errorf("%d asked for, %d free, %d charged; want 700, 350, 350", q.Requested, q.Free, q.Charged)
	}
}

// TestMoreSegmentsThanCanBeReadAreAnswered: what is put together may be longer than
// what is read.
func TestMoreSegmentsThanCanBeReadAreAnswered(t *testing.T) {
	one := rules.Segment{Recipients: rules.Some[int64](7), UID: rules.Some(true), Recency: rules.HoursAgo(decimal.NewFromInt(60))}
	s := rules.Scenario{On: 20250301, Message: rules.Message{Type: rules.ZaloConsultation}, Audience: slices.Repeat([]rules.Segment{one}, rules.MaxSegments+1)}
	if q, err := rules.Evaluate(s); err != nil || q.Deliverable != 7*(rules.MaxSegments+1) {
		t.Errorf("%d may be sent, %v", q.Deliverable, err)
	}
}

func TestTheLargestScenarioDoesNotOverflow(t *testing.T) {
	segments := slices.Repeat([]string{people("VN", rules.MaxRecipients, `,"optedIn":true`)}, rules.MaxSegments)
	q := ask(t, question{on: "2026-10-01", message: `"type":"whatsapp.utility","template":{"approved":true}`, audience: strings.Join(segments, ","),
		perRecipient: rules.MaxPerRecipient, sender: `"chargedThisMonth":1000000000000`}.json())
	if want := int64(100_000_000_000_000); q.Charged != want || q.Totals[0].Net.String() != "850000000000" {
		t.Errorf("%d charged for %s, want %d for 850000000000", q.Charged, q.Totals[0].Net, want)
	}
	checkLines(t, q)
}
