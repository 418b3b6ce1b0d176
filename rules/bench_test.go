package rules_test

import (
	"strings"
	"testing"

	"postage/rules"
)

// benchmarks are scenarios of one segment; each is measured with a hundred too.
var benchmarks = []struct{ name, head, segment string }{
	{"consultation", `{"on":"2025-07-01","message":{"type":"zalo.uid.consultation"},"perRecipient":10,"audience":`,
		`{"recipients":1000,"uid":true,"hoursSinceInteraction":12}`},
	{"zns", `{"on":"2024-11-01","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true,"buttons":2,"image":true}},"sender":{"dailyQuota":20000,"promotionBase":[10000,50000]},"audience":`,
		`{"recipients":12000,"phone":true}`},
	{"whatsapp-tiers", `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":`,
		`{"recipients":20000000,"country":"VN","optedIn":true,"hoursSinceInteraction":null}`},
}

// benchmarkScenario has the segment so many times.
func benchmarkScenario(head, segment string, segments int) []byte {
	return []byte(head + "[" + strings.TrimSuffix(strings.Repeat(segment+",", segments), ",") + "]}")
}

func BenchmarkEvaluate(b *testing.B) {
	eachBenchmark(b, func(b *testing.B, scenario []byte) {
		s, err := rules.Decode(scenario)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rules.Evaluate(s); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	eachBenchmark(b, func(b *testing.B, scenario []byte) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rules.Decode(scenario); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func eachBenchmark(b *testing.B, measure func(*testing.B, []byte)) {
	for _, bench := range benchmarks {
		b.Run(bench.name+"/1-segment", func(b *testing.B) { measure(b, benchmarkScenario(bench.head, bench.segment, 1)) })
		b.Run(bench.name+"/100-segments", func(b *testing.B) { measure(b, benchmarkScenario(bench.head, bench.segment, 100)) })
	}
}

// yearOfPlan is three items every day for a year: ZNS, WhatsApp with its tiers, and
// consultation with the package.
const yearOfPlan = `{"items":[
	{"on":"2026-12-01","every":"day","until":"2027-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":150,"phone":true}]},
	{"on":"2026-12-01","every":"day","until":"2027-12-01","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":20000,"country":"VN","optedIn":true,"hoursSinceInteraction":null}]},
	{"on":"2026-12-01","every":"day","until":"2027-12-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":100}]}],
	"sender":{"includedMessages":500,"dailyQuota":20000},"pricing":{"currency":"USD","markupPerMessage":"0.005"},"balance":{"VND":"20000000"}}`

func BenchmarkEvaluatePlan(b *testing.B) {
	p, err := rules.DecodePlan([]byte(yearOfPlan))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rules.EvaluatePlan(p); err != nil {
			b.Fatal(err)
		}
	}
}
