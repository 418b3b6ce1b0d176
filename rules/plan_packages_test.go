package rules_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"postage/rules"
)

// packageInWords is a row: the package, the months of its term, what all costs; a
// question mark where that is not published, with what the plan alone costs; what it
// fails; how many messages go out where that is not all.
func packageInWords(c *rules.PackageCost) string {
	words := string(c.Package)
	if c.Term > 0 {
		words += "/" + toText(c.Term)
	}
	if c.Error != nil {
		return words + " " + c.Error.Path
	}
	q := *c.Quote
	if c.Totals == nil {
		words += " ?"
	} else {
		q.Totals, q.Converted = c.Totals, c.Converted
	}
	words += " " + totalInWords(&q)
	for _, bar := range c.Barred {
		words += " " + bar.Code + "!"
	}
	if q.Deliverable < q.Requested {
		words += " of " + toText(q.Deliverable)
	}
	return words
}

const (
	broadcastToAll = `{"on":"2026-12-20","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":4000,"uid":true,"follows":true}]}`
	byInterface    = `{"tool":"openapi"}`
	byHand         = `{"tool":"oa-manager-web"}`
)

func lateMessages(on, people, more string) string {
	return `{"on":"` + on + `",` + more + `"message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":` + people + `,"uid":true,"hoursSinceInteraction":72}]}`
}

func planText(sender, more string, items ...string) string {
	return `{"items":[` + strings.Join(items, ",") + `],"sender":` + sender + more + `}`
}

func packagesOf(t *testing.T, text string) (rules.Plan, []rules.PackageCost) {
	t.Helper()
	p, err := rules.DecodePlan([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	list, err := rules.PackagesFor(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, list
}

func TestPackagesWorkedByHand(t *testing.T) {
	old := `{"on":"2026-05-10","message":{"type":"zalo.uid.broadcast"},"perRecipient":`
	followers := `,"audience":[{"recipients":1000,"uid":true,"follows":true}]}`
	order := `{"on":"2026-12-20","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":1000,"phone":true}]}`
	for _, c := range []struct{ name, plan, want string }{
		// A twelfth of 2,500,000 and of 6,000,000; a sixth of 1,400,000 and of 3,400,000.
		{"one broadcast by the interface", planText(byInterface, "", broadcastToAll),
			"growth/12 208333.333333, growth/6 233333.333333, comprehensive/12 500000, comprehensive/6 566666.666667, advanced ? 0, premium ? 0, basic/1 0 package! of 0, standard/12 0 package! of 0"},
		{"in the OA Manager the basic package will do", planText(byHand, "", broadcastToAll),
			"basic/1 0, standard/12 83333.333333, growth/12 208333.333333, growth/6 233333.333333, comprehensive/12 500000, comprehensive/6 566666.666667, advanced ? 0, premium ? 0"},
		// 500 of 3,000 are in the one, 2,000 in the other: 2,500 × 55 and 1,000 × 55.
		{"3,000 late answers a month by the interface", planText(byInterface, "", lateMessages("2026-12-01", "3000", "")),
			"growth/12 345833.333333, growth/6 370833.333333, comprehensive/12 555000, comprehensive/6 621666.666667, premium ? 0, advanced ? 55000, basic/1 0 package! of 0, standard/12 0 package! of 0"},
		// 3 × (1,000 − 500) × 55 and three twelfths.
		{"the same each month for three", planText(byInterface, "", lateMessages("2026-11-15", "1000", `"every":"month","until":"2027-01-15",`)),
			"growth/12 707499.999999, growth/6 782499.999999, comprehensive/12 1500000, comprehensive/6 1700000.000001, advanced ? 0, premium ? 0, basic/1 0 package! of 0, standard/12 0 package! of 0"},
		// The templates cost 330,000; the basic package has none.
		{"order updates by phone", planText(byInterface, "", order),
			"standard/12 413333.333333, growth/12 538333.333333, growth/6 563333.333333, comprehensive/12 830000, comprehensive/6 896666.666667, advanced ? 330000, premium ? 330000, basic/1 0 package! of 0"},
		{"before June the fees were by the month, and none is published of the basic one", planText(byHand, "", old+`1`+followers),
			"trial/1 10000, advanced/1 99000, premium/1 399000, basic ? 0"},
		{"what delivers more stands first", planText(byHand, "", old+`6`+followers),
			"premium/1 399000, trial/1 10000 of 4000, advanced/1 99000 of 4000, basic ? 0 of 1000"},
		{"over the first of June one ends and one has no fee any more", planText(byHand, "", `{"on":"2026-05-20","every":"month","until":"2026-06-20","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1000,"uid":true,"follows":true}]}`),
			"basic ? 0, advanced/1 ? 0, premium/1 ? 0, trial/1 sender.oaPackage"},
		{"what reaches nobody costs nothing", planText(byHand, "", strings.Replace(order, `"phone":true`, `"phone":false`, 1)),
			"standard/12 0 of 0, growth/12 0 of 0, growth/6 0 of 0, comprehensive/12 0 of 0, comprehensive/6 0 of 0, advanced ? 0 of 0, premium ? 0 of 0, basic/1 0 package! of 0"},
		{"what has no price in the book is not weighed", planText(byInterface, "", strings.Replace(order, "custom", "journey", 1)),
			"standard/12 ? ?, growth/12 ? ?, growth/6 ? ?, comprehensive/12 ? ?, comprehensive/6 ? ?, advanced ? ?, premium ? ?, basic/1 0 package! of 0"},
		// 100 × 0.0113 US$ at 25,000 are 28,250 ₫ more.
		{"other currencies are in the sum by their rate", planText(byHand, `,"pricing":{"convert":{"currency":"VND","rates":{"USD":"25000"}}}`, broadcastToAll,
			`{"on":"2026-12-20","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":100,"country":"VN","optedIn":true}]}`),
			"basic/1 0, USD 1.13 → 28250, standard/12 83333.333333, USD 1.13 → 111583.333333, growth/12 208333.333333, USD 1.13 → 236583.333333, growth/6 233333.333333, USD 1.13 → 261583.333333, " +
				"comprehensive/12 500000, USD 1.13 → 528250, comprehensive/6 566666.666667, USD 1.13 → 594916.666667, advanced ? 0, USD 1.13 → 28250, premium ? 0, USD 1.13 → 28250"},
		{"there is none to choose without Zalo", planText(byInterface, "", `{"on":"2026-12-20","message":{"type":"messenger.standard"},"audience":[{"recipients":1}]}`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := packagesOf(t, c.plan)
			var rows []string
			for i := range list {
				rows = append(rows, packageInWords(&list[i]))
			}
			if got := strings.Join(rows, ", "); got != c.want {
				t.Errorf("they are %s\nnot %s", got, c.want)
			}
		})
	}
}

// TestAFeeIsDatedAndSourced: a month's part says on which rule and day it rests.
func TestAFeeIsDatedAndSourced(t *testing.T) {
	_, list := packagesOf(t, planText(byInterface, "", broadcastToAll))
	want := []string{"zalo.oa-packages.fee-per-year.growth 2026-06-01 2500000", "zalo.oa-packages.fee-six-months.growth 2026-06-01 1400000"}
	for i, want := range want {
		c := &list[i]
		if len(c.Fees) != 1 {
			t.Fatalf("%s has %d fees", c.Package, len(c.Fees))
		}
		l := &c.Fees[0]
		if got := l.Rule + " " + l.Since.String() + " " + c.Fee.String(); got != want || len(l.Sources) == 0 || l.TaxPercent.String() != "10" || !l.TaxIncluded {
			t.Errorf("it rests on %s, %+v; not %s", got, l, want)
		}
	}
	for _, c := range list {
		if c.Term == 0 && (c.Fees != nil || c.Totals != nil || !c.Fee.IsZero()) {
			t.Errorf("%s has a fee that nobody publishes: %+v", c.Package, c)
		}
	}
}

// TestAPackageCostsWhatThePlanDoesAndItsFee: of a year's and of a month's term as the
// plan itself adds it, of six months' by the lines.
func TestAPackageCostsWhatThePlanDoesAndItsFee(t *testing.T) {
	rows := 0
	randomPlans(t, func(t *testing.T, p rules.Plan, text string, _ *rand.Rand) {
		list, err := rules.PackagesFor(p)
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			c := &list[i]
			with := p
			with.Sender.OAPackage, with.Sender.IncludedMessages, with.Sender.IncludedPerMonth = c.Package, c.Included.Or(0), rules.Some(c.Included.Or(0))
			with.Sender.IncludePackageFee = false
			q, err := rules.EvaluatePlan(with)
			if (err == nil) != (c.Error == nil) {
				t.Fatalf("%s: %v, and %v", c.Package, err, c.Error)
			}
			if err != nil {
				continue
			}
			if got, want := toJSON(t, c.Quote), toJSON(t, q); got != want {
				t.Errorf("%s: the plan is %s\nnot %s", c.Package, got, want)
			}
			if c.Totals == nil {
				continue
			}
			rows++
			if c.Term == 6 {
				fees := q.Totals
				for i := range c.Fees {
					l := &c.Fees[i]
					fees = addedTo(fees, rules.Total{Currency: "VND", Net: l.Net, Tax: l.Tax, Gross: l.Gross})
				}
				if totalsInWords(fees) != totalsInWords(c.Totals) {
					t.Errorf("%s: %s, not %s", c.Package, totalsInWords(c.Totals), totalsInWords(fees))
				}
				continue
			}
			with.Sender.IncludePackageFee = true
			if q, err = rules.EvaluatePlan(with); err != nil {
				t.Fatal(err)
			}
			// What costs nothing makes no line, and so no total in dong.
			if got, want := totalsInWords(addedTo(q.Totals, rules.Total{Currency: "VND"})), totalsInWords(addedTo(c.Totals, rules.Total{Currency: "VND"})); got != want {
				t.Errorf("%s: with its fee the plan is %s, not %s", c.Package, got, want)
			}
		}
	})
	if rows < 100 {
		t.Errorf("only %d rows were looked at", rows)
	}
}

// addedTo adds a total to others, dong first.
func addedTo(list []rules.Total, t rules.Total) []rules.Total {
	if len(list) > 0 && list[0].Currency == t.Currency {
		sum := list[0]
		sum.Net, sum.Tax, sum.Gross = sum.Net.Add(t.Net), sum.Tax.Add(t.Tax), sum.Gross.Add(t.Gross)
		return append([]rules.Total{sum}, list[1:]...)
	}
	return append([]rules.Total{t}, list...)
}
