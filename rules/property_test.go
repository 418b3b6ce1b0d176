package rules_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// aroundTurningDays are the days on which anything in the book begins or ends,
// each with the days before and after it.
func aroundTurningDays() []string {
	days := map[string]bool{}
	for _, d := range rules.TurningDays() {
		for _, near := range []int{-1, 0, 1} {
			days[d.AddDays(near).String()] = true
		}
	}
	return slices.Sorted(maps.Keys(days))
}

// seedFlag asks for the scenarios of a run that has failed.
var seedFlag = flag.Uint64("seed", 0, "the only seed of the random scenarios; 0: one that is always the same, and a new one")

// eachSeed runs a check with several seeds. The name of one that fails says its
// seed, and -seed runs it again. With -short there is one seed, a new one.
func eachSeed(t *testing.T, check func(t *testing.T, r *rand.Rand)) {
	t.Helper()
	seeds := []uint64{11, rand.Uint64() | 1}
	if testing.Short() {
		seeds = seeds[1:]
	}
	if *seedFlag != 0 {
		seeds = []uint64{*seedFlag}
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) { check(t, rand.New(rand.NewPCG(seed, 11))) })
	}
}

// eachRandomScenario hands over made-up scenarios. Of each seed they meet every
// type and every day around a turning day.
func eachRandomScenario(t *testing.T, check func(t *testing.T, text string, s rules.Scenario, r *rand.Rand)) {
	t.Helper()
	days := aroundTurningDays()
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		met := map[any]bool{}
		for round := range 3 {
			for _, day := range days {
				kind, text := randomScenario(r, []string{day})
				met[kind], met[day] = true, true
				s, err := rules.Decode([]byte(text))
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				check(t, text, s, r)
				if t.Failed() {
					t.Fatalf("round %d: %s", round, text)
				}
			}
		}
		if want := len(days) + len(rules.MessageTypes("")); len(met) != want {
			t.Errorf("%d types and days were met, of %d", len(met), want)
		}
	})
}

func evaluated(t *testing.T, s rules.Scenario) rules.Quote {
	t.Helper()
	q, err := rules.Evaluate(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// withAudience is the scenario with a copy of its audience, to be changed.
func withAudience(s rules.Scenario) rules.Scenario {
	s.Audience = slices.Clone(s.Audience)
	return s
}

func TestLinesAddUpToTotalsAndScenariosSurviveJSON(t *testing.T) {
	eachRandomScenario(t, func(t *testing.T, text string, s rules.Scenario, _ *rand.Rand) {
		q := evaluated(t, s)
		checkFigures(t, q)
		checkLines(t, q)
		roundTrip(t, []byte(text))
	})
}

// TestTwoHalvesAreAWhole: a segment cut in two of the same kind changes neither
// the figures of the quote nor its schedule, cost and notices. There is one
// exception: a net amount that does not terminate is rounded in each half by
// itself; so is the number that arrives, where it is a part of them. Caps count for each recipient, and the monthly counters run on from
// one half to the other.
func TestTwoHalvesAreAWhole(t *testing.T) {
	eachRandomScenario(t, func(t *testing.T, _ string, s rules.Scenario, r *rand.Rand) {
		i := r.IntN(len(s.Audience))
		n := s.Audience[i].Recipients.Or(0)
		if n < 2 {
			n = 2 + r.Int64N(5000)
			s = withAudience(s)
			s.Audience[i].Recipients = rules.Some(n)
		}
		if share, known := s.Audience[i].DeliveredPercent.Get(); known && !share.IsZero() {
			s = withAudience(s)
			s.Audience[i].DeliveredPercent = rules.Some(decimal.NewFromInt(100))
		}
		if share, known := s.Audience[i].DeliveredPercent.Get(); known && share.IsZero() {
			// Of what does not arrive the book is asked for the price of all at once:
			// the second half uses nothing up for it.
			s.Sender.FreeConversationsUsed = rules.Opt[int64]{}
		}
		if s.Message.Template.Kind == rules.TemplateJourney {
			s.PerRecipient = rules.Some[int64](1) // one that a limit cuts short is charged in each half
		}
		first := 1 + r.Int64N(n-1)
		halves := withAudience(s)
		halves.Audience = slices.Insert(halves.Audience, i, halves.Audience[i])
		halves.Audience[i].Recipients = rules.Some(first)
		halves.Audience[i+1].Recipients = rules.Some(n - first)
		whole, cut := evaluated(t, s), evaluated(t, halves)
		checkLines(t, whole)
		checkLines(t, cut)
		if a, b := sumUp(whole), sumUp(cut); a != b {
			t.Errorf("segment %d of %d cut at %d\nwhole  %s\nhalves %s", i, n, first, a, b)
		}
		slack := roundedOff(whole).Add(roundedOff(cut))
		for what, amounts := range amountsOf(whole) {
			if a, b := amounts, amountsOf(cut)[what]; a.Sub(b).Abs().GreaterThan(slack) {
				t.Errorf("segment %d of %d cut at %d: the %s of the whole is %s, of the halves %s, and rounding makes up for %s", i, n, first, what, a, b, slack)
			}
		}
	})
}

// roundedOff is by how much the amounts of a quote may differ from what they
// were without rounding: half of the sixth decimal for each line whose net does
// not terminate, and what the user adds to it. It is zero where all terminate.
func roundedOff(q rules.Quote) decimal.Decimal {
	var off decimal.Decimal
	for _, l := range q.Lines {
		if l.TaxIncluded && !l.Net.Mul(l.TaxPercent.Add(decimal.NewFromInt(100))).Equal(l.Gross.Mul(decimal.NewFromInt(100))) {
			off = off.Add(decimal.New(5, -7))
		}
	}
	return off.Mul(decimal.NewFromInt(2)) // the mark-up and its tax are less than as much again
}

// amountsOf are the amounts of money of a quote.
func amountsOf(q rules.Quote) map[string]decimal.Decimal {
	amounts := map[string]decimal.Decimal{}
	if len(q.Totals) > 0 {
		amounts["net"], amounts["tax"], amounts["gross"] = q.Totals[0].Net, q.Totals[0].Tax, q.Totals[0].Gross
	}
	if q.Converted != nil {
		amounts["converted"] = q.Converted.Gross
	}
	return amounts
}

// sumUp writes all of a quote that does not look at a segment alone, but for
// the amounts of money.
func sumUp(q rules.Quote) string {
	quantities := map[string]int64{}
	for _, l := range q.Lines {
		name := fmt.Sprintf("%s %s %d", l.Code, l.Market, l.TierFrom)
		if l.Code != "markup-percent" { // its price is an amount
			name += " " + l.UnitPrice.String()
		}
		quantities[name] += l.Quantity
	}
	return fmt.Sprint(q.Verdict, q.Priced, len(q.Totals), q.Converted != nil, q.Requested, q.Blocked, " ", figures(q), " ", schedule(q), quantities, q.Notices)
}

// TestMorePeopleNeverCostLess: neither more people in a segment nor another
// segment behind the others makes a quote cheaper: volume tiers lower the price
// of further messages only. All that goes out arrives here: where less of one
// segment does, more people in it may take a shared quota from those who would
// have got, and paid for, more.
func TestMorePeopleNeverCostLess(t *testing.T) {
	asked, compared := 0, 0
	eachRandomScenario(t, func(t *testing.T, _ string, s rules.Scenario, r *rand.Rand) {
		s = withAudience(s)
		for i := range s.Audience {
			s.Audience[i].DeliveredPercent = rules.Opt[decimal.Decimal]{}
		}
		before := evaluated(t, s)
		asked++
		check := func(what string, more rules.Scenario) {
			after := evaluated(t, more)
			if after.Deliverable < before.Deliverable {
				t.Errorf("%s: %d go out, of %d before", what, after.Deliverable, before.Deliverable)
			}
			if before.Priced && after.Priced {
				compared++
				if a, b := after.Totals[0], before.Totals[0]; a.Gross.LessThan(b.Gross) || a.Net.LessThan(b.Net) || a.Tax.LessThan(b.Tax) {
					t.Errorf("%s costs less: %s, then %s", what, total(before), total(after))
				}
			}
		}
		i := r.IntN(len(s.Audience))
		n := s.Audience[i].Recipients.Or(0)
		for _, extra := range []int64{1, 1 + r.Int64N(3000), 1 + r.Int64N(30_000_000)} {
			if n+extra <= rules.MaxRecipients {
				more := withAudience(s)
				more.Audience[i].Recipients = rules.Some(n + extra)
				check(fmt.Sprintf("segment %d with %d more", i, extra), more)
			}
		}
		more := withAudience(s)
		more.Audience = append(more.Audience, more.Audience[i])
		check(fmt.Sprintf("segment %d once more", i), more)
	})
	if compared < asked {
		t.Errorf("only %d costs of %d scenarios were compared", compared, asked)
	}
}

// A fact that may be unknown, with how it becomes known.
type openFact struct {
	name    string
	unknown bool
	learn   []func(*rules.Scenario)
}

// openFacts lists the facts of a scenario and of one of its segments that a
// check can wait for.
func openFacts(s *rules.Scenario, i int) []openFact {
	var facts []openFact
	seg := &s.Audience[i]
	truth := func(name string, fact rules.Opt[bool], at func(*rules.Scenario) *rules.Opt[bool]) {
		f := openFact{name: name, unknown: !fact.Known()}
		for _, v := range []bool{true, false} {
			f.learn = append(f.learn, func(s *rules.Scenario) { *at(s) = rules.Some(v) })
		}
		facts = append(facts, f)
	}
	truth("promotional", s.Message.Promotional, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Message.Promotional })
	truth("automated", s.Message.Automated, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Message.Automated })
	truth("approved", s.Message.Template.Approved, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Message.Template.Approved })
	truth("extraConditionsMet", s.Sender.ExtraConditionsMet, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Sender.ExtraConditionsMet })
	truth("newsPage", s.Sender.NewsPage, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Sender.NewsPage })
	truth("uid", seg.UID, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Audience[i].UID })
	truth("phone", seg.Phone, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Audience[i].Phone })
	truth("follows", seg.Follows, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Audience[i].Follows })
	truth("consents", seg.Consents, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Audience[i].Consents })
	truth("optedIn", seg.OptedIn, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Audience[i].OptedIn })
	truth("careWithin6Months", seg.CareWithin6Months, func(s *rules.Scenario) *rules.Opt[bool] { return &s.Audience[i].CareWithin6Months })

	add := func(name string, unknown bool, learn ...func(*rules.Scenario)) {
		facts = append(facts, openFact{name, unknown, learn})
	}
	recencies := []func(*rules.Scenario){func(s *rules.Scenario) { s.Audience[i].Recency = rules.Never() }}
	for _, hours := range []int64{0, 24, 25, 48, 168, 169, 8760, 8761} {
		recencies = append(recencies, func(s *rules.Scenario) { s.Audience[i].Recency = rules.HoursAgo(decimal.NewFromInt(hours)) })
	}
	add("hoursSinceInteraction", !seg.Recency.Known(), recencies...)
	var tools, packages, quotas, levels []func(*rules.Scenario)
	for _, tool := range rules.Tools() {
		tools = append(tools, func(s *rules.Scenario) { s.Sender.Tool = tool })
	}
	for _, p := range rules.OAPackages(s.On) {
		packages = append(packages, func(s *rules.Scenario) { s.Sender.OAPackage = p })
	}
	for _, n := range []int64{1, 19_999, 20_000, rules.MaxCount} {
		quotas = append(quotas, func(s *rules.Scenario) { s.Sender.DailyQuota = rules.Some(n) })
	}
	for n := range int64(rules.MaxTag + 1) {
		levels = append(levels, func(s *rules.Scenario) { s.Sender.ContentLevel = rules.Some(n) })
	}
	add("tool", s.Sender.Tool == "", tools...)
	add("oaPackage", s.Sender.OAPackage == "", packages...)
	add("dailyQuota", !s.Sender.DailyQuota.Known() && !s.Sender.OldDailyQuota.Known(), quotas...)
	add("contentLevel", !s.Sender.ContentLevel.Known(), levels...)
	add("apiVersion", s.Sender.APIVersion == "",
		func(s *rules.Scenario) { s.Sender.APIVersion = rules.APIv2 }, func(s *rules.Scenario) { s.Sender.APIVersion = rules.APIv3 })
	add("promotionBase", !s.Sender.PromotionBase.Known(),
		func(s *rules.Scenario) { s.Sender.PromotionBase = rules.Some([2]int64{}) },
		func(s *rules.Scenario) { s.Sender.PromotionBase = rules.Some([2]int64{60_000, 5}) })
	add("approvedOn", s.Message.Template.ApprovedOn == 0,
		func(s *rules.Scenario) { s.Message.Template.ApprovedOn = s.On },
		func(s *rules.Scenario) { s.Message.Template.ApprovedOn = s.On.AddDays(1) },
		func(s *rules.Scenario) { s.Message.Template.ApprovedOn = 20251209 })
	var here, there []func(*rules.Scenario)
	for _, country := range []string{"VN", "US", "JP", "DE", "TH"} {
		here = append(here, func(s *rules.Scenario) { s.Sender.Country = country })
		there = append(there, func(s *rules.Scenario) { s.Audience[i].Country = country })
	}
	add("sender.country", s.Sender.Country == "", here...)
	add("country", seg.Country == "", there...)
	return facts
}

// TestKnowledgeOpensNothing: an unknown fact is taken as it should be, so to
// learn it never lets more messages out, of the quote or of a segment alone, and
// what is ineligible stays so. One exception stands in the rules: people who are
// known to write by hand in an OA Manager have a year where the user reads the
// contested notice that way.
//
// With several segments a part of the audience may gain: a post-sale quota that
// one segment turns out not to need is left for the next. Their sum may not.
func TestKnowledgeOpensNothing(t *testing.T) {
	listed, learned := map[string]bool{}, map[string]bool{}
	eachRandomScenario(t, func(t *testing.T, _ string, s rules.Scenario, r *rand.Rand) {
		if r.IntN(2) == 0 {
			s = withAudience(s)
			s.Audience = s.Audience[:1]
		}
		i := r.IntN(len(s.Audience))
		if s.Message.Type.Channel() != rules.ChannelWhatsApp && r.IntN(2) == 0 {
			s = withAudience(s)
			s.Audience[i].Country = ""
		}
		before := evaluated(t, s)
		for _, fact := range openFacts(&s, i) {
			listed[fact.name] = true
			if !fact.unknown {
				continue
			}
			for k, learn := range fact.learn {
				after := withAudience(s)
				learn(&after)
				q := evaluated(t, after)
				learned[fact.name] = true
				opened := before.Verdict == rules.Ineligible && q.Verdict != rules.Ineligible || q.Deliverable > before.Deliverable
				byHand := fact.name == "tool" && after.Sender.Tool != rules.OpenAPI && s.Message.Type == rules.ZaloConsultation &&
					s.Assume["zalo.consultation.manager-window"] == "365d"
				if opened && !byHand {
					t.Errorf("%s as its value %d: %s with %d, then %s with %d", fact.name, k, before.Verdict, before.Deliverable, q.Verdict, q.Deliverable)
				}
			}
		}
	})
	for name := range listed {
		if !learned[name] {
			t.Errorf("%s was never unknown", name)
		}
	}
}

// TestByHandOpensAYear is the exception of TestKnowledgeOpensNothing.
func TestByHandOpensAYear(t *testing.T) {
	s, err := rules.Decode([]byte(`{"on":"2026-02-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":10,"uid":true,"hoursSinceInteraction":8760}],"assume":{"zalo.consultation.manager-window":"365d"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if q := evaluated(t, s); q.Deliverable != 0 {
		t.Errorf("with a tool that is not known %d go out", q.Deliverable)
	}
	s.Sender.Tool = rules.OAManagerWeb
	if q := evaluated(t, s); q.Deliverable != 10 {
		t.Errorf("by hand %d go out", q.Deliverable)
	}
}
