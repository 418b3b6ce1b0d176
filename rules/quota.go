package rules

import (
	"math"
	"slices"
	"strconv"
)

// A Quality is how Zalo rates the ZNS of an account over seven days by the
// reports of its recipients.
type Quality string

// The qualities.
const (
	QualityHigh   Quality = "high"   // Tốt
	QualityMedium Quality = "medium" // Trung bình
	QualityLow    Quality = "low"    // Kém
)

// UnlimitedQuota is the daily quota of the tier without a limit.
const UnlimitedQuota int64 = math.MaxInt64

// A QuotaState is what is known of an account that sends ZNS. Counts run from 0
// to 1e12; what is not given is unknown and refused where the day's rules ask
// for it.
type QuotaState struct {
	On              Date       `json:"on"`                       // the day looked at, from 2021-08-12 on
	DailyQuota      int64      `json:"dailyQuota"`               // messages a day: a tier of the day, or UnlimitedQuota
	Quality         Quality    `json:"quality"`                  // of the last seven days
	DeliveredIn7    Opt[int64] `json:"deliveredIn7,omitzero"`    // messages delivered in the last seven days
	DeliveredIn30   Opt[int64] `json:"deliveredIn30,omitzero"`   // and in the last thirty; asked for before 2024-03-12
	ReportsToday    Opt[int64] `json:"reportsToday,omitzero"`    // since midnight; asked for from 2024-03-12 on
	DaysSinceChange Opt[int64] `json:"daysSinceChange,omitzero"` // whole days since the quota last went up or down
	PenalisedToday  bool       `json:"penalisedToday,omitempty"` // the penalty has been given today; it is given once a day
	ContentLevel    Opt[int64] `json:"contentLevel,omitzero"`    // highest ZNS tag allowed, before 2024-03-12
}

// A QuotaMove is where a quota goes.
type QuotaMove string

// The moves.
const (
	QuotaUp   QuotaMove = "up"
	QuotaStay QuotaMove = "stay"
	QuotaDown QuotaMove = "down"
)

// A QuotaForecast is what becomes of a daily quota at its next look.
type QuotaForecast struct {
	Quota        int64         `json:"quota"`                 // today, messages a day
	Next         int64         `json:"next"`                  // after the look; UnlimitedQuota for the tier without a limit
	Move         QuotaMove     `json:"move"`                  // from the one to the other
	Look         Date          `json:"look"`                  // the day of the look
	Hourly       bool          `json:"hourly"`                // the penalty decides, and it is looked at every hour of that day
	PenaltyAbove Opt[int64]    `json:"penaltyAbove,omitzero"` // more reports than this in a day are punished; unknown where nothing is
	Tiers        []int64       `json:"tiers"`                 // of the day, lowest first
	Reasons      []QuotaReason `json:"reasons"`               // what decided first, then what else is to be known
}

// A QuotaReason is a rule that speaks for a move or against one.
type QuotaReason struct {
	Code    string   `json:"code"` // one of QuotaReasonCodes
	Rule    string   `json:"rule"`
	Since   Date     `json:"since,omitzero"`
	Status  Status   `json:"status"`
	Value   string   `json:"value"` // of the rule's fact
	Sources []string `json:"sources"`
}

// The codes of reasons.
const (
	ReasonPenalty       = "penalty"         // more reports today than the share that is allowed: one tier down at once
	ReasonPenaltySpent  = "penalty-spent"   // as many reports, but the penalty was given today already
	ReasonWait          = "wait"            // the quota changed less than seven days ago
	ReasonHighAndBusy   = "high-and-busy"   // good quality and enough messages: up
	ReasonTooFew        = "too-few"         // good quality, too few messages to go up
	ReasonMedium        = "medium"          // medium quality keeps the tier
	ReasonLow           = "low"             // low quality: down
	ReasonIdle          = "idle"            // fewer messages in thirty days than the quota of one: down
	ReasonTop           = "top"             // there is no higher tier
	ReasonBottom        = "bottom"          // there is no lower tier
	ReasonPostSaleRight = "post-sale-right" // the right to send post-sale messages is lowered
)

// QuotaReasonCodes lists the codes of reasons.
func QuotaReasonCodes() []string {
	return []string{
		ReasonPenalty, ReasonPenaltySpent, ReasonWait, ReasonHighAndBusy, ReasonTooFew, ReasonMedium,
		ReasonLow, ReasonIdle, ReasonTop, ReasonBottom, ReasonPostSaleRight,
	}
}

// The rules of the daily quota. Sources stand beside each fact of the book.
var (
	quotaTiers    = theBook.rule("zalo.zns.quota-tiers")
	quotaRaise    = theBook.rule("zalo.zns.quota-raise") // "more-than 2" or "at-least 2": times the quota, in seven days
	quotaLower    = theBook.rule("zalo.zns.quota-lower")
	quotaIdle     = theBook.rule("zalo.zns.quota-idle")
	quotaWait     = theBook.rule("zalo.zns.quality.wait-days")
	penaltyShare  = theBook.rule("zalo.zns.quality.penalty-share") // per cent of the quota
	rightsLowered = theBook.rule("zalo.zns.quality.lowered-at")
)

// QuotaTiers lists the daily quotas of a day, lowest first; UnlimitedQuota
// stands for the tier without a limit. It is empty before 2021-08-12.
func QuotaTiers(on Date) []int64 {
	f := quotaTiers.on(on)
	if f == nil {
		return nil
	}
	tiers := make([]int64, len(f.words))
	for i, w := range f.words {
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			n = UnlimitedQuota
		}
		tiers[i] = n
	}
	return tiers
}

// ForecastQuota tells what becomes of the daily quota of an account at its next
// look, and why.
//
// From 2021-08-12 on, good quality in seven days and more than twice the quota
// delivered in them doubles the quota; low quality, or fewer messages in thirty
// days than the quota of one, halves it. From 2024-03-12 on, good quality and at
// least twice the quota lifts it one tier, and only low quality lowers it. Either
// is looked at daily, but not in the seven days after a change; the change of
// scheme on 2024-03-12 counts as one, as the wait began anew on that day.
//
// Also from 2024-03-12 on, more reports in a day than 2 % of the quota lower it
// one tier at once: it is looked at every hour, whatever the wait, and given
// once a day at most. As that is a change, the wait that begins with it leaves
// the daily look nothing to do.
//
// The error is an *[Error] that names the field.
func ForecastQuota(s QuotaState) (QuotaForecast, error) {
	tiers := QuotaTiers(s.On)
	if e := s.firstMistake(tiers); e != nil {
		return QuotaForecast{}, e
	}
	f := QuotaForecast{Quota: s.DailyQuota, Next: s.DailyQuota, Move: QuotaStay, Look: s.On, Tiers: tiers, Reasons: []QuotaReason{}}
	if !f.penalise(&s) && !f.wait(&s) {
		f.look(&s)
	}
	// At the highest content level other qualities took the right to post-sale messages.
	if level, known := s.ContentLevel.Get(); known && level == MaxTag && quotaIdle.on(s.On) != nil {
		if lowered := rightsLowered.latest(s.On); lowered.has(string(s.Quality)) {
			f.because(ReasonPostSaleRight, rightsLowered, s.On)
		}
	}
	return f, nil
}

func (s *QuotaState) firstMistake(tiers []int64) *Error {
	if s.On == 0 {
		return missing("on")
	}
	if tiers == nil {
		return &Error{"on", OutOfRange, "from " + quotaTiers.facts[0].Since.String() + " on"}
	}
	if s.DailyQuota == 0 {
		return missing("dailyQuota")
	}
	if !slices.Contains(tiers, s.DailyQuota) {
		return &Error{"dailyQuota", UnknownValue, "on " + s.On.String() + " the tiers are " + quotaTiers.latest(s.On).Value}
	}
	if s.Quality == "" {
		return missing("quality")
	}
	if qualities := []Quality{QualityHigh, QualityMedium, QualityLow}; !slices.Contains(qualities, s.Quality) {
		return unknownWord("quality", string(s.Quality), qualities)
	}
	idle, penalty := quotaIdle.on(s.On) != nil, penaltyShare.on(s.On) != nil
	for _, c := range [...]struct {
		path   string
		value  Opt[int64]
		needed bool
		most   int64
	}{
		{"deliveredIn7", s.DeliveredIn7, true, MaxCount}, {"deliveredIn30", s.DeliveredIn30, idle, MaxCount},
		{"reportsToday", s.ReportsToday, penalty, MaxCount}, {"daysSinceChange", s.DaysSinceChange, true, MaxCount},
		{"contentLevel", s.ContentLevel, false, MaxTag},
	} {
		if c.needed && !c.value.Known() {
			return missing(c.path)
		}
		if e := inRange(c.path, c.value, 0, c.most); e != nil {
			return e
		}
	}
	return nil
}

// penalise lowers the quota for a burst of reports, and reports whether it did.
func (f *QuotaForecast) penalise(s *QuotaState) bool {
	share := penaltyShare.on(s.On)
	if share == nil || s.DailyQuota == UnlimitedQuota { // there is no share of what has no limit
		return false
	}
	// Reports are whole, so more than the share is more than its whole part.
	above := s.DailyQuota * share.n / 100
	f.PenaltyAbove = Some(above)
	switch {
	case s.ReportsToday.Or(0) <= above:
		return false
	case s.PenalisedToday:
		f.because(ReasonPenaltySpent, penaltyShare, s.On)
		return false
	}
	f.Hourly = true
	f.because(ReasonPenalty, penaltyShare, s.On)
	f.step(-1, s.On)
	return true
}

// wait puts the look off where the quota changed lately, and reports whether it did.
func (f *QuotaForecast) wait(s *QuotaState) bool {
	days := s.DaysSinceChange.Or(0)
	if reset := quotaLower.latest(s.On).Since; reset > quotaLower.facts[0].Since {
		days = min(days, DaysBetween(reset, s.On))
	}
	if s.PenalisedToday {
		days = 0
	}
	left := quotaWait.latest(s.On).n - days
	if left <= 0 {
		return false
	}
	f.Look = s.On.AddDays(int(left))
	f.because(ReasonWait, quotaWait, s.On)
	return true
}

// look moves the quota by quality and number, as is done every day.
func (f *QuotaForecast) look(s *QuotaState) {
	delivered, month := s.DeliveredIn7.Or(0), s.DeliveredIn30.Or(0)
	switch {
	case s.Quality == QualityLow:
		f.because(ReasonLow, quotaLower, s.On)
		f.step(-1, s.On)
	case quotaIdle.on(s.On) != nil && month < s.DailyQuota:
		f.because(ReasonIdle, quotaIdle, s.On)
		f.step(-1, s.On)
	case s.Quality == QualityMedium:
		f.because(ReasonMedium, quotaRaise, s.On)
	case f.Quota == f.Tiers[len(f.Tiers)-1]:
		f.because(ReasonTop, quotaTiers, s.On)
	case isBusy(quotaRaise.latest(s.On), delivered, s.DailyQuota):
		f.because(ReasonHighAndBusy, quotaRaise, s.On)
		f.step(1, s.On)
	default:
		f.because(ReasonTooFew, quotaRaise, s.On)
	}
}

// isBusy reports whether enough was delivered in seven days to go up.
func isBusy(raise *Fact, delivered, quota int64) bool {
	times, _ := strconv.ParseInt(raise.words[1], 10, 64) // a test reads it
	if raise.words[0] == "more-than" {
		return delivered > times*quota
	}
	return delivered >= times*quota
}

// step moves the quota by a tier, as far as there is one.
func (f *QuotaForecast) step(by int, on Date) {
	i := slices.Index(f.Tiers, f.Quota) + by
	if i < 0 {
		f.because(ReasonBottom, quotaTiers, on)
		return
	}
	f.Next, f.Move = f.Tiers[i], QuotaUp
	if by < 0 {
		f.Move = QuotaDown
	}
}

func (f *QuotaForecast) because(code string, r *rule, on Date) {
	fact := r.latest(on)
	f.Reasons = append(f.Reasons, QuotaReason{code, r.id, fact.Since, fact.Status, fact.Value, fact.Sources})
}
