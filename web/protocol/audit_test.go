package protocol

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

const soundAuditConfig = `{"sender":{"country":"VN","billingCurrency":"USD","phoneNumbers":2},"assume":{"zalo.zns.vat":"8"},` +
	`"pricing":{"markupPercent":"8","convert":{"currency":"VND","rates":{"USD":"26000"}}},"at":"09:30",` +
	`"ways":[{"type":"zalo.zns","tag":1,"template":{"kind":"custom"}}],"columns":{"day":"Ngày","amount":"Thành tiền"}}`

func TestTheAuditConfigSchemaRefusesWhatTheRulesRefuse(t *testing.T) {
	schema := publishedSchemas(t)["audit-config"]
	if err := schema.Validate(toAny(t, []byte(soundAuditConfig))); err != nil {
		t.Fatal(err)
	}
	if _, err := rules.DecodeListConfig([]byte(soundAuditConfig)); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ from, to string }{
		{`"phoneNumbers":2`, `"phoneNumbers":0`}, {`"markupPercent":"8"`, `"markupPercent":8`}, {`"09:30"`, `"9:30"`},
		{`"kind":"custom"`, `"kind":"coupon"`}, {`"type":"zalo.zns",`, ``}, {`"day":"Ngày"`, `"age":"Tuổi"`}, {`"columns"`, `"fields"`},
	} {
		bad := strings.Replace(soundAuditConfig, change.from, change.to, 1)
		if bad == soundAuditConfig {
			t.Fatalf("%q changes nothing", change.from)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// auditOf is the summary of a bill on which nearly everything happens.
func auditOf(t *testing.T) []byte {
	t.Helper()
	b := audit.Bill{AsOf: 20261001}
	put := func(m rules.MessageType, country, amount, currency string, count int64, told audit.Told) {
		row := audit.Row{Number: int32(len(b.Rows) + 2), Rows: 1, On: 20260901, Currency: currency, Traffic: []audit.Traffic{{Message: rules.Message{Type: m}, Country: country, Count: count, Told: told}}}
		if amount != "" {
			row.Amount = rules.Some(decimal.RequireFromString(amount))
		}
		b.Rows = append(b.Rows, row)
	}
	put(rules.WhatsAppMarketing, "VN", "79.06", "USD", 1000, "")
	put(rules.WhatsAppMarketing, "ID", "88.78", "USD", 2000, "")
	put(rules.WhatsAppAuthentication, "SG", "18.08", "USD", 1600, "")
	put(rules.WhatsAppUtility, "VN", "11.3", "USD", 1000, audit.ToldWindow)
	put(rules.WhatsAppMarketing, "US", "1", "USD", 10, "")
	put(rules.WhatsAppMarketing, "VN", "1000", "VND", 10, "")
	put(rules.WhatsAppMarketing, "VN", "", "USD", 10, "")
	r, err := audit.Audit(&b)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(SummariseAudit(r, AuditSummary{Format: "table", Rows: 8, Unreadable: 1, Tax: audit.TaxIncluded}))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSummariesOfBillsFitTheSchema(t *testing.T) {
	schema := publishedSchemas(t)["audit-summary"]
	good := string(auditOf(t))
	if err := schema.Validate(toAny(t, []byte(good))); err != nil {
		t.Fatalf("%s\n%v", good, err)
	}
	for _, change := range []struct{ from, to string }{
		{`"rows":8`, `"rows":"8"`}, {`"messages":`, `"count":`}, {`"totals":[{"currency"`, `"totals":[{"money"`}, {`"causes":[{"code"`, `"causes":[{"kind"`},
		{`"percent":"8"`, `"percent":8`}, {`"unbilled":{"book"`, `"unbilled":{"price"`}, {`"asOf":{"on":"2026-10-01"`, `"asOf":{"on":"October"`},
		{`"state":"not-allowed"`, `"status":"not-allowed"`}, {`"billed":"`, `"billed":"0`},
	} {
		bad := strings.Replace(good, change.from, change.to, 1)
		if bad == good {
			t.Fatalf("%q changes nothing in %s", change.from, good)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s for %s", change.to, change.from)
		}
	}
	types := string(published(t)[Folder+"types.d.ts"])
	for _, want := range []string{"export interface AuditConfig {", "export interface AuditSummary {", "ways?: AuditConfigWay[];", "causes: AuditCause[];", "asOf?: AuditAsOf;"} {
		if !strings.Contains(types, want) {
			t.Errorf("the types lack %s", want)
		}
	}
}
