package plan

import (
	"errors"
	"strings"

	"postage/app/words"
	"postage/rules"
)

// A Forecast is what one says of an account to learn what becomes of its daily quota, as
// typed. What is empty is taken from the plan, or as nothing out of the ordinary.
type Forecast struct {
	Quality   rules.Quality
	Delivered string // ZNS delivered in the last seven days; empty: in the plan's busiest
	Reports   string // since midnight; empty: none
	Since     string // days since the quota last changed; empty: long ago
}

// Paths of what is typed of a forecast.
const (
	PathDelivered = "deliveredIn7"
	PathReports   = "reportsToday"
	PathSince     = "daysSinceChange"
)

// longAgo is more days than any quota waits.
const longAgo = 365

// At points to what is typed at a path.
func (f *Forecast) At(path string) *string {
	return map[string]*string{PathDelivered: &f.Delivered, PathReports: &f.Reports, PathSince: &f.Since}[path]
}

// Forecast tells what becomes of the plan's daily quota on its busiest day. wrong is
// the path of what cannot be read, empty where the quota itself is none of the day's
// tiers.
func (a *Answer) Forecast(f Forecast) (q rules.QuotaForecast, wrong string, ok bool) {
	on, _, quota, known := a.QuotaPeak()
	if !known {
		return q, "", false
	}
	s := rules.QuotaState{On: on, DailyQuota: quota, Quality: f.Quality}
	for _, of := range []struct {
		path   string
		to     *rules.Opt[int64]
		unsaid int64
	}{{PathDelivered, &s.DeliveredIn7, a.BusiestWeek()}, {PathReports, &s.ReportsToday, 0}, {PathSince, &s.DaysSinceChange, longAgo}} {
		n := of.unsaid
		if typed := *f.At(of.path); strings.TrimSpace(typed) != "" {
			var read bool
			if n, read = words.ParseCount(typed); !read {
				return q, of.path, false
			}
		}
		*of.to = rules.Some(n)
	}
	s.DeliveredIn30 = s.DeliveredIn7 // asked for on old days alone
	q, err := rules.ForecastQuota(s)
	var mistake *rules.Error
	if errors.As(err, &mistake) {
		if f.At(mistake.Path) == nil {
			return q, "", false
		}
		return q, mistake.Path, false
	}
	return q, "", true
}

// BusiestWeek is the most ZNS that the plan delivers in seven days that follow one
// another.
func (a *Answer) BusiestWeek() (most int64) {
	const week = 7
	first, sum := 0, int64(0)
	count := func(i int) int64 {
		if d := &a.Quote.Days[i]; a.Asked.Items[d.Item].Message.Type == rules.ZNS {
			return d.Deliverable
		}
		return 0
	}
	for i := range a.Quote.Days {
		sum += count(i)
		for DaysBetween(a.Quote.Days[first].On, a.Quote.Days[i].On) >= week {
			sum -= count(first)
			first++
		}
		most = max(most, sum)
	}
	return most
}
