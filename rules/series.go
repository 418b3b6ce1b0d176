package rules

// A Series answers scenarios one after the other whose monthly counters run on, as
// those of the occurrences of a [Plan] do: messages in the package, free thousands,
// the quota of post-sale ZNS, WhatsApp messages charged by market and category, free
// conversations. There may be any number of them, and nothing is kept of one that is
// answered. A series is for what is known row by row, such as a bill; fees of a month
// are no part of it. Several goroutines must not use one at once.
type Series struct {
	Under            Date       // whose rules and prices hold for all; zero: each scenario has those of its day
	IncludedPerMonth Opt[int64] // as of a [PlanSender]

	e     evaluation
	work  Scenario
	day   Date // of the last scenario
	month *monthWork
}

// Next answers the next scenario. What its sender has used up holds for the month of
// the first one. The quote holds until Next is called again; it has no notices and no
// schedule.
//
// The error is an *[Error] as of [Scenario.Validate], on the day whose rules hold, but
// none for what the sender says and the type is not asked for on that day, nor for a
// rate that is not given; or a [Conflict] at on, where the day is before that of the
// scenario before it. A scenario with an error uses nothing up.
func (r *Series) Next(s *Scenario) (*Quote, error) {
	if s.On < r.day {
		return nil, &Error{"on", Conflict, "not before " + r.day.String() + ", the day of what was answered before"}
	}
	on := s.On
	r.work = *s
	if r.Under != 0 {
		r.work.On = r.Under
	}
	if e := r.work.mistakeUnasked(); e != nil {
		return nil, e
	}
	r.day = on
	if month := on.Month(); r.month == nil || r.month.first.Month() != month {
		r.month = &monthWork{later: r.month != nil, first: on, priced: true}
	}
	if r.month.later {
		r.work.Sender.beginMonth(r.IncludedPerMonth)
	}
	r.e.work(&r.work, r.month)
	r.month.take(&r.e)
	return &r.e.q, nil
}
