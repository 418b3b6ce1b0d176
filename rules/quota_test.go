package rules_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"postage/rules"
)

// account is a state with every fact given: good quality, nothing sent, no
// change for long.
func account(t *testing.T, on string, quota int64) rules.QuotaState {
	t.Helper()
	zero := rules.Some[int64](0)
	return rules.QuotaState{On: date(t, on), DailyQuota: quota, Quality: rules.QualityHigh, DeliveredIn7: zero, DeliveredIn30: rules.Some(min(quota, rules.MaxCount)),
		ReportsToday: zero, DaysSinceChange: rules.Some[int64](1000)}
}

func TestForecastQuota(t *testing.T) {
	type state = rules.QuotaState
	sent := func(week int64) func(*state) { return func(s *state) { s.DeliveredIn7 = rules.Some(week) } }
	month := func(n int64) func(*state) { return func(s *state) { s.DeliveredIn30 = rules.Some(n) } }
	reports := func(n int64) func(*state) { return func(s *state) { s.ReportsToday = rules.Some(n) } }
	days := func(n int64) func(*state) { return func(s *state) { s.DaysSinceChange = rules.Some(n) } }
	quality := func(q rules.Quality) func(*state) { return func(s *state) { s.Quality = q } }
	level := func(n int64) func(*state) { return func(s *state) { s.ContentLevel = rules.Some(n) } }
	punished := func(s *state) { s.PenalisedToday = true }
	const unlimited = rules.UnlimitedQuota
	for _, c := range []struct {
		name  string
		on    string
		quota int64
		with  []func(*state)
		want  string // "next, reasons"
		look  string // the same day if empty
	}{
		{"first scheme: twice the quota is not enough", "2021-08-12", 500, []func(*state){sent(1000)}, "500 too-few", ""},
		{"first scheme: more than twice doubles", "2021-08-12", 500, []func(*state){sent(1001)}, "1000 high-and-busy", ""},
		{"first scheme: on its last day", "2024-03-11", 64_000, []func(*state){sent(128_001)}, "128000 high-and-busy", ""},
		{"first scheme: low quality halves", "2024-03-11", 64_000, []func(*state){quality(rules.QualityLow)}, "32000 low", ""},
		{"first scheme: a month below the quota halves", "2024-03-11", 64_000, []func(*state){month(63_999), sent(200_000)}, "32000 idle", ""},
		{"first scheme: a month of the quota keeps it", "2024-03-11", 64_000, []func(*state){month(64_000)}, "64000 too-few", ""},
		{"first scheme: medium keeps", "2024-03-11", 64_000, []func(*state){quality(rules.QualityMedium), sent(900_000)}, "64000 medium", ""},
		{"first scheme: medium takes rights at level 5", "2024-03-11", 64_000, []func(*state){quality(rules.QualityMedium), level(5)}, "64000 medium post-sale-right", ""},
		{"first scheme: not at level 4", "2024-03-11", 64_000, []func(*state){quality(rules.QualityMedium), level(4)}, "64000 medium", ""},
		{"first scheme: there is no penalty", "2024-03-11", 64_000, []func(*state){reports(50_000)}, "64000 too-few", ""},
		{"first scheme: nothing above the top", "2024-03-11", 1_024_000, []func(*state){sent(9_000_000)}, "1024000 top", ""},
		{"first scheme: nothing below the bottom", "2024-03-11", 500, []func(*state){quality(rules.QualityLow)}, "500 low bottom", ""},
		{"first scheme: six days are a wait", "2023-01-10", 1000, []func(*state){sent(9000), days(6)}, "1000 wait", "2023-01-11"},
		{"first scheme: seven days are none", "2023-01-10", 1000, []func(*state){sent(9000), days(7)}, "2000 high-and-busy", ""},

		{"second scheme: the wait begins anew on its first day", "2024-03-12", 5000, []func(*state){sent(90_000)}, "5000 wait", "2024-03-19"},
		{"second scheme: and lasts to the sixth day after", "2024-03-18", 5000, []func(*state){sent(90_000)}, "5000 wait", "2024-03-19"},
		{"second scheme: and is over on the seventh", "2024-03-19", 5000, []func(*state){sent(90_000)}, "10000 high-and-busy", ""},
		{"second scheme: twice the quota is enough", "2024-06-01", 20_000, []func(*state){sent(40_000)}, "50000 high-and-busy", ""},
		{"second scheme: one less is not", "2024-06-01", 20_000, []func(*state){sent(39_999)}, "20000 too-few", ""},
		{"second scheme: an idle month does not matter", "2024-06-01", 20_000, []func(*state){month(0), sent(40_000)}, "50000 high-and-busy", ""},
		{"second scheme: medium keeps, also at level 5", "2024-06-01", 20_000, []func(*state){quality(rules.QualityMedium), level(5)}, "20000 medium", ""},
		{"second scheme: low lowers one tier", "2024-06-01", 5000, []func(*state){quality(rules.QualityLow)}, "2000 low", ""},
		{"second scheme: two per cent of reports are allowed", "2024-06-01", 5000, []func(*state){reports(100)}, "5000 too-few", ""},
		{"second scheme: one more is punished", "2024-06-01", 5000, []func(*state){reports(101)}, "2000 penalty", ""},
		{"second scheme: whatever the wait", "2024-03-12", 5000, []func(*state){reports(101), days(0)}, "2000 penalty", ""},
		{"second scheme: whatever the quality", "2024-06-01", 5000, []func(*state){reports(101), sent(90_000)}, "2000 penalty", ""},
		{"second scheme: once a day", "2024-06-01", 2000, []func(*state){reports(101), punished}, "2000 penalty-spent wait", "2024-06-08"},
		{"second scheme: on its last day", "2025-12-31", 500_000, []func(*state){reports(10_001)}, "100000 penalty", ""},
		{"second scheme: not below the bottom", "2025-12-31", 500, []func(*state){reports(11)}, "500 penalty bottom", ""},
		{"second scheme: not above the top", "2025-12-31", 500_000, []func(*state){sent(2_000_000)}, "500000 top", ""},

		{"third scheme: from 20,000 to 50,000", "2026-01-01", 20_000, []func(*state){sent(40_000)}, "50000 high-and-busy", ""},
		{"third scheme: from 50,000 to no limit", "2026-01-01", 50_000, []func(*state){sent(100_000)}, strconv.FormatInt(unlimited, 10) + " high-and-busy", ""},
		{"third scheme: low quality ends no limit", "2026-01-01", unlimited, []func(*state){quality(rules.QualityLow)}, "50000 low", ""},
		{"third scheme: without a limit there is no share of it", "2026-01-01", unlimited, []func(*state){reports(1_000_000)}, strconv.FormatInt(unlimited, 10) + " top", ""},
		{"third scheme: the penalty zone", "2026-01-01", 20_000, []func(*state){reports(401)}, "10000 penalty", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := account(t, c.on, c.quota)
			for _, change := range c.with {
				change(&s)
			}
			f, err := rules.ForecastQuota(s)
			if err != nil {
				t.Fatal(err)
			}
			got := []string{strconv.FormatInt(f.Next, 10)}
			for _, r := range f.Reasons {
				got = append(got, r.Code)
				if r.Rule == "" || r.Value == "" || len(r.Sources) == 0 || !slices.Contains(rules.QuotaReasonCodes(), r.Code) {
					t.Errorf("the reason %+v lacks a part", r)
				}
			}
			look := c.look
			if look == "" {
				look = c.on
			}
			if strings.Join(got, " ") != c.want || f.Look.String() != look {
				t.Errorf("got %v on %s, want %s on %s", got, f.Look, c.want, look)
			}
			move := rules.QuotaStay
			if f.Next > f.Quota {
				move = rules.QuotaUp
			} else if f.Next < f.Quota {
				move = rules.QuotaDown
			}
			if f.Move != move || f.Quota != c.quota || f.Hourly != (f.Reasons[0].Code == rules.ReasonPenalty) {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestForecastNamesTheMostReports(t *testing.T) {
	for _, c := range []struct {
		on    string
		quota int64
		want  int64 // -1: no penalty
	}{
		{"2024-03-11", 500, -1}, {"2024-03-12", 500, 10}, {"2024-03-12", 20_000, 400}, {"2026-01-01", 1000, 20}, {"2026-01-01", rules.UnlimitedQuota, -1},
	} {
		f, err := rules.ForecastQuota(account(t, c.on, c.quota))
		if err != nil {
			t.Fatal(err)
		}
		if got, known := f.PenaltyAbove.Get(); known != (c.want >= 0) || known && got != c.want {
			t.Errorf("%d on %s: more than %d reports (%t), want %d", c.quota, c.on, got, known, c.want)
		}
	}
}

func TestQuotaTiers(t *testing.T) {
	for on, want := range map[string][]int64{
		"2021-08-11": nil,
		"2021-08-12": {500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 1_024_000},
		"2024-03-11": {500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 1_024_000},
		"2024-03-12": {500, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000},
		"2025-12-31": {500, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000},
		"2026-01-01": {1000, 10_000, 20_000, 50_000, rules.UnlimitedQuota},
	} {
		if got := rules.QuotaTiers(date(t, on)); !slices.Equal(got, want) || !slices.IsSorted(got) {
			t.Errorf("%s: %v, want %v", on, got, want)
		}
	}
}

func TestForecastRefusesWhatItCannotTell(t *testing.T) {
	none := rules.Opt[int64]{}
	for _, c := range []struct {
		name  string
		spoil func(*rules.QuotaState)
		path  string
		code  rules.Code
	}{
		{"no day", func(s *rules.QuotaState) { s.On = 0 }, "on", rules.Required},
		{"a day before any quota", func(s *rules.QuotaState) { s.On = 20210811 }, "on", rules.OutOfRange},
		{"no quota", func(s *rules.QuotaState) { s.DailyQuota = 0 }, "dailyQuota", rules.Required},
		{"a quota of no tier", func(s *rules.QuotaState) { s.DailyQuota = 4000 }, "dailyQuota", rules.UnknownValue},
		{"no quality", func(s *rules.QuotaState) { s.Quality = "" }, "quality", rules.Required},
		{"another quality", func(s *rules.QuotaState) { s.Quality = "fine" }, "quality", rules.UnknownValue},
		{"no number of the week", func(s *rules.QuotaState) { s.DeliveredIn7 = none }, "deliveredIn7", rules.Required},
		{"no reports", func(s *rules.QuotaState) { s.ReportsToday = none }, "reportsToday", rules.Required},
		{"no days", func(s *rules.QuotaState) { s.DaysSinceChange = none }, "daysSinceChange", rules.Required},
		{"reports below zero", func(s *rules.QuotaState) { s.ReportsToday = rules.Some[int64](-1) }, "reportsToday", rules.OutOfRange},
		{"too many messages", func(s *rules.QuotaState) { s.DeliveredIn7 = rules.Some[int64](rules.MaxCount + 1) }, "deliveredIn7", rules.OutOfRange},
		{"a level of 6", func(s *rules.QuotaState) { s.ContentLevel = rules.Some[int64](6) }, "contentLevel", rules.OutOfRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := account(t, "2024-06-01", 5000)
			c.spoil(&s)
			_, err := rules.ForecastQuota(s)
			var e *rules.Error
			if !errors.As(err, &e) || e.Path != c.path || e.Code != c.code {
				t.Errorf("got %v, want %s %s", err, c.path, c.code)
			}
		})
	}
	// What a scheme does not look at may be left out.
	first, second := account(t, "2024-03-11", 500), account(t, "2024-03-12", 500)
	first.ReportsToday, second.DeliveredIn30 = none, none
	for _, s := range []rules.QuotaState{first, second} {
		if _, err := rules.ForecastQuota(s); err != nil {
			t.Errorf("%s: %v", s.On, err)
		}
	}
	first.DeliveredIn30 = none
	var e *rules.Error
	if _, err := rules.ForecastQuota(first); !errors.As(err, &e) || e.Path != "deliveredIn30" {
		t.Errorf("got %v", err)
	}
}
