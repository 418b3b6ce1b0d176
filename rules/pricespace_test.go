package rules_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// TestOnePriceForEveryPoint walks through everything that a price can depend on:
// every type, on every turning day and the days around it, with every state of
// the window; ZNS with every template, WhatsApp with and without an entry point
// and international authentication. Each deliverable message has exactly one
// price: it is free, or a line charges it, or the book has no price.
func TestOnePriceForEveryPoint(t *testing.T) {
	recencies := []rules.Recency{{}, rules.Never()}
	for _, hours := range []string{"0", "12", "24", "24.5", "48", "48.5", "168", "168.5", "8760", "8761"} {
		recencies = append(recencies, rules.HoursAgo(decimal.RequireFromString(hours)))
	}
	var met points
	for _, text := range aroundTurningDays() {
		day, err := rules.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range rules.MessageTypes("") {
			for _, recency := range recencies {
				s := deliverableScenario(kind, day, recency)
				switch kind.Channel() {
				case rules.ChannelZNS:
					if recency == recencies[0] || recency == recencies[2] {
						eachTemplate(s, func(s rules.Scenario) { met.check(t, s) })
					}
				case rules.ChannelWhatsApp:
					eachWhatsApp(s, func(s rules.Scenario) { met.check(t, s) })
				default:
					met.check(t, s)
				}
				if t.Failed() {
					t.Fatalf("%s on %s", kind, day)
				}
			}
		}
	}
	t.Logf("%+v", met)
	if met.free == 0 || met.charged == 0 || met.mixed == 0 || met.unpriced == 0 || met.nothing == 0 || met.tiers == 0 || met.conversations == 0 {
		t.Errorf("not every kind of price was met: %+v", met)
	}
}

// deliverableScenario has all facts as they should be, but for the recency.
func deliverableScenario(kind rules.MessageType, day rules.Date, recency rules.Recency) rules.Scenario {
	yes, no := rules.Some(true), rules.Some(false)
	s := rules.Scenario{
		On: day,
		Message: rules.Message{Type: kind, Promotional: no, Automated: no, Tag: rules.Some(int64(1)),
			Template: rules.Template{Kind: rules.TemplateCustom, Approved: yes, ApprovedOn: day}},
		Audience: []rules.Segment{{Recipients: rules.Some(int64(300_000)), Country: "VN", UID: yes, Phone: yes, Follows: yes,
			Consents: yes, OptedIn: yes, Recency: recency, CareWithin6Months: yes}},
		PerRecipient: rules.Some(int64(10)),
		Sender:       rules.Sender{Tool: rules.OpenAPI, Country: "VN", ContentLevel: rules.Some(int64(5)), IncludedMessages: 1234, NewsPage: yes},
	}
	if packages := rules.OAPackages(day); len(packages) > 0 {
		s.Sender.OAPackage = packages[len(packages)-1]
	}
	return s
}

func eachTemplate(s rules.Scenario, use func(rules.Scenario)) {
	for _, kind := range rules.TemplateKinds() {
		for _, public := range []bool{false, true} {
			for buttons := range int64(3) {
				for _, image := range []bool{false, true} {
					t := &s.Message.Template
					t.Kind, t.PublicService, t.Buttons.Count, t.Image = kind, public, buttons, image
					use(s)
				}
			}
		}
	}
}

func eachWhatsApp(s rules.Scenario, use func(rules.Scenario)) {
	for _, country := range []string{"VN", "IN", "EG", "KZ"} {
		for _, entry := range []bool{false, true} {
			for _, international := range []bool{false, true} {
				s = withAudience(s)
				s.Audience[0].Country, s.Audience[0].FreeEntryPoint = country, entry
				s.Sender.InternationalAuth = international
				use(s)
			}
		}
	}
}

// points counts what was met.
type points struct{ nothing, free, charged, mixed, unpriced, tiers, conversations int }

func (p *points) check(t *testing.T, s rules.Scenario) {
	t.Helper()
	q := evaluated(t, s)
	checkFigures(t, q)
	checkLines(t, q)
	seg, perRecipient := q.Segments[0], s.PerRecipient.Or(1)
	if seg.Deliverable == 0 {
		p.nothing++
		if len(q.Lines) > 0 || !q.Priced {
			t.Errorf("nothing goes out, and yet %s, priced %t", lines(q), q.Priced)
		}
		return
	}
	conversations := s.Message.Type.Channel() == rules.ChannelWhatsApp && s.On < 20250701 && s.On >= 20220201
	switch {
	case conversations:
		p.conversations++
		if seg.Free+seg.Charged*perRecipient != seg.Deliverable {
			t.Errorf("%s with %d a conversation", figures(q), perRecipient)
		}
	case seg.Free+seg.Charged != seg.Deliverable:
		t.Errorf("%s", figures(q))
	}

	// What charges a message itself, and what is added for its parts.
	var base, parts []rules.Line
	for _, l := range q.Lines {
		if l.Code == "zns-button" || l.Code == "zns-image" {
			parts = append(parts, l)
		} else {
			base = append(base, l)
		}
		if l.Segment == nil || *l.Segment != 0 || l.Quantity < 1 || !l.UnitPrice.IsPositive() {
			t.Errorf("line %+v", l)
		}
	}
	switch {
	case !q.Priced:
		p.unpriced++
		if len(q.Lines) > 0 || seg.Charged == 0 {
			t.Errorf("not in the book, and yet %s with %s", figures(q), lines(q))
		}
		return
	case seg.Charged == 0:
		p.free++
	case seg.Free > 0:
		p.mixed++
	default:
		p.charged++
	}
	var sum int64
	next := int64(0) // number of the next charged message of the month
	for i, l := range base {
		sum += l.Quantity
		if l.TierFrom == 0 { // without tiers one line charges all
			if len(base) != 1 {
				t.Errorf("two lines charge the same messages: %s", lines(q))
			}
			continue
		}
		p.tiers++
		if i == 0 {
			next = s.Sender.ChargedThisMonth + 1
		}
		if l.TierFrom > next || i > 0 && l.TierFrom != next {
			t.Errorf("a tier from %d charges message %d: %s", l.TierFrom, next, lines(q))
		}
		next += l.Quantity
	}
	if sum != seg.Charged {
		t.Errorf("%d are charged, %d by lines: %s", seg.Charged, sum, lines(q))
	}
	if s.Message.Type.Channel() == rules.ChannelZNS {
		checkParts(t, s.Message.Template, seg.Charged, parts)
	} else if len(parts) > 0 {
		t.Errorf("%s has %s", s.Message.Type, lines(q))
	}
}

// checkParts: the image once for each message, each button after the first once.
func checkParts(t *testing.T, template rules.Template, charged int64, parts []rules.Line) {
	t.Helper()
	want := map[string]int64{}
	if template.Buttons.Count > 1 {
		want["zns-button"] = charged * (template.Buttons.Count - 1)
	}
	if template.Image {
		want["zns-image"] = charged
	}
	codes := []string{}
	for _, l := range parts {
		codes = append(codes, l.Code)
		if l.Quantity != want[l.Code] {
			t.Errorf("%d × %s, want %d", l.Quantity, l.Code, want[l.Code])
		}
	}
	if slices.Sort(codes); len(slices.Compact(codes)) != len(want) || len(parts) != len(want) {
		t.Errorf("parts %v, want %v", codes, want)
	}
}

// TestTiersAreLaidEndToEnd: from any number already charged in the month, each
// line goes on where the one before ends, and the last message has the tier that
// it has when it is asked about alone.
func TestTiersAreLaidEndToEnd(t *testing.T) {
	var met points
	for _, kind := range []rules.MessageType{rules.WhatsAppUtility, rules.WhatsAppAuthentication} {
		for _, day := range []rules.Date{20250701, 20251001, 20260401, 20260701, 20260930, 20261001, 20261121} {
			for _, country := range []string{"VN", "IN", "ID", "EG", "PL", "US", "KZ"} {
				for _, before := range []int64{0, 1, 99_999, 100_000, 100_001, 249_999, 250_000, 1_000_000, 999_999_999_999} {
					for _, n := range []int64{1, 2, 150_001, 60_000_000} {
						s := deliverableScenario(kind, day, rules.Recency{})
						s.Audience[0].Country, s.Audience[0].Recipients = country, rules.Some(n)
						s.PerRecipient, s.Sender.ChargedThisMonth = rules.Some(int64(1)), before
						met.check(t, s)
						all := evaluated(t, s).Lines
						if last := before + n - 1; last <= rules.MaxCount && len(all) > 0 {
							s.Audience[0].Recipients, s.Sender.ChargedThisMonth = rules.Some(int64(1)), last
							if alone := evaluated(t, s).Lines[0]; alone.TierFrom != all[len(all)-1].TierFrom || !alone.UnitPrice.Equal(all[len(all)-1].UnitPrice) {
								t.Errorf("message %d costs %s alone: %+v", last+1, alone.UnitPrice, all)
							}
						}
						if t.Failed() {
							t.Fatalf("%s to %s on %s, %d after %d", kind, country, day, n, before)
						}
					}
				}
			}
		}
	}
	if met.tiers < 1000 {
		t.Errorf("%+v", met)
	}
}
