package rules_test

import (
	"strings"
	"testing"

	"postage/rules"
)

var benchmarks = []struct{ name, scenario string }{
	{"consultation", `{"on":"2025-07-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":12}],"perRecipient":10}`},
	{"zns", `{"on":"2024-11-01","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true,"buttons":2,"image":true}},"audience":[{"recipients":12000,"phone":true}],"sender":{"dailyQuota":20000,"promotionBase":[10000,50000]}}`},
	{"whatsapp-tiers", `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":20000000,"country":"VN","optedIn":true,"hoursSinceInteraction":null}]}`},
}

func BenchmarkEvaluate(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) { evaluateOften(b, bench.scenario) })
	}
	segment := `{"recipients":1000,"uid":true,"hoursSinceInteraction":12}`
	b.Run("consultation-100-segments", func(b *testing.B) {
		evaluateOften(b, `{"on":"2025-07-01","message":{"type":"zalo.uid.consultation"},"perRecipient":10,"audience":[`+strings.TrimSuffix(strings.Repeat(segment+",", 100), ",")+`]}`)
	})
}

func evaluateOften(b *testing.B, scenario string) {
	s, err := rules.Decode([]byte(scenario))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rules.Evaluate(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rules.Decode([]byte(bench.scenario)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
